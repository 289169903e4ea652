// Applications of every op, as the ops' own tests draw them: values, and derivatives of order 1, 2.
import { add, evaluate, grad, mul, type Node, sum, topologicalOrder } from '@backprove/graph'
import fc from 'fast-check'
import { recordInstance } from '../../packages/graph/src/testing/instance.ts'
import { instances, type OpName } from '../../packages/graph/src/testing/instances.ts'

export interface Case {
  readonly title: string
  readonly outputs: Readonly<Record<string, Node>>
  readonly feeds: Readonly<Record<string, Float64Array>>
}

/** Of one op: the value, ∂⟨g, y⟩/∂x for a g that is fed, and once more. */
export function casesOf(name: OpName, count: number, ties: 'first' | 'split'): Case[] {
  const drawn = fc.sample(instances[name], { numRuns: count, seed: 7 })
  return drawn.map((instance, k): Case => {
    const { node, feeds } = recordInstance(instance, k + 1, { ties, reluAtZero: 0.5 })
    const { graph } = node
    const outputs: Record<string, Node> = { y: node }
    const fed: Record<string, Float64Array> = { ...feeds }
    const weigh = (of: Node, called: string): Node => {
      const g = graph.input(called, of.shape)
      fed[called] = Float64Array.from({ length: of.shape.reduce((a, b) => a * b, 1) }, (_, i) =>
        Math.cos(2 * i + called.length),
      )
      return sum(mul(g, of))
    }
    const inputs = topologicalOrder([node]).filter(
      ({ op }) => op.traits?.leaf && op.name === 'input',
    )
    const first = grad(weigh(node, 'g'), inputs)
    first.forEach((dx, i) => {
      outputs[`d${i}`] = dx
    })
    const again = grad(
      first.map((dx, i) => weigh(dx, `h${'h'.repeat(i)}`)).reduce((a, b) => add(a, b)),
      inputs,
    )
    again.forEach((dx, i) => {
      outputs[`dd${i}`] = dx
    })
    return { title: `${name} ${k} ${JSON.stringify(node.params)}`, outputs, feeds: fed }
  })
}

export const expected = ({ outputs, feeds }: Case): Float64Array[] =>
  evaluate(Object.values(outputs), feeds)
