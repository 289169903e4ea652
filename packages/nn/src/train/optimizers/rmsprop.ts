// RMSProp as a recurrence recorded in the graph.
import {
  add,
  div,
  maximum,
  mul,
  type Node,
  readOptions,
  show,
  sqrt,
  square,
  sub,
} from '@backprove/graph'
import { NetworkError } from '../../layers/errors.ts'
import { withOptimizerHints } from './elsewhere.ts'
import type { Optimizer, Slot } from './optimizers.ts'
import {
  checkFraction,
  checkPositive,
  RATE_SYNONYMS,
  type Rate,
  ratesOf,
  type WeightDecay,
} from './rate.ts'

/** Options of `rmsprop`. */
export interface RmspropOptions {
  /** Default 1e-2. */
  readonly rate?: Rate
  /** ρ, the share of the old mean of squares. Default 0.99. */
  readonly decay?: number
  /** Default 1e-8. */
  readonly epsilon?: number
  /** μ in u ← μ u + g/(√v + ε). Default 0: no memory. */
  readonly momentum?: number
  /** Divide by √(v − m²) instead, m the running mean (Graves, 2013). Default false. */
  readonly centered?: boolean
  /** λ in g ← ∂C/∂w + λ w. Default 0. */
  readonly weightDecay?: WeightDecay
}

const OPTIONS = ['rate', 'decay', 'epsilon', 'momentum', 'centered', 'weightDecay'] as const

/**
 * RMSProp (Tieleman & Hinton, 2012, lecture 6.5): v ← ρ v + (1−ρ) g², w ← w − η g/(√v + ε). With
 * momentum u ← μ u + g/(√v + ε), w ← w − η u; centred, m ← ρ m + (1−ρ) g and √(v − m²) for √v.
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  readOptions('rmsprop', options, OPTIONS, { ...RATE_SYNONYMS, rho: 'decay', alpha: 'decay' })
  const { rate = 1e-2, decay = 0.99, epsilon = 1e-8, momentum = 0 } = options
  const { centered = false, weightDecay = 0 } = options
  const { description, feeds, laws, withDecay } = ratesOf('rmsprop', rate, weightDecay)
  checkFraction('rmsprop', { decay, momentum })
  checkPositive('rmsprop', { epsilon })
  if (typeof centered !== 'boolean') {
    throw new NetworkError(`rmsprop: centered is ${show(centered)}; it must be true or false`)
  }
  return withOptimizerHints({
    description: description({ decay, epsilon, momentum, centered }),
    ...{ feeds, laws },
    update(w, gradient, fed, slot) {
      const g = withDecay(w, gradient)
      const slots: Slot[] = []
      const remembered = (name: string, next: (before: Node) => Node): Node => {
        const leaf = slot(name)
        const after = next(leaf)
        slots.push({ leaf, next: after })
        return after
      }
      const blend = (old: Node, now: Node): Node => add(mul(decay, old), mul(1 - decay, now))
      const v = remembered('square', (before) => blend(before, square(g)))
      const m = centered ? remembered('mean', (before) => blend(before, g)) : undefined
      // v ≥ m² but for rounding.
      const spread = m ? maximum(sub(v, square(m)), 0) : v
      const scaled = div(g, add(sqrt(spread), epsilon))
      const direction =
        momentum === 0
          ? scaled
          : remembered('velocity', (before) => add(mul(momentum, before), scaled))
      return { next: sub(w, mul(fed('rate'), direction)), slots }
    },
  })
}
