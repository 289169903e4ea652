// Functions that a document defines, g(z) = 1/(1 + e^{−z}), and asks of other arrays, a = g(W x).
import { withNames } from '../../language/names-in.ts'
import { expressionText } from '../../language/print/print.ts'
import type { Claim, Expression, Name } from '../../language/syntax.ts'
import { mapped, nodesBelow, writingOut } from '../../language/walk.ts'
import type { Equation } from './equations.ts'
import { isPlain } from './names.ts'
import { plain } from './plain.ts'
import { functions, isBesideOthers } from './unknown.ts'

interface Known {
  readonly claim: Claim
  readonly of: Name
  readonly value: Expression
}

const none = { areTagged: () => false, areMade: () => false }

/** Of z, as it is written with plain signs: the logistic function by its name, another as it is. */
const readOf = (value: Expression, of: Name): Expression | undefined => {
  const read = plain(value, none)
  const { base, span } = of
  const text = expressionText(read, 'text')
  const isLogistic = text === `1 / (1 + exp(-${base}))`
  const head: Name = { kind: 'name', base: 'σ', primes: 0, span }
  if (isLogistic) return { kind: 'application', head, operands: [of], bar: false, span }
  return /^(?:tanh|relu|max)$/.test(read.kind === 'call' ? read.word : '') ? read : undefined
}

/** By their letters; of one that a document defines in another way, or twice, nothing is known. */
export const functionsSaid = (claims: readonly Claim[]): ReadonlyMap<string, Known> => {
  const heads = claims.flatMap(({ operands: [left] }) =>
    left?.kind === 'application' && left.head.primes === 0 ? left.head.base : [],
  )
  const isOnce = (letter: string) => heads.filter((each) => each === letter).length === 1
  return new Map(
    claims.flatMap((claim) => {
      const { operands, relations } = claim
      const [left, value, ...others] = operands
      const [of, ...more] = left?.kind === 'application' && !left.bar ? left.operands : []
      const isOne = relations[0] === '=' && others.length === 0 && more.length === 0
      if (left?.kind !== 'application' || !value || !of || !isPlain(of) || !isOne) return []
      const isOfIt = withNames(value).every(({ base }) => base === of.base || base === 'e')
      const { head } = left
      const read = isPlain(head) && functions.test(head.base) && isOnce(head.base) && isOfIt
      const found = read ? readOf(value, of) : undefined
      return found ? [[head.base, { claim, of, value: found }] as const] : []
    }),
  )
}

/** g(u) as what it is. */
export const withFunctions = (
  node: Expression,
  known: ReadonlyMap<string, Known>,
  bounded = writingOut(node.span),
): Expression =>
  mapped(node, (each) => {
    const part = each as Expression
    const [operand, ...others] = part.kind === 'application' ? part.operands : []
    const found = part.kind === 'application' && isPlain(part.head) && known.get(part.head.base)
    if (!found || !operand || others.length > 0) return undefined
    const inner = withFunctions(operand, known, bounded)
    const isVariable = (name: Expression) => name.kind === 'name' && name.base === found.of.base
    return bounded(
      mapped(found.value, (one) => (isVariable(one as Expression) ? inner : undefined)),
    )
  })

/** h(x) of h(x) = … is h. */
export const withHeads = (equations: readonly Equation[]): ((equation: Equation) => Equation) => {
  const calls = new Set(
    equations.flatMap(({ claim: { operands } }) =>
      operands[0]?.kind === 'application' ? expressionText(operands[0], 'text') : [],
    ),
  )
  return (equation) => ({
    ...equation,
    value: mapped(equation.value, (each) => {
      const part = each as Expression
      const isCalled = part.kind === 'application' && calls.has(expressionText(part, 'text'))
      return isCalled ? part.head : undefined
    }),
  })
}

/** Beside a second activation g′(z) could be of either. */
export const haveOne = (equations: readonly Equation[]): boolean => {
  const nodes = nodesBelow<Expression>(equations.map(({ value }) => value))
  const words = nodes.flatMap((each) => {
    if (each.kind === 'application') return each.head.base
    return each.kind === 'call' && isBesideOthers(each) ? each.word : []
  })
  return new Set(words).size < 2
}
