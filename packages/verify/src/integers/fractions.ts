// Sides of claims about integers as fractions of polynomials, and what their roundings and
// divisions say: ⌊a/b⌋ is an unknown with two bounds.

import {
  constantValue,
  minus,
  negate,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../arithmetic/polynomial.ts'
import { freeIndex, parameter, size, type Variable } from '../arithmetic/variable.ts'
import { UnsupportedError } from '../core/errors.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import type { RelationSign } from '../language/syntax.ts'

/** p/q for a positive integer q: what a quotient of sizes is before it is rounded. */
interface Fraction {
  readonly numerator: Polynomial
  readonly denominator: Polynomial
}

/** Padding may be 0; every other length is at least 1. */
const mayBeZero = /^[pqrP](?:[_^'].*)?$/
export const isPadding = (name: string): boolean => mayBeZero.test(name)

export interface SizeVariables {
  readonly named: Map<string, Variable>
  /** What roundings and divisions say, in the order of writing. */
  readonly given: Given[]
}

/** Polynomials that are ≥ 0, for a divisor that is: a division by 0 says nothing. */
export interface Given {
  readonly divisor: Polynomial
  readonly constraints: readonly Polynomial[]
}

const variableNamed = (name: string, variables: SizeVariables): Polynomial => {
  const known = variables.named.get(name)
  const v = known ?? (isPadding(name) ? parameter(name) : size(name))
  variables.named.set(name, v)
  return polynomial(v)
}

const whole = (p: Polynomial): Fraction => ({ numerator: p, denominator: polynomial(1) })

const fractionOf = (node: Resolved, variables: SizeVariables): Fraction => {
  const of = (part: Resolved): Fraction => fractionOf(part, variables)
  switch (node.kind) {
    case 'numeral':
      return {
        numerator: polynomial(node.value.numerator),
        denominator: polynomial(node.value.denominator),
      }
    case 'size':
      return whole(variableNamed(node.name, variables))
    case 'negation': {
      const { numerator, denominator } = of(node.operand)
      return { numerator: negate(numerator), denominator }
    }
    case 'addition':
      return node.terms.map(of).reduce((a, b) => ({
        numerator: plus(times(a.numerator, b.denominator), times(b.numerator, a.denominator)),
        denominator: times(a.denominator, b.denominator),
      }))
    case 'product':
      return node.factors.map(of).reduce((a, b) => ({
        numerator: times(a.numerator, b.numerator),
        denominator: times(a.denominator, b.denominator),
      }))
    case 'quotient': {
      const [a, b] = [of(node.numerator), of(node.denominator)]
      const value = constantValue(b.numerator)
      // Denominators are kept positive.
      const sign = value !== undefined && value < 0n ? -1n : 1n
      const divisor = times(sign, b.numerator)
      variables.given.push({ divisor, constraints: [minus(divisor, 1)] })
      return {
        numerator: times(sign, a.numerator, b.denominator),
        denominator: times(a.denominator, divisor),
      }
    }
    case 'power': {
      const { exponent } = node
      const n = exponent.kind === 'numeral' ? Number(exponent.value.numerator) : -1
      if (n < 0 || n > 8) break
      const { numerator, denominator } = of(node.base)
      const power = (p: Polynomial) => times(1, ...Array.from({ length: n }, () => p))
      return { numerator: power(numerator), denominator: power(denominator) }
    }
    case 'call':
      if (node.word === 'floor' || node.word === 'ceil') {
        return whole(rounded(of(node.operands[0]!), node.word, variables))
      }
      break
    default:
  }
  throw new UnsupportedError(`${node.kind} in a claim about lengths`)
}

/** ⌊a/b⌋ is the q with 0 ≤ a − b q < b; ⌈a/b⌉ = −⌊−a/b⌋. */
const rounded = (
  { numerator, denominator }: Fraction,
  word: 'floor' | 'ceil',
  variables: SizeVariables,
): Polynomial => {
  if (constantValue(denominator) === 1n) return numerator
  const q = polynomial(freeIndex('q'))
  const above = word === 'floor' ? numerator : negate(numerator)
  const rest = minus(above, times(denominator, q))
  const constraints = [rest, minus(denominator, rest, 1)]
  variables.given.push({ divisor: denominator, constraints })
  return word === 'floor' ? q : negate(q)
}

/** What a relation says of integers, each ≥ 0; of an equation, the difference. */
export interface Statement {
  readonly relation: RelationSign
  readonly difference: Polynomial
}

export const statementsOf = (claim: ResolvedClaim, variables: SizeVariables): Statement[] => {
  const sides = claim.operands.map((operand) => fractionOf(operand, variables))
  return claim.relations.map((relation, k) => {
    const [a, b] = [sides[k]!, sides[k + 1]!]
    const difference = minus(times(a.numerator, b.denominator), times(b.numerator, a.denominator))
    return { relation, difference }
  })
}

/** The inequalities that say it. */
export const inequalitiesOf = ({ relation, difference: d }: Statement): Polynomial[] => {
  if (relation === '=') return [d, negate(d)]
  if (relation === '≥') return [d]
  if (relation === '>') return [minus(d, 1)]
  if (relation === '≤') return [negate(d)]
  if (relation === '<') return [minus(negate(d), 1)]
  throw new UnsupportedError(`${relation} in a claim about lengths`)
}
