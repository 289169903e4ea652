// The smallest integers at which a claim about lengths is false, by trying them.

import { type Budget, BudgetExceeded } from '../arithmetic/budget.ts'
import {
  addRational,
  floorDivide,
  multiplyRational,
  type Rational,
  rational,
} from '../arithmetic/rational.ts'
import { relations } from '../arithmetic/relations.ts'
import { UnsupportedError } from '../core/errors.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import type { RelationSign } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'

type Values = ReadonlyMap<string, bigint>

/** Undefined where it divides by 0. */
const valueAt = (node: Resolved, values: Values): Rational | undefined => {
  const all = (nodes: readonly Resolved[], combine: (a: Rational, b: Rational) => Rational) => {
    const found = nodes.map((each) => valueAt(each, values))
    return found.every((each) => each !== undefined) ? found.reduce(combine) : undefined
  }
  switch (node.kind) {
    case 'numeral':
      return rational(node.value.numerator, node.value.denominator)
    case 'size':
      return rational(values.get(node.name)!)
    case 'negation': {
      const value = valueAt(node.operand, values)
      return value && multiplyRational(rational(-1), value)
    }
    case 'addition':
      return all(node.terms, addRational)
    case 'product':
      return all(node.factors, multiplyRational)
    case 'quotient': {
      const [a, b] = [valueAt(node.numerator, values), valueAt(node.denominator, values)]
      if (!a || !b || b.numerator === 0n) return undefined
      return multiplyRational(a, rational(b.denominator, b.numerator))
    }
    case 'power': {
      const [base, exponent] = [valueAt(node.base, values), valueAt(node.exponent, values)]
      if (!base || exponent?.denominator !== 1n) break
      const n = exponent.numerator
      if (n < 0n || n > 8n) break
      return rational(base.numerator ** n, base.denominator ** n)
    }
    case 'call': {
      const value = valueAt(node.operands[0]!, values)
      if (!value) return undefined
      const { numerator, denominator } = value
      if (node.word === 'floor') return rational(floorDivide(numerator, denominator))
      if (node.word === 'ceil') return rational(-floorDivide(-numerator, denominator))
      break
    }
    default:
  }
  throw new UnsupportedError(`${node.kind} in a claim about lengths`)
}

const holds = (relation: RelationSign, a: Rational, b: Rational): boolean => {
  const d = a.numerator * b.denominator - b.numerator * a.denominator
  return relations[relation]?.(Number(d > 0n) - Number(d < 0n)) ?? false
}

/** Whether every link holds; undefined where something is divided by 0. */
const isTrue = (claim: ResolvedClaim, values: Values) => {
  const sides = claim.operands.map((operand) => valueAt(operand, values))
  for (const [k, relation] of claim.relations.entries()) {
    const [a, b] = [sides[k], sides[k + 1]]
    if (!a || !b) return undefined
    if (!holds(relation, a, b)) return { left: a, right: b }
  }
  return true
}

const sizesIn = (nodes: readonly Resolved[]): string[] => [
  ...new Set(
    nodes.flatMap((node): string[] => [
      ...(node.kind === 'size' ? [node.name] : []),
      ...sizesIn(childNodes<Resolved>(node)),
    ]),
  ),
]

export interface SizeWitness {
  readonly sizes: Readonly<Record<string, number>>
  readonly left: Rational
  readonly right: Rational
}

const largestTried = 7

/** `count` numbers from 1 to the largest that is tried, by their sum, then lexicographically. */
function* bySum(count: number): Generator<number[]> {
  for (let sum = count; sum <= count * largestTried; sum++) yield* withSum(count, sum)
}

function* withSum(count: number, sum: number): Generator<number[]> {
  if (count === 0) {
    if (sum === 0) yield []
    return
  }
  const most = Math.min(largestTried, sum - (count - 1))
  for (let first = Math.max(1, sum - (count - 1) * largestTried); first <= most; first++) {
    for (const others of withSum(count - 1, sum - first)) yield [first, ...others]
  }
}

const numeralsIn = (nodes: readonly Resolved[]): bigint[] =>
  nodes.flatMap((node): bigint[] => [
    ...(node.kind === 'numeral' ? [node.value.numerator] : []),
    ...numeralsIn(childNodes<Resolved>(node)),
  ])

const largestNumeral = 1_000_000n

/** Larger numbers: powers of two, and those about the numerals that are written. */
function* larger(count: number, operands: readonly Resolved[]): Generator<number[]> {
  const written = numeralsIn(operands).filter((n) => n > 1n && n <= largestNumeral)
  const near = written.flatMap((n) => [-1, 0, 1, 2].map((shift) => Number(n) + shift))
  const products = written.flatMap((n) => written.map((m) => Number(n * m) + 1))
  const all = [1, 2, 3, 5, 8, 9, 16, 31, 64, 100, ...near, ...products]
  const values = [...new Set(all)].filter((n) => n > 0).sort((a, b) => a - b)
  const chosen = Array.from({ length: count }, () => 0)
  const descend = function* (position: number): Generator<number[]> {
    if (position === count) {
      yield [...chosen]
      return
    }
    for (const value of values) {
      chosen[position] = value
      yield* descend(position + 1)
    }
  }
  yield* descend(0)
}

export interface SizeSearch {
  readonly witness?: SizeWitness
  /** Whether numbers were found that meet the assumptions and give the claim a meaning. */
  readonly isMet: boolean
}

/**
 * Among small numbers the smallest by sum, then lexicographically; larger ones are lowered while
 * the claim stays false. Ends without a witness when the budget is spent.
 */
export const sizeWitness = (
  claim: ResolvedClaim,
  assumptions: readonly ResolvedClaim[],
  isZeroAllowed: (name: string) => boolean,
  budget: Budget,
  among: 'small' | 'larger',
): SizeSearch => {
  const operands = [claim, ...assumptions].flatMap((each) => each.operands)
  const names = sizesIn(operands)
  const less = names.map((name) => (isZeroAllowed(name) ? 1 : 0))
  let isMet = false
  const at = (counts: readonly number[]): SizeWitness | undefined => {
    budget.tick(names.length + 1)
    const chosen = counts.map((count, k) => count - less[k]!)
    const values = new Map(names.map((name, k) => [name, BigInt(chosen[k]!)]))
    if (!assumptions.every((each) => isTrue(each, values) === true)) return undefined
    const found = isTrue(claim, values)
    isMet ||= found !== undefined
    if (found === true || found === undefined) return undefined
    return { sizes: Object.fromEntries(names.map((name, k) => [name, chosen[k]!])), ...found }
  }
  const lowered = (counts: readonly number[], witness: SizeWitness): SizeWitness => {
    for (const k of counts.keys())
      for (let value = 1; value < Math.min(counts[k]!, 200); value++) {
        const found = at(counts.with(k, value))
        if (found) return lowered(counts.with(k, value), found)
      }
    return witness
  }
  try {
    const all = among === 'small' ? bySum(names.length) : larger(names.length, operands)
    for (const counts of all) {
      const witness = at(counts)
      if (witness) return { witness: among === 'small' ? witness : lowered(counts, witness), isMet }
    }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
  }
  return { isMet }
}
