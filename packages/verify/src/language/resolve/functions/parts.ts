// What a formula about functions is made of.
import { elementwiseWords } from '../../lexicon.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { childNodes, holding } from '../../walk.ts'
import { isBare } from '../context.ts'

const kinds: ReadonlySet<Expression['kind'] | 'comparison'> = new Set([
  ...(['name', 'numeral', 'product', 'addition', 'negation', 'quotient', 'power'] as const),
  ...(['call', 'application', 'hadamard', 'derivative', 'iverson', 'comparison'] as const),
])

/** Made of functions of one number, and of max(0, x). */
const isOfNumbers = (node: Expression): boolean => {
  if (!kinds.has(node.kind) || !childNodes<Expression>(node).every(isOfNumbers)) return false
  if (node.kind !== 'call' || elementwiseWords.has(node.word) || node.word === 'sign') return true
  return /^(max|min)$/.test(node.word) && node.operands.length > 1
}

/** e^z is a function of z. */
const isEuler = ({ base, subscript }: Name): boolean => base === 'e' && !subscript

export const isConstant = (name: Name): boolean => isEuler(name) || name.base === 'π'

/** Without those of scripts and constants. */
export const plainNames = (node: Expression): Name[] =>
  node.kind === 'name' && !isConstant(node)
    ? [node]
    : childNodes<Expression>(node).flatMap(plainNames)

/** The names that are applied. */
const headsIn = (node: Expression): Name[] => [
  ...(node.kind === 'application' ? [node.head] : []),
  ...childNodes<Expression>(node).flatMap(headsIn),
]

export const isDerived = holding((node) => (node as Expression).kind === 'derivative')

export const isOfFunction = holding((node) => {
  const each = node as Expression
  return (
    /^(call|application|derivative)$/.test(each.kind) || (each.kind === 'name' && isEuler(each))
  )
})

export const isKnown = (base: string, { names }: Scope): boolean =>
  names.some((each) => each.base === base)

interface Parts {
  readonly sides: readonly Expression[]
  readonly heads: ReadonlySet<Name>
  /** As often as they are written. */
  readonly names: readonly Name[]
}

/** Of a formula in functions of numbers; undefined where it is in more than that. */
export const partsOf = (claim: Claim, scope: Scope): Parts | undefined => {
  const sides = [...claim.operands, ...(claim.when ?? [])]
  if (claim.program || claim.where.length > 0 || !sides.every(isOfNumbers)) return undefined
  const heads = new Set(sides.flatMap(headsIn))
  if ([...heads].some(({ base }) => isKnown(base, scope))) return undefined
  return { sides, heads, names: sides.flatMap(plainNames).filter((name) => !heads.has(name)) }
}

/** The x of tanh(x) = …: all that the functions of a formula are of. */
export const onlyName = ({ sides, names }: Parts): Name | undefined => {
  const [first, ...others] = names
  if (!first || !isBare(first) || !sides.some(isOfFunction)) return undefined
  return others.every((each) => isBare(each) && each.base === first.base) ? first : undefined
}
