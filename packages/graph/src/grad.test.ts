// Differentiation as a whole: values by hand, the policies at kinks, jvp and hvp by each other.
import { describe, expect, it } from 'vitest'
import { GradError, ShapeError } from './errors.ts'
import { evaluate } from './evaluate.ts'
import { grad, hvp, jvp, vjp } from './grad.ts'
import { abs } from './ops/arithmetic/abs.ts'
import { add } from './ops/arithmetic/add.ts'
import { div } from './ops/arithmetic/div.ts'
import { mul } from './ops/arithmetic/mul.ts'
import { pow } from './ops/arithmetic/pow.ts'
import { sign } from './ops/arithmetic/sign.ts'
import { squaredError } from './ops/cost/squared-error.ts'
import { elu } from './ops/entrywise/elu.ts'
import { exp } from './ops/entrywise/exp.ts'
import { log } from './ops/entrywise/log.ts'
import { leakyRelu, relu } from './ops/entrywise/relu.ts'
import { sigmoid } from './ops/entrywise/sigmoid.ts'
import { softplus } from './ops/entrywise/softplus.ts'
import { conv2d } from './ops/product/conv2d.ts'
import { sum } from './ops/reduction/sum.ts'
import { clamp } from './ops/selection/clamp.ts'
import { maximum } from './ops/selection/maximum.ts'
import { minimum } from './ops/selection/minimum.ts'
import type { GraphOptions } from './policy.ts'
import { Graph } from './record/graph.ts'
import type { Node } from './record/node.ts'

const scalar = (graph: Graph, name: string): Node => graph.input(name, [])

describe('grad', () => {
  it('of C = (x y + e^x)/y, by hand', () => {
    const graph = new Graph()
    const x = scalar(graph, 'x')
    const y = scalar(graph, 'y')
    const [dx, dy] = grad(div(add(mul(x, y), exp(x)), y), [x, y])
    const values = { x: 1, y: 2 }
    expect(evaluate(dx!, values)[0]).toBeCloseTo(1 + Math.E / 2, 14)
    expect(evaluate(dy!, values)[0]).toBeCloseTo(-Math.E / 4, 14)
  })

  it('adds the paths that meet', () => {
    const graph = new Graph()
    const x = scalar(graph, 'x')
    const twice = add(mul(x, x), mul(x, x))
    expect(evaluate(grad(mul(twice, x), x), { x: 3 })[0]).toBe(6 * 9)
  })

  it('sums over the axes along which an operand was repeated', () => {
    const graph = new Graph()
    const x = graph.input('x', [2, 3])
    const b = graph.input('b', [3])
    const c = graph.input('c', [2, 1])
    const [db, dc] = grad(sum(mul(add(x, b), c)), [b, c])
    const values = { x: [1, 2, 3, 4, 5, 6], b: [1, 1, 1], c: [10, 20] }
    expect([...evaluate(db!, values)]).toEqual([30, 30, 30])
    expect([...evaluate(dc!, values)]).toEqual([9, 18])
    expect(dc!.shape).toEqual([2, 1])
  })

  it('is zero for what the cost does not depend on', () => {
    const graph = new Graph()
    const x = graph.input('x', [2])
    const other = graph.input('other', [3])
    expect([...evaluate(grad(sum(x), other, { unused: 'zero' }))]).toEqual([0, 0, 0])
    expect([...evaluate(grad(sum(x), [x, other], { unused: 'zero' })[1]!)]).toEqual([0, 0, 0])
    expect(() => grad(sum(x), [x, other])).toThrow(
      /^grad: sum #\d+ does not depend on "other" \[3\]; where .* \{ unused: 'zero' \}\)/,
    )
    expect(() => grad(sum(x), other, { unused: 'none' as 'zero' })).toThrow("'error' or 'zero'")
  })

  it('is zero of a derivative that no longer holds what it was taken of', () => {
    const graph = new Graph()
    const [x, other] = [graph.input('x', [2]), graph.input('other', [2])]
    const slope = grad(sum(mul(x, 3)), x)
    expect([...evaluate(grad(sum(slope), x))]).toEqual([0, 0])
    expect(() => grad(sum(slope), other)).toThrow('does not depend on "other"')
    const flat = grad(sum(sign(x)), x)
    expect([...evaluate(grad(sum(flat), x))]).toEqual([0, 0])
  })

  it('records every adjoint on the way, under the node it belongs to', () => {
    const graph = new Graph()
    const x = graph.input('x', [2])
    const z = mul(x, 3).as('z')
    const cost = sum(sigmoid(z))
    const dx = grad(cost, x)
    const adjoints = graph.adjoints(cost)
    expect(adjoints.get(x)).toBe(dx)
    expect(graph.adjointOf(adjoints.get(z)!)[0]?.forward).toBe(z)
  })

  it('refuses a cost that is no number, and nodes of two graphs', () => {
    const graph = new Graph()
    const x = graph.input('x', [2])
    expect(() => grad(x, x)).toThrow(GradError)
    expect(() => grad(x, x)).toThrow(/shape \[2\].*use vjp/)
    expect(() => grad(sum(x), new Graph().input('x', [2]))).toThrow(/different graphs/)
    expect(() => add(x, new Graph().input('x', [2]))).toThrow(ShapeError)
    expect(() => vjp([x], [graph.input('g', [3])], [x])).toThrow(/shape \[3\]/)
  })

  it('names the line of user code that made the offending node', () => {
    const graph = new Graph()
    const x = graph.input('x', [1, 4, 4])
    const w = graph.parameter('w', [2, 3, 3, 3])
    expect(() => conv2d(x, w)).toThrow(/grad\.test\.ts:\d+:\d+/)
    expect(x.source).toMatch(/grad\.test\.ts:\d+:\d+$/)
    const cost = sum(sigmoid(x))
    expect(grad(cost, x).source).toMatch(/grad\.test\.ts/)
  })
})

