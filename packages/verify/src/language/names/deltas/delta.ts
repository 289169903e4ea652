// Whose error δ is.
import { namesIn } from '../../names-in.ts'
import type { Scope, ScopeName } from '../../resolved.ts'
import type { Claim } from '../../syntax.ts'

/** Pre-activations that are called z, as in most texts; not where z is what an activation makes. */
const preActivation = (scope: Scope): string | undefined =>
  ['z', 'Z'].find((letter) => {
    const own = scope.names.filter(({ base }) => base === letter)
    const isMeant = ({ activates, role }: ScopeName) =>
      !activates && (role !== 'leaf' || !scope.names.some((each) => each.activated))
    return own.some((each) => each.activated || isMeant(each))
  })

/** Not where each is of a layer, z^1 and z^2. */
export const hasOnePreActivation = (scope: Scope): boolean => {
  const base = preActivation(scope)
  return scope.names.some((each) => each.base === base && each.tag === '')
}

/**
 * The letter of the arrays whose errors δ is: z, or what enters the activations where that has one
 * letter. Undefined where the graph does not say.
 */
export const deltaBase = (scope: Scope): string | undefined => {
  const named = preActivation(scope)
  if (named) return named
  const entering = scope.names.filter((each) => each.activated)
  // u_2 beside u_1, without an activation: the output.
  const isOutput = ({ base, predicts, activates }: ScopeName) =>
    predicts !== undefined && !activates && entering.some((each) => each.base === base)
  // a^h_t is no layer.
  const activated = scope.names.filter(
    (each) => (each.activated || isOutput(each)) && !each.tag.includes(','),
  )
  const bases = new Set(activated.map(({ base }) => base))
  if (bases.size === 1) return [...bases][0]
  // a1 is called a^{(1)} too.
  const layered = new Set(activated.filter(({ tag }) => tag !== '').map(({ base }) => base))
  const isOfSeveral = activated.filter(({ tag }) => tag !== '').length > 1
  const isOfAll = activated.every(({ name }) =>
    activated.some((each) => each.name === name && layered.has(each.base)),
  )
  return layered.size === 1 && isOfSeveral && isOfAll ? [...layered][0] : undefined
}

/** Whether it speaks of δ_1, δ^{(l)} or z_1. */
export const isOfLayers = (claim: Claim): boolean =>
  namesIn(claim).some(
    ({ base, subscript, superscript }) => /^[δz]$/.test(base) && (subscript || superscript),
  )
