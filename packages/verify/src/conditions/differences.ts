// Which of two expressions is surely the larger one, by the signs of what is written: 1 − σ(x) is
// positive, and x² + 1.
import { isZero, type Resolved } from '../language/resolved.ts'
import type { Network } from '../network/network.ts'
import { type Sign, signOf } from './signs.ts'

const negated = (each: Resolved): Resolved =>
  each.kind === 'negation' ? each.operand : { kind: 'negation', operand: each, span: each.span }

const termsOf = (node: Resolved): readonly Resolved[] =>
  (node.kind === 'addition' ? node.terms : [node]).filter((term) => !isZero(term))

const signOfDifference = (a: Resolved, b: Resolved, network: Network): Sign => {
  const terms = [...termsOf(a), ...termsOf(b).map(negated)]
  const [only, ...others] = terms
  if (!only) return 'not negative'
  return signOf(others.length === 0 ? only : { kind: 'addition', terms, span: a.span }, network)
}

export const isMore = (a: Resolved, b: Resolved, network: Network): boolean =>
  signOfDifference(a, b, network) === 'positive'

export const isNotLess = (a: Resolved, b: Resolved, network: Network): boolean =>
  isMore(a, b, network) || signOfDifference(a, b, network) === 'not negative'
