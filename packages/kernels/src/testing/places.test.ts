// Places out of range: an error that names the entry and the user's line, in every engine, and a
// program that goes on with the next feed.
import { argmax, evaluate, Graph, gather, grad, sum } from '@backprove/graph'
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

test('a place that was computed may be read, and nothing flows to it', () => {
  const x = graph.input('x', [2, 3])
  const best = gather(table, argmax(x))
  const feeds = { W, x: [1, 5, 2, 7, Number.NaN, 7] }
  expect([...evaluate(best, feeds)]).toEqual([10, 11, 0, 1])
  expect([...compile([best]).run(feeds)[0]!]).toEqual([10, 11, 0, 1])
  expect([...evaluate(grad(sum(best), x), feeds)]).toEqual([0, 0, 0, 0, 0, 0])
})
