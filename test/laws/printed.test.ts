// Display rewrites: what a formula shows instead of an adjoint is that adjoint. Each printed form
// is read back as the ops it names, and proved equal to the op it stands for.
import {
  broadcastTo,
  type ConvOptions,
  conv2d,
  dense,
  Graph,
  grad,
  matmul,
  type Node,
  ops,
  type Pads,
  type Pair,
  rot180,
  sum,
  transpose,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { expectDifferent, expectEqual } from './expect-equal.ts'

const letter = (text: string) => ({ text, binds: 'atom' }) as const
const printed = { x: letter('x'), y: letter('y'), w: letter('w') }

const names = { s: 'stride', p: 'padding', d: 'dilation' } as const

/** `\ast_{s=2,p=(1,2)}` as options; undefined for the transposed stars `\ast^\top` and `\ast^w`. */
function starOptions(latex: string): ConvOptions | undefined {
  const star = /\\ast(\^\{[^}]*\})?(?:_\{(.*?)\})? (?:\\operatorname|[wy])/.exec(latex)
  if (!star) throw new Error(`no star in ${latex}`)
  const [, raised, under = ''] = star
  if (raised) return undefined
  const parts = [...under.matchAll(/([spd])=(\d+|\(.*?\)(?=,[spdg]=|$))/g)]
  const options = parts.map(([, option, value = '']) => [
    names[option as keyof typeof names],
    JSON.parse(value.replaceAll('(', '[').replaceAll(')', ']')),
  ])
  const mode = under.startsWith('\\mathrm{full') ? [['padding', 'full']] : []
  return Object.fromEntries([...mode, ...options])
}

interface Case {
  readonly stride: Pair
  readonly dilation: Pair
  readonly padding: Pads
  readonly kernel: Pair
}

const pads = (p: number, q: number): Pads => [
  [p, p],
  [q, q],
]
const cases: readonly (readonly [string, Case])[] = [
  ['narrow', { stride: [1, 1], dilation: [1, 1], padding: pads(0, 0), kernel: [2, 3] }],
  ['wide', { stride: [1, 1], dilation: [1, 1], padding: pads(1, 2), kernel: [2, 3] }],
  ['padded by less', { stride: [1, 1], dilation: [1, 1], padding: pads(0, 1), kernel: [2, 3] }],
  [
    'uneven',
    {
      stride: [1, 1],
      dilation: [1, 1],
      padding: [
        [0, 1],
        [1, 0],
      ],
      kernel: [2, 2],
    },
  ],
  ['1×1', { stride: [1, 1], dilation: [1, 1], padding: pads(0, 0), kernel: [1, 1] }],
  ['dilated', { stride: [1, 1], dilation: [2, 1], padding: pads(0, 0), kernel: [2, 2] }],
  ['strided', { stride: [2, 1], dilation: [1, 1], padding: pads(0, 0), kernel: [2, 2] }],
  [
    'strided, cells over',
    { stride: [2, 2], dilation: [1, 1], padding: pads(0, 0), kernel: [2, 2] },
  ],
  ['strided, padded', { stride: [2, 1], dilation: [1, 2], padding: pads(1, 0), kernel: [3, 2] }],
]

function record({ kernel, ...window }: Case) {
  const graph = new Graph()
  const image: Pair = [4, 5]
  const x = graph.input('x', [2, ...image])
  const w = graph.input('w', [3, 2, ...kernel])
  const y = graph.input('y', conv2d(x, w, window).shape)
  const params = { ...window, groups: 1 }
  const shapes = { x: x.shape, y: y.shape, w: w.shape }
  const byImage = graph.record(ops.conv2dInput, [y, w], { ...params, size: image })
  const byKernel = graph.record(ops.conv2dFilter, [x, y], { ...params, size: kernel })
  return { x, w, y, shapes, byImage, byKernel }
}

