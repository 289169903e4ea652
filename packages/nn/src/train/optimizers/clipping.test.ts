// Clipping, against its formula in plain numbers on a step whose gradients are known.
import { evaluate, grad, mul, squaredError } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import {
  adam,
  clipByGlobalNorm,
  clipByValue,
  dense,
  type Model,
  network,
  type Optimizer,
  recordStep,
  sgd,
} from '../../index.ts'

const LARGE = 1e25

const modelOf = (scale = 1): Model =>
  network({
    input: [2],
    layers: [dense({ units: 2 })],
    cost: (y, t) => mul(squaredError(y, t), scale),
  })

/** The gradients of all parameters that a step of rate 1 took, one after another. */
function taken(optimizer: Optimizer, feeds: { x: number[]; t: number[] }, scale = 1) {
  const model = modelOf(scale)
  for (const values of Object.values(model.values)) values.fill(0)
  const step = recordStep(model, optimizer, 1)
  const rate = Object.entries(step.feeds(0)).map(([name, value]) => [name, [value]])
  const next = evaluate(
    step.state.map(([, after]) => after),
    { ...model.values, ...feeds, ...Object.fromEntries(rate) },
  )
  // From 0, w − g is −g.
  return next.flatMap((values) => Array.from(values, (value) => 0 - value))
}

// y = 0, so that ∂C/∂b = −t and ∂C/∂w = −t x⊤.
const FEEDS = { x: [2, -1], t: [3, -0.25] }
const RAW = [-6, 3, 0.5, -0.25, -3, 0.25]

describe('clipByValue', () => {
  it('keeps each entry within the limit', () => {
    expect(taken(sgd({ rate: 1 }), FEEDS)).toEqual(RAW)
    expect(taken(clipByValue(sgd({ rate: 1 }), 0.3), FEEDS)).toEqual(
      RAW.map((g) => Math.min(Math.max(g, -0.3), 0.3)),
    )
  })

  it('leaves a NaN to be found', () => {
    const clipped = taken(clipByValue(sgd({ rate: 1 }), 1), { ...FEEDS, t: [Number.NaN, 1] })
    expect(clipped.filter(Number.isNaN)).toHaveLength(3)
  })
})

describe('clipByGlobalNorm', () => {
  const norm = (values: readonly number[]) => Math.hypot(...values)

  it('keeps the norm of all gradients together within the limit, and their direction', () => {
    const clipped = taken(clipByGlobalNorm(sgd({ rate: 1 }), 2), FEEDS)
    expect(norm(clipped)).toBeCloseTo(2, 12)
    clipped.forEach((g, k) => {
      expect(g).toBeCloseTo((2 * RAW[k]!) / norm(RAW), 12)
    })
  })

  it('changes no bit of gradients within it', () => {
    for (const limit of [7.44, 8, 1e3]) {
      expect(norm(RAW)).toBeLessThan(limit)
      expect(taken(clipByGlobalNorm(sgd({ rate: 1 }), limit), FEEDS)).toEqual(RAW)
    }
    const zeros = taken(clipByGlobalNorm(sgd({ rate: 1 }), 1), { x: [0, 0], t: [0, 0] })
    expect(zeros.every((g) => g === 0)).toBe(true)
  })

  it('holds where the squares of the gradients would overflow', () => {
    const scale = LARGE ** 7
    const clipped = taken(clipByGlobalNorm(sgd({ rate: 1 }), 2), FEEDS, scale)
    expect(norm(clipped)).toBeCloseTo(2, 12)
  })

  it('leaves a NaN to be found', () => {
    const feeds = { ...FEEDS, t: [Number.NaN, 1] }
    expect(taken(clipByGlobalNorm(sgd({ rate: 1 }), 1), feeds).some(Number.isNaN)).toBe(true)
  })
})

describe('clipping', () => {
  it('composes, the outer first, and says so in checkpoints', () => {
    const both = clipByValue(clipByGlobalNorm(sgd({ rate: 1 }), 0.5), 1)
    const byValue = RAW.map((g) => Math.min(Math.max(g, -1), 1))
    taken(both, FEEDS).forEach((g, k) => {
      expect(g).toBeCloseTo((0.5 * byValue[k]!) / Math.hypot(...byValue), 12)
    })
    expect(both.description).toMatchObject({
      name: 'sgd',
      clip: [
        { by: 'value', limit: 1 },
        { by: 'global norm', limit: 0.5 },
      ],
    })
  })

  it('adds no parameter, and leaves the gradients of the recording alone', () => {
    const model = modelOf()
    const states = (optimizer: Optimizer) =>
      recordStep(model, optimizer, 3).state.map(([leaf]) => leaf.name)
    expect(states(clipByGlobalNorm(adam(), 1))).toEqual(states(adam()))
    expect(grad(model.cost, [...model.parameters])).toHaveLength(2)
  })

  it('refuses a limit that is none, and what is no optimiser', () => {
    expect(() => clipByValue(adam(), 0)).toThrow('clipByValue: limit is 0; it must be above 0')
    expect(() => clipByGlobalNorm(adam(), Number.NaN)).toThrow('limit is NaN')
    expect(() => clipByValue('adam' as never, 1)).toThrow('optimizer is "adam"')
  })
})
