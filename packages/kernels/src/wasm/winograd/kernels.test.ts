// The kernels against the interpreter in float64, over random sizes: whatever does not fill a tile,
// a vector, a group or a task.
import * as g from '@backprove/graph'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainLayout } from '../conv/pack-filters.ts'
import { type ConvShape, transposed } from '../conv/shape.ts'
import { workbench } from '../fixture.ts'
import { lanesOf } from '../lanes.ts'
import { winograd } from './convolution.ts'
import { isWinograd } from './cost.ts'
import { winogradFilter } from './filter-gradient.ts'

let state = 5
const randoms = (n: number) =>
  Float64Array.from({ length: n }, () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return Math.fround(state / 2 ** 32 - 0.5)
  })

/** y = x ⋆ w + b and ∂w for the cotangent c of y, and what both are in magnitude at most. */
function wanted(shape: ConvShape, arrays: Record<'x' | 'w' | 'b' | 'c', Float64Array>) {
  const { batch, channels, filters, image, output, padding } = shape
  const graph = new g.Graph()
  const x = graph.input('x', [batch, channels, ...image])
  const w = graph.input('w', [filters, channels, 3, 3])
  const b = graph.input('b', [filters])
  const pads = [0, 1].map(
    (axis) => [padding[axis]!, output[axis]! + 2 - image[axis]! - padding[axis]!] as const,
  )
  const y = g.conv2d(x, w, { bias: b, padding: pads as g.ConvOptions['padding'] & object })
  const nodes = [y, g.grad(g.sum(g.mul(y, graph.input('c', y.shape))), w)]
  const sizes = Object.fromEntries(Object.entries(arrays).map(([k, v]) => [k, v.map(Math.abs)]))
  const most = g.evaluate(nodes, sizes).map((values) => Math.max(...values))
  return { values: g.evaluate(nodes, arrays), most }
}

function check(shape: ConvShape): void {
  const { batch, channels, filters, image, output } = shape
  const arrays = {
    x: randoms(batch * channels * image[0] * image[1]),
    w: randoms(filters * channels * 9),
    b: randoms(filters),
    c: randoms(batch * filters * output[0] * output[1]),
  }
  const bench = workbench('float32')
  const [x, w, b, c] = Object.values(arrays).map(bench.place) as [number, number, number, number]
  const [y, dw] = [bench.result(arrays.c.length), bench.result(arrays.w.length)]
  const guard = bench.result(16)
  const lanes = lanesOf('float32', 'relaxed')
  expect(isWinograd(lanes, shape)).toBe(true)
  const size = { groups: 1, channelsPerGroup: channels, filtersPerGroup: filters }
  const layout = plainLayout(w, { ...size, window: [3, 3] })
  const direct = () => []
  const forward = bench.withScratch((scratch) =>
    winograd(lanes, shape, layout, { x, y, b, scratch }, direct),
  )
  const back = bench.withScratch((scratch) =>
    winogradFilter(lanes, shape, { ...layout, address: dw }, { x, y: c, scratch }, direct),
  )
  const end = bench.result(16)
  const program = bench.build([forward, back])
  program.run(2)
  const { values, most } = wanted(shape, arrays)
  for (const [k, address] of [y, dw].entries()) {
    const made = program.read(address, values[k]!.length)
    const error = values[k]!.reduce((e, value, at) => Math.max(e, Math.abs(made[at]! - value)), 0)
    expect(error / most[k]!, k === 0 ? 'y' : '∂w').toBeLessThan(4e-6)
  }
  for (const address of [guard, end]) {
    expect([...program.read(address, 16)].every(Number.isNaN)).toBe(true)
  }
}

const pair = (min: number, max: number) =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }))

test('random sizes and paddings', () => {
  const spec = fc.record({
    batch: fc.integer({ min: 1, max: 5 }),
    maps: pair(1, 11),
    image: fc.oneof(pair(1, 12), fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(75))),
    before: pair(0, 2),
    after: pair(0, 3),
  })
  const property = fc.property(spec, ({ batch, maps, image, before, after }) => {
    const output = [0, 1].map((k) => image[k]! + before[k]! + after[k]! - 2) as [number, number]
    fc.pre(image[1] > 0 && output[0] > 0 && output[1] > 0)
    const [channels, filters] = maps
    const ones = { groups: 1, stride: [1, 1], dilation: [1, 1], window: [3, 3] } as const
    check({ ...ones, batch, channels, filters, image, output, padding: before })
  })
  fc.assert(property, { numRuns: 60, seed: 17 })
})

const same = (batch: number, channels: number, filters: number, image: [number, number]) => {
  const ones = { groups: 1, stride: [1, 1], dilation: [1, 1], padding: [1, 1] } as const
  return { ...ones, batch, channels, filters, image, output: image, window: [3, 3] } as const
}
test.each<[string, ConvShape]>([
  ['wide rows', same(2, 3, 5, [32, 32])],
  ['more groups than tasks', same(20, 2, 1, [4, 256])],
  ['two tiles in a row', same(9, 9, 5, [8, 8])],
  ['seven tiles in a row', same(3, 4, 4, [28, 28])],
  ['one pixel', same(3, 4, 2, [1, 1])],
  ['four tiles, eight filters at a time', same(1, 10, 24, [8, 8])],
  ['some tiles more than a panel', same(3, 5, 16, [8, 6])],
  ['a narrow panel, three rows of it', same(1, 9, 3, [6, 7])],
  ['its transpose', transposed(same(2, 5, 6, [9, 14]))],
])('%s', (_, shape) => check(shape))

test('what has no tiles of this kind', () => {
  const shape = same(1, 4, 4, [8, 8])
  const lanes = lanesOf('float32', 'relaxed')
  const others: Partial<ConvShape>[] = [
    { window: [5, 5] },
    { stride: [2, 1], output: [4, 8] },
    { dilation: [1, 2], output: [8, 6] },
    { groups: 2 },
    { padding: [3, 1], output: [10, 8] },
    { padding: [-1, 1] },
  ]
  for (const other of others) expect(isWinograd(lanes, { ...shape, ...other })).toBe(false)
  expect(isWinograd(lanesOf('float64', 'relaxed'), shape)).toBe(false)
})