describe('kinks and ties follow the graph’s policy', () => {
  const slopeAt = (
    options: GraphOptions,
    f: (x: Node, y: Node) => Node,
    x: number,
    y = x,
  ): number[] => {
    const graph = new Graph(options)
    const nodes = [scalar(graph, 'x'), scalar(graph, 'y')] as const
    return evaluate(grad(f(...nodes), nodes, { unused: 'zero' }), { x, y }).map(
      (value) => value[0]!,
    )
  }

  it.each([0, 0.5, 1] as const)('relu′(0) = %s', (reluAtZero) => {
    const options = { reluAtZero }
    expect(slopeAt(options, (x) => relu(x), 0)[0]).toBe(reluAtZero)
    const leaky = slopeAt(options, (x) => leakyRelu(x, { slope: 0.2 }), 0)[0]
    expect(leaky).toBeCloseTo(reluAtZero + (1 - reluAtZero) * 0.2, 15)
    const steep = slopeAt(options, (x) => elu(x, { alpha: 3 }), 0)[0]
    expect(steep).toBeCloseTo(reluAtZero + (1 - reluAtZero) * 3, 15)
    expect(slopeAt(options, (x) => relu(x), 2)[0]).toBe(1)
    expect(slopeAt(options, (x) => relu(x), -2)[0]).toBe(0)
  })

  it('the first of equals wins, or both share', () => {
    expect(slopeAt({}, maximum, 1)).toEqual([1, 0])
    expect(slopeAt({}, minimum, 1)).toEqual([1, 0])
    expect(slopeAt({ ties: 'split' }, maximum, 1)).toEqual([0.5, 0.5])
    expect(slopeAt({ ties: 'split' }, minimum, 1)).toEqual([0.5, 0.5])
    expect(slopeAt({ ties: 'split' }, maximum, 1, 2)).toEqual([0, 1])
  })

  it('clamp keeps its slope at its bounds, or half of it', () => {
    const clamped = (x: Node): Node => clamp(x, -1, 1)
    expect([-2, -1, 0, 1, 2].map((x) => slopeAt({}, clamped, x)[0])).toEqual([0, 1, 1, 1, 0])
    expect(slopeAt({ ties: 'split' }, clamped, 1)[0]).toBe(0.5)
  })

  it('|x| has slope 0 at 0', () => {
    expect(slopeAt({}, (x) => abs(x), 0)[0]).toBe(0)
  })
})

