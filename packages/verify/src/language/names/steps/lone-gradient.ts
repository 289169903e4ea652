// ∇J and ∇²J that say nothing of what they are by: the one parameter, where the network has one.
import type { Scope } from '../../resolved.ts'
import { type Claim, ClaimError, type Name, type Span } from '../../syntax.ts'
import { mapped } from '../../walk.ts'
import { tagOf } from '../layer-tags.ts'

/** What ∇ is by until the network is asked. */
const unsaid = '∇'

export const nobody = (span: Span): Name => ({ kind: 'name', base: unsaid, primes: 0, span })

export const needsVariable = (span: Span): ClaimError =>
  new ClaimError('∇ needs below it what is differentiated by: ∇_W C', span)

/** @throws ClaimError where it could be by several */
export const withLoneGradients = (claim: Claim, { names }: Scope): Claim => {
  const parameters = new Map(
    names.filter(({ isParameter }) => isParameter).map((each) => [each.name, each]),
  )
  const [only, ...others] = [...parameters.values()]
  return mapped(claim, (node) => {
    const { kind, base, span } = node as Name
    if (kind !== 'name' || base !== unsaid) return undefined
    if (!only || others.length > 0) throw needsVariable(span)
    const parts = [tagOf(only.tag, span)]
    const tagged = only.tag ? { superscript: { parts, parenthesised: true, span } } : {}
    return { kind, base: only.base, primes: 0, ...tagged, span }
  })
}
