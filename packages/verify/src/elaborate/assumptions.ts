// What a proof may use besides the network: relations of sizes, arrays that are positive, and sums
// that are a number, Σ_i t_i = 1. Other assumptions are left to the tests at points.

import { minus, type Polynomial, polynomial } from '../arithmetic/polynomial.ts'
import { type Rational, rational } from '../arithmetic/rational.ts'
import { freeIndex } from '../arithmetic/variable.ts'
import { scaleTerms } from '../index-terms/fields.ts'
import type { Field } from '../index-terms/terms.ts'
import { isZero, type ResolvedClaim } from '../language/resolved.ts'
import { claimValue, indexOf, numberOf } from './claim/expression.ts'
import { isIndexLike } from './claim/index.ts'
import type { ClaimSite } from './claim/site.ts'
import type { Terms } from './functions/functions.ts'
import { scoped } from './letters.ts'
import { plainArray } from './plain.ts'
import { productOfTerms } from './products.ts'
import { UnsupportedError } from './unsupported.ts'

/** What an assumption cannot be used for is no reason not to prove without it. */
const attempted = <R>(body: () => R, otherwise: R): R => {
  try {
    return body()
  } catch (error) {
    if (error instanceof UnsupportedError) return otherwise
    throw error
  }
}

/** M ≥ m, H = 2h: polynomials that are ≥ 0. */
export const sizeAssumptions = (
  assumptions: readonly ResolvedClaim[],
  site: ClaimSite,
): Polynomial[] =>
  assumptions.flatMap(({ operands, relations, free }) => {
    if (free.length > 0 || !operands.every(isIndexLike)) return []
    return relations.flatMap((relation, k) =>
      attempted((): Polynomial[] => {
        const [a, b] = [indexOf(operands[k]!, site), indexOf(operands[k + 1]!, site)]
        if (relation === '=') return [minus(a, b), minus(b, a)]
        if (relation === '≥') return [minus(a, b)]
        if (relation === '>') return [minus(a, b, 1)]
        if (relation === '≤') return [minus(b, a)]
        return relation === '<' ? [minus(b, a, 1)] : []
      }, []),
    )
  })

/** z > 0 of a whole array or of every entry. */
export const assumeValues = (assumptions: readonly ResolvedClaim[], site: ClaimSite): void => {
  for (const { operands, relations, free } of assumptions) {
    const [left, right] = operands
    if (operands.length !== 2 || relations[0] !== '>' || !left || !right || !isZero(right)) continue
    const isEveryEntry =
      left.kind === 'entry' &&
      new Set(free).size === left.indices.length &&
      left.indices.every((index) => index?.kind === 'index' && free.includes(index.name)) &&
      new Set(left.indices.map((index) => index?.kind === 'index' && index.name)).size ===
        left.indices.length
    const array = isEveryEntry ? left.array : left
    if (array.kind !== 'array') continue
    attempted(() => {
      const value = claimValue(array, site)
      const plain = value.kind === 'array' ? plainArray(value.field) : undefined
      if (plain) site.model.functions.assumePositive(plain)
    }, undefined)
  }
}

interface NumberAssumption {
  readonly terms: () => Terms
  readonly value: Rational
}

/** Assumptions that some terms are a number other than 0. */
const numberAssumptions = (
  assumptions: readonly ResolvedClaim[],
  site: ClaimSite,
): NumberAssumption[] =>
  assumptions.flatMap(({ operands, relations, free }) => {
    const [left, right] = operands
    if (operands.length !== 2 || relations[0] !== '=' || free.length > 0) return []
    const [value, terms] = right!.kind === 'numeral' ? [right!, left!] : [left!, right!]
    if (value.kind !== 'numeral' || isZero(value)) return []
    const { numerator, denominator } = value.value
    const of = () => scoped(site, (inner) => numberOf(terms, inner))
    const isReadable = attempted(() => of().length > 0, false)
    return isReadable ? [{ terms: of, value: rational(numerator, denominator) }] : []
  })

const mostTerms = 6

/**
 * A field as it is, and with some of its terms multiplied by what is assumed to be 1.
 */
function* usingAssumptions(
  field: Field,
  assumptions: readonly ResolvedClaim[],
  site: ClaimSite,
): Generator<Field> {
  yield field
  const usable = numberAssumptions(assumptions, site)
  if (usable.length === 0) return
  const count = field.at(field.shape.map(() => polynomial(freeIndex('t')))).length
  if (count > mostTerms) return
  for (const { terms, value } of usable) {
    const unit = (): Terms => scaleTerms(terms(), rational(value.denominator, value.numerator))
    for (let subset = 1; subset < 2 ** count; subset++) {
      yield {
        shape: field.shape,
        at: (index) =>
          field
            .at(index)
            .flatMap((t, k) => ((subset >> k) & 1 ? productOfTerms([t], unit()) : [t])),
      }
    }
  }
}

/** What is assumed is used on either side: the sides are a set. */
export function* waysToAssume(
  a: Field,
  b: Field,
  assumptions: readonly ResolvedClaim[],
  site: ClaimSite,
): Generator<readonly [Field, Field]> {
  for (const right of usingAssumptions(b, assumptions, site)) yield [a, right]
  for (const left of usingAssumptions(a, assumptions, site)) if (left !== a) yield [left, b]
}
