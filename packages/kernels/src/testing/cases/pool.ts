// Cases of the poolings and of maxima over axes: windows that overlap, leave gaps, overhang and
// meet padding; ties under both policies.
import {
  avgPool2d,
  type GraphOptions,
  l2Pool2d,
  max,
  maxPool2d,
  medianPool2d,
  type Node,
  ops,
  type PoolOptions,
  type ReduceOptions,
  type Shape,
  sizeOf,
} from '@backprove/graph'
import type { Kind } from '../values.ts'
import { type Case, given, type Leaf } from './case.ts'

const settings: readonly { title: string; x: Shape; options: PoolOptions }[] = [
  { title: 'the book', x: [3, 4, 4], options: { size: 2 } },
  { title: 'a batch', x: [3, 2, 6, 8], options: { size: 2 } },
  { title: 'a plane alone', x: [5, 7], options: { size: [2, 3] } },
  { title: 'overlapping', x: [2, 7, 9], options: { size: 3, stride: 2 } },
  { title: 'with gaps', x: [2, 9, 8], options: { size: 2, stride: 3 } },
  { title: 'padding', x: [2, 2, 5, 6], options: { size: 3, stride: 2, padding: 1 } },
  { title: 'equal width', x: [1, 5, 7], options: { size: [3, 2], stride: 1, padding: 'same' } },
  { title: 'dilation', x: [2, 8, 9], options: { size: 2, stride: 1, dilation: [2, 3] } },
  { title: 'rounded up', x: [2, 6, 7], options: { size: 3, stride: 2, ceil: true } },
  {
    title: 'rounded up in padding',
    x: [1, 7, 8],
    options: { size: 3, stride: 2, padding: 1, ceil: true },
  },
  { title: 'the whole image', x: [2, 3, 5], options: { size: [3, 5] } },
]

type Pool = (x: Node, options: PoolOptions) => Node
const kinds: readonly Kind[] = ['any', 'tied']

const pooling = (pool: Pool): Case[] =>
  settings.flatMap(({ title, x, options }) =>
    kinds.map((kind) => given(`${title}, ${kind}`, (leaf) => pool(leaf(x, kind), options))),
  )

type Adjoint = (leaf: Leaf, y: Node, x: Node) => Node
const policies: readonly GraphOptions[] = [{ ties: 'first' }, { ties: 'split' }]

const adjoint = (pool: Pool, record: Adjoint): Case[] =>
  settings.flatMap(({ title, x, options }) =>
    kinds.flatMap((kind) =>
      policies.map((policy) =>
        given(
          `${title}, ${kind}, ${policy.ties}`,
          (leaf) => {
            const image = leaf(x, kind)
            return record(leaf, pool(image, options), image)
          },
          policy,
        ),
      ),
    ),
  )

const scatter =
  (op: (typeof ops)[keyof typeof ops]): Adjoint =>
  (leaf, y, x) =>
    leaf.graph.record(op, [x, leaf(y.shape)], y.params)
const gather =
  (op: (typeof ops)[keyof typeof ops]): Adjoint =>
  (leaf, y, x) =>
    leaf.graph.record(op, [x, leaf(x.shape)], y.params)

const unpadded: Pool = (x, options) => avgPool2d(x, { ...options, countPadding: false })
const averageInput: Adjoint = (leaf, y, x) =>
  leaf.graph.record(ops.avgPool2dInput, [leaf(y.shape)], { ...y.params, image: x.shape.slice(-2) })

const reductions: readonly { title: string; x: Shape; options: ReduceOptions }[] = [
  { title: 'everything', x: [3, 5], options: {} },
  { title: 'more than a block', x: [7, 101], options: {} },
  { title: 'rows', x: [4, 9], options: { axes: 1 } },
  { title: 'columns, kept', x: [6, 5], options: { axes: 0, keepDims: true } },
  { title: 'the outer two of three', x: [3, 4, 5], options: { axes: [0, 2] } },
  { title: 'a bias gradient', x: [3, 2, 4, 5], options: { axes: [0, 2, 3] } },
]

/** Finding the winner again for every entry makes the interpreter quadratic in the size. */
const small = reductions.filter(({ x }) => sizeOf(x) < 200)

const maximum = (record: Adjoint): Case[] =>
  small.flatMap(({ title, x, options }) =>
    policies.map((policy) =>
      given(
        `${title}, ${policy.ties}`,
        (leaf) => {
          const values = leaf(x, 'tied')
          return record(leaf, max(values, options), values)
        },
        policy,
      ),
    ),
  )

export { reductions }

export const poolCases = {
  maxPool2d: pooling(maxPool2d),
  maxPool2dInput: adjoint(maxPool2d, scatter(ops.maxPool2dInput)),
  maxPool2dGather: adjoint(maxPool2d, gather(ops.maxPool2dGather)),
  medianPool2d: pooling(medianPool2d),
  medianPool2dInput: adjoint(medianPool2d, scatter(ops.medianPool2dInput)),
  medianPool2dGather: adjoint(medianPool2d, gather(ops.medianPool2dGather)),
  avgPool2d: [...pooling(avgPool2d), ...pooling(unpadded)],
  avgPool2dInput: [...adjoint(avgPool2d, averageInput), ...adjoint(unpadded, averageInput)],
  l2Pool2d: pooling(l2Pool2d),
  max: [
    ...maximum((_leaf, y) => y),
    given('more than a block', (leaf) => max(leaf([7, 101]), { axes: 1 })),
  ],
  maxInput: maximum(scatter(ops.maxInput)),
  maxGather: maximum(gather(ops.maxGather)),
}
