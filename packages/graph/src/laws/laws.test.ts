// Every law, tried on random numbers: both sides must agree wherever it speaks of real numbers.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../evaluate.ts'
import { add, addOp } from '../ops/arithmetic/add.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { neg } from '../ops/arithmetic/neg.ts'
import { sub } from '../ops/arithmetic/sub.ts'
import { Graph } from '../record/graph.ts'
import { apply } from '../record/operand.ts'
import { sizeOf } from '../shape.ts'
import { simplify } from '../simplify.ts'
import { VARIABLES } from './law.ts'
import { LAWS } from './table.ts'

const number = fc.double({ min: -9, max: 9, noNaN: true })

describe('laws', () => {
  it.each(LAWS.map((law) => [law.name, law] as const))('%s', (_, law) => {
    const graph = new Graph()
    const variables = law.shapes.map((shape, k) => graph.input(VARIABLES[k]!, shape))
    const [left, right] = law.sides(...variables)
    const feeds = fc.tuple(
      ...law.shapes.map((shape) =>
        fc.array(number, { minLength: sizeOf(shape), maxLength: sizeOf(shape) }),
      ),
    )
    fc.assert(
      fc.property(feeds, (values) => {
        const fed = Object.fromEntries(values.map((value, k) => [VARIABLES[k]!, value]))
        const [a, b] = evaluate([left, right], fed)
        for (let k = 0; k < a!.length; k++) {
          expect(Math.abs(a![k]! - b![k]!)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(b![k]!)))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('rewrites its own left side to its right side', () => {
    for (const law of LAWS) {
      const graph = new Graph()
      const variables = law.shapes.map((shape, k) => graph.input(VARIABLES[k]!, shape))
      const [left, right] = law.sides(...variables)
      expect(simplify(left, [law]).id, law.name).toBe(right.id)
    }
  })
})

describe('simplify', () => {
  it('applies laws under laws, in either order of a sum', () => {
    const graph = new Graph()
    const x = graph.input('x', [3])
    const y = graph.input('y', [3])
    const sum = apply(addOp, [0, sub(x, neg(neg(neg(y))))])
    expect(simplify(sum)).toBe(add(x, y))
  })

  it('folds constants', () => {
    const graph = new Graph()
    const x = graph.input('x', [2])
    const folded = simplify(mul(x, add(graph.constant(2), graph.constant(3))))
    expect(folded).toBe(mul(x, 5))
  })

  it('keeps the shape that a broadcast zero gave', () => {
    const graph = new Graph()
    const x = graph.input('x', [3])
    const wide = add(x, graph.constant(0, [2, 3]))
    expect(simplify(wide).shape).toEqual([2, 3])
    expect([...evaluate(simplify(wide), { x: [1, 2, 3] })]).toEqual([1, 2, 3, 1, 2, 3])
  })

  it('keeps named nodes below the root, so that formulas keep their letters', () => {
    const graph = new Graph()
    const x = graph.input('x', [2])
    const z = apply(addOp, [x, 0]).as('z')
    expect(simplify(neg(z)).args[0]).toBe(z)
    expect(simplify(z)).toBe(x)
  })
})
