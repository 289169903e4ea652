// Relations in the Iverson brackets of a claim: of indices they are guards, of numbers opaque
// masks.

import { minus } from '../../arithmetic/polynomial.ts'
import { rational } from '../../arithmetic/rational.ts'
import { scaleTerms } from '../../index-terms/fields.ts'
import { term } from '../../index-terms/terms.ts'
import { isZero, type Resolved, type ResolvedComparison } from '../../language/resolved.ts'
import { indexRelation } from '../../prove/guards.ts'
import { positiveMask, vanishingMask } from '../functions/apply.ts'
import type { ScalarFunction, Terms } from '../functions/functions.ts'
import { productOfTerms } from '../products.ts'
import { UnsupportedError } from '../unsupported.ts'
import { indexOf } from './expression.ts'
import { applied } from './functions.ts'
import { isIndexLike } from './index.ts'
import type { ClaimSite } from './site.ts'
import { winsIn } from './winner-equations.ts'

const minusOne = rational(-1)

export const comparison = ({ operands, relations }: ResolvedComparison, site: ClaimSite): Terms =>
  relations
    .map((relation, k): Terms => {
      if (relation === '∈') throw new UnsupportedError('∈ as a condition')
      const [left, right] = [operands[k]!, operands[k + 1]!]
      if (isIndexLike(left) && isIndexLike(right)) {
        return indexRelation(relation, minus(indexOf(left, site), indexOf(right, site)))
      }
      return valueRelation(relation, left, right, site)
    })
    .reduce(productOfTerms)

type ValueRelation = Exclude<ResolvedComparison['relations'][number], '∈'>

const valueRelation = (
  relation: ValueRelation,
  left: Resolved,
  right: Resolved,
  site: ClaimSite,
): Terms => {
  const apart = (a: Resolved, b: Resolved): Resolved => {
    if (isZero(b)) return a
    const negation: Resolved = { kind: 'negation', operand: b, span: b.span }
    return isZero(a) ? negation : { kind: 'addition', terms: [a, negation], span: a.span }
  }
  const mask = (node: Resolved) => (f: ScalarFunction) => {
    const value = applied(f, node, site)
    if (value.kind === 'array') throw new UnsupportedError('a condition on a whole array')
    return value.terms
  }
  const isNot = (terms: Terms): Terms => [term({}), ...scaleTerms(terms, minusOne)]
  if (relation === '=' || relation === '≠') {
    const same = winsIn(left, right, site) ?? vanishingMask(mask(apart(left, right)))
    return relation === '=' ? same : isNot(same)
  }
  const isGreater = relation === '>' || relation === '≤'
  const above = positiveMask(mask(isGreater ? apart(left, right) : apart(right, left)))
  return relation === '>' || relation === '<' ? above : isNot(above)
}
