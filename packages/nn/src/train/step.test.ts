// A recorded step: what it feeds and updates, against the optimisers' formulas by hand.
import { evaluate, grad, squaredError } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import {
  adam,
  batchNorm,
  conv,
  dense,
  dropout,
  network,
  type Optimizer,
  recordStep,
  sgd,
  sigmoid,
} from '../index.ts'

const model = () =>
  network({
    input: [1, 3, 3],
    layers: [conv({ filters: 2, kernel: 2 }), sigmoid(), dense({ units: 2 })],
    cost: squaredError,
  })
const x = Float64Array.from({ length: 18 }, (_, k) => Math.sin(k))
const t = [1, 0, 0, 1]

describe('recordStep', () => {
  it('is a step of Adam: the numbers of the schedule correct the first means', () => {
    const net = model()
    const step = recordStep(net, adam({ rate: 0.1 }), 2)
    const leaves = step.state.map(([leaf]) => leaf.name!)
    expect(leaves.filter((name) => !name.includes('.'))).toEqual(
      net.parameters.map(({ name }) => name),
    )
    const zeros = Object.fromEntries(
      step.state.map(([leaf]) => [
        leaf.name!,
        new Float64Array(leaf.shape.reduce((a, b) => a * b, 1)),
      ]),
    )
    const values = { ...zeros, ...net.values, x, t }
    const schedule = Object.fromEntries(
      Object.entries(step.feeds(0)).map(([name, value]) => [name, [value]]),
    )
    const next = evaluate(
      step.state.map(([, after]) => after),
      { ...values, ...schedule },
    )
    const at2 = net.at(2)
    const gradients = evaluate(grad(at2.cost, [...at2.parameters]), { ...net.values, x, t })
    net.parameters.forEach(({ name }, k) => {
      const at = leaves.indexOf(name!)
      // After one step from 0 the corrected means are g and g²: the step is η g / (|g| + ε).
      gradients[k]!.forEach((g, i) => {
        const before = net.values[name!]![i]!
        expect(next[at]![i]).toBeCloseTo(before - (0.1 * g) / (Math.abs(g) + 1e-8), 6)
      })
    })
  })

  it('feeds only the numbers that the step reads', () => {
    const frozen: Optimizer = { ...sgd({ rate: 0.5 }), feeds: () => ({ rate: 0.5, unused: 1 }) }
    expect(recordStep(model(), frozen, 1).feeds(3)).toEqual({ rate: 0.5 })
  })

  it('has the running statistics in its state and the masks beside its batch', () => {
    const net = network({
      input: [1, 3, 3],
      layers: [
        conv({ filters: 2, kernel: 2 }),
        batchNorm(),
        dropout({ rate: 0.5 }),
        dense({ units: 2 }),
      ],
      cost: squaredError,
    })
    const step = recordStep(net, sgd({ rate: 0.1 }), 4)
    expect(step.state).toHaveLength(net.parameters.length + net.statistics.length)
    expect(step.masks.map(({ node, keep }) => [node.shape, keep])).toEqual([[[4, 2, 2, 2], 0.5]])
    expect([step.x.shape, step.t.shape, step.cost.shape]).toEqual([[4, 1, 3, 3], [4, 2], []])
  })
})
