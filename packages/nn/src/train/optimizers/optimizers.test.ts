// Each optimiser against its published recurrence, computed here in plain numbers on a bowl whose
// gradient is known: C = ½ (b − t)², so g = b − t.
import { squaredError } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import type { Dataset, Optimizer } from '../../index.ts'
import {
  adagrad,
  adam,
  adamw,
  dense,
  network,
  rmsprop,
  schedules,
  sgd,
  train,
} from '../../index.ts'

const STEPS = 6

/** The bias after each of six steps, from 0 towards 1: the image is 0, so that y = b. */
async function path(optimizer: Optimizer): Promise<number[]> {
  const model = network({
    input: [1],
    layers: [dense({ units: 1, tag: 'O' })],
    cost: squaredError,
  })
  model.values['w^O']!.fill(0)
  const data: Dataset = {
    ...{ images: new Float32Array(1), labels: new Uint16Array(1) },
    ...{ shape: [1, 1, 1], classes: 1 },
  }
  const values: number[] = []
  for await (const _ of train(model, data, { optimizer, epochs: STEPS })) {
    values.push(model.values['b^O']![0]!)
  }
  return values
}

/** The path of w ← w + change(g), from 0, with g = w − 1. */
function published(change: (g: number, w: number, t: number) => number): number[] {
  let w = 0
  return Array.from({ length: STEPS }, (_, k) => {
    w += change(w - 1, w, k + 1)
    return w
  })
}

/** Training is in float32. */
async function expectPath(optimizer: Optimizer, expected: readonly number[]): Promise<void> {
  const found = await path(optimizer)
  found.forEach((value, k) => {
    expect(Math.abs(value - expected[k]!)).toBeLessThan(3e-7)
  })
}

describe('adagrad', () => {
  it('v ← v + g², w ← w − η g/(√v + ε)', () => {
    let v = 0
    return expectPath(
      adagrad({ rate: 0.3 }),
      published((g) => {
        v += g * g
        return (-0.3 * g) / (Math.sqrt(v) + 1e-10)
      }),
    )
  })
  it('the names of others are hinted at', () => {
    expect(() => adagrad({ lr: 0.1 } as never)).toThrow('is rate meant?')
  })
})

describe('sgd', () => {
  it('w ← w − η g', () =>
    expectPath(
      sgd({ rate: 0.25 }),
      published((g) => -0.25 * g),
    ))

  it('momentum: v ← μ v + g, w ← w − η v', () => {
    let v = 0
    return expectPath(
      sgd({ rate: 0.1, momentum: 0.9 }),
      published((g) => {
        v = 0.9 * v + g
        return -0.1 * v
      }),
    )
  })

  it('Nesterov: w ← w − η (g + μ v)', () => {
    let v = 0
    return expectPath(
      sgd({ rate: 0.1, momentum: 0.9, nesterov: true }),
      published((g) => {
        v = 0.9 * v + g
        return -0.1 * (g + 0.9 * v)
      }),
    )
  })

  it('weight decay: g ← g + λ w', () =>
    expectPath(
      sgd({ rate: 0.1, weightDecay: 0.5 }),
      published((g, w) => -0.1 * (g + 0.5 * w)),
    ))

  it('a schedule gives the rate of each step', () =>
    expectPath(
      sgd({ rate: schedules.step({ rate: 0.4, every: 2, factor: 0.5 }) }),
      published((g, _, t) => -0.4 * 0.5 ** Math.floor((t - 1) / 2) * g),
    ))
})

