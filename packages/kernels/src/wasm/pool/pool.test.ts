// Every pooling and its derivatives against windows gathered one by one, in float64.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { workbench } from '../fixture.ts'
import { type Dtype, lanesOf } from '../lanes.ts'
import { averagePool, averagePoolInput, type Divisor } from './average.ts'
import { l2Pool } from './l2.ts'
import { median } from './median.ts'
import { selectPool, selectPoolInput } from './select.ts'
import { selectPoolGather } from './select-gather.ts'
import { maximum } from './selectors.ts'
import type { PoolShape } from './window.ts'

let state = 5
/** Few distinct values, so that there are ties. */
const randoms = (n: number, coarse = false) =>
  Array.from({ length: n }, () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    const value = state / 2 ** 32 - 0.5
    return coarse ? Math.round(4 * value) : Math.fround(value)
  })

/** For each window, the flat positions of its cells that lie in the image. */
function windowsOf(shape: PoolShape): { cells: number[]; row: number; column: number }[] {
  const { planes, image, window, output, stride, dilation, padding } = shape
  const windows = []
  for (let p = 0; p < planes; p++) {
    for (let i = 0; i < output[0]; i++) {
      for (let j = 0; j < output[1]; j++) {
        const cells: number[] = []
        for (let u = 0; u < window[0]; u++) {
          for (let v = 0; v < window[1]; v++) {
            const h = stride[0] * i + dilation[0] * u - padding[0]
            const l = stride[1] * j + dilation[1] * v - padding[1]
            if (h < 0 || h >= image[0] || l < 0 || l >= image[1]) continue
            cells.push((p * image[0] + h) * image[1] + l)
          }
        }
        windows.push({ cells, row: i, column: j })
      }
    }
  }
  return windows
}

const pair = (min: number, max: number) =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }))

const cases = fc
  .record({
    dtype: fc.constantFrom<Dtype>('float32', 'float64'),
    planes: fc.integer({ min: 1, max: 3 }),
    image: pair(1, 12),
    window: pair(1, 5),
    stride: pair(1, 3),
    dilation: pair(1, 2),
    padding: pair(0, 2),
    extra: pair(0, 2),
  })
  .map(({ extra, ...shape }) => {
    const size = (k: 0 | 1) => {
      const reach = shape.dilation[k] * (shape.window[k] - 1) + 1
      return (
        Math.floor((shape.image[k] + shape.padding[k] + extra[k] - reach) / shape.stride[k]) + 1
      )
    }
    return { ...shape, output: [size(0), size(1)] as [number, number] }
  })
  // Every window has a cell in the image: poolings refuse others.
  .filter(({ output }) => output[0] >= 1 && output[1] >= 1)
  .filter((shape) => windowsOf(shape).every(({ cells }) => cells.length > 0))

const close = (dtype: Dtype, got: ArrayLike<number>, want: number[]) => {
  const worst = want.reduce((e, value, k) => Math.max(e, Math.abs(got[k]! - value)), 0)
  // Sums of at most 25 · 9 terms below 4.
  expect(worst).toBeLessThanOrEqual(dtype === 'float32' ? 1e-4 : 1e-13)
}

test('maximum and median select cells; their gradients go there', () => {
  fc.assert(
    fc.property(cases, fc.boolean(), ({ dtype, ...shape }, isMedian) => {
      const lanes = lanesOf(dtype)
      const by = [isMedian ? median : maximum, 'first'] as const
      const size = shape.planes * shape.image[0] * shape.image[1]
      const windows = windowsOf(shape)
      const [x, h, g] = [randoms(size, true), randoms(size), randoms(windows.length)]
      const bench = workbench(dtype)
      const at = { x: bench.place(x), h: bench.place(h), g: bench.place(g) }
      const [y, dx, gathered] = [windows.length, size, windows.length].map(bench.result)
      const guard = bench.result(1)
      const program = bench.build([
        bench.withScratch((scratch) => selectPool(lanes, shape, by, { ...at, y: y!, scratch })),
        bench.withScratch((scratch) =>
          selectPoolInput(lanes, shape, by, { ...at, dx: dx!, scratch }),
        ),
        bench.withScratch((scratch) =>
          selectPoolGather(lanes, shape, by, { ...at, y: gathered!, scratch }),
        ),
      ])
      program.run(1)
      const chosen = windows.map(({ cells }) => {
        const sorted = [...cells].sort((a, b) => x[a]! - x[b]! || a - b)
        if (isMedian) return [(cells.length - 1) >> 1, cells.length >> 1].map((k) => sorted[k]!)
        const largest = Math.max(...cells.map((cell) => x[cell]!))
        return [cells.find((cell) => x[cell] === largest)!]
      })
      const mean = (values: readonly number[], cells: number[]) =>
        cells.reduce((sum, cell) => sum + values[cell]! / cells.length, 0)
      close(
        dtype,
        program.read(y!, windows.length),
        chosen.map((cells) => mean(x, cells)),
      )
      close(
        dtype,
        program.read(gathered!, windows.length),
        chosen.map((cells) => mean(h, cells)),
      )
      const back = Array(size).fill(0)
      chosen.forEach((cells, k) => {
        for (const cell of cells) back[cell] += g[k]! / cells.length
      })
      close(dtype, program.read(dx!, size), back)
      expect(program.read(guard, 1)[0]).toBeNaN()
    }),
    { numRuns: 80 },
  )
})

test('sums, means by either count, L2, and the adjoint of the mean', () => {
  const kinds = fc.constantFrom('one', 'window', 'image', 'root')
  fc.assert(
    fc.property(cases, kinds, ({ dtype, ...shape }, kind) => {
      const lanes = lanesOf(dtype)
      const { padding, image, window } = shape
      const box = ([0, 1] as const).map((k) => [padding[k], padding[k] + image[k]] as const)
      const divisors: Record<string, Divisor> = {
        one: 1,
        root: 1,
        window: window[0] * window[1],
        image: [box[0]!, box[1]!],
      }
      const pool = { ...shape, divisor: divisors[kind]! }
      const size = shape.planes * image[0] * image[1]
      const windows = windowsOf(shape)
      const [x, g] = [randoms(size), randoms(windows.length)]
      const bench = workbench(dtype)
      const at = { x: bench.place(x), g: bench.place(g) }
      const [y, dx] = [windows.length, size].map(bench.result)
      const guard = bench.result(1)
      const forward = kind === 'root' ? l2Pool : averagePool
      const program = bench.build([
        bench.withScratch((scratch) => forward(lanes, pool, { x: at.x, y: y!, scratch })),
        bench.withScratch((scratch) => averagePoolInput(lanes, pool, { g: at.g, x: dx!, scratch })),
      ])
      program.run(1)
      const divisorOf = (cells: number[]) =>
        kind === 'window' ? window[0] * window[1] : kind === 'image' ? cells.length : 1
      const want = windows.map(({ cells }) => {
        if (kind === 'root') return Math.hypot(...cells.map((cell) => x[cell]!))
        return cells.reduce((sum, cell) => sum + x[cell]!, 0) / divisorOf(cells)
      })
      close(dtype, program.read(y!, windows.length), want)
      const back = Array(size).fill(0)
      windows.forEach(({ cells }, k) => {
        for (const cell of cells) back[cell] += g[k]! / divisorOf(cells)
      })
      close(dtype, program.read(dx!, size), back)
      expect(program.read(guard, 1)[0]).toBeNaN()
    }),
    { numRuns: 80 },
  )
})
