// What follows a convolution in its output transform: relu, residual sums, masks. A program that is
// asked for everything in between has the same steps apart, and must give the same numbers.
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import { numbers } from '../../testing/values.ts'

type Follow = (z: Node, x: Node) => Node
const follows = {
  relu: (z) => g.relu(z),
  leakyRelu: (z) => g.leakyRelu(z, { slope: 0.1 }),
  residual: (z, x) => g.relu(g.add(z, x)),
  'x − z': (z, x) => g.sub(x, z),
  'x z': (z, x) => g.mul(z, x),
  'masked by x': (z, x) => g.where(g.greater(x, 0), z, 0),
  'x where z > 0': (z, x) => g.where(g.greater(z, 0), x, g.neg(z)),
  clipped: (z) => g.minimum(g.maximum(z, -1), 1),
  'z twice': (z) => g.mul(z, z),
  'of another shape': (z, x) => g.reshape(g.relu(g.reshape(z, [g.sizeOf(z.shape)])), x.shape),
} satisfies Record<string, Follow>
type Name = keyof typeof follows

interface Drawn {
  /** null: one sample, without an axis of its own. */
  readonly batch: number | null
  readonly channels: number
  readonly image: readonly [number, number]
  readonly bias: boolean
  readonly names: readonly Name[]
}

/** Layers of one width, their result and gradients; and everything on the way to them. */
function record({ batch, channels, image, bias, names }: Drawn) {
  const graph = new Graph()
  const lead = batch === null ? [] : [batch]
  const x = graph.input('x', [...lead, channels, ...image])
  const leaves: Node[] = [x]
  let y: Node = x
  names.forEach((name, k) => {
    const w = graph.parameter(`w${k}`, [channels, channels, 3, 3])
    const b = graph.parameter(`b${k}`, [channels])
    leaves.push(w, ...(bias ? [b] : []))
    y = follows[name](g.conv2d(y, w, { padding: 'same', ...(bias ? { bias: b } : {}) }), y)
  })
  const outputs = [y, ...g.grad(g.sum(g.square(y)), leaves)]
  const feeds: Record<string, Float64Array> = {}
  leaves.forEach((node, k) => {
    const scale = k > 0 && node.shape.length === 4 ? 1 / Math.sqrt(9 * channels) : 1
    feeds[node.name!] = numbers(g.sizeOf(node.shape), k + 1).map((value) => value * scale)
  })
  const inBetween = g.topologicalOrder(outputs).filter(({ op }) => op.name.startsWith('conv2d'))
  return { outputs, inBetween, feeds }
}

const relaxed = { backend: 'wasm', precision: 'relaxed' } as const
const joinedIn = (outputs: Node[]): string[] =>
  compile(outputs, relaxed)
    .explain()
    .steps.filter(({ ops }) => ops[0]!.startsWith('conv2d') && ops.length > 1)
    .map(({ ops }) => ops.join(' · '))

/** Sums of what is not in memory are added up in another order. */
function expectNear(made: Float32Array, wanted: Float32Array) {
  const finite = wanted.filter(Number.isFinite)
  const allowed = 1e-6 * finite.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  const off = made.findIndex((x, k) => {
    return !Object.is(x, wanted[k]) && !(Math.abs(x - wanted[k]!) <= allowed)
  })
  expect(off < 0 ? 'the same' : `entry ${off}: ${made[off]}, not ${wanted[off]}`).toBe('the same')
}

/** Compares a program with one whose convolutions have no epilogues. */
function comparison({ outputs, inBetween }: ReturnType<typeof record>) {
  const apart = compile([...outputs, ...inBetween], relaxed)
  const joined = [relaxed, { ...relaxed, poison: true }].map((options) => compile(outputs, options))
  return (feeds: Record<string, Float64Array>) => {
    const wanted = apart.run(feeds) as Float32Array[]
    for (const program of joined) {
      program.run(feeds).forEach((array, k) => {
        expectNear(array as Float32Array, wanted[k]!)
      })
    }
  }
}

