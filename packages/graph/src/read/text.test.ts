// The printed graph of the book's network, letter for letter; sharing, depth, length.
import { expect, it } from 'vitest'
import { grad } from '../grad.ts'
import { add } from '../ops/arithmetic/add.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { neg } from '../ops/arithmetic/neg.ts'
import { Graph } from '../record/graph.ts'
import type { Node } from '../record/node.ts'
import { recordBook } from './testing-book.ts'
import { text } from './text.ts'

it('the book’s gradient by the filters', () => {
  const { cost, parameters } = recordBook()
  const [byFilter] = grad(cost, parameters)
  expect(text(byFilter!)).toMatchInlineSnapshot(`
    "∂C/∂w^F #21 conv2dFilter size [3,3] [3, 1, 3, 3]
      x: x #0 input [1, 6, 6]
      y: δ^F #20

    δ^F #20 mul [3, 4, 4]
      a: ∂C/∂a^F #18
      b: #19 sigmoidPrime [3, 4, 4]
        x: z^F #3

    ∂C/∂a^F #18 maxPool2dInput size [2,2] stride [2,2] [3, 4, 4]
      x: a^F #4
      g: ∂C/∂a^P #16

    z^F #3 conv2d [3, 4, 4]
      x: x #0 input [1, 6, 6]
      w: w^F #1 parameter [3, 1, 3, 3]
      b: b^F #2 parameter [3]

    a^F #4 sigmoid [3, 4, 4]
      x: z^F #3

    ∂C/∂a^P #16 denseInput [3, 2, 2]
      y: δ^O #15
      w: w^O #6 parameter [3, 3, 2, 2]

    δ^O = ∂C/∂b^O #15 mul [3]
      a: ∂C/∂a^O #13
      b: #14 sigmoidPrime [3]
        x: z^O #8

    ∂C/∂a^O #13 sub [3]
      a: a^O #9
      b: t #10 input [3]

    z^O #8 dense [3]
      x: a^P #5
      w: w^O #6 parameter [3, 3, 2, 2]
      b: b^O #7 parameter [3]

    a^O #9 sigmoid [3]
      x: z^O #8

    a^P = z^P #5 maxPool2d size [2,2] stride [2,2] [3, 2, 2]
      x: a^F #4"
  `)
})

it('what is shared is written once', () => {
  const graph = new Graph()
  const x = graph.input('x', [2])
  const shared = neg(x)
  expect(text(mul(shared, add(shared, 1)))).toMatchInlineSnapshot(`
    "#4 mul [2]
      a: #1 neg [2]
        x: x #0 input [2]
      b: #3 add [2]
        a: ↑ #1
        b: #2 constant 1 []"
  `)
})

it('depth ends the walk', () => {
  const { cost, parameters } = recordBook()
  const [byFilter] = grad(cost, parameters)
  expect(text(byFilter!, { depth: 1 })).toMatchInlineSnapshot(`
    "∂C/∂w^F #21 conv2dFilter size [3,3] [3, 1, 3, 3]
      x: x #0 input [1, 6, 6]
      y: δ^F #20"
  `)
})

it('a chain of 100,000 nodes takes as many lines', () => {
  const graph = new Graph()
  let node: Node = graph.input('x', [2])
  const { op } = neg(node)
  for (let k = 0; k < 100_000; k++) node = graph.record(op, [node], {})
  const lines = text(node).split('\n')
  expect(lines.length).toBeGreaterThan(100_000)
  expect(lines.length).toBeLessThan(130_000)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80)
})
