// What compile refuses, what feeds it takes, and what it says of itself: the same on any backend.
import {
  evaluate,
  FeedError,
  Graph,
  matmul,
  mul,
  type Node,
  neg,
  OptionError,
  pad,
  relu,
  reshape,
  slice,
  sum,
  vjp,
} from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { compile } from './compile.ts'
import { CompileError, MemoryError } from './errors.ts'

const record = () => {
  const graph = new Graph()
  const x = graph.input('x', [2, 3])
  const w = graph.parameter('w^{F}', [3])
  return { graph, x, w, y: mul(x, w) }
}

describe('feeds', () => {
  const { graph, y, x } = record()
  graph.input('unused', [4])
  const program = compile({ y }, { dtype: 'float64' })
  const six = [
    [1, 2, 3],
    [4, 5, 6],
  ]

  test('a literal name is fed whole, never as the letters of another array', () => {
    const w = new Graph().input('w', [2])
    const literal = w.graph.input('w_a', [2], { literal: true })
    expect(() => compile({ w }).run({ w_a: [1, 2] })).toThrow('"w" [2] was not fed')
    const both = compile({ y: mul(w, literal) }, { state: [[literal, mul(literal, 2)]] })
    both.setState({ w_a: [3, 4] })
    expect([...both.run({ w: [1, 2] }).y]).toEqual([3, 8])
    expect([...both.getState().w_a!]).toEqual([6, 8])
  })

  test('nested lists, flat lists and typed arrays, by any spelling of the name', () => {
    const wanted = [1, 4, 9, 4, 10, 18]
    expect([...program.run({ x: six, 'w^F': [1, 2, 3] }).y]).toEqual(wanted)
    expect([...program.run({ x: six.flat(), 'w^{F}': Float32Array.of(1, 2, 3) }).y]).toEqual(wanted)
    expect([...program.run({ x: Int8Array.from(six.flat()), 'w^F': [1, 2, 3] }).y]).toEqual(wanted)
  })
  test('a leaf of the graph that the outputs do not need is no mistake', () => {
    expect(() => program.run({ x: six, 'w^F': [1, 2, 3], unused: [0] })).not.toThrow()
  })
  test.each([
    [{ x: six }, 'parameter "w^F" [3] was not fed'],
    [{ x: six, 'w^G': [1, 2, 3] }, 'no input or parameter is named "w^G"; near it: w^F'],
    [{ x: six, 'w^F': [1, 2] }, 'parameter "w^F" [3] takes 3 numbers, and was fed 2'],
    [{ x: [[1, 2], [3]], 'w^F': [1, 2, 3] }, 'ragged'],
    [
      {
        x: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        'w^F': [1, 2, 3],
      },
      'nested as [3, 2]',
    ],
    [{ x: 'abc', 'w^F': [1, 2, 3] }, 'input "x" [2, 3]: "abc" is no array of numbers'],
    [{ x: null, 'w^F': [1, 2, 3] }, 'input "x" [2, 3]: null is no array of numbers'],
    [
      { x: new BigInt64Array(6), 'w^F': [1, 2, 3] },
      'input "x" [2, 3]: a BigInt64Array is no array of numbers',
    ],
  ])('refuses case %#', (feeds, message) => {
    expect(() => program.run(feeds as never)).toThrow(FeedError)
    expect(() => program.run(feeds as never)).toThrow(message)
  })
  test('nothing is overwritten by feeds that are refused', () => {
    const viewed = compile({ y, x }, { dtype: 'float64', views: true })
    const made = viewed.run({ x: six, 'w^F': [1, 1, 1] })
    expect(() => viewed.run({ x: [0, 0, 0, 0, 0, 0], 'w^F': [1] })).toThrow(FeedError)
    expect([...made.y]).toEqual([1, 2, 3, 4, 5, 6])
    expect([...made.x]).toEqual([1, 2, 3, 4, 5, 6])
  })
  test('runMany takes a feed once or once for each run', () => {
    const feeds = { x: six, 'w^F': new Float64Array(9) }
    expect(program.runMany(feeds, 3).y).toHaveLength(18)
    expect(() => program.runMany(feeds, 2)).toThrow('takes 3 numbers, or 6 for 2 runs')
    expect(() => program.runMany(feeds, 0)).toThrow(FeedError)
  })
})

describe('states', () => {
  const { x, w, y } = record()
  const program = compile([y], { state: [[w, neg(w)]] })

  test('must have a value before the first run', () => {
    expect(() => program.run({ x: new Float32Array(6) })).toThrow('no value yet: w^F')
  })
  test('are not fed, and only states are set', () => {
    program.setState({ 'w^F': [1, 2, 3] })
    expect(() => program.run({ x: new Float32Array(6), 'w^F': [1, 2, 3] })).toThrow('setState')
    expect(() => program.setState({ x: [1] })).toThrow('no state is named "x"')
    expect(() => program.setState({ 'w^F': [1] })).toThrow(FeedError)
  })
  test('are leaves, once each, that keep their shape', () => {
    expect(() => compile([y], { state: [[y, y]] })).toThrow(CompileError)
    expect(() =>
      compile([y], {
        state: [
          [w, w],
          [w, w],
        ],
      }),
    ).toThrow('two next values')
    expect(() => compile([y], { state: [[w, x]] })).toThrow('"w^F" [3] cannot become "x" [2, 3]')
  })
})

