// element's expressions, evaluated by mathjs, against the graph's own interpreter.
import fc from 'fast-check'
import { type MathNode, parse } from 'mathjs'
import { describe, expect, it } from 'vitest'
import { ElementError } from '../errors.ts'
import { evaluate } from '../evaluate.ts'
import { grad, vjp } from '../grad.ts'
import { add } from '../ops/arithmetic/add.ts'
import { neg } from '../ops/arithmetic/neg.ts'
import { square } from '../ops/arithmetic/square.ts'
import { maxPool2d } from '../ops/pooling/max-pool2d.ts'
import { medianPool2d } from '../ops/pooling/median-pool2d.ts'
import { sum } from '../ops/reduction/sum.ts'
import { indexAt } from '../read/entry.ts'
import { recordBook } from '../read/testing-book.ts'
import { Graph } from '../record/graph.ts'
import type { Node } from '../record/node.ts'
import { drawFrom } from '../testing/draw.ts'
import { type Instance, recordInstance } from '../testing/instance.ts'
import { instances, opNames } from '../testing/instances.ts'
import { element, elementScope } from './element.ts'

const value = (expression: MathNode, scope: Map<string, number>): number =>
  expression.compile().evaluate(scope) as number

function checkEntry(node: Node, feeds: Readonly<Record<string, Float64Array>>): void {
  const used = Object.fromEntries(
    Object.entries(feeds).filter(([name]) => node.graph.named.has(name)),
  )
  const values = evaluate(node, used)
  const entry = values.length >> 1
  const expression = element(node, indexAt(entry, node.shape))
  const found = value(expression, elementScope(node, used))
  const text = expression.toString()
  expect(Math.abs(found - values[entry]!), text).toBeLessThanOrEqual(
    1e-9 * (1 + Math.abs(values[entry]!)),
  )
}

describe('an entry of every op and of its derivatives', () => {
  it.each(opNames)('%s', (name) => {
    fc.assert(
      fc.property(instances[name] as fc.Arbitrary<Instance>, fc.nat(), (instance, seed) => {
        const { node, feeds, jumps } = recordInstance(instance, seed)
        checkEntry(node, feeds)
        const cotangent = node.graph.input('cotangent', node.shape)
        const fed = { ...feeds, cotangent: drawFrom(seed).entries(node.shape) }
        const smooth = node.args.filter((arg) => !jumps.includes(arg))
        for (const pulled of vjp([node], [cotangent], smooth)) checkEntry(pulled, fed)
      }),
      { numRuns: 5 },
    )
  })
})

describe('element', () => {
  const graph = new Graph()
  const x = graph.input('x_{ij}', [1, 2, 2])

  it('names entries by the letters of the name', () => {
    expect(element(square(x), [1, 2, 1]).toString()).toBe('x_2_1 ^ 2')
    expect([...elementScope(square(x), { x: [1, 2, 3, 4] })]).toEqual([
      ['x_1_1', 1],
      ['x_1_2', 2],
      ['x_2_1', 3],
      ['x_2_2', 4],
    ])
  })

  it('reads back from its own text', () => {
    const pooled = grad(sum(maxPool2d(square(x), { size: 2 })), x)
    const scope = elementScope(pooled, { x: [1, -2, 3, 4] })
    const text = element(pooled, [2, 2]).toString()
    expect(parse(text).evaluate(scope)).toBe(8)
    expect(element(maxPool2d(x, { size: 2 }), [1, 1, 1]).toString()).toBe(
      'max(x_1_1, x_1_2, x_2_1, x_2_2)',
    )
  })

  it('finds the first of equal middles, as the graph does', () => {
    const pulled = grad(sum(medianPool2d(x, { size: 2 })), x)
    const fed = { x: [3, 3, 3, 3] }
    const found = [1, 2].flatMap((i) =>
      [1, 2].map((j) => value(element(pulled, [i, j]), elementScope(pulled, fed))),
    )
    expect(found).toEqual([...evaluate(pulled, fed)])
  })

  it('compares exactly, unlike mathjs’s own relations', () => {
    const tiny = grad(sum(maxPool2d(x, { size: 2 })), x)
    const fed = { x: [1, 1 + 2 ** -52, 0, 0] }
    expect(value(element(tiny, [1, 2]), elementScope(tiny, fed))).toBe(1)
    expect(value(element(tiny, [1, 1]), elementScope(tiny, fed))).toBe(0)
  })

  it('tells names apart that read the same, and takes any name', () => {
    const g = new Graph()
    const [a, b, c] = ['w.a', 'w_a', '__proto__'].map((name) => g.input(name, [1]))
    expect([...elementScope(neg(a!), { 'w.a': [1] }).keys()]).toEqual(['w_a_1'])
    const all = add(add(a!, b!), c!)
    const fed = Object.fromEntries([
      ['w.a', [1]],
      ['w_a', [2]],
      ['__proto__', [4]],
    ])
    const scope = elementScope(all, fed)
    expect(new Set(scope.keys()).size).toBe(3)
    expect(value(element(all, [1]), scope)).toBe(7)
  })

  it('has a limit, and says so', () => {
    const { cost, parameters } = recordBook()
    const [byFilter] = grad(cost, parameters)
    expect(() => element(byFilter!, [1, 1, 1], { limit: 1000 })).toThrow(ElementError)
    const g = new Graph()
    let node: Node = g.input('x', [1])
    for (let k = 0; k < 5000; k++) node = g.record(neg(g.node('x')).op, [node], {})
    expect(() => element(node, [1])).toThrow('deeper than')
  })

  it('gives the book’s gradient by a weight of a filter', () => {
    const { cost, parameters } = recordBook()
    const draw = drawFrom(7)
    const leaves = [...parameters, cost.graph.node('x'), cost.graph.node('t')]
    const feeds = Object.fromEntries(leaves.map((leaf) => [leaf.name!, draw.entries(leaf.shape)]))
    const [byFilter] = grad(cost, parameters)
    const found = value(element(byFilter!, [2, 3, 1]), elementScope(byFilter!, feeds))
    expect(found).toBeCloseTo(evaluate(byFilter!, feeds)[15]!, 14)
  })
})
