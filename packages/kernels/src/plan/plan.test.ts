// What plans look like: what is fused, what is only seen, which laws were used, what memory it
// takes.
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultsOf } from '../testing/check-plan.ts'
import { largestLiveSet } from '../testing/live-set.ts'
import { anyNet, buildNet, type Net } from '../testing/nets.ts'
import { randomGraphs } from '../testing/random-graph.ts'
import { wasmBackend } from '../wasm/backend/backend.ts'
import { buildPlan, type PlanRequest } from './build.ts'
import type { Plan, Step } from './plan.ts'
import '../wasm/seldom/seldom.ts'

const planOf = (outputs: readonly Node[], request: Partial<PlanRequest> = {}): Plan =>
  buildPlan({ outputs, states: [], dtype: 'float64', ...request })

const descent = ({ parameters, gradients }: Pick<Net, 'parameters' | 'gradients'>) =>
  parameters.map((p, k) => [p, g.sub(p, g.mul(0.1, gradients[k]!))] as const)

/** x ← x + conv(relu(conv(x))), so many times, on four images of eight channels. */
function residualNet(blocks: number) {
  const graph = new Graph()
  const parameters: Node[] = []
  const conv = (x: Node): Node => {
    const w = graph.parameter(`w${parameters.length}`, [8, 8, 3, 3])
    parameters.push(w)
    return g.conv2d(x, w, { padding: 1 })
  }
  let x: Node = graph.input('x', [4, 8, 16, 16])
  for (let k = 0; k < blocks; k++) x = g.add(x, conv(g.relu(conv(x))))
  const cost = g.sum(g.square(x))
  return { cost, states: descent({ parameters, gradients: g.grad(cost, parameters) }) }
}

const opsOf = (step: Step): string[] =>
  step.kind === 'kernel' ? [step.op.name] : step.code.map(({ op }) => op.name)
const stepsOf = (plan: Plan): string[] => plan.steps.map((step) => opsOf(step).join(' '))
const lawsOf = (plan: Plan): string[] => plan.laws.map(({ law }) => law)

describe('fusion', () => {
  const graph = new Graph()
  const x = graph.input('x', [4, 5])
  const b = graph.input('b', [5])

  test('a chain is one step', () => {
    const y = g.exp(g.neg(g.square(g.add(x, b))))
    expect(stepsOf(planOf([y]))).toEqual(['add square neg exp'])
  })
  test('a value that others read as well is kept', () => {
    const s = g.exp(x)
    expect(stepsOf(planOf([g.neg(s), g.abs(s)])).toSorted()).toEqual(['abs', 'exp', 'neg'])
  })
  test('a value that only the group reads, however often, is not', () => {
    const s = g.exp(x)
    expect(stepsOf(planOf([g.mul(s, g.sub(1, s))]))).toEqual(['exp sub mul'])
  })
  test('another shape is another pass', () => {
    expect(stepsOf(planOf([g.add(x, g.exp(b))]))).toEqual(['exp', 'add'])
  })
  test('a sum takes the chain before it along', () => {
    const plan = planOf([g.sum(g.square(g.sub(x, b)), { axes: 0 })])
    expect(plan.steps).toHaveLength(1)
    expect(plan.steps[0]).toMatchObject({ kind: 'reduction', combine: 'sum', axes: [0] })
    expect(stepsOf(plan)).toEqual(['sub square'])
  })
  test('constants of one number are numbers in the code', () => {
    const plan = planOf([g.mul(x, graph.constant(0.5, [4, 5]))])
    expect(plan.constants).toEqual([])
    expect(plan.steps[0]).toMatchObject({
      code: [
        {
          sources: [
            { kind: 'input', index: 0 },
            { kind: 'number', value: 0.5 },
          ],
        },
      ],
    })
  })
  test('a chain of any length is cut into groups', () => {
    let y: Node = x
    for (let k = 0; k < 1000; k++) y = g.tanh(y)
    expect(planOf([y]).steps.length).toBeGreaterThan(10)
  })
})

