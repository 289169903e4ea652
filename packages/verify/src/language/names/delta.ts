// Whose error δ is.
import type { Scope } from '../resolved.ts'
import { has } from './relettered.ts'

/**
 * The letter of the arrays whose errors δ is: z, or what enters the activations where that has one
 * letter. Undefined where the graph does not say.
 */
export const deltaBase = (scope: Scope): string | undefined => {
  const named = ['z', 'Z'].find((base) => has(scope, base))
  if (named) return named
  const bases = new Set(scope.names.filter((each) => each.activated).map(({ base }) => base))
  return bases.size === 1 ? [...bases][0] : undefined
}
