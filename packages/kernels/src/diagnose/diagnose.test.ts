// The first NaN or infinity of a program: in forward and backward passes, in what was fed, behind
// the branch of a where, in the next state; by name, entry, formula, inputs and line.
import * as g from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { diagnose } from './diagnose.ts'

const graphWith = (...names: string[]) => {
  const graph = new g.Graph()
  return { graph, leaves: names.map((name) => graph.input(name, [2])) }
}

describe.each(['js', 'wasm'] as const)('%s', (backend) => {
  test('a value forward', () => {
    const { leaves } = graphWith('x', 'y')
    const [x, y] = leaves as [g.Node, g.Node]
    const z = g.sub(x, y).as('z')
    const bad = g.log(z)
    const program = compile({ cost: g.sum(g.square(bad)) }, { backend })
    expect(diagnose(program, { x: [3, 4], y: [1, 2] })).toBeUndefined()
    const found = diagnose(program, { x: [3, 1], y: [1, 2] })!
    expect(found).toMatchObject({
      node: bad,
      value: Number.NaN,
      entry: [2],
      notFinite: 1,
      formula: 'y = log(x)',
      inputs: [{ letter: 'x', name: '"z"', values: [-1], notFinite: 0 }],
      reachesResult: true,
    })
    expect(found.source).toContain('diagnose.test.ts')
    expect(found.message).toContain('"z": −1')
  })

  test('a pole in the derivative', () => {
    const { leaves } = graphWith('x')
    const [x] = leaves as [g.Node]
    const program = compile([g.grad(g.sum(g.sqrt(x)), x)], { backend })
    const found = diagnose(program, { x: [4, 0] })!
    expect(found.value).toBe(Number.POSITIVE_INFINITY)
    expect(found.formula).toBe('y = a / b')
    expect(found.inputs.map(({ values }) => values)).toEqual([[1], [0]])
  })

  test('the branch that a where does not choose', () => {
    const { leaves } = graphWith('x')
    const [x] = leaves as [g.Node]
    const positive = g.greater(x, 0)
    const unsafe = g.grad(g.sum(g.where(positive, g.sqrt(x), 0)), x)
    const found = diagnose(compile([unsafe], { backend }), { x: [4, 0] })!
    expect(found.value).toBeNaN()
    expect(found.behind?.op).toBe(g.ops.where)
    expect(found.message).toContain('where(c, f(where(c, x, 1)), 0)')
    const safe = g.grad(g.sum(g.where(positive, g.sqrt(g.where(positive, x, 1)), 0)), x)
    const program = compile([safe], { backend })
    expect(diagnose(program, { x: [4, 0] })).toBeUndefined()
    expect([...program.run({ x: [4, 0] })[0]!]).toEqual([0.25, 0])
  })

  test('what was fed, and infinities that are meant', () => {
    const { leaves } = graphWith('x', 'y')
    const [x, y] = leaves as [g.Node, g.Node]
    const program = compile([g.add(x, y)], { backend })
    const fed = diagnose(program, { x: [1, Number.NaN], y: [0, 0] })!
    expect(fed.node).toBe(x)
    expect(fed.message).toBe(`"x", entry [2] is NaN: what was fed, recorded at ${x.source}`)
    const infinite = diagnose(program, { x: [1, Number.NEGATIVE_INFINITY], y: [0, 0] })!
    expect(infinite.node.op).toBe(g.ops.add)
    // A logit of −∞ is a mask; the NaN is where two of them meet.
    const difference = compile([g.softmax(x)], { backend })
    const mask = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
    expect(diagnose(difference, { x: mask })!.node.op).toBe(g.ops.softmax)
    expect(diagnose(difference, { x: [mask[0]!, 0] })!.reachesResult).toBe(false)
  })

  test('one that is masked later', () => {
    const { leaves } = graphWith('x')
    const [x] = leaves as [g.Node]
    const program = compile([g.relu(g.log(x))], { backend })
    const found = diagnose(program, { x: [1, -1] })!
    expect(found.node.op).toBe(g.ops.log)
    expect(found.reachesResult).toBe(false)
    expect(found.message).toContain('It reaches no result')
  })

  test('the next state, from the state that the program holds', () => {
    const graph = new g.Graph()
    const w = graph.parameter('w', [2, 1])
    const x = graph.input('x', [1, 3])
    const next = g.div(w, g.sub(g.sum(x), 3))
    const program = compile({ y: g.mul(w, x) }, { backend, state: [[w, next]] })
    program.setState({ w: [0, 5] })
    const found = diagnose(program, { x: [1, 1, 1] })!
    expect(found.node).toBe(next)
    expect([found.value, found.entry]).toEqual([Number.NaN, [1, 1]])
    expect(program.getState()).toEqual({ w: Float32Array.of(0, 5) })
  })

  test('an overflow of float32, in the program’s own type', () => {
    const { leaves } = graphWith('x')
    const [x] = leaves as [g.Node]
    const big = { x: [1, 1e25] }
    expect(diagnose(compile([g.square(x)], { backend }), big)?.value).toBe(Number.POSITIVE_INFINITY)
    expect(diagnose(compile([g.square(x)], { backend, dtype: 'float64' }), big)).toBeUndefined()
  })
})
