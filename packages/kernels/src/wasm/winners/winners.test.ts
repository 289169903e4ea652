// Convolution, max-pooling and their gradients at the winners against plain loops in float64.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConvShape } from '../conv/shape.ts'
import { apply, input } from '../elementwise/formula.ts'
import { workbench } from '../fixture.ts'
import { type Dtype, lanesOf } from '../lanes.ts'
import { filterAtWinners } from './filter-gradient.ts'
import { convolvePool } from './forward.ts'
import { inputAtWinners } from './input-gradient.ts'
import { hasWinnerKernels, winnerSections } from './shape.ts'

let state = 17
const randoms = (n: number) =>
  Array.from({ length: n }, () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return Math.fround(state / 2 ** 32 - 0.5)
  })

interface Expected {
  readonly y: number[]
  readonly dx: number[]
  readonly dw: number[]
}

/** Winners and both gradients straight from the definitions. */
function expected(s: ConvShape, x: number[], w: number[], b: number[], delta: number[]): Expected {
  const { batch, channels, filters, image, window, output, padding } = s
  const pooled = output.map((size) => Math.floor(size / 2)) as [number, number]
  const y: number[] = []
  const dx = Array(x.length).fill(0)
  const dw = Array(w.length).fill(0)
  /** Positions in x and w of the products of one output pixel. */
  const products = (n: number, k: number, i: number, j: number): [number, number][] => {
    const pairs: [number, number][] = []
    for (let c = 0; c < channels; c++) {
      for (let u = 0; u < window[0]; u++) {
        for (let v = 0; v < window[1]; v++) {
          const [h, l] = [i + u - padding[0], j + v - padding[1]]
          if (h < 0 || h >= image[0] || l < 0 || l >= image[1]) continue
          pairs.push([
            ((n * channels + c) * image[0] + h) * image[1] + l,
            ((k * channels + c) * window[0] + u) * window[1] + v,
          ])
        }
      }
    }
    return pairs
  }
  for (let n = 0; n < batch; n++) {
    for (let k = 0; k < filters; k++) {
      for (let i = 0; i < pooled[0]; i++) {
        for (let j = 0; j < pooled[1]; j++) {
          let best = Number.NEGATIVE_INFINITY
          let patch: [number, number][] = []
          for (const [di, dj] of [
            [0, 0],
            [0, 1],
            [1, 0],
            [1, 1],
          ] as const) {
            const pairs = products(n, k, 2 * i + di, 2 * j + dj)
            const value = pairs.reduce((sum, [p, q]) => sum + x[p]! * w[q]!, 0)
            if (value > best) [best, patch] = [value, pairs]
          }
          const d = delta[y.length]!
          y.push(Math.max(0, best + b[k]!))
          for (const [p, q] of patch) {
            dx[p] += d * w[q]!
            dw[q] += d * x[p]!
          }
        }
      }
    }
  }
  return { y, dx, dw }
}

function check(dtype: Dtype, shape: ConvShape): void {
  const lanes = lanesOf(dtype)
  const { batch, channels, filters, image, window, output } = shape
  const size = {
    x: batch * channels * image[0] * image[1],
    w: filters * channels * window[0] * window[1],
    y: batch * filters * Math.floor(output[0] / 2) * Math.floor(output[1] / 2),
  }
  const [x, w, b] = [size.x, size.w, filters].map(randoms)
  // Half of the δ are 0, as behind relu.
  const delta = randoms(size.y).map((d) => Math.max(0, d))
  const bench = workbench(dtype)
  const at = { x: bench.place(x!), w: bench.place(w!), b: bench.place(b!) }
  const atDelta = bench.place(delta)
  const [y, dx, dw] = [size.y, size.x, size.w].map(bench.result)
  const guard = bench.result(1)
  const kept = bench.reserve(winnerSections(lanes, shape, 0).end)
  const activation = apply('relu', input(0))
  const program = bench.build([
    convolvePool(lanes, { shape, activation }, { ...at, y: y!, kept }),
    bench.withScratch((scratch) =>
      filterAtWinners(lanes, shape, { delta: atDelta, w: dw!, kept, scratch }),
    ),
    bench.withScratch((scratch) =>
      inputAtWinners(lanes, shape, { delta: atDelta, w: at.w, x: dx!, kept, scratch }),
    ),
  ])
  program.run(2)
  const want = expected(shape, x!, w!, b!, delta)
  const terms = Math.max(channels * window[0] * window[1], size.y)
  const tolerance = (dtype === 'float32' ? 2 ** -24 : 2 ** -53) * (terms + 4)
  const close = (name: string, address: number, values: number[]) => {
    const got = program.read(address, values.length)
    const worst = values.reduce((e, value, k) => Math.max(e, Math.abs(got[k]! - value)), 0)
    expect({ name, fine: worst <= tolerance, worst }).toMatchObject({ name, fine: true })
  }
  close('y', y!, want.y)
  close('dw', dw!, want.dw)
  close('dx', dx!, want.dx)
  expect(program.read(guard, 1)[0]).toBeNaN()
}

const pair = (min: number, max: number) =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }))

test('random shapes', () => {
  const spec = fc.record({
    dtype: fc.constantFrom<Dtype>('float32', 'float64'),
    batch: fc.integer({ min: 1, max: 3 }),
    channels: fc.integer({ min: 1, max: 6 }),
    filters: fc.integer({ min: 1, max: 11 }),
    image: pair(3, 10),
    window: pair(1, 4),
    padding: pair(0, 2),
  })
  fc.assert(
    fc.property(spec, ({ dtype, image, window, padding, ...sizes }) => {
      const size = (k: 0 | 1) => image[k] + 2 * padding[k] - window[k] + 1
      const output = [size(0), size(1)] as const
      const steps = { groups: 1, stride: [1, 1], dilation: [1, 1] } as const
      const shape: ConvShape = { ...sizes, ...steps, image, window, padding, output }
      fc.pre(hasWinnerKernels(shape))
      check(dtype, shape)
    }),
    { numRuns: 80 },
  )
})

test.each([
  [1, 8, 28],
  [8, 16, 14],
])('the layers of a LeNet: %d → %d channels', (channels, filters, size) => {
  check('float32', {
    batch: 3,
    channels,
    filters,
    groups: 1,
    image: [size, size],
    window: [5, 5],
    output: [size, size],
    stride: [1, 1],
    dilation: [1, 1],
    padding: [2, 2],
  })
})
