// σ'(z) = σ(z) (1 − σ(z)): a formula about functions of one array is about each of its entries.
import type { Scope } from '../resolved.ts'
import type { Claim, Expression, Name } from '../syntax.ts'
import { childNodes, mapped } from '../walk.ts'
import { isBare } from './context.ts'

const kinds: ReadonlySet<Expression['kind']> = new Set([
  ...(['name', 'numeral', 'product', 'addition', 'negation', 'quotient', 'power'] as const),
  ...(['call', 'application', 'hadamard'] as const),
])

const isPlain = (node: Expression): boolean =>
  kinds.has(node.kind) && childNodes<Expression>(node).every(isPlain)

/** e^z is a function of z. */
const isEuler = ({ base, subscript }: Name): boolean => base === 'e' && !subscript

const namesIn = (node: Expression): Name[] =>
  node.kind === 'name' && !isEuler(node) ? [node] : childNodes<Expression>(node).flatMap(namesIn)

const isFunction = (node: Expression): boolean =>
  node.kind === 'call' ||
  node.kind === 'application' ||
  (node.kind === 'name' && isEuler(node)) ||
  childNodes<Expression>(node).some(isFunction)

/** What the sides are functions of, in entries; undefined where they are more than that. */
export const pointwise = (claim: Claim, { names }: Scope): Claim | undefined => {
  if (claim.program || claim.where.length > 0 || claim.when || !claim.operands.every(isPlain))
    return undefined
  if (!claim.operands.some(isFunction)) return undefined
  const arrays = names.filter(({ rank }) => rank > 0)
  const heads = new Set(claim.operands.flatMap(headsIn))
  const written = claim.operands.flatMap(namesIn).filter((name) => !heads.has(name))
  const [first, ...others] = written
  const own = first && arrays.find(({ base, tag }) => base === first.base && tag === '')
  if (
    !own ||
    own.rank > 4 ||
    !isBare(first) ||
    others.some((each) => !isBare(each) || each.base !== first.base)
  )
    return undefined
  const parts = [...'ijkl']
    .slice(0, own.rank)
    .map((letter): Name => ({ kind: 'name', base: `${letter}″`, primes: 0, span: first.span }))
  const operands = claim.operands.map((side) =>
    mapped(side, (node) => {
      const name = node as Name
      if (name.kind !== 'name' || heads.has(name) || name.base !== first.base) return undefined
      return { ...name, subscript: { parts, span: name.span } }
    }),
  )
  return { ...claim, operands }
}

const headsIn = (node: Expression): Name[] => [
  ...(node.kind === 'application' ? [node.head] : []),
  ...childNodes<Expression>(node).flatMap(headsIn),
]
