// The checker's own reading of a claim: scalars as sums of terms, in one view of the network.

import { createArrays } from './arrays.ts'
import { summed, winner } from './binders.ts'
import type { Context, Letters, Site } from './context.ts'
import { anywhere, indexOf, lengthsOf, placesOf, scoped, siteOf, tableField } from './context.ts'
import { applied, exponentOf } from './functions.ts'
import type { PlainClaim, PlainScalar, PlainView } from './grammar.ts'
import { createNodes, reachesIn } from './network.ts'
import * as poly from './polynomials.ts'
import type { Fresh, Terms } from './sums.ts'
import * as sums from './sums.ts'

export type Reader = ReturnType<typeof createReader>

/** @throws Rejected at what is no claim, or is none that this reader knows */
export const createReader = (claim: PlainClaim, view: PlainView, fresh: Fresh) => {
  const reaches = reachesIn(claim)
  const lengths = lengthsOf(claim)
  const arrays = createArrays(fresh, lengths, reaches)

  const termsOf = (s: PlainScalar, site: Site): Terms => {
    const of = (part: PlainScalar): Terms => termsOf(part, site)
    switch (s.kind) {
      case 'number':
        return sums.number(BigInt(s.value[0]), BigInt(s.value[1]))
      case 'size':
        return [...poly.readPoly(s.of)].map(([key, c]) =>
          sums.timesSizes(sums.term({ coefficient: [c, 1n] }), poly.idsOf(key)),
        )
      case 'read': {
        const at = placesOf(s.at, site, context)
        const { from } = s
        if (from.kind === 'table') return anywhere(tableField(from, site, context), at)
        return nodes.read(from, at)
      }
      case 'sum':
        return s.terms.flatMap(of)
      case 'product':
        return sums.multiplied(s.factors.map(of), fresh)
      case 'power':
        return sums.power(of(s.base), exponentOf(s), fresh)
      case 'apply':
        return applied(s.f, s.order, s.to, site, context)
      case 'reduce':
        return summed(s.over, site, context, (inner) => termsOf(s.body, inner))
      case 'guard': {
        const [left, right] = [s.left, s.right].map((e) => indexOf(e, site, context))
        const difference = [poly.minus(left!, right!)]
        if (s.relation === '=') return sums.equated(sums.one, difference)
        return sums.guarded(sums.one, difference)
      }
      case 'winner':
        return winner(s, site, context)
    }
  }
  const context: Context = { claim, view, fresh, arrays, lengths, termsOf }
  const nodes = createNodes(context, arrays, reaches)

  return {
    arrays,
    lengths,
    terms: (s: PlainScalar, letters: Letters): Terms =>
      scoped(siteOf(letters), (site) => termsOf(s, site)),
  }
}
