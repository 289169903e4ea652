// Winograd's algorithm in whole programs: chosen under relaxed precision alone, as near as it says,
// the same bits on any number of threads, and out of the way where a number is not finite.
import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CompileOptions, compile } from '../../compile.ts'
import { numbers } from '../../testing/values.ts'

interface Sizes {
  readonly batch: number
  readonly maps: readonly number[]
  readonly image: readonly [number, number]
  readonly padding: 'same' | 'valid' | 'full'
}
const sizes: Sizes = { batch: 3, maps: [8, 12, 16], image: [14, 13], padding: 'same' }

/** A chain of convolutions with relu between them, its result and every gradient of Σ y²/2. */
function record({ batch, maps, image, padding }: Sizes) {
  const graph = new Graph()
  const x = graph.input('x', [batch, maps[0]!, ...image])
  const parameters: Node[] = []
  let y: Node = x
  maps.slice(1).forEach((filters, k) => {
    const w = graph.parameter(`w${k}`, [filters, maps[k]!, 3, 3])
    const b = graph.parameter(`b${k}`, [filters])
    parameters.push(w, b)
    y = g.conv2d(k === 0 ? y : g.relu(y), w, { bias: b, padding })
  })
  const cost = g.mul(0.5, g.sum(g.square(y)))
  const outputs = [y, ...g.grad(cost, [x, ...parameters])]
  const feeds: Record<string, Float64Array> = {}
  ;[x, ...parameters].forEach((node, k) => {
    const scale = node.shape.length === 4 && k > 0 ? 1 / Math.sqrt(node.shape[1]! * 9) : 1
    feeds[node.name!] = numbers(g.sizeOf(node.shape), k + 1).map((value) => value * scale)
  })
  return { outputs, feeds }
}

const relaxed = { backend: 'wasm', precision: 'relaxed' } as const
const kernelsOf = (outputs: Node[], options: CompileOptions): string[] =>
  compile(outputs, options)
    .explain()
    .steps.filter(({ ops }) => ops[0]!.startsWith('conv2d'))
    .map(({ ops, kernel }) => `${ops[0]}: ${kernel.includes('Winograd') ? 'Winograd' : 'direct'}`)

test('chosen for all three of the family, under relaxed precision and in float32 alone', () => {
  const { outputs } = record(sizes)
  const found = new Set(kernelsOf(outputs, relaxed))
  for (const op of ['conv2d', 'conv2dInput', 'conv2dFilter'])
    expect(found).toContain(`${op}: Winograd`)
  const others: CompileOptions[] = [
    { backend: 'wasm' },
    { ...relaxed, dtype: 'float64' },
    { backend: 'js', precision: 'relaxed' },
  ]
  for (const options of others) {
    expect(kernelsOf(outputs, options).filter((one) => one.includes('Winograd'))).toEqual([])
  }
})

test('a wide convolution before max-pooling, rather than its winners alone', () => {
  const graph = new Graph()
  const x = graph.input('x', [2, 32, 12, 12])
  const w = graph.parameter('w', [32, 32, 3, 3])
  const y = g.maxPool2d(g.relu(g.conv2d(x, w, { padding: 'same' })), { size: 2 })
  const outputs = [y, ...g.grad(g.sum(g.square(y)), [x, w])]
  const keeps = (options: CompileOptions): boolean =>
    compile(outputs, options)
      .explain()
      .laws.some(({ law }) => law.includes('keeps its winners'))
  expect(keeps({ backend: 'wasm' })).toBe(true)
  expect(keeps(relaxed)).toBe(false)
  const tiles = kernelsOf(outputs, relaxed).filter((one) => one.includes('Winograd'))
  expect(tiles).toHaveLength(3)
  const feeds = {
    x: numbers(
      x.shape.reduce((a, b) => a * b),
      1,
    ),
    w: numbers(9216, 2),
  }
  const made = compile(outputs, relaxed).run(feeds)
  g.evaluate(outputs, feeds).forEach((wanted, k) => {
    const largest = Math.max(...wanted.map(Math.abs))
    wanted.forEach((value, at) => {
      expect(Math.abs(made[k]![at]! - value)).toBeLessThanOrEqual(1e-5 * largest)
    })
  })
})

test('not where it costs more: few pixels, many filters', () => {
  const { outputs } = record({ ...sizes, batch: 1, maps: [64, 64], image: [3, 3] })
  expect(kernelsOf(outputs, relaxed).filter((one) => one.includes('Winograd'))).toEqual([])
})

