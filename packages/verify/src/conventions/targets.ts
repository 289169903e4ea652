// Targets of a cross-entropy that sum to 1, as one-hot labels and probabilities do.
import { type Node, ops, topologicalOrder } from '@backprove/graph'
import { rational } from '../language/rational.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import type { Network } from '../network/network.ts'

const span = { start: 0, end: 0 }

/** Σ_k t_{…k} = 1 of each target. */
const sumsToOne = (target: Node, { scope }: Network): ResolvedClaim[] => {
  const known = scope.names.find(({ name }) => name === target.name)
  if (!known || known.rank === 0) return []
  const letters = Array.from({ length: known.rank }, (_, axis) => `t″${axis + 1}`)
  const array: Resolved = { kind: 'array', name: known.name, skip: 0, span }
  const indices = letters.map((name): Resolved => ({ kind: 'index', name, span }))
  const body: Resolved = { kind: 'entry', array, indices, span }
  const sum: Resolved = {
    kind: 'reduction',
    operator: 'sum',
    binders: [{ name: letters.at(-1)!, span }],
    conditions: [],
    body,
    span,
  }
  const one: Resolved = { kind: 'numeral', value: rational(1n), span }
  return [{ operands: [sum, one], relations: ['='], free: letters.slice(0, -1), span }]
}

export const targetsSumToOne = (network: Network): ResolvedClaim[] =>
  topologicalOrder([network.cost])
    .filter(({ op }) => op === ops.crossEntropy)
    .flatMap(({ args }) => (args[1]?.op.traits?.leaf ? sumsToOne(args[1], network) : []))
