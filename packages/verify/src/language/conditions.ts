// What a formula asks for to have a value, as it was written and before anything cancels: what it
// divides by is not 0, logarithms are of what is positive, roots of what is not negative.
import { nonzeroIn } from './letter-reads.ts'
import type { Resolved, ResolvedClaim } from './resolved.ts'
import { childNodes, spellingOf } from './walk.ts'

export interface Condition {
  readonly asks: 'not 0' | 'positive' | 'not negative'
  readonly of: Resolved
}

type Fraction = Extract<Resolved, { kind: 'numeral' }>['value']

const isWhole = ({ denominator }: Fraction): boolean => denominator === 1n

/** i + 2 j of indices and lengths, (−1)^{i+j}. */
const isOfIndices = (node: Resolved): boolean => {
  if (node.kind === 'numeral') return isWhole(node.value)
  const isSum = node.kind === 'addition' || node.kind === 'negation' || node.kind === 'product'
  if (isSum) return childNodes<Resolved>(node).every(isOfIndices)
  return node.kind === 'index' || node.kind === 'size'
}

const isNonzero = (node: Resolved): boolean =>
  node.kind === 'negation'
    ? isNonzero(node.operand)
    : node.kind === 'numeral' && node.value.numerator !== 0n

const ofPower = (node: Extract<Resolved, { kind: 'power' }>): Condition[] => {
  const { base, exponent } = node
  if (exponent.kind !== 'numeral') {
    if (!isOfIndices(exponent)) return [{ asks: 'positive', of: base }]
    return isNonzero(base) ? [] : [{ asks: 'not 0', of: base }]
  }
  const isNegative = exponent.value.numerator < 0n
  if (isWhole(exponent.value)) return isNegative ? [{ asks: 'not 0', of: base }] : []
  return [{ asks: isNegative ? 'positive' : 'not negative', of: base }]
}

const ofNode = (node: Resolved): Condition[] => {
  if (node.kind === 'quotient') return [{ asks: 'not 0', of: node.denominator }]
  if (node.kind === 'power') return ofPower(node)
  if (node.kind !== 'call' || !node.operands[0]) return []
  const [of] = node.operands
  if (node.word === 'log') return [{ asks: 'positive', of }]
  if (node.word !== 'sqrt') return []
  return [{ asks: node.order > 0 ? 'positive' : 'not negative', of }]
}

/** What brackets among the factors say is not 0, as it is spelled. */
const guardsIn = (node: Resolved): readonly string[] =>
  (node.kind === 'product' ? node.factors : [node]).flatMap((factor) => {
    const nonzero = nonzeroIn(factor)
    return nonzero ? [spellingOf(nonzero)] : []
  })

/** Every condition, also of what is multiplied by 0; [x ≠ 0]/x asks nothing. */
export const conditionsOf = ({ operands }: Pick<ResolvedClaim, 'operands'>): Condition[] => {
  const visit = (node: Resolved, known: ReadonlySet<string>): Condition[] => {
    const guards = node.kind === 'product' ? guardsIn(node) : []
    const inside = guards.length > 0 ? new Set([...known, ...guards]) : known
    const above = new Set(node.kind === 'quotient' ? guardsIn(node.numerator) : [])
    const own = ofNode(node).filter(
      ({ asks, of }) =>
        asks !== 'not 0' || !(inside.has(spellingOf(of)) || above.has(spellingOf(of))),
    )
    return [...own, ...childNodes<Resolved>(node).flatMap((child) => visit(child, inside))]
  }
  return operands.flatMap((operand) => visit(operand, new Set()))
}

const keyOf = ({ asks, of }: Condition): string => `${asks} ${spellingOf(of)}`

/** Whether what is found asks for all that it is found of asks for. */
export const keepsConditions = (found: Resolved, of: Resolved): boolean => {
  const kept = new Set(conditionsOf({ operands: [found] }).map(keyOf))
  return conditionsOf({ operands: [of] }).every(
    (each) => kept.has(keyOf(each)) || kept.has(keyOf({ ...each, asks: 'positive' })),
  )
}
