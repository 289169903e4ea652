// Optimisers as recurrences recorded in the graph: the next value of each parameter and of what the
// optimiser remembers of it, so that forward, backward and update are one program.
import {
  add,
  div,
  mul,
  type Node,
  neg,
  readOptions,
  show,
  sqrt,
  square,
  sub,
} from '@backprove/graph'
import { NetworkError } from '../../layers/errors.ts'
import { withOptimizerHints } from './elsewhere.ts'
import {
  type ClosedForm,
  checkFraction,
  checkPositive,
  RATE_SYNONYMS,
  type Rate,
  ratesOf,
  type WeightDecay,
} from './rate.ts'

/** What an optimiser remembers of one parameter: an array of its shape, starting at 0. */
export interface Slot {
  readonly leaf: Node
  readonly next: Node
}
export interface Update {
  readonly next: Node
  readonly slots: readonly Slot[]
}

/** How a gradient changes a parameter, recorded as graph code. `sgd`, `adam`, … make one. */
export interface Optimizer {
  /** Name and options, for checkpoints: resuming checks that they are the same. */
  readonly description: Readonly<Record<string, unknown>>
  /** The gradients as the updates take them, all of them at once; by default as they are. */
  clip?(gradients: readonly Node[]): readonly Node[]
  /** Numbers fed at a step (from 0), by name; each is an input of one number. */
  feeds(step: number): Readonly<Record<string, number>>
  /** The laws of the fed numbers that follow one, by name; for engines that have no functions. */
  readonly laws?: Readonly<Record<string, ClosedForm>>
  /** `fed` gives the inputs of `feeds`; `slot` makes a remembered array. */
  update(
    parameter: Node,
    gradient: Node,
    fed: (name: string) => Node,
    slot: (name: string) => Node,
  ): Update
}

/** @throws NetworkError where a value is no optimiser, saying how one is made */
export function requireOptimizer(what: string, value: unknown): asserts value is Optimizer {
  if (typeof (value as Optimizer | undefined)?.update === 'function') return
  const named = typeof value === 'function' ? value.name : value
  const isName = typeof named === 'string' && /^[a-z]+$/i.test(named)
  const call = isName ? `; is ${named.toLowerCase()}({ … }) meant?` : ''
  throw new NetworkError(
    `${what}: optimizer is ${show(value)}; it must be one, such as sgd({ rate: 0.2 })${call}`,
  )
}

/** Options of `sgd`. */
export interface SgdOptions {
  readonly rate: Rate
  /** μ in v ← μ v + g. Default 0: no memory. */
  readonly momentum?: number
  /** Look ahead: step along g + μ v instead of v (Sutskever et al., 2013). Default false. */
  readonly nesterov?: boolean
  /** λ in g ← ∂C/∂w + λ w. Default 0. */
  readonly weightDecay?: WeightDecay
}

const SGD_OPTIONS = ['rate', 'momentum', 'nesterov', 'weightDecay'] as const
const ADAM_OPTIONS = ['rate', 'beta1', 'beta2', 'epsilon', 'weightDecay'] as const

/**
 * Gradient descent on the summed cost, as the notes have it: w ← w − η ∂C/∂w; with momentum
 * v ← μ v + g, w ← w − η v.
 */
export function sgd(options: SgdOptions): Optimizer {
  const given = readOptions('sgd', options, SGD_OPTIONS, RATE_SYNONYMS)
  const { rate, momentum = 0, nesterov = false, weightDecay = 0 } = given
  const { description, feeds, laws, withDecay } = ratesOf('sgd', rate as Rate, weightDecay)
  checkFraction('sgd', { momentum })
  if (nesterov && momentum === 0) {
    throw new NetworkError('sgd: nesterov looks ahead along the momentum, which is 0')
  }
  return withOptimizerHints({
    description: description({ momentum, nesterov }),
    ...{ feeds, laws },
    update(w, gradient, fed, slot) {
      const g = withDecay(w, gradient)
      const eta = fed('rate')
      if (momentum === 0) return { next: sub(w, mul(eta, g)), slots: [] }
      const leaf = slot('velocity')
      const next = add(mul(momentum, leaf), g)
      const direction = nesterov ? add(g, mul(momentum, next)) : next
      return { next: sub(w, mul(eta, direction)), slots: [{ leaf, next }] }
    },
  })
}

/** Options of `adam` and `adamw`. */
export interface AdamOptions {
  /** Default 1e-3. */
  readonly rate?: Rate
  readonly beta1?: number
  readonly beta2?: number
  readonly epsilon?: number
  /** Decoupled: w ← w − η λ w beside the step. Default 0 for `adam`, 0.01 for `adamw`. */
  readonly weightDecay?: WeightDecay
}

/**
 * Adam (Kingma & Ba, 2015, algorithm 1): m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
 * w ← w − η m̂/(√v̂ + ε) with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).
 */
export const adam = (options: AdamOptions = {}): Optimizer => adamNamed('adam', options, 0)

/**
 * AdamW (Loshchilov & Hutter, 2019, algorithm 2): Adam, with w ← w − η λ w beside its step. What
 * `adam` does with a `weightDecay`, under the name and with the default λ = 0.01 of its authors.
 */
export const adamw = (options: AdamOptions = {}): Optimizer => adamNamed('adamw', options, 0.01)

function adamNamed(name: string, options: AdamOptions, usualDecay: number): Optimizer {
  readOptions(name, options, ADAM_OPTIONS, { ...RATE_SYNONYMS, betas: 'beta1' })
  const { rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options
  const { weightDecay = usualDecay } = options
  const { description, feeds, laws, decayIn } = ratesOf(name, rate, weightDecay)
  checkFraction(name, { beta1, beta2 })
  checkPositive(name, { epsilon })
  return withOptimizerHints({
    description: description({ beta1, beta2, epsilon }),
    feeds: (step) => ({
      ...feeds(step),
      'adam.mean': 1 / (1 - beta1 ** (step + 1)),
      'adam.square': 1 / (1 - beta2 ** (step + 1)),
    }),
    laws: {
      ...laws,
      'adam.mean': { kind: 'correction', decay: beta1 },
      'adam.square': { kind: 'correction', decay: beta2 },
    },
    update(w, g, fed, slot) {
      const m = slot('m')
      const v = slot('v')
      const nextM = add(mul(beta1, m), mul(1 - beta1, g))
      const nextV = add(mul(beta2, v), mul(1 - beta2, square(g)))
      const root = sqrt(mul(fed('adam.square'), nextV))
      const direction = div(mul(fed('adam.mean'), nextM), add(root, epsilon))
      const eta = fed('rate')
      const decay = decayIn(w)
      const decayed = decay === 0 ? w : sub(w, mul(mul(eta, decay), w))
      const slots = [
        { leaf: m, next: nextM },
        { leaf: v, next: nextV },
      ]
      return { next: add(decayed, neg(mul(eta, direction))), slots }
    },
  })
}
