// Where straight-line code must not look: arrays read along two axes, borders beyond an image.
import {
  abs,
  add,
  avgPool2d,
  conv2d,
  dense,
  evaluate,
  Graph,
  grad,
  greater,
  l2Pool2d,
  maxPool2d,
  mean,
  minimum,
  mul,
  neg,
  sigmoid,
  sizeOf,
  sub,
  sum,
  tanh,
  transpose,
  where,
} from '@backprove/graph'
import { expect, test } from 'vitest'
import { compile } from '../../compile.ts'

test.each([[[4, 4]], [[5, 5]], [[5, 2, 5]], [[6, 6]]])('x beside its transpose, %j', (shape) => {
  const graph = new Graph()
  const x = graph.input('x', shape)
  const turned = transpose(x, { axes: shape.map((_, axis) => shape.length - 1 - axis) })
  const count = shape.reduce((product, length) => product * length, 1)
  const feeds = { x: Float64Array.from({ length: count }, (_, k) => ((k * 7919) % 23) - 11) }
  for (const y of [add(x, turned), mul(x, turned), where(greater(x, 0), turned, 0)]) {
    const nodes = [y, sum(y)]
    const found = compile(nodes, { dtype: 'float64', backend: 'wasm' }).run(feeds)
    evaluate(nodes, feeds).forEach((values, k) => {
      // The sign of a 0 is nobody's promise.
      expect(Array.from(found[k]!, (v) => v + 0)).toEqual(Array.from(values, (v) => v + 0))
    })
  }
})

test.each(['same', 'valid', 'full'] as const)('winners at the border, padding %s', (padding) => {
  const graph = new Graph()
  const x = graph.input('x', [1, 6, 6])
  const w = graph.input('w', [3, 1, 2, 2])
  const nodes = grad(sum(maxPool2d(conv2d(x, w, { padding }), { size: 2 })), [x, w])
  for (let seed = 1; seed <= 5; seed++) {
    const numbers = (count: number) =>
      Float64Array.from({ length: count }, (_, k) => Math.sin(seed * 12.9 + k * 78.2))
    const feeds = { x: numbers(36), w: numbers(12) }
    const found = compile(nodes, { dtype: 'float64', backend: 'wasm' }).run(feeds)
    evaluate(nodes, feeds).forEach((values, k) => {
      values.forEach((value, at) => {
        expect(found[k]![at], `gradient ${k}, entry ${at}`).toBeCloseTo(value, 10)
      })
    })
  }
})

// The plan gives the place of a computed image to others once the convolution has read it.
test.each([[[1, 6, 6]], [[9, 1, 6, 6]]])('winners of an image that is computed, %j', (shape) => {
  const graph = new Graph()
  const x = graph.input('x', shape)
  const [w, v] = [graph.input('w', [3, 1, 2, 2]), graph.input('v', [2, 3, 2, 2])]
  const images = [neg(x), mul(x, x), sigmoid(x), avgPool2d(x, { size: 3, stride: 1, padding: 1 })]
  for (const image of images) {
    const hidden = maxPool2d(conv2d(image, w), { size: 2 })
    const deep = maxPool2d(conv2d(tanh(mul(hidden, 3)), v, { padding: 1 }), { size: 2 })
    for (const [y, leaves] of [[hidden, [w, x]] as const, [deep, [w, v, x]] as const]) {
      const nodes = [...grad(sum(mul(y, y)), leaves), y]
      const feeds = Object.fromEntries(
        [x, w, v].map((leaf, k) => {
          const numbers = Array.from({ length: sizeOf(leaf.shape) }, (_, at) =>
            Math.sin(1 + k + 7 * at),
          )
          return [leaf.name!, numbers]
        }),
      )
      const found = compile(nodes, { dtype: 'float64', backend: 'wasm' }).run(feeds)
      evaluate(nodes, feeds).forEach((values, k) => {
        values.forEach((value, at) => {
          expect(found[k]![at], `output ${k}, entry ${at}`).toBeCloseTo(value, 9)
        })
      })
    }
  }
})

