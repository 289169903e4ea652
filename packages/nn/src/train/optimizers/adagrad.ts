// Adagrad as a recurrence recorded in the graph.
import { add, div, mul, readOptions, sqrt, square, sub } from '@backprove/graph'
import { withOptimizerHints } from './elsewhere.ts'
import type { Optimizer } from './optimizers.ts'
import { checkPositive, RATE_SYNONYMS, type Rate, ratesOf, type WeightDecay } from './rate.ts'

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
  const { description, feeds, laws, withDecay } = ratesOf('adagrad', rate, weightDecay)
  checkPositive('adagrad', { epsilon })
  return withOptimizerHints({
    description: description({ epsilon }),
    ...{ feeds, laws },
    update(w, gradient, fed, slot) {
      const g = withDecay(w, gradient)
      const leaf = slot('square')
      const next = add(leaf, square(g))
      const step = mul(fed('rate'), div(g, add(sqrt(next), epsilon)))
      return { next: sub(w, step), slots: [{ leaf, next }] }
    },
  })
}
