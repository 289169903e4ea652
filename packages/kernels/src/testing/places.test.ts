// Places out of range: an error that names the entry and the user's line, in every engine, and a
// program that goes on with the next feed.
import {
  argmax,
  evaluate,
  Graph,
  gather,
  grad,
  mul,
  sizeOf,
  square,
  sub,
  sum,
} from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { compile } from '../compile.ts'

const graph = new Graph()
const table = graph.parameter('W', [3, 2])
const places = graph.input('p', [2, 2])
const y = gather(table, places)
const slope = grad(sum(y), table)
const W = [0, 1, 10, 11, 20, 21]

describe.each(['js', 'wasm'] as const)('%s', (backend) => {
  const program = compile({ y, slope }, { backend })
  test.each([
    [[0, 1, 3, 2], 'entry 2 of the places [2, 2] is 3; they count from 0 to 2'],
    [[0, -1, 0, 2], 'entry 1 of the places [2, 2] is -1'],
    [[0.5, 0, 0, 2], 'entry 0 of the places [2, 2] is 0.5'],
    [[Number.NaN, 0, 0, 2], 'entry 0 of the places [2, 2] is NaN'],
  ])('%j', (p, message) => {
    expect(() => program.run({ W, p })).toThrow(message)
    expect(() => evaluate(y, { W, p })).toThrow(message)
    const { y: rows, slope: counts } = program.run({ W, p: [2, 0, 2, 2] })
    expect([...rows]).toEqual([20, 21, 0, 1, 20, 21, 20, 21])
    expect([...counts]).toEqual([1, 1, 0, 0, 3, 3])
  })
})

test.each(['js', 'wasm'] as const)('%s: any axis, rows of any length, many places', (backend) => {
  for (const [shape, axis, count] of [
    [[3, 5, 40], 1, [7]],
    [[4, 3], 1, [2, 3]],
    [[2, 6, 1], 1, []],
    [[5, 2, 70], 0, [9]],
  ] as const) {
    const own = new Graph()
    const x = own.input('x', shape)
    const p = own.input('p', count)
    const rows = gather(x, p, { axis })
    const outputs = [rows, grad(sum(square(rows)), x)]
    const size = sizeOf(shape)
    const places = Array.from({ length: sizeOf(count) }, (_, k) => (k * 7 + 1) % shape[axis])
    const feeds = { x: Array.from({ length: size }, (_, k) => (k % 17) - 8), p: places }
    for (const dtype of ['float32', 'float64'] as const) {
      const found = compile(outputs, { backend, dtype }).run(feeds)
      evaluate(outputs, feeds).forEach((values, n) => {
        expect([...found[n]!]).toEqual([...values])
      })
    }
  }
})

test.each(['js', 'wasm'] as const)(
  '%s: a refused place leaves what is trained as it was',
  (backend) => {
    const step = [table, sub(table, mul(0.5, slope))] as const
    const program = compile({ y }, { backend, state: [step] })
    program.setState({ W })
    expect(() => program.run({ p: [0, 1, 3, 2] })).toThrow('entry 2 of the places')
    expect(() => program.runMany({ p: [0, 0, 0, 0, 0, 0, 0, 4] }, 2)).toThrow(
      'entry 3 of the places',
    )
    const { W: after } = program.getState()
    // The first of the two runs was whole.
    expect([...after!]).toEqual([-2, -1, 10, 11, 20, 21])
    program.run({ p: [1, 1, 1, 1] })
    expect([...program.getState().W!]).toEqual([-2, -1, 8, 9, 20, 21])
  },
)

test('a place that was computed may be read, and nothing flows to it', () => {
  const x = graph.input('x', [2, 3])
  const best = gather(table, argmax(x))
  const feeds = { W, x: [1, 5, 2, 7, Number.NaN, 7] }
  expect([...evaluate(best, feeds)]).toEqual([10, 11, 0, 1])
  expect([...compile([best]).run(feeds)[0]!]).toEqual([10, 11, 0, 1])
  expect([...evaluate(grad(sum(best), x), feeds)]).toEqual([0, 0, 0, 0, 0, 0])
})