test('random chains are as near to the interpreter as relaxed precision says', () => {
  const anySizes: fc.Arbitrary<Sizes> = fc.record({
    batch: fc.integer({ min: 1, max: 4 }),
    maps: fc.array(fc.integer({ min: 1, max: 13 }), { minLength: 2, maxLength: 4 }),
    image: fc.tuple(fc.integer({ min: 7, max: 18 }), fc.integer({ min: 7, max: 18 })),
    padding: fc.constantFrom('same', 'valid', 'full'),
  })
  let found = 0
  const property = fc.property(anySizes, (drawn) => {
    const { outputs, feeds } = record(drawn)
    found += kernelsOf(outputs, relaxed).filter((one) => one.includes('Winograd')).length
    const exact = g.evaluate(outputs, feeds)
    for (const poison of [false, true]) {
      const program = compile(outputs, { ...relaxed, poison })
      program.run(feeds)
      const made = program.run(feeds)
      exact.forEach((wanted, k) => {
        const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
        wanted.forEach((value, at) => {
          expect(Math.abs(made[k]![at]! - value)).toBeLessThanOrEqual(3e-5 * largest)
        })
      })
    }
  })
  fc.assert(property, { numRuns: 10, seed: 3 })
  // Else it shows nothing.
  expect(found).toBeGreaterThan(10)
})

const special: readonly [string, (feeds: Record<string, Float64Array>) => void][] = [
  ['∞ in the image', (feeds) => feeds.x!.set([Number.POSITIVE_INFINITY], 40)],
  ['−∞ at the image’s corner', (feeds) => feeds.x!.set([Number.NEGATIVE_INFINITY], 0)],
  ['NaN in the last image', (feeds) => feeds.x!.set([Number.NaN], feeds.x!.length - 1)],
  ['∞ among the weights', (feeds) => feeds.w0!.set([Number.POSITIVE_INFINITY], 13)],
  ['NaN among the weights', (feeds) => feeds.w1!.set([Number.NaN], 5)],
  ['pixels too large for a transform', (feeds) => feeds.x!.set([2e38, -2e38, 2e38, 1e38], 100)],
]
describe.each(special)('%s', (kind, change) => {
  test('goes the way that it goes directly', () => {
    const { outputs, feeds } = record(sizes)
    change(feeds)
    const run = (options: CompileOptions) => {
      const program = compile(outputs, options)
      program.run(feeds)
      return program.run(feeds)
    }
    const wanted = run({ backend: 'wasm' })
    run(relaxed).forEach((made, k) => {
      made.forEach((value, at) => {
        const want = wanted[k]![at]!
        const title = `output ${k}, entry ${at}`
        expect(Number.isFinite(value), title).toBe(Number.isFinite(want))
        // What becomes too large on its way depends on how products are rounded.
        if (!Number.isFinite(want) && !kind.includes('too large')) expect(value, title).toBe(want)
      })
    })
  })
})

test('after a run that is not finite comes one that is', () => {
  const { outputs, feeds } = record(sizes)
  const program = compile(outputs, relaxed)
  const wanted = program.run(feeds)
  program.run({ ...feeds, x: feeds.x!.map(() => Number.NaN) })
  expect(program.run(feeds)).toEqual(wanted)
})

test('1 and 2 threads give the same bits, also of what is not finite', async () => {
  const { outputs, feeds } = record({ ...sizes, batch: 24 })
  const broken = { ...feeds, x: feeds.x!.slice() }
  broken.x.set([Number.POSITIVE_INFINITY], 77)
  const started: Worker[] = []
  const listen = (worker: Worker) => started.push(worker)
  process.on('worker', listen)
  const one = compile(outputs, relaxed)
  const two = compile(outputs, { ...relaxed, threads: 2 })
  await new Promise((resolve) => setImmediate(resolve))
  process.off('worker', listen)
  expect(started).toHaveLength(1)
  await once(started[0]!, 'message')
  const bits = (arrays: object) =>
    Object.values(arrays).map((array) => new Uint32Array((array as Float32Array).buffer))
  for (const each of [feeds, broken, feeds]) {
    expect(bits(two.run(each))).toEqual(bits(one.run(each)))
  }
  two[Symbol.dispose]()
})
