// What the index form prints is what it means: the printed line itself is evaluated and must give
// the node's values; so must the element form with its sums written out.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate, type Feeds } from '../evaluate.ts'
import { vjp } from '../grad.ts'
import { type Expression, evaluateLine, type Line } from '../notation/index.ts'
import { mapChildren } from '../notation/traverse.ts'
import { mulOp } from '../ops/arithmetic/mul.ts'
import { Graph } from '../record/graph.ts'
import type { Node } from '../record/node.ts'
import { apply } from '../record/operand.ts'
import { sizeOf } from '../shape.ts'
import { drawFrom } from '../testing/draw.ts'
import { type Instance, recordInstance } from '../testing/instance.ts'
import { instances, opNames } from '../testing/instances.ts'
import { indexAt } from './entry.ts'
import { expandLine } from './expand.ts'
import { formula, latex } from './formula.ts'
import { indexLine } from './index-form.ts'
import { labellingOf } from './label/labels.ts'

const RUNS = 12

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(found.length, what).toBe(expected.length)
  for (let k = 0; k < expected.length; k++) {
    const scale = 1 + Math.abs(expected[k]!)
    expect(Math.abs(found[k]! - expected[k]!), what).toBeLessThanOrEqual(1e-9 * scale)
  }
}

/** The printed line, computed from the values of the labelled nodes that it mentions. */
function valuesOfLine(
  line: Line,
  arrays: ReadonlyMap<string, Node>,
  shape: readonly number[],
  feeds: Feeds,
): Float64Array {
  const keys = [...arrays.keys()]
  const nodes = keys.map((key) => arrays.get(key)!)
  const values = nodes.length > 0 ? evaluate(nodes, feeds) : []
  const operands = Object.fromEntries(
    keys.map((key, k) => [key, { shape: arrays.get(key)!.shape, data: values[k]! }]),
  )
  return evaluateLine(line, { operands, symbols: {}, shape })
}

function checkNode(node: Node, feeds: Feeds): void {
  const used = Object.fromEntries(
    Object.entries(feeds).filter(([name]) => node.graph.named.has(name)),
  )
  const { line, arrays } = indexLine(node, labellingOf(node.graph))
  const expected = evaluate(node, used)
  const shown = formula(node, { form: 'index' })
  expect(shown).not.toMatch(/undefined|#/)
  expect(latex(node, { form: 'index' })).not.toMatch(/undefined|#/)
  // An axis that is not shown stands as 1.
  expectClose(valuesOfLine(line, arrays, node.shape, used), expected, shown)
  const entry = Math.floor(expected.length / 2)
  const at = indexAt(entry, node.shape)
  const expanded = expandLine(line, at, arrays, Number.POSITIVE_INFINITY)
  const element = formula(node, { form: 'element', at })
  const found = valuesOfLine(withScalarResult(expanded), arrays, [], used)
  expectClose(found, expected.subarray(entry, entry + 1), `${shown}\n${element}`)
}

/** n-ary max and min as the interpreter knows them. */
function withScalarResult(line: Line): Line {
  const nested = (part: Expression): Expression => {
    const inner = mapChildren(part, nested)
    if (inner.kind !== 'call' || (inner.name !== 'max' && inner.name !== 'min')) return inner
    const { name, operands } = inner
    return operands.reduce((a, b): Expression => ({ kind: 'call', name, operands: [a, b] }))
  }
  return { ...line, indices: [], body: nested(line.body) }
}

describe('the index form of every op says what the op computes', () => {
  it.each(opNames)('%s', (name) => {
    fc.assert(
      fc.property(instances[name] as fc.Arbitrary<Instance>, fc.nat(), (instance, seed) => {
        const { node, feeds } = recordInstance(instance, seed)
        checkNode(node, feeds)
      }),
      { numRuns: RUNS },
    )
  })
})

describe('the index form of unnamed operands, and of derivatives', () => {
  it.each(opNames)('%s', (name) => {
    fc.assert(
      fc.property(instances[name] as fc.Arbitrary<Instance>, fc.nat(), (instance, seed) => {
        const { node, feeds, jumps } = recordInstance(instance, seed)
        const { graph } = node
        const inner = node.args.map((arg) =>
          jumps.includes(arg) ? arg : apply(mulOp, [arg, graph.constant(2)]),
        )
        const composed = apply(mulOp, [graph.record(node.op, inner, node.params), node])
        checkNode(composed, feeds)
        const cotangent = graph.input('cotangent', node.shape)
        const draw = drawFrom(seed)
        const fed = { ...feeds, cotangent: draw.entries(node.shape) }
        const smooth = node.args.filter((arg) => !jumps.includes(arg))
        for (const pulled of vjp([composed], [cotangent], smooth)) checkNode(pulled, fed)
      }),
      { numRuns: RUNS },
    )
  })
})

describe('a chain of any length', () => {
  it('is set apart piece by piece', () => {
    const graph = new Graph()
    let node = graph.input('x', [2])
    for (let k = 0; k < 3000; k++) node = apply(mulOp, [node, graph.constant(1 + 1 / (k + 1))])
    expect(sizeOf(node.shape)).toBe(2)
    expect(formula(node, { form: 'index' }).split('\n').length).toBeLessThan(12)
    expect(latex(node).length).toBeLessThan(10_000)
  })
})
