// Edits of squares: 1 − h for 1 − h², Σ x for Σ x², and one too many.
import { rational } from '../../language/rational.ts'
import type { Expression } from '../../language/syntax.ts'
import { insteadOf, numeral, quoted } from '../build.ts'
import { everywhere, type Rewrite } from '../edit.ts'

export const squared = (base: Expression): Expression => ({
  kind: 'power',
  base,
  exponent: numeral(rational(2n)),
  span: base.span,
})

const isOfSum = (node: Expression | undefined): boolean =>
  node?.kind === 'call' && ['sum', 'mean'].includes(node.word)

/** 1 - h for 1 - h**2, and Σ x for Σ x². */
const missing: Rewrite = everywhere(({ node, side, position, parents }) => {
  const isTerm = ['negation', 'addition'].includes(parents.at(-1)?.kind ?? '')
  // u/‖u‖ for u/‖u‖².
  const below = parents.some(
    (each, at) => each.kind === 'quotient' && each.denominator === (parents[at + 1] ?? node),
  )
  const isNorm = node.kind === 'call' && node.word === 'sqrt'
  if (!(node.kind === 'name' || (isNorm && below)) || side <= 0 || position !== 'value') return []
  const isSummed = parents.some(({ kind }) => kind === 'reduction') || isOfSum(parents.at(-1))
  if (!isTerm && !below && !isSummed) return []
  const right = squared(node)
  return [[right, `The square is missing: ${quoted(right)} instead of ${quoted(node)}.`]]
})

const superfluous: Rewrite = everywhere(({ node, side, position }) => {
  if (node.kind !== 'power' || side <= 0 || position !== 'value') return []
  if (node.exponent.kind !== 'numeral' || node.exponent.text !== '2') return []
  return [[node.base, `Nothing is squared here: ${insteadOf(node.base, node)}.`]]
})

export const squares = { missing, superfluous } as const
