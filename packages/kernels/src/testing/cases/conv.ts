// Cases of the convolutions: strides, paddings, dilations and groups, with images that they do not
// fit evenly, batched and not.
import { type ConvOptions, conv2d, convolve2d, type Node, ops, type Shape } from '@backprove/graph'
import { type Case, given, type Leaf } from './case.ts'

interface Setting {
  readonly title: string
  readonly x: Shape
  readonly w: Shape
  readonly options: ConvOptions
}

const settings: readonly Setting[] = [
  { title: 'the book', x: [1, 6, 6], w: [3, 1, 3, 3], options: {} },
  { title: 'a batch', x: [4, 2, 7, 5], w: [3, 2, 3, 3], options: {} },
  { title: 'equal width', x: [2, 3, 9, 8], w: [8, 3, 5, 5], options: { padding: 'same' } },
  { title: 'wide', x: [2, 4, 3], w: [5, 2, 2, 3], options: { padding: 'full' } },
  { title: 'one by one', x: [2, 7, 4, 5], w: [9, 7, 1, 1], options: {} },
  { title: 'strides', x: [2, 2, 11, 9], w: [3, 2, 3, 2], options: { stride: [2, 3] } },
  {
    title: 'stride and equal width',
    x: [1, 2, 7, 10],
    w: [2, 2, 4, 3],
    options: { stride: [3, 2], padding: 'same' },
  },
  { title: 'dilation', x: [2, 10, 11], w: [3, 2, 3, 3], options: { dilation: [2, 3] } },
  {
    title: 'uneven padding',
    x: [2, 1, 5, 6],
    w: [2, 1, 3, 3],
    options: {
      padding: [
        [2, 0],
        [1, 3],
      ],
    },
  },
  {
    title: 'padding wider than the kernel',
    x: [1, 2, 2],
    w: [2, 1, 2, 2],
    options: { padding: 3, stride: 2 },
  },
  { title: 'groups', x: [2, 6, 5, 5], w: [9, 2, 3, 3], options: { groups: 3 } },
  {
    title: 'depthwise with everything',
    x: [2, 4, 9, 7],
    w: [8, 1, 3, 2],
    options: {
      groups: 4,
      stride: [2, 1],
      dilation: [1, 2],
      padding: [
        [1, 2],
        [0, 1],
      ],
    },
  },
  { title: 'seven taps', x: [1, 9, 12], w: [2, 1, 7, 7], options: { padding: 3 } },
  { title: 'one pixel', x: [3, 1, 1], w: [2, 3, 1, 1], options: {} },
]

const convolution = (apply: typeof conv2d): Case[] =>
  settings.flatMap(({ title, x, w, options }) => [
    given(title, (leaf) => apply(leaf(x), leaf(w), options)),
    given(`${title}, with a bias`, (leaf) =>
      apply(leaf(x), leaf(w), { ...options, bias: leaf([w[0]!]) }),
    ),
  ])

/** Both adjoints read the shape that the convolution would make. */
const adjoint = (record: (leaf: Leaf, y: Node, x: Node, w: Node) => Node): Case[] =>
  settings.map(({ title, x, w, options }) =>
    given(title, (leaf) => {
      const image = leaf(x)
      const kernel = leaf(w)
      return record(leaf, conv2d(image, kernel, options), image, kernel)
    }),
  )

export const convCases = {
  conv2d: convolution(conv2d),
  convolve2d: convolution(convolve2d),
  conv2dInput: adjoint((leaf, y, x, w) => {
    const size = x.shape.slice(-2)
    return leaf.graph.record(ops.conv2dInput, [leaf(y.shape), w], { ...y.params, size })
  }),
  conv2dFilter: adjoint((leaf, y, x, w) => {
    const size = w.shape.slice(-2)
    return leaf.graph.record(ops.conv2dFilter, [x, leaf(y.shape)], { ...y.params, size })
  }),
}
