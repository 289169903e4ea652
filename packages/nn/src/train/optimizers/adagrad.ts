// Adagrad as a recurrence recorded in the graph.
import { add, div, mul, readOptions, sqrt, square, sub } from '@backprove/graph'
import type { Optimizer } from './optimizers.ts'
import {
  checkDecay,
  checkPositive,
  checkRate,
  decayOf,
  describeDecay,
  describeRate,
  lawOf,
  RATE_SYNONYMS,
  type Rate,
  rateAt,
  type WeightDecay,
} from './rate.ts'

/** Options of `adagrad`. */
export interface AdagradOptions {
  /** Default 1e-2. */
  readonly rate?: Rate
  /** Default 1e-10. */
  readonly epsilon?: number
  /** λ in g ← ∂C/∂w + λ w. Default 0. */
  readonly weightDecay?: WeightDecay
}

/** Adagrad (Duchi, Hazan & Singer, 2011): v ← v + g², w ← w − η g/(√v + ε). */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  readOptions('adagrad', options, ['rate', 'epsilon', 'weightDecay'], RATE_SYNONYMS)
  const { rate = 1e-2, epsilon = 1e-10, weightDecay = 0 } = options
  checkRate('adagrad', rate)
  checkPositive('adagrad', { epsilon })
  checkDecay('adagrad', weightDecay)
  const settings = { epsilon, weightDecay: describeDecay(weightDecay) }
  return {
    description: { name: 'adagrad', ...describeRate(rate), ...settings },
    feeds: (step) => ({ rate: rateAt(rate, step) }),
    laws: lawOf(rate),
    update(w, gradient, fed, slot) {
      const lambda = decayOf('adagrad', weightDecay, w.name ?? '')
      const g = lambda === 0 ? gradient : add(gradient, mul(lambda, w))
      const leaf = slot('square')
      const next = add(leaf, square(g))
      const step = mul(fed('rate'), div(g, add(sqrt(next), epsilon)))
      return { next: sub(w, step), slots: [{ leaf, next }] }
    },
  }
}