describe('adam', () => {
  const moments = (beta1: number, beta2: number) => {
    let [m, v] = [0, 0]
    return (g: number, t: number): [mean: number, square: number] => {
      m = beta1 * m + (1 - beta1) * g
      v = beta2 * v + (1 - beta2) * g * g
      return [m / (1 - beta1 ** t), v / (1 - beta2 ** t)]
    }
  }

  it('follows algorithm 1 of Kingma and Ba', () => {
    const next = moments(0.9, 0.999)
    return expectPath(
      adam({ rate: 0.05 }),
      published((g, _, t) => {
        const [m, v] = next(g, t)
        return (-0.05 * m) / (Math.sqrt(v) + 1e-8)
      }),
    )
  })

  it('decays the weights apart from the step, with its own betas', () => {
    const next = moments(0.5, 0.75)
    return expectPath(
      adam({ rate: 0.05, beta1: 0.5, beta2: 0.75, epsilon: 0.1, weightDecay: 0.2 }),
      published((g, w, t) => {
        const [m, v] = next(g, t)
        return (-0.05 * m) / (Math.sqrt(v) + 0.1) - 0.05 * 0.2 * w
      }),
    )
  })
})

describe('adamw', () => {
  it('is Adam with decoupled decay, 0.01 unless told otherwise', async () => {
    const named = adamw({ rate: 0.5, beta1: 0.5 })
    expect(named.description).toMatchObject({ name: 'adamw', weightDecay: 0.01 })
    expect(await path(named)).toEqual(
      await path(adam({ rate: 0.5, beta1: 0.5, weightDecay: 0.01 })),
    )
    expect(await path(named)).not.toEqual(await path(adam({ rate: 0.5, beta1: 0.5 })))
    expect(() => adamw({ beta1: 1 })).toThrow('adamw: beta1 is 1')
  })
})

describe('rmsprop', () => {
  it('v ← ρ v + (1 − ρ) g², w ← w − η g/(√v + ε)', () => {
    let v = 0
    return expectPath(
      rmsprop({ rate: 0.05, decay: 0.9, epsilon: 0.01 }),
      published((g) => {
        v = 0.9 * v + 0.1 * g * g
        return (-0.05 * g) / (Math.sqrt(v) + 0.01)
      }),
    )
  })

  it('centred, with momentum and weight decay', () => {
    let [v, m, u] = [0, 0, 0]
    return expectPath(
      rmsprop({
        ...{ rate: 0.02, decay: 0.5, epsilon: 0.1, momentum: 0.9 },
        ...{ centered: true, weightDecay: 0.25 },
      }),
      published((gradient, w) => {
        const g = gradient + 0.25 * w
        v = 0.5 * v + 0.5 * g * g
        m = 0.5 * m + 0.5 * g
        u = 0.9 * u + g / (Math.sqrt(v - m * m) + 0.1)
        return -0.02 * u
      }),
    )
  })

  it('refuses what it cannot use', () => {
    expect(() => rmsprop({ decay: 1 })).toThrow(
      'rmsprop: decay is 1; it must be 0 or more, below 1',
    )
    expect(() => rmsprop({ rate: '1' as never })).toThrow('rmsprop: rate is "1"')
    expect(() => rmsprop({ centered: 1 as never })).toThrow('centered is 1')
    expect(() => rmsprop({ alpha: 0.9 } as never)).toThrow('there is no option "alpha"')
  })
})

describe('refusals', () => {
  it('names the option, its value and what it may be', () => {
    expect(() => sgd({ rate: -1 })).toThrow(
      'sgd: rate is -1; it must be 0 or more, a finite number',
    )
    expect(() => sgd({ rate: 0.1, momentum: 1 })).toThrow(
      'momentum is 1; it must be 0 or more, below 1',
    )
    expect(() => sgd({ rate: 0.1, nesterov: true })).toThrow('nesterov looks ahead')
    expect(() => sgd({ rate: 0.1, weightDecay: Number.NaN })).toThrow('weightDecay is NaN')
    expect(() => adam({ epsilon: 0 })).toThrow('epsilon is 0')
    expect(() => adam({ beta2: 1 })).toThrow('beta2 is 1')
  })

  it('keeps a record of itself for checkpoints', () => {
    const { description } = sgd({ rate: 0.1 })
    expect(description).toEqual({
      ...{ name: 'sgd', rate: 0.1, momentum: 0, nesterov: false, weightDecay: 0 },
    })
    expect(adam({ rate: (step: number) => 1 / (step + 1) }).description.rate).toBe('schedule')
  })
})
