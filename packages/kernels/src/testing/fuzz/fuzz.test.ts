// A few random programs with numbers that are not ordinary, in every engine; many more are run by
// test/numbers/main.ts. That the bounds say something is tested on programs known to differ.
import {
  conv2d,
  div,
  evaluateBounds,
  Graph,
  grad,
  log,
  max,
  maximum,
  mul,
  type Node,
  pow,
  sin,
  sqrt,
  sum,
} from '@backprove/graph'
import { expect, test } from 'vitest'
import { type Engine, interpreter, threaded } from '../engines.ts'
import { check } from './compare.ts'
import { fuzzProgram } from './program.ts'

test.each([0, 1, 2, 3])('programs of series %d stay within the bounds', (series) => {
  for (let k = 0; k < 10; k++) {
    const seed = 10_000 * series + k
    expect(check(fuzzProgram(seed)), `program ${seed}`).toEqual([])
  }
})

test('over two threads as well', () => {
  for (let seed = 0; seed < 5; seed++) {
    const both = [threaded('float64'), threaded('float32')]
    expect(check(fuzzProgram(seed), both), `program ${seed}`).toEqual([])
  }
})

const entries = (node: Node, feeds: Record<string, number[]>) => {
  const [{ definite, possible, open }] = evaluateBounds([node], feeds) as [
    ReturnType<typeof evaluateBounds>[0],
  ]
  return { definite: [...definite], possible: [...possible], open: [...open] }
}

test('a NaN weight under padding: 9 entries at least, 16 at most', () => {
  const graph = new Graph()
  const x = graph.input('x', [1, 4, 4])
  const y = conv2d(x, graph.input('w', [1, 1, 3, 3]), { padding: 1 })
  const feeds = { x: new Array(16).fill(1), w: [Number.NaN, ...new Array(8).fill(1)] }
  const { definite, possible, open } = entries(y, feeds)
  expect(definite.filter(Number.isNaN)).toHaveLength(9)
  expect(possible.filter(Number.isNaN)).toHaveLength(16)
  expect(open).not.toContain(1)
})

test('√2 and 2^½ may be in any order, and so may cells of √x; 0 and 0 are equal', () => {
  const graph = new Graph()
  const x = graph.input('x', [2])
  const roots = maximum(pow(x, 0.5), sqrt(x))
  expect(entries(grad(sum(roots), x), { x: [2, 0.25] }).open).toEqual([1, 0])
  const product = maximum(mul(sqrt(x), graph.constant(0)), graph.constant(0))
  expect(entries(grad(sum(product), x), { x: [2, 3] }).open).toEqual([0, 0])
  expect(entries(grad(max(sqrt(x)), x), { x: [2, 2] }).open).toEqual([1, 1])
  expect(entries(grad(max(sqrt(x)), x), { x: [4, 4] }).open).toEqual([0, 0])
})

test('0 · ∞ may be kept or dropped; a sum may not', () => {
  const graph = new Graph()
  const [a, b] = [graph.input('a', [2]), graph.input('b', [2])]
  const feeds = { a: [0, 2], b: [Number.POSITIVE_INFINITY, Number.NaN] }
  const product = entries(mul(a, b), feeds)
  expect(product).toMatchObject({ definite: [0, Number.NaN], possible: [Number.NaN, Number.NaN] })
  expect(entries(log(sum(a)), { a: [0, Number.NaN] }).definite).toEqual([Number.NaN])
})

test('a computed zero has no sign, one that is fed has its own', () => {
  const graph = new Graph()
  const a = graph.input('a', [2])
  const feeds = { a: [-0, 2] }
  const nodes = [div(1, a), div(1, mul(-1, a)), pow(mul(-1, a), -3), pow(mul(-1, a), -2)]
  for (const [k, open] of [0, 1, 1, 0].entries()) {
    expect(entries(nodes[k]!, feeds).open, `${k}`).toEqual([open, 0])
  }
  expect(entries(nodes[0]!, feeds).definite).toEqual([-Infinity, 0.5])
  const fed = { nodes: nodes.slice(0, 1), feeds: { a: Float64Array.from(feeds.a) } }
  expect(check(fed)).toEqual([])
})

test('what is left where large terms cancel is open, whatever is added after them', () => {
  const graph = new Graph()
  const [x, w] = [graph.input('x', [1, 1, 3]), graph.input('w', [1, 1, 1, 3])]
  const feeds = { x: [1, 1, 1], w: [3e38, -3e38, -1.5] }
  expect(entries(log(conv2d(x, w)), feeds).open).toEqual([1])
})

test('an engine that loses or adds a NaN is found', () => {
  const changed = (by: (value: number) => number): Engine => ({
    ...interpreter,
    compute: (nodes, feeds) =>
      interpreter.compute(nodes, feeds).map((values) => Float64Array.from(values, by)),
  })
  const graph = new Graph()
  const x = graph.input('x', [2])
  const program = { nodes: [mul(2, x)], feeds: { x: Float64Array.of(1, Number.NaN) } }
  expect(check(program, [interpreter])).toEqual([])
  const loses = changed((value) => (Number.isNaN(value) ? 0 : value))
  expect(check(program, [loses])[0]?.what).toBe('output 0, entry 1: 0, not from NaN to NaN')
  const adds = changed((value) => (value === 2 ? Number.NaN : value))
  expect(check(program, [adds])[0]?.what).toBe('output 0, entry 0: NaN, not from 2 to 2')
})

test('where sin 3π and log 1 are nearly 0, what is made of their sign is open', () => {
  const graph = new Graph()
  const x = graph.input('x', [3])
  const small = { x: [3 * Math.PI, 1, 0.5] }
  expect(entries(log(sin(x)), small).open).toEqual([1, 0, 0])
  expect(entries(log(log(x)), { x: [1 + 1e-12, 3, 2] }).open).toEqual([1, 0, 0])
  expect(entries(log(sin(x)), { x: [1e-12, 1, 2] }).open).toEqual([0, 0, 0])
})