describe('derivatives stay finite where the value is', () => {
  const derivatives = (f: (x: Node) => Node, x: number): number[] => {
    const graph = new Graph()
    const node = scalar(graph, 'x')
    const first = grad(f(node), node)
    return [first, grad(first, node)].map((d) => evaluate(d, { x })[0]!)
  }

  it('far out on the tails', () => {
    for (const x of [-800, -40, 40, 800]) {
      expect(derivatives(sigmoid, x).every(Number.isFinite)).toBe(true)
      expect(derivatives((n) => elu(n), x).every(Number.isFinite)).toBe(true)
    }
    expect(derivatives(sigmoid, -40)[0]).toBeCloseTo(Math.exp(-40), 30)
    expect(derivatives(sigmoid, 40)[0]! / Math.exp(-40)).toBeCloseTo(1, 12)
  })

  it('softplus keeps its digits where it is nearly 0', () => {
    const graph = new Graph()
    const value = evaluate(softplus(scalar(graph, 'x')), { x: -40 })[0]!
    expect(value / Math.log1p(Math.exp(-40))).toBeCloseTo(1, 12)
  })

  it('of powers at 0', () => {
    expect(derivatives((x) => pow(x, 2), 0)).toEqual([0, 2])
    expect(derivatives((x) => pow(x, 1), 0)).toEqual([1, 0])
  })

  it('of a^b by b at a = 0', () => {
    const graph = new Graph()
    const b = scalar(graph, 'b')
    expect(evaluate(grad(pow(graph.constant(0), b), b), { b: 2 })[0]).toBe(0)
    expect(evaluate(grad(pow(graph.constant(3), b), b), { b: 2 })[0]).toBeCloseTo(9 * Math.log(3))
    expect(evaluate(log(graph.constant(1)))[0]).toBe(0)
  })
})

describe('jvp and hvp', () => {
  const network = () => {
    const graph = new Graph()
    const x = graph.input('x', [2, 5, 5])
    const w = graph.parameter('w', [3, 2, 3, 3])
    const t = graph.input('t', [3, 3, 3])
    const v = graph.input('v', w.shape)
    const y = sigmoid(conv2d(x, w))
    return { graph, x, w, t, v, y, cost: squaredError(y, t) }
  }
  const wave = (n: number, phase: number): number[] =>
    Array.from({ length: n }, (_, k) => Math.sin(1.3 * k + phase))
  const values = { x: wave(50, 0), w: wave(54, 1), t: wave(27, 2), v: wave(54, 3) }

  it('⟨g, J v⟩ = ⟨Jᵀ g, v⟩', () => {
    const { graph, w, v, y } = network()
    const g = graph.input('g', y.shape)
    const [pushed] = jvp([y], [w], [v])
    const [pulled] = vjp([y], [g], [w])
    const [left, right] = evaluate([sum(mul(g, pushed!)), sum(mul(pulled!, v))], {
      ...values,
      g: wave(27, 4),
    })
    expect(left![0]).toBeCloseTo(right![0]!, 12)
  })

  it('H v is the derivative of the gradient along v', () => {
    const { w, v, cost } = network()
    const [product] = evaluate(hvp(cost, [w], [v]), values)
    const gradient = grad(cost, w)
    const step = 1e-5
    const moved = (sign: number) =>
      evaluate(gradient, {
        ...values,
        w: values.w.map((value, k) => value + sign * step * values.v[k]!),
      })
    const [ahead, behind] = [moved(1), moved(-1)]
    product!.forEach((value, k) => {
      expect(value).toBeCloseTo((ahead[k]! - behind[k]!) / (2 * step), 7)
    })
  })

  it('leaves no trace of its own in the graph’s names', () => {
    const { graph, w, v, y } = network()
    const before = [...graph.named.keys()]
    jvp([y], [w], [v])
    expect([...graph.named.keys()]).toEqual(before)
  })
})

describe('a long chain', () => {
  it('of 100,000 nodes is recorded, differentiated and ordered', () => {
    const graph = new Graph()
    const x = scalar(graph, 'x')
    let node: Node = x
    for (let k = 0; k < 100_000; k++) node = mul(node, k % 2 === 0 ? 2 : 0.5)
    expect(evaluate(grad(node, x), { x: 1 })[0]).toBe(1)
  })

  it('of 100,000 sums has one adjoint, which is that of every sum', () => {
    const graph = new Graph()
    const x = scalar(graph, 'x')
    let node: Node = x
    for (let k = 0; k < 100_000; k++) node = add(node, 1 + (k % 7))
    const dx = grad(node, x)
    expect(graph.adjointOf(dx)).toHaveLength(100_001)
    expect(graph.adjointOf(dx)[0]?.forward).toBe(x)
  })
})
