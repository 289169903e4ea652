// Brackets: relations of indices are guards of terms, those of values functions of a difference.

import { winner } from './binders.ts'
import { type Context, indexOf, type Site } from './context.ts'
import { applied, difference } from './functions.ts'
import { isAbove, isZero } from './laws.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly } from './polynomials.ts'
import type { PlainGuard, PlainRelation } from './statement.ts'
import type { Terms } from './sums.ts'
import * as sums from './sums.ts'

/** [d relation 0] of an integer. */
const relation = (sign: PlainRelation, d: Poly): Terms => {
  const minus = poly.minus(new Map(), d)
  switch (sign) {
    case '=':
      return sums.equated(sums.one, [d])
    case '≤':
      return sums.guarded(sums.one, [minus])
    case '<':
      return sums.guarded(sums.one, [poly.plus(minus, -1n)])
    case '≥':
      return sums.guarded(sums.one, [d])
    case '>':
      return sums.guarded(sums.one, [poly.plus(d, -1n)])
    case '≠':
      return [...relation('<', d), ...relation('>', d)]
    default:
      demand(false, 'no such relation')
  }
}

export const guardTerms = (guard: PlainGuard, site: Site, context: Context): Terms => {
  switch (guard.kind) {
    case 'indices': {
      const [left, right] = [guard.left, guard.right].map((e) => indexOf(e, site, context))
      return relation(guard.relation, poly.minus(left!, right!))
    }
    case 'values': {
      const { relation: sign, left, right } = guard
      if (sign === '=' || sign === '≠') {
        const same = applied(isZero, 0, difference(left, right), site, context)
        return sign === '=' ? same : sums.not(same)
      }
      demand(['<', '≤', '>', '≥'].includes(sign), 'no such relation')
      const isGreater = sign === '>' || sign === '≤'
      const apart = isGreater ? difference(left, right) : difference(right, left)
      const above = applied(isAbove, 0, apart, site, context)
      return sign === '>' || sign === '<' ? above : sums.not(above)
    }
    case 'winner':
      return winner(guard, site, context)
    default:
      demand(false, 'no such guard')
  }
}