test('what is stored for later, and another result in its place within the loop', () => {
  const graph = new Graph()
  const [x, s, w] = [
    graph.input('x', [3, 5, 3]),
    graph.input('s', []),
    graph.input('w', [8, 3, 5, 1]),
  ]
  const bias = graph.input('b', [8])
  const y = l2Pool2d(tanh(conv2d(minimum(s, x), w, { bias, padding: 'full' })), { size: 2 })
  const out = add(where(greater(s, 0), abs(s), 0), y)
  const nodes = [out, sum(out), grad(sum(out), bias)]
  const wave = (length: number) => Array.from({ length }, (_, k) => Math.sin(k))
  const feeds = { x: wave(45), s: 0.5, w: wave(120), b: wave(8) }
  const found = compile(nodes, { dtype: 'float64', backend: 'wasm' }).run(feeds)
  evaluate(nodes, feeds).forEach((values, k) => {
    values.forEach((value, at) => {
      expect(found[k]![at], `output ${k}, entry ${at}`).toBeCloseTo(value, 10)
    })
  })
})

// A state whose next value no step reads was never written: its first axis is the batch's.
test.each([8, 9, 64])('states of %d samples go on from run to run', (samples) => {
  const graph = new Graph()
  const [x, w] = [graph.input('x', [samples, 5]), graph.input('w', [3, 5])]
  const [a, b] = [graph.input('a', [samples, 3]), graph.input('b', [samples, 3])]
  const [h, q] = [graph.input('h', [samples, 5]), graph.input('q', [samples, samples])]
  const drive = dense(x, w)
  const nexts = {
    recurrent: [[a, tanh(add(drive, a))]],
    average: [[h, add(mul(0.9, h), mul(0.1, x))]],
    crossed: [
      [a, add(b, drive)],
      [b, mul(0.5, a)],
    ],
    masked: [[h, where(greater(x, 0), add(h, x), h)]],
    // Other samples read what one of them writes over.
    turned: [[q, transpose(q)]],
    // What is read behind the loop is the old value.
    replaced: [[a, drive]],
  } as const
  const wave = (length: number, seed: number) => {
    return Float64Array.from({ length }, (_, k) => Math.sin(seed + 7 * k))
  }
  const fed = { x: wave(5 * samples, 1), w: wave(15, 2) }
  for (const [name, state] of Object.entries(nexts)) {
    const leaves = state.map(([leaf]) => leaf)
    const centred = leaves.map((leaf) => sub(leaf, mean(leaf, { axes: 0, keepDims: true })))
    const outputs = [sum(drive), ...leaves.map((leaf) => mul(2, leaf)), ...centred]
    const program = compile(outputs, { dtype: 'float64', backend: 'wasm', state })
    let values = Object.fromEntries(
      leaves.map((leaf, k) => [leaf.name!, wave(sizeOf(leaf.shape), 3 + k)]),
    )
    program.setState(values)
    for (let run = 1; run <= 3; run++) {
      const found = program.run(fed)
      const given = { ...fed, ...values }
      evaluate(outputs, given).forEach((wanted, k) => {
        wanted.forEach((value, at) => {
          expect(found[k]![at], `${name}: output ${k}, run ${run}, entry ${at}`).toBeCloseTo(
            value,
            10,
          )
        })
      })
      const next = evaluate(
        state.map(([, next]) => next),
        given,
      )
      values = Object.fromEntries(
        leaves.map((leaf, k) => [leaf.name!, Float64Array.from(next[k]!)]),
      )
      for (const [key, got] of Object.entries(program.getState())) {
        got.forEach((value, at) => {
          expect(value, `${name}: ${key}, run ${run}, entry ${at}`).toBeCloseTo(
            values[key]![at]!,
            10,
          )
        })
      }
    }
  }
})