const show = (node: Node, shapes: Readonly<Record<string, readonly number[]>>): string =>
  node.op.latex(printed, node.params, shapes).text

/** The kernel's roles change: what were outputs are the inputs of the adjoint. */
const transposed = (x: Node): Node => transpose(x, { axes: [1, 0, 2, 3].slice(0, x.shape.length) })
const turned = (w: Node): Node => rot180(transposed(w))

/** Every entry of the first axis with a second axis of its own, of length 1. */
const apart = (x: Node): Node => transposed(broadcastTo(x, [1, ...x.shape]))

describe.each(cases)('the convolution’s adjoints, %s', (_, options) => {
  const { x, w, y, shapes, byImage, byKernel } = record(options)

  it('by the image', () => {
    const latex = show(byImage, shapes)
    const star = starOptions(latex)
    const isPlain = options.stride.every((s) => s === 1)
    expect(star !== undefined, latex).toBe(isPlain)
    if (!star) return
    expectEqual(byImage, conv2d(y, turned(w), star))
    if (w.shape.at(-1) !== 1) {
      expectDifferent(byImage, conv2d(y, transposed(w), star))
    }
  })

  it('by the kernel', () => {
    const latex = show(byKernel, shapes)
    const star = starOptions(latex)
    if (!star) return
    // Every channel of x is an image of its own, every channel of y a filter of its own.
    const shown = transposed(conv2d(apart(x), apart(y), star))
    expectEqual(byKernel, shown)
  })
})

it('both kinds of stars are among the cases', () => {
  const stars = cases.flatMap(([, options]) => {
    const { byImage, byKernel, shapes } = record(options)
    return [show(byImage, shapes), show(byKernel, shapes)]
  })
  expect(stars.filter((latex) => starOptions(latex)).length).toBeGreaterThan(10)
  expect(stars.filter((latex) => !starOptions(latex)).length).toBeGreaterThan(1)
})

describe('the dense layer’s adjoints', () => {
  const graph = new Graph()
  const [x, w, b] = [
    graph.input('x', [3]),
    graph.parameter('w', [2, 3]),
    graph.parameter('b', [2]),
  ] as const
  const y = graph.input('y', [2])
  const row = (v: Node) => broadcastTo(v, [1, v.shape[0]!])
  const column = (v: Node) => transposed(row(v))
  const vector = (v: Node) => sum(v, { axes: 1 })
  const wT = transposed(w)
  const [byX, byW, byB] = grad(sum(dense(x, w, b).as('z')), [x, w, b])

  it('w⊤δ', () => {
    expectEqual(graph.record(ops.denseInput, [y, w], {}), vector(matmul(wT, column(y))))
    expect(byX?.op).toBe(ops.denseInput)
  })
  it('δ a⊤', () => {
    const adjoint = graph.record(ops.denseWeight, [x, y], { sampleRank: 1 })
    expectEqual(adjoint, matmul(column(y), row(x)))
    expect(byW?.op).toBe(ops.denseWeight)
    expect(byB?.shape).toEqual([2])
  })
  it('w x + b', () => {
    const { text } = ops.dense.latex({ ...printed, b: letter('b') }, {}, { x: [3], w: [2, 3] })
    expect(text).toBe('w \\, x + b')
    const product = vector(matmul(w, column(x)))
    expectEqual(dense(x, w), product)
    expectDifferent(dense(x, w), vector(matmul(w, column(graph.input('v', [3])))))
  })
  it('of a batch: x w⊤, δ w, δ⊤ x', () => {
    const rows = graph.input('X', [4, 3])
    const errors = graph.input('Y', [4, 2])
    expectEqual(dense(rows, w), matmul(rows, wT))
    expectEqual(graph.record(ops.denseInput, [errors, w], {}), matmul(errors, w))
    const byWeight = graph.record(ops.denseWeight, [rows, errors], { sampleRank: 1 })
    expectEqual(byWeight, matmul(transposed(errors), rows))
  })
})
