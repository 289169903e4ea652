// Random graphs on one backend against the interpreter, with dead memory poisoned: their values,
// and their leaves as states that replace one another at random.
import { evaluate, Graph, type Node, ops, sameShape, topologicalOrder } from '@backprove/graph'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BackendName, Memory } from '../../backend.ts'
import { compile } from '../../compile.ts'
import type { OpName } from '../cases/case.ts'
import { type RandomGraph, randomGraphs } from '../random-graph.ts'
import { relativeError, tolerances } from './cases.ts'

/** Thirty ops that keep numbers small, one after another: less than thirty roundings each. */
const accumulated = { float64: 1e-11, float32: 4e-6 }

function expectClose(made: Memory, wanted: Float64Array): void {
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
  const tolerance = accumulated[made instanceof Float32Array ? 'float32' : 'float64']
  expect(made).toHaveLength(wanted.length)
  wanted.forEach((value, at) => {
    expect(Math.abs(made[at]! - value)).toBeLessThanOrEqual(tolerance * largest)
  })
}

/** What the op of a node makes, in float64, of the arrays that it was given. */
function alone({ op, args, params }: Node, given: readonly Memory[]): Float64Array {
  const graph = new Graph()
  const inputs = args.map(({ shape }, k) => graph.input(`x${k}`, shape))
  const feeds = Object.fromEntries(given.map((array, k) => [`x${k}`, array]))
  return evaluate(graph.record(op, inputs, params), feeds)
}

/** Every node from the float32 arrays that its operands have become: each op's own tolerance. */
function agreeNodeByNode({ outputs, feeds }: RandomGraph, backend: BackendName): void {
  const order = topologicalOrder(outputs)
  const made = compile(order, { dtype: 'float32', backend, poison: true }).run(feeds)
  const arrays = new Map(order.map((node, k) => [node, made[k]!]))
  for (const node of order) {
    if (node.op.traits?.leaf) continue
    const wanted = alone(
      node,
      node.args.map((arg) => arrays.get(arg)!),
    )
    const error = relativeError(node, arrays.get(node)!, wanted)
    const { name } = node.op
    expect(error, name).toBeLessThanOrEqual(tolerances(name as OpName).float32)
  }
}

/** Leaves paired with nodes of their own shape: swaps, chains and updates as it falls. */
function randomStates(outputs: readonly Node[], choice: number): [Node, Node][] {
  const order = topologicalOrder(outputs)
  return order
    .filter((node) => node.op === ops.input)
    .flatMap((leaf, k): [Node, Node][] => {
      const fitting = order.filter((node) => sameShape(node.shape, leaf.shape))
      const next = fitting[(choice >> (3 * k)) % fitting.length]!
      return (choice + k) % 5 === 0 ? [] : [[leaf, next]]
    })
}

const nameOf = (leaf: Node): string => (leaf.params as { name: string }).name

export function testRandomGraphs(backend: BackendName, numRuns = 150): void {
  const options = { dtype: 'float64', backend, poison: true } as const

  describe(`${backend}: random graphs`, () => {
    test('equal the interpreter', () => {
      const property = fc.property(randomGraphs, ({ outputs, feeds }) => {
        const program = compile(outputs, options)
        // Twice: what one run leaves behind must not reach the next.
        program.run(feeds)
        const made = program.run(feeds)
        evaluate(outputs, feeds).forEach((wanted, k) => {
          expectClose(made[k]!, wanted)
        })
      })
      fc.assert(property, { numRuns })
    })

    test('equal the interpreter in float32: each op from its own operands', () => {
      const property = fc.property(randomGraphs, (random) => agreeNodeByNode(random, backend))
      fc.assert(property, { numRuns })
    })

    test('equal the interpreter in float32: fused, as they run', () => {
      const property = fc.property(randomGraphs, ({ outputs, feeds }) => {
        const made = compile(outputs, { dtype: 'float32', backend }).run(feeds)
        evaluate(outputs, feeds).forEach((wanted, k) => {
          expectClose(made[k]!, wanted)
        })
      })
      fc.assert(property, { numRuns })
    })

    test('with states: all next values come from the old ones', () => {
      const property = fc.property(randomGraphs, fc.nat(2 ** 15), ({ outputs, feeds }, choice) => {
        const state = randomStates(outputs, choice)
        const program = compile(outputs, { ...options, state })
        const names = new Set(state.map(([leaf]) => nameOf(leaf)))
        const part = (isState: boolean) =>
          Object.fromEntries(Object.entries(feeds).filter(([name]) => names.has(name) === isState))
        program.setState(part(true))
        const values: Record<string, Float64Array> = { ...feeds }
        for (let turn = 0; turn < 3; turn++) {
          const made = program.run(part(false))
          const wanted = evaluate([...outputs, ...state.map(([, next]) => next)], values)
          made.forEach((array, k) => {
            expectClose(array, wanted[k]!)
          })
          state.forEach(([leaf], k) => {
            values[nameOf(leaf)] = wanted[outputs.length + k]!
          })
        }
        for (const [name, array] of Object.entries(program.getState())) {
          expectClose(array, values[name]!)
        }
      })
      fc.assert(property, { numRuns })
    })
  })
}
