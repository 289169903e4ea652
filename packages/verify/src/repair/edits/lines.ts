// Edits of lines of programs alone: derivatives of activations as programs write them, and the
// operands of @.

import { rational } from '../../language/rational.ts'
import type { Expression } from '../../language/syntax.ts'
import { insteadOf, numeral, same } from '../build.ts'
import { everywhere, onTerms, type Rewrite } from '../edit.ts'
import { activationsOf, allPreActivations, isActivation } from '../roles.ts'
import { transposed, untransposed } from './sliding.ts'
import { squared } from './squares.ts'

const one = numeral(rational(1n))

const minus = (node: Expression): Expression => ({
  kind: 'addition',
  terms: [one, { kind: 'negation', operand: node, span: node.span }],
  span: node.span,
})

const times = (left: Expression, right: Expression): Expression => ({
  kind: 'star',
  operation: 'bare',
  left,
  right,
  span: left.span,
})

/** (z > 0) */
const positive = (z: Expression): Expression => ({
  kind: 'iverson',
  conditions: [
    { kind: 'comparison', operands: [z, numeral(rational(0n))], relations: ['>'], span: z.span },
  ],
  span: z.span,
})

/** What the slope of relu, of the sigmoid and of tanh is, of z and its activation a. */
const slopesOf = (z: Expression, activations: readonly Expression[]): Expression[] => [
  positive(z),
  ...activations.flatMap((a) => [times(a, minus(a)), minus(squared(a))]),
]

const message = 'The derivative of the activation is missing'

/** dz = dh for dz = dh * (z > 0). */
const missing: Rewrite = onTerms(({ node }, claim, { scope }) => {
  if (!claim.program) return []
  return allPreActivations(scope)
    .slice(0, 4)
    .flatMap((z) =>
      slopesOf(z, activationsOf(z, scope)).map((slope) => {
        const right = times(node, slope)
        return [right, `${message}: ${insteadOf(right, node)}.`] as const
      }),
    )
})

/** dh * h for dh * (z > 0). */
const rewritten: Rewrite = everywhere((site, claim, { scope }) => {
  const { node, position } = site
  if (!claim.program || node.kind !== 'name' || position !== 'value') return []
  if (!isActivation(node, scope)) return []
  return allPreActivations(scope)
    .slice(0, 4)
    .flatMap((z) =>
      slopesOf(z, [node]).map(
        (slope) =>
          [
            slope,
            `The derivative of the activation belongs here: ${insteadOf(slope, node)}.`,
          ] as const,
      ),
    )
})

const turned = (node: Expression): Expression => untransposed(node) ?? transposed(node)

/** A @ B as (A @ B).T: with its operands the other way round. */
const exchanged: Rewrite = everywhere(({ node, side }) => {
  const [left, right] = node.kind === 'call' && node.word === 'matmul' ? node.operands : []
  if (node.kind !== 'call' || !left || !right || side <= 0) return []
  const other: Expression = { ...node, operands: [turned(right), turned(left)] }
  const swapped: Expression = { ...node, operands: [right, left] }
  const message = (made: Expression) => `The operands change places: ${insteadOf(made, node)}.`
  return [other, ...(same(left, right) ? [] : [swapped])].map((made) => [made, message(made)])
})

export const lines = { missing, rewritten, exchanged } as const