describe('views', () => {
  const graph = new Graph()
  const x = graph.input('x', [2, 3, 4])

  test('reshape, transpose, slice, flip and broadcastTo cost no step', () => {
    const seen = g.flip(g.slice(g.transpose(g.reshape(x, [4, 6])), { start: 1 }), { axes: 0 })
    expect(stepsOf(planOf([g.exp(g.broadcastTo(seen, [3, 5, 4]))]))).toEqual(['exp'])
  })
  test('a kernel is given dense arrays: one copy, however many read it', () => {
    const turned = g.transpose(g.reshape(x, [4, 6]))
    const y = g.cumsum(turned)
    const z = g.argmax(turned)
    expect(stepsOf(planOf([y, z]))).toEqual(['', 'cumsum', 'argmax'])
  })
  test('concat copies each part to its place', () => {
    const plan = planOf([g.concat([x, x], { axis: 1 })])
    expect(stepsOf(plan)).toEqual(['', ''])
    expect(plan.steps[1]!.output).toMatchObject({ shape: [2, 3, 4], strides: [24, 4, 1] })
  })
})

describe('laws', () => {
  const graph = new Graph()
  const x = graph.input('x', [2, 3])

  test('σ′ reads σ where that is computed', () => {
    const plan = planOf([g.sigmoid(x), g.sigmoidPrime(x)])
    expect(lawsOf(plan)).toEqual(['σ′(x) = σ(x)(1 − σ(x))'])
    expect(stepsOf(plan)).toEqual(['sigmoid', 'sub mul'])
    expect(lawsOf(planOf([g.sigmoidPrime(x)]))).toEqual([])
  })
  test("relu's mask reads relu", () => {
    const y = g.relu(x)
    const plan = planOf([y, ...g.vjp([y], [graph.input('g', [2, 3])], [x])])
    expect(lawsOf(plan)).toEqual(['[x > 0] = [relu(x) > 0]'])
  })
  test('each can be left out', () => {
    const plan = planOf([g.sigmoid(x), g.sigmoidPrime(x)], { laws: [] })
    expect(stepsOf(plan)).toEqual(['sigmoid', 'sigmoidPrime'])
  })
  test('what depends on constants alone is worked out beforehand', () => {
    const k = g.exp(graph.constant([1, 2, 3]))
    const plan = planOf([g.add(x, k)])
    expect(stepsOf(plan)).toEqual(['add'])
    expect(plan.constants[0]!.data).toEqual(Float64Array.of(Math.E, Math.exp(2), Math.exp(3)))
  })
  test('neutral constants leave no step', () => {
    const y = g.identity(g.mul(g.broadcastTo(graph.constant(1), [2, 3]), g.exp(x)))
    expect(stepsOf(planOf([y]))).toEqual(['exp'])
  })
})

