// Iverson brackets of the core: relations of indices are guards, those of numbers opaque masks.

import { minus, negate, type Polynomial } from '../../arithmetic/polynomial.ts'
import { rational } from '../../arithmetic/rational.ts'
import { isNumber, negative, sum } from '../../core/build.ts'
import type { Guard, Relation, Scalar } from '../../core/core.ts'
import { scaleTerms, guardTerms as withGuards } from '../../index-terms/fields.ts'
import { type Terms, term } from '../../index-terms/terms.ts'
import { positiveMask, readField, vanishingMask } from '../functions/apply.ts'
import type { ScalarFunction } from '../functions/types.ts'
import { oneWinner, winnerMask } from './binders.ts'
import { winsIn } from './equal-winners.ts'
import { indexOf } from './indices.ts'
import { applied, type Site } from './terms.ts'
import { pooledWinner } from './windows.ts'

const minusOne = rational(-1)

/** `beside`: the guards of the same bracket. */
export const guardTerms = (guard: Guard, site: Site, beside: readonly Guard[] = []): Terms => {
  switch (guard.kind) {
    case 'indices':
      return indexRelation(
        guard.relation,
        minus(indexOf(guard.left, site), indexOf(guard.right, site)),
      )
    case 'values': {
      const [left, right] = inOrder(guard)
      // By places first: Σ_k [k = p_m] of a line and [n = p_m] of a claim are masks of one array.
      const first = readsArray(left) ? undefined : left
      return valueRelation(
        guard.relation,
        left,
        right,
        (s) => (f) => applied(f, s, site, first),
        () => winsIn(guard.left, guard.right, site),
      )
    }
    case 'winner': {
      const pooled = pooledWinner(oneWinner(guard), beside, site)
      if (pooled) return pooled
      const { field, index, ranges } = winnerMask(oneWinner(guard), site)
      const at = guard.at.map((each, k) => minus(indexOf(each, site), ranges[k]!.from))
      return readField(field, [...index, ...at])
    }
  }
}

/** An index that is equal to a value first, so that both ways to say it are one. */
const inOrder = ({ relation, left, right }: Extract<Guard, { kind: 'values' }>) =>
  (relation === '=' || relation === '≠') && readsArray(left) && !readsArray(right)
    ? ([right, left] as const)
    : ([left, right] as const)

/** Whether it reads an array. */
const readsArray = (s: Scalar): boolean =>
  s.kind === 'read' || (s.kind === 'sum' && s.terms.some(readsArray))

/** [d relation 0] for an integer d. */
export const indexRelation = (relation: Relation, d: Polynomial): Terms => {
  switch (relation) {
    case '=':
      return [term({ equations: [d] })]
    case '≤':
      return withGuards([term({})], [negate(d)])
    case '<':
      return withGuards([term({})], [minus(negate(d), 1)])
    case '≥':
      return withGuards([term({})], [d])
    case '>':
      return withGuards([term({})], [minus(d, 1)])
    case '≠':
      return [...indexRelation('<', d), ...indexRelation('>', d)]
  }
}

/** [left relation right] for real numbers: an opaque mask. */
const valueRelation = (
  relation: Relation,
  left: Scalar,
  right: Scalar,
  mask: (s: Scalar) => (f: ScalarFunction) => Terms,
  wins: () => Terms | undefined,
): Terms => {
  const apart = (a: Scalar, b: Scalar): Scalar =>
    isNumber(b, 0n) ? a : isNumber(a, 0n) ? negative(b) : sum([a, negative(b)])
  const isNot = (terms: Terms): Terms => [term({}), ...scaleTerms(terms, minusOne)]
  if (relation === '=' || relation === '≠') {
    const same = wins() ?? vanishingMask(mask(apart(left, right)))
    return relation === '=' ? same : isNot(same)
  }
  const isGreater = relation === '>' || relation === '≤'
  const above = positiveMask(mask(isGreater ? apart(left, right) : apart(right, left)))
  return relation === '>' || relation === '<' ? above : isNot(above)
}
