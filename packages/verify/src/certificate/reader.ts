// The checker's own reading of a claim: scalars as sums of terms, in one view of the network.

import { createArrays } from './arrays.ts'
import { contest, summed } from './binders.ts'
import {
  anywhere,
  type Context,
  indexOf,
  type Letters,
  lengthsOf,
  placesOf,
  type Site,
  scoped,
  siteOf,
  tableField,
} from './context.ts'
import { applied, raised } from './functions.ts'
import type { PlainClaim, PlainScalar, PlainView } from './grammar.ts'
import { guardTerms } from './guards.ts'
import { createNodes, reachesIn } from './network.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly } from './polynomials.ts'
import type { Fresh, Terms } from './sums.ts'
import * as sums from './sums.ts'

export type Reader = ReturnType<typeof createReader>

/** @throws Rejected at what is no claim, or is none that this reader knows */
export const createReader = (claim: PlainClaim, view: PlainView, fresh: Fresh) => {
  const reaches = reachesIn(claim)
  const lengths = lengthsOf(claim)
  const arrays = createArrays(fresh, lengths, reaches)
  const context: Context = {
    claim,
    view,
    fresh,
    arrays,
    lengths,
    termsOf: (s, site) => termsOf(s, site),
  }
  const nodes = createNodes(context, arrays, reaches)

  const multiplied = (parts: readonly Terms[]): Terms =>
    parts.reduce((all, each) => sums.product(all, each, fresh), sums.one)

  const termsOf = (s: PlainScalar, site: Site): Terms => {
    const of = (part: PlainScalar): Terms => context.termsOf(part, site)
    switch (s.kind) {
      case 'number':
        return sums.number(BigInt(s.value[0]), BigInt(s.value[1]))
      case 'size':
        return sizeTerms(indexOf(s.of, site, context), context)
      case 'read': {
        const at = placesOf(s.at, site, context)
        const { from } = s
        if (from.kind === 'table') return anywhere(tableField(from, site, context), at)
        return nodes.read(from, at)
      }
      case 'sum':
        return s.terms.flatMap(of)
      case 'product':
        return multiplied(s.factors.map(of))
      case 'power':
        return raised(s, site, context)
      case 'apply':
        return applied(s.f, s.order, s.to, site, context)
      case 'reduce':
        if (s.by !== 'sum') return contest(s, site, context)
        return summed(s.over, site, context, (inner) => {
          const guards = s.when.map((each) => guardTerms(each, inner, context))
          return multiplied([context.termsOf(s.body, inner), ...guards])
        })
      case 'guard':
        return multiplied(s.guards.map((each) => guardTerms(each, site, context)))
    }
  }

  return {
    arrays,
    lengths: context.lengths,
    terms: (s: PlainScalar, letters: Letters): Terms =>
      scoped(siteOf(letters), (site) => context.termsOf(s, site)),
  }
}

/** A polynomial of lengths as a value. */
const sizeTerms = (p: Poly, { lengths }: Context): Terms =>
  [...p].map(([key, c]) => {
    const powers = new Map<number, number>()
    for (const id of poly.idsOf(key)) {
      demand(lengths.has(id), 'an index as a value')
      powers.set(id, (powers.get(id) ?? 0) + 1)
    }
    return sums.term({ coefficient: [c, 1n], powers })
  })
