// The book's network for 6×6 images, recorded by hand: what the tests of this folder read.

import { squaredError } from '../ops/cost/squared-error.ts'
import { sigmoid } from '../ops/entrywise/sigmoid.ts'
import { maxPool2d } from '../ops/pooling/max-pool2d.ts'
import { conv2d } from '../ops/product/conv2d.ts'
import { dense } from '../ops/product/dense.ts'
import { Graph } from '../record/graph.ts'
import type { Node } from '../record/node.ts'

export interface Book {
  readonly graph: Graph
  readonly cost: Node
  readonly parameters: readonly Node[]
}

/** c = w ∗ x, z^F = c + b, a^F = σ(z^F), max-pooling, an output layer of sigmoids, ½ Σ (t − a)². */
export function recordBook(): Book {
  const graph = new Graph()
  const x = graph.input('x_{ij}', [1, 6, 6])
  const w = graph.parameter('w^{Fk}_{ij}', [3, 1, 3, 3])
  const b = graph.parameter('b^{Fk}', [3])
  const z = conv2d(x, w, { bias: b }).as('z^{Fk}_{ij}')
  const a = sigmoid(z).as('a^{Fk}_{ij}')
  const pooled = maxPool2d(a, { size: 2 }).as('a^{Pk}_{ij}').as('z^{Pk}_{ij}')
  const outputWeights = graph.parameter('w^{On}_{k-ij}', [3, 3, 2, 2])
  const outputBias = graph.parameter('b^O_n', [3])
  const outputInput = dense(pooled, outputWeights, outputBias).as('z^O_n')
  const output = sigmoid(outputInput).as('a^O_n')
  const cost = squaredError(output, graph.input('t_n', [3])).as('C')
  return { graph, cost, parameters: [w, b, outputWeights, outputBias] }
}