describe('outputs and options', () => {
  const { y, x } = record()

  test('the container comes back', () => {
    const feeds = { x: new Float32Array(6), 'w^F': [1, 1, 1] }
    expect(Object.keys(compile({ first: y, second: x }).run(feeds))).toEqual(['first', 'second'])
    expect(compile([y, x, y]).run(feeds)).toHaveLength(3)
    expect(compile([y]).run(feeds)[0]).toBeInstanceOf(Float32Array)
    expect(compile([y], { dtype: 'float64' }).run(feeds)[0]).toBeInstanceOf(Float64Array)
  })
  test('what is no node, or of another graph, is refused', () => {
    expect(() => compile([3 as never])).toThrow(CompileError)
    expect(() => compile(undefined as never)).toThrow('neither a list nor a record of nodes')
    expect(() => compile(y.graph as never)).toThrow('compile: that is a graph')
    expect(() => compile(y as never)).toThrow(/is one node; give a list or a record: compile/)
    const foreign = new Graph().input('z', [])
    expect(() => compile([y, foreign])).toThrow(/different graphs\n {4}at .*compile\.test\.ts:\d+/)
  })
  test.each([
    { dtype: 'int8' },
    { backend: 'gpu' },
    { precision: 'lax' },
    { threads: 0 },
    { views: 'yes' },
    { dtyp: 1 },
  ])('%j is refused', (options) => {
    expect(() => compile([y], options as never)).toThrow(OptionError)
  })
  test('what does not fit in memory is refused with its size, before anything is allocated', () => {
    const graph = new Graph()
    const huge = graph.input('huge', [100_000, 100_000])
    const error = (() => {
      try {
        return compile([sum(relu(matmul(huge, huge)))])
      } catch (caught) {
        return caught
      }
    })()
    expect(error).toBeInstanceOf(MemoryError)
    expect((error as MemoryError).bytes).toBeGreaterThanOrEqual(2 * 4e10)
    expect((error as MemoryError).message).toContain(String((error as MemoryError).bytes))
  })
})

describe('explain', () => {
  const graph = new Graph()
  const a = graph.input('a', [4, 5])
  const b = graph.input('b', [5, 6])
  const explanation = compile([sum(relu(matmul(a, b)))], { backend: 'js' }).explain()

  test('counts work and memory', () => {
    expect(explanation.steps).toMatchObject([
      { ops: ['matmul'], backend: 'js', kernel: 'matmul', flops: 240, bytes: 4 * (20 + 30 + 24) },
      { ops: ['relu', 'sum'], flops: 48, bytes: 4 * 25 },
    ])
    expect(explanation.holes).toEqual([])
    expect(explanation.peakBytes).toBeGreaterThanOrEqual(explanation.largestLiveBytes)
  })
  test('prints', () => {
    expect(String(explanation)).toContain('2 steps on js in float32')
    expect(JSON.parse(JSON.stringify(explanation)).steps).toHaveLength(2)
  })
  test('shows an op without a kernel', () => {
    // Medians order their candidates: no loop does.
    const line = 'y = lomed_{k≤1} max(k x, 0)'
    const own = { ...relu(a).op, name: 'own', line, traits: {} }
    const node = graph.record(own, [a], {})
    const program = compile([neg(node)], { dtype: 'float64' })
    expect(program.explain().holes).toHaveLength(1)
    expect(String(program.explain())).toContain('no kernel, interpreted')
    const feed = Float64Array.from({ length: 20 }, (_, k) => k - 10)
    expect(program.run({ a: feed })[0]![19]).toBe(-9)
  })
})

describe('what lies on a fill is written after it', () => {
  const graph = new Graph()
  const v = graph.input('v', [9])
  const x = graph.input('x', [3, 1])
  const doubled = mul(v, 2)
  const even = slice(x, { step: [1, 2] })

  test.each<[string, Node]>([
    // The part frees a large array, and so would run as early as it can.
    ['a pad of a part', pad(slice(doubled, { start: 4, end: 6 }), { before: 1, value: 3 })],
    [
      'a part of length 1, by steps of 2',
      vjp([even], [reshape(mul(slice(v, { end: 3 }), 2), [3, 1])], [x])[0]!,
    ],
  ])('%s', (_, node) => {
    const feeds = { v: Float64Array.from({ length: 9 }, (_, k) => k + 1) }
    expect(compile([node], { dtype: 'float64' }).run(feeds)[0]).toEqual(evaluate(node, feeds))
  })
})
