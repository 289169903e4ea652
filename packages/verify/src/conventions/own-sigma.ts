// σ of a network without a sigmoid: where no array is called so, authors write it for whatever the
// activation is.
import type { Scope } from '../language/resolved.ts'
import type { Claim, Name } from '../language/syntax.ts'
import { mapped } from '../language/walk.ts'

/** A letter that is read as an activation wherever it stands before parentheses. */
const activation = 'φ'

/** The claim with σ as its layer's activation; undefined where σ is the sigmoid, or not there. */
export const withOwnSigma = (claim: Claim, scope: Scope): Claim | undefined => {
  const isTaken = scope.names.some(({ base }) => base === 'σ' || base === activation)
  if (scope.hasSigmoid || isTaken) return undefined
  const renamed = mapped(claim, (node) => {
    const name = node as Name
    return name.kind === 'name' && name.base === 'σ' ? { ...name, base: activation } : undefined
  })
  return renamed === claim ? undefined : renamed
}
