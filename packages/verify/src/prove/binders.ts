// What is bound: Σ over ranges, and the winners of contests.

import { minus, type Polynomial, plus } from '../arithmetic/polynomial.ts'
import type { Axis, Contest, Scalar } from '../core/core.ts'
import { spellContest } from '../core/spell.ts'
import { freeLetters } from '../core/walk.ts'
import { readField } from '../elaborate/functions/apply.ts'
import type { Index, Terms } from '../elaborate/functions/functions.ts'
import { lift, scoped, withLetters } from '../elaborate/letters.ts'
import { productOfTerms } from '../elaborate/products.ts'
import { UnsupportedError } from '../elaborate/unsupported.ts'
import { sumOver } from '../index-terms/fields.ts'
import { guardTerms } from './guards.ts'
import { indexOf, keyOf } from './indices.ts'
import { sumOfBox } from './sums.ts'
import { type Site, termsOf, usedKeys } from './terms.ts'

type Bound = Pick<Extract<Scalar, { kind: 'reduce' }>, 'over' | 'body'>

interface Range {
  readonly key: string
  readonly from: Polynomial
  readonly length: Polynomial
}

/** @throws UnsupportedError where a letter has no range */
const rangesOf = (over: readonly Axis[], site: Site): readonly Range[] =>
  over.map(({ letter, from, to }) => {
    if (!from || !to) throw new UnsupportedError(`nothing bounds the index ${letter.name}`)
    const first = indexOf(from, site)
    return { key: keyOf(letter), from: first, length: plus(minus(indexOf(to, site), first), 1) }
  })

const entered = (ranges: readonly Range[], site: Site, index: Index): Site =>
  withLetters(
    site,
    ranges.map(({ key, from, length }, k) => [key, { value: plus(index[k]!, from), length }]),
  )

export const overAxes = (
  { over, when }: Extract<Scalar, { kind: 'reduce' }>,
  site: Site,
  body: (inner: Site) => Terms,
): Terms => {
  const ranges = rangesOf(over, site)
  const lengths = ranges.map(({ length }) => length)
  return sumOfBox(lengths, site.functions.expands, (index) =>
    scoped(entered(ranges, site, index), (inner) =>
      when.map((guard) => guardTerms(guard, inner)).reduce(productOfTerms, body(inner)),
    ),
  )
}

interface Window extends Bound {
  readonly by: Contest
}

/** The mask of the first winner, an array of the outer letters and of the window's. */
export const winnerMask = ({ by, over, body }: Window, site: Site) => {
  const ranges = rangesOf(over, site)
  const own = new Set(ranges.map(({ key }) => key))
  const used = usedKeys(body, site).filter((key) => !own.has(key))
  const outer = lift(site, used, () => [])
  // The letters outside by position, so that i, j and k, l have the same window.
  const outside = [...freeLetters(body)].flatMap((letter) => {
    const position = used.indexOf(keyOf(letter))
    return position < 0 ? [] : [[letter, `‹${position}›`] as const]
  })
  const key = [site.maskKey, spellContest({ by, over, body }, new Map(outside))].join(' ')
  const shape = [...outer.field.shape, ...ranges.map(({ length }) => length)]
  return { field: site.functions.mask(key, `arg${by}`, shape), index: outer.index, ranges }
}

/** max_u x(u) = Σ_u [u wins] x(u). */
export const extremumOf = (s: Extract<Scalar, { kind: 'reduce' }>, site: Site): Terms => {
  if (s.by === 'sum' || s.by === 'med' || s.when.length > 0)
    throw new UnsupportedError(`${s.by} over an index`)
  const { field, index: outer, ranges } = winnerMask({ ...s, by: s.by }, site)
  const lengths = ranges.map(({ length }) => length)
  return sumOver(lengths, (index) =>
    scoped(entered(ranges, site, index), (inner) =>
      productOfTerms(readField(field, [...outer, ...index]), termsOf(s.body, inner)),
    ),
  )
}