const drawn: Drawn = { batch: 2, channels: 64, image: [12, 17], bias: true, names: [] }

test('relu, a residual sum and both of their masks are in explain()', () => {
  const { outputs } = record({ ...drawn, names: ['relu', 'residual', 'relu'] })
  expect(joinedIn(outputs).toSorted()).toEqual([
    'conv2d · add · relu',
    'conv2d · relu',
    'conv2d · relu',
    'conv2dInput · add · greater · where',
    'conv2dInput · greater · where',
  ])
})

test('not of a result that somebody asks for, of few channels, nor under strict precision', () => {
  const { outputs, inBetween } = record({ ...drawn, names: ['relu', 'residual'] })
  expect(joinedIn([...outputs, ...inBetween])).toEqual([])
  expect(joinedIn(record({ ...drawn, channels: 16, names: ['relu', 'relu'] }).outputs)).toEqual([])
  const strict = compile(outputs, { backend: 'wasm' }).explain().steps
  expect(strict.filter(({ ops }) => ops[0] === 'conv2d' && ops.length > 1)).toEqual([])
})

test('two threads change no bit, of one sample and of several', async () => {
  for (const batch of [null, 3]) {
    const names = ['relu', 'residual', 'masked by x'] as const
    const { outputs, feeds } = record({ ...drawn, batch, names, image: [16, 16] })
    expect(joinedIn(outputs).length).toBeGreaterThan(3)
    const alone = compile(outputs, relaxed).run(feeds)
    const together = compile(outputs, { ...relaxed, threads: 2 })
    for (let run = 0; run < 2; run++) {
      together.run(feeds).forEach((values, k) => {
        expect(values.findIndex((value, at) => !Object.is(value, alone[k]![at]))).toBe(-1)
      })
      // Workers take their time to start; the next run may be theirs.
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    together[Symbol.dispose]()
  }
})

test('of an array of another shape: the same numbers', () => {
  for (const batch of [null, 2]) {
    const names = ['of another shape', 'residual', 'of another shape'] as const
    const recorded = record({ ...drawn, batch, names, image: [16, 16] })
    expect(joinedIn(recorded.outputs).length).toBeGreaterThan(1)
    comparison(recorded)(recorded.feeds)
  }
})

test('the same numbers as in steps of their own', () => {
  const names = Object.keys(follows) as Name[]
  const any: fc.Arbitrary<Drawn> = fc.record({
    batch: fc.constantFrom(null, 1, 2),
    channels: fc.integer({ min: 64, max: 67 }),
    image: fc.tuple(fc.integer({ min: 9, max: 13 }), fc.integer({ min: 16, max: 19 })),
    bias: fc.boolean(),
    names: fc.array(fc.constantFrom(...names), { minLength: 2, maxLength: 4 }),
  })
  let found = 0
  const property = fc.property(any, (each) => {
    const recorded = record(each)
    found += joinedIn(recorded.outputs).length
    comparison(recorded)(recorded.feeds)
  })
  fc.assert(property, { numRuns: 4, seed: 5 })
  // Else it shows nothing.
  expect(found).toBeGreaterThan(8)
})

describe('a number that is not finite', () => {
  const recorded = record({ ...drawn, names: ['residual', 'masked by x', 'clipped'] })
  const compare = comparison(recorded)
  const places = Object.entries(recorded.feeds).map(([name, values]) => {
    return [name, values.length >> 1] as const
  })
  test.each(places)('%s[%i]: the same as apart, although relu hides some', (name, at) => {
    for (const value of [Number.NaN, Number.NEGATIVE_INFINITY, 3e38]) {
      const feeds = { ...recorded.feeds, [name]: recorded.feeds[name]!.slice() }
      feeds[name]![at] = value
      compare(feeds)
    }
  })
})
