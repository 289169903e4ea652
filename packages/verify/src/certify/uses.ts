// Terms multiplied by what is 1: by s · 1/s where the equation divides by s, and by what is given.

import { type Reading, solved } from '../certificate/claim.ts'
import type { PlainClaim, PlainPolynomial, PlainUse } from '../certificate/grammar.ts'
import { inverse } from '../certificate/laws.ts'
import { idsOf, type Poly, spell, variablesIn } from '../certificate/polynomials.ts'

const mostTermsForUse = 6

/** Nothing; what is divided by; then what is given, at some of the terms. */
export function* usesOf(claim: PlainClaim, reading: Reading): Generator<readonly PlainUse[]> {
  yield []
  const cleared = clearing(reading)
  if (cleared.length > 0) yield cleared
  const count = reading.left.length + reading.right.length
  if (count > mostTermsForUse) return
  for (const given of claim.given.keys())
    for (let subset = 1; subset < 2 ** count; subset++)
      yield Array.from(
        { length: count },
        (_, term) => ({ kind: 'given', term, given }) as const,
      ).filter(({ term }) => (subset >> term) & 1)
}

const mostUses = 60

type Inverse = Omit<Extract<PlainUse, { kind: 'inverse' }>, 'term'>

/** Every term divided alike: what is divided by elsewhere, as often as anywhere. */
const clearing = ({ open, reader: { arrays } }: Reading): PlainUse[] => {
  const terms = open().map(solved)
  const places = new Map<string, Inverse>()
  const counts = terms.map(({ accesses, bound }) => {
    const count = new Map<string, number>()
    for (const { array, index } of accesses) {
      const made = arrays.madeOf(array)
      if (made.kind !== 'function' || made.f !== inverse) continue
      if (index.some((p) => [...variablesIn(p)].some((id) => bound.has(id)))) continue
      const place = [array, ...index.map(spell)].join('|')
      places.set(place, { kind: 'inverse', inverse: array, at: index.map(plainOf) })
      count.set(place, (count.get(place) ?? 0) + 1)
    }
    return count
  })
  const uses = [...places].flatMap(([place, of]) => {
    const most = Math.max(...counts.map((count) => count.get(place) ?? 0))
    return counts.flatMap((count, term) =>
      Array.from({ length: most - (count.get(place) ?? 0) }, () => ({ term, ...of })),
    )
  })
  return uses.length > mostUses ? [] : uses
}

export const plainOf = (p: Poly): PlainPolynomial =>
  [...p].map(([key, c]) => ({ coefficient: `${c}`, variables: idsOf(key) }))