describe('memory', () => {
  test('random plans read nothing dead, overwritten or unwritten', () => {
    const property = fc.property(randomGraphs, ({ outputs }) => {
      expect(faultsOf(planOf(outputs, { scratch: () => 5 }))).toEqual([])
    })
    fc.assert(property, { numRuns: 200 })
  })
  test('an elementwise step writes over an array that dies with it', () => {
    const graph = new Graph()
    const x = graph.input('x', [100, 100])
    const y = g.exp(g.matmul(x, x))
    const z = g.sum(g.matmul(y, y))
    // x, and two arrays: the product and its exponential share one.
    expect(planOf([z]).largestLive).toBe(3 * 100 * 100)
  })
  test('but not where it reads it in another order', () => {
    const graph = new Graph()
    const x = graph.input('x', [10, 10])
    const y = g.matmul(x, x)
    const plan = planOf([g.sum(g.softmax(g.add(g.transpose(y), 1)))])
    expect(faultsOf(plan)).toEqual([])
    const [, turned] = plan.steps
    expect(turned!.output.offset).not.toBe(turned!.inputs[0]!.offset)
  })
  test('a chain takes two arrays, whatever its length', () => {
    const graph = new Graph()
    const x = graph.input('x', [8, 8])
    let y: Node = x
    for (let k = 0; k < 40; k++) y = g.matmul(y, x)
    const plan = planOf([g.sum(y)])
    expect(plan.length).toBeLessThanOrEqual(3 * 64 + 2)
  })
  test('random graphs take at most 1.5 times the largest live set of their order', () => {
    const property = fc.property(randomGraphs, ({ outputs }) => {
      const plan = planOf(outputs, { alignment: 8, scratch: ({ args }) => 2 * args.length })
      const live = largestLiveSet(plan)
      expect(plan.largestLive).toBe(live)
      expect(plan.length).toBeLessThanOrEqual(1.5 * live)
    })
    fc.assert(property, { numRuns: 200 })
  })
  test('so do random nets, their gradients, updates, Hessians, with kernels’ scratch', () => {
    const asked = fc.constantFrom('gradients', 'updates', 'hessianVector')
    const property = fc.property(anyNet, asked, (description, what) => {
      const net = buildNet(description)
      const { laws, alignment } = wasmBackend
      const plan = planOf([net.cost, ...(what === 'updates' ? [] : net[what])], {
        ...{ dtype: 'float32', laws, alignment },
        scratch: (node) => wasmBackend.scratch(node, 'float32'),
        states: what === 'updates' ? descent(net) : [],
      })
      expect(plan.length).toBeLessThanOrEqual(1.5 * largestLiveSet(plan))
    })
    fc.assert(property, { numRuns: 100 })
  })
  test('and a residual net of eight blocks, trained', () => {
    const { cost, states } = residualNet(8)
    const { laws, alignment } = wasmBackend
    const plan = planOf([cost], {
      ...{ states, dtype: 'float32', laws, alignment },
      scratch: (node) => wasmBackend.scratch(node, 'float32'),
    })
    expect(faultsOf(plan)).toEqual([])
    const live = largestLiveSet(plan)
    expect(plan.length).toBeLessThanOrEqual(1.1 * live)
    // Each block keeps two arrays for its gradients; everything else comes and goes.
    expect(live).toBeLessThan((2 * 8 + 12) * 4 * 8 * 16 * 16)
  })
  test('what grows from step to step, and what shrinks, leaves no holes', () => {
    for (const sizes of [
      [1, 2, 3, 4, 5],
      [5, 4, 3, 2, 1],
    ]) {
      const graph = new Graph()
      let y: Node = graph.input('x', [10, 10])
      for (const [k, size] of sizes.entries()) {
        y = g.matmul(y, graph.input(`w${k}`, [y.shape[1]!, 100 * size]))
      }
      const plan = planOf([g.sum(y)], { alignment: 8 })
      // The sum is one more.
      expect(plan.length).toBeLessThanOrEqual(largestLiveSet(plan) + 1)
    }
  })
  test('the next value of a state waits until nobody reads the old one', () => {
    const graph = new Graph()
    const w = graph.parameter('w', [50])
    const next = g.mul(2, w)
    const plan = planOf([g.sum(g.exp(w))], { states: [[w, next]] })
    expect(stepsOf(plan)).toEqual(['exp', 'mul'])
    expect(plan.length).toBeLessThanOrEqual(50 + 2)
  })
  test('gradients that update their parameters die at once', () => {
    const net = buildNet({
      activation: 'relu',
      pooling: 'avgPool2d',
      branch: 'none',
      cost: 'squaredError',
      batch: 4,
      stride: 1,
      groups: 1,
    })
    const plan = planOf([net.cost], { states: descent(net) })
    expect(faultsOf(plan)).toEqual([])
    // No copies: every next value is written over the old one.
    expect(plan.steps.every((step) => step.kind !== 'elementwise' || step.code.length > 0)).toBe(
      true,
    )
  })
})

test('a chain of 20,000 steps is planned', () => {
  const graph = new Graph()
  const x = graph.input('x', [2, 2])
  let y: Node = x
  for (let k = 0; k < 20_000; k++) y = g.cumsum(y)
  expect(planOf([y]).steps).toHaveLength(20_000)
})
