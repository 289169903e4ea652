// NaN, ±∞ and −0 go the same way in the interpreter, in JavaScript and in WebAssembly, in loops and
// in straight-line code: ops with a kink, a choice or a pole, and what their derivatives choose.
import * as g from '@backprove/graph'
import { evaluate, type Node } from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { type CompileOptions, compile } from '../compile.ts'

const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 1, -2, 3]
/** Every special number beside every other one. */
const pairs = specials.flatMap((a) => specials.map((b) => [a, b] as const))
const grid = [
  ...[2, 5, 1, 1].map(() => Number.NaN),
  ...specials,
  ...[4, Number.NaN, 4, 2, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, Number.NaN],
  ...[7, 7, Number.POSITIVE_INFINITY, 7, Number.NaN, 1, 2, 3, 3, 2, 1, 0, 0, -0, 5, 5],
]
const feeds = {
  a: pairs.map(([a]) => a),
  b: pairs.map(([, b]) => b),
  x: grid,
  h: grid.map((_, k) => k + 1),
}

const unary = {
  relu: g.relu,
  leakyRelu: (x: Node) => g.leakyRelu(x),
  elu: (x: Node) => g.elu(x),
  clamp: (x: Node) => g.clamp(x, -1, 2),
  abs: g.abs,
  sign: g.sign,
  sigmoid: g.sigmoid,
  tanh: g.tanh,
  softplus: g.softplus,
  exp: g.exp,
  sqrt: g.sqrt,
  square: g.square,
}
const binary = {
  maximum: g.maximum,
  minimum: g.minimum,
  greater: g.greater,
  less: g.less,
  equal: g.equal,
  where: (a: Node, b: Node) => g.where(a, b, 7),
  add: g.add,
  mul: g.mul,
}
const windows = { size: 2, stride: 1 } as const
const choosing = {
  'max along rows': (x: Node) => g.max(x, { axes: 1 }),
  'max along columns': (x: Node) => g.max(x, { axes: 0 }),
  'max of all': (x: Node) => g.max(x),
  'max pooling': (x: Node) => g.maxPool2d(x, windows),
  'max pooling, padded': (x: Node) => g.maxPool2d(x, { size: 3, stride: 2, padding: 1 }),
  'median pooling': (x: Node) => g.medianPool2d(x, windows),
  'median pooling, padded': (x: Node) => g.medianPool2d(x, { size: 3, stride: 2, padding: 1 }),
}

/** Derivatives where the function has one or a declared choice: g · slope, g = 1. */
const sent = (y: Node, x: Node): Node => g.grad(g.sum(y), x)

function record(ties: 'first' | 'split'): Record<string, Node> {
  const graph = new g.Graph({ ties })
  const [a, b] = [graph.input('a', [64]), graph.input('b', [64])]
  const [x, h] = [graph.input('x', [6, 6]), graph.input('h', [6, 6])]
  const made: Record<string, Node> = {}
  for (const [name, op] of Object.entries(unary)) made[name] = op(a)
  for (const name of ['relu', 'leakyRelu', 'abs', 'clamp'] as const) {
    made[`${name}′`] = sent(unary[name](a), a)
  }
  for (const [name, op] of Object.entries(binary)) made[name] = op(a, b)
  for (const name of ['maximum', 'minimum'] as const) {
    made[`${name}′`] = sent(binary[name](a, b), a)
  }
  for (const [name, op] of Object.entries(choosing)) {
    made[name] = op(x)
    const back = sent(op(x), x)
    made[`${name}′`] = back
    made[`${name}, gathered`] = g.jvp([op(x)], [x], [h])[0]!
  }
  return made
}

const ways: Record<string, CompileOptions> = {
  'in JavaScript': { backend: 'js' },
  'in loops': { backend: 'wasm', poison: true },
  'in straight-line code': { backend: 'wasm' },
}

describe.each(['first', 'split'] as const)('ties %s', (ties) => {
  const nodes = record(ties)
  const wanted = Object.fromEntries(
    Object.entries(nodes).map(([name, node]) => [name, evaluate(node, feeds)]),
  )
  describe.each(Object.keys(ways))('%s', (way) => {
    test.each(['float64', 'float32'] as const)('%s', (dtype) => {
      const made = compile(nodes, { dtype, ...ways[way] }).run(feeds)
      for (const [name, values] of Object.entries(wanted)) {
        values.forEach((value, at) => {
          const close = Number.isFinite(value) ? expect.closeTo(value, 4) : value
          // 0 and −0 are one number.
          expect(made[name]![at]! + 0, `${name}, entry ${at}`).toEqual(close)
        })
      }
    })
  })
})
