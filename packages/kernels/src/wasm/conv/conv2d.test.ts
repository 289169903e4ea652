// The family against the one sum that defines it, Σ x w y, over random windows, in float64.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { workbench } from '../fixture.ts'
import { type Dtype, lanesOf } from '../lanes.ts'
import { type ConvShape, conv2d, conv2dFilter, conv2dInput } from './conv2d.ts'

let state = 11
const randoms = (n: number) =>
  Array.from({ length: n }, () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return Math.fround(state / 2 ** 32 - 0.5)
  })

/** Calls `visit` with the flat positions in x, w, y of every product of the trilinear form. */
function eachProduct(shape: ConvShape, visit: (x: number, w: number, y: number) => void): void {
  const { batch, channels, filters, groups, image, window, output, stride, dilation } = shape
  const perGroup = channels / groups
  for (let n = 0; n < batch; n++) {
    for (let f = 0; f < filters; f++) {
      const group = Math.floor(f / (filters / groups))
      for (let c = 0; c < perGroup; c++) {
        for (let i = 0; i < output[0]; i++) {
          for (let u = 0; u < window[0]; u++) {
            const h = stride[0] * i + dilation[0] * u - shape.padding[0]
            if (h < 0 || h >= image[0]) continue
            for (let j = 0; j < output[1]; j++) {
              for (let v = 0; v < window[1]; v++) {
                const l = stride[1] * j + dilation[1] * v - shape.padding[1]
                if (l < 0 || l >= image[1]) continue
                const x = ((n * channels + group * perGroup + c) * image[0] + h) * image[1] + l
                const w = ((f * perGroup + c) * window[0] + u) * window[1] + v
                visit(x, w, ((n * filters + f) * output[0] + i) * output[1] + j)
              }
            }
          }
        }
      }
    }
  }
}

function check(dtype: Dtype, shape: ConvShape): void {
  const lanes = lanesOf(dtype)
  const { batch, channels, filters, groups, image, window, output } = shape
  const size = {
    x: batch * channels * image[0] * image[1],
    w: ((filters * channels) / groups) * window[0] * window[1],
    y: batch * filters * output[0] * output[1],
  }
  const [x, w, g, b] = [size.x, size.w, size.y, filters].map(randoms)
  const bench = workbench(dtype)
  const at = { x: bench.place(x!), w: bench.place(w!), g: bench.place(g!), b: bench.place(b!) }
  /** Behind each result stands an array that nobody writes. */
  const guards: number[] = []
  const [y, dx, dw] = [size.y, size.x, size.w].map((length) => {
    const address = bench.result(length)
    guards.push(bench.result(1))
    return address
  })
  const program = bench.build([
    bench.withScratch((scratch) => conv2d(lanes, shape, { ...at, y: y!, scratch })),
    bench.withScratch((scratch) =>
      conv2dInput(lanes, shape, { x: dx!, w: at.w, y: at.g, scratch }),
    ),
    bench.withScratch((scratch) =>
      conv2dFilter(lanes, shape, { x: at.x, w: dw!, y: at.g, scratch }),
    ),
  ])
  program.run(2)
  const plane = output[0] * output[1]
  const want = {
    y: Array.from({ length: size.y }, (_, k) => b![Math.floor(k / plane) % filters]!),
    x: Array(size.x).fill(0),
    w: Array(size.w).fill(0),
  }
  eachProduct(shape, (atX, atW, atY) => {
    want.y[atY]! += x![atX]! * w![atW]!
    want.x[atX] += g![atY]! * w![atW]!
    want.w[atW] += g![atY]! * x![atX]!
  })
  // Terms are below 1/4; a sum of k of them is rounded k times.
  const terms = Math.max((channels / groups) * window[0] * window[1], batch * plane, filters * 9)
  const tolerance = (dtype === 'float32' ? 2 ** -24 : 2 ** -53) * (terms + 4)
  const close = (name: string, address: number, values: number[]) => {
    const got = program.read(address, values.length)
    const worst = values.reduce((e, value, k) => Math.max(e, Math.abs(got[k]! - value)), 0)
    expect({ name, fine: worst <= tolerance, worst }).toMatchObject({ name, fine: true })
  }
  close('y', y!, want.y)
  close('dx', dx!, want.x)
  close('dw', dw!, want.w)
  for (const guard of guards) expect(program.read(guard, 1)[0]).toBeNaN()
}

const pair = (min: number, max: number) =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }))

test('random windows, strides, paddings, dilations, groups', () => {
  const dtypes = fc.constantFrom<Dtype>('float32', 'float64')
  const spec = fc.record({
    dtype: dtypes,
    batch: fc.integer({ min: 1, max: 3 }),
    groups: fc.integer({ min: 1, max: 3 }),
    perGroup: pair(1, 11),
    image: pair(1, 12),
    window: pair(1, 4),
    stride: pair(1, 3),
    dilation: pair(1, 3),
    padding: pair(0, 4),
    extra: pair(0, 3),
  })
  fc.assert(
    fc.property(spec, ({ dtype, batch, groups, perGroup, image, window, ...rest }) => {
      const { stride, dilation, padding, extra } = rest
      const size = (k: 0 | 1) => {
        const room = image[k] + padding[k] + extra[k] - dilation[k] * (window[k] - 1) - 1
        return Math.floor(room / stride[k]) + 1
      }
      const output = [size(0), size(1)] as const
      fc.pre(output[0] >= 1 && output[1] >= 1)
      const [channels, filters] = [groups * perGroup[0], groups * perGroup[1]]
      const sizes = { batch, channels, filters, groups, image, window, output }
      check(dtype, { ...sizes, stride, dilation, padding })
    }),
    { numRuns: 120 },
  )
})

const common = { batch: 2, groups: 1, stride: [1, 1], dilation: [1, 1] } as const
test.each<[string, ConvShape]>([
  [
    '3×3 same, wide channels',
    {
      ...common,
      channels: 16,
      filters: 24,
      image: [9, 9],
      window: [3, 3],
      output: [9, 9],
      padding: [1, 1],
    },
  ],
  [
    '1×1',
    {
      ...common,
      channels: 9,
      filters: 13,
      image: [5, 7],
      window: [1, 1],
      output: [5, 7],
      padding: [0, 0],
    },
  ],
  [
    '1×1 in groups',
    {
      ...common,
      groups: 3,
      channels: 9,
      filters: 6,
      image: [5, 7],
      window: [1, 1],
      output: [5, 7],
      padding: [0, 0],
    },
  ],
  [
    'one channel, 5×5',
    {
      ...common,
      channels: 1,
      filters: 8,
      image: [12, 12],
      window: [5, 5],
      output: [12, 12],
      padding: [2, 2],
    },
  ],
  [
    'depthwise, more images than tasks, the last task with fewer',
    {
      ...common,
      batch: 5,
      groups: 7,
      channels: 7,
      filters: 14,
      image: [9, 11],
      window: [3, 3],
      output: [5, 6],
      stride: [2, 2],
      padding: [1, 1],
    },
  ],
  [
    'more padding than the window reaches',
    {
      ...common,
      channels: 2,
      filters: 3,
      image: [4, 4],
      window: [2, 2],
      output: [9, 9],
      padding: [3, 3],
    },
  ],
])('%s', (_, shape) => {
  check('float32', shape)
  check('float64', shape)
})
