// δ ⊙ ∂φ(Z)/∂Z: of a matrix the slope of each entry, which beside ⊙ alone has the shape of Z.

import { recordedShape } from '../../lengths.ts'
import { elementwiseWords } from '../../lexicon.ts'
import type { Resolved, Scope } from '../../resolved.ts'
import { spellingOf } from '../../walk.ts'

export const slopeOf = (node: Resolved, scope: Scope): Resolved => {
  if (node.kind !== 'derivative' || node.by.length !== 1) return node
  const { of } = node
  const isWord = of.kind === 'call' && elementwiseWords.has(of.word) && of.operands.length === 1
  const operand = of.kind === 'activation' ? of.operand : isWord ? of.operands[0]! : undefined
  if (!operand || spellingOf(operand) !== spellingOf(node.by[0])) return node
  const isMatrix = recordedShape(operand, scope)?.length === 2
  if (!isMatrix || (of.kind !== 'activation' && of.kind !== 'call')) return node
  return { ...of, order: of.order + 1 }
}
