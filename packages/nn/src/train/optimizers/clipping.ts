// Gradient clipping: an optimiser that sees the gradients kept within bounds, by value or by the
// norm of all of them together.
import {
  abs,
  add,
  clamp,
  div,
  max,
  maximum,
  mul,
  type Node,
  sqrt,
  square,
  sum,
} from '@backprove/graph'
import { withOptimizerHints } from './elsewhere.ts'
import { type Optimizer, requireOptimizer } from './optimizers.ts'
import { checkPositive } from './rate.ts'

/**
 * `clipByValue(adam(), 0.5)`: the optimiser, given min(max(g, −limit), limit) for each entry of
 * every gradient. A NaN stays one.
 */
export function clipByValue(optimizer: Optimizer, limit: number): Optimizer {
  requireOptimizer('clipByValue', optimizer)
  checkPositive('clipByValue', { limit })
  return clipped(optimizer, { by: 'value', limit }, (gradients) =>
    gradients.map((g) => clamp(g, -limit, limit)),
  )
}

/**
 * `clipByGlobalNorm(sgd({ rate: 0.1 }), 1)`: the optimiser, given g · limit/max(‖g‖, limit), where
 * ‖g‖ = √Σ g² is over the gradients of all parameters (Pascanu et al., 2013, algorithm 1): their
 * direction stays. Gradients within the limit are unchanged, to the bit.
 */
export function clipByGlobalNorm(optimizer: Optimizer, limit: number): Optimizer {
  requireOptimizer('clipByGlobalNorm', optimizer)
  checkPositive('clipByGlobalNorm', { limit })
  return clipped(optimizer, { by: 'global norm', limit }, (gradients) => {
    // With s = max(limit, |g|₁, |g|₂, …) the squares of g/s do not overflow, and
    // limit/max(‖g‖, limit) = q/max(‖g/s‖, q) where q = limit/s.
    const largest = gradients.map((g) => max(abs(g))).reduce((a, b) => maximum(a, b))
    const s = maximum(largest, limit)
    const q = div(limit, s)
    const squares = gradients.map((g) => sum(square(div(g, s))))
    const norm = sqrt(squares.reduce((a, b) => add(a, b)))
    const scale = div(q, maximum(norm, q))
    return gradients.map((g) => mul(g, scale))
  })
}

/** The outer clipping comes first, as functions do. */
function clipped(
  optimizer: Optimizer,
  clip: { readonly by: string; readonly limit: number },
  map: (gradients: readonly Node[]) => readonly Node[],
): Optimizer {
  const { description } = optimizer
  const inner = (description.clip as readonly unknown[] | undefined) ?? []
  return withOptimizerHints({
    ...optimizer,
    description: { ...description, clip: [clip, ...inner] },
    clip: (gradients) => {
      const bounded = gradients.length === 0 ? gradients : map(gradients)
      return optimizer.clip?.(bounded) ?? bounded
    },
  })
}
