// Which bare stars of a claim stand between arrays, so that their reading matters.

import type { Budget } from '../../arithmetic/budget.ts'
import { ConcreteError } from '../../core/errors.ts'
import type { Resolved, ResolvedBinder, ResolvedClaim } from '../../language/resolved.ts'
import { childNodes } from '../../language/walk.ts'
import { recordedLengths } from '../../network/lengths.ts'
import type { Network } from '../../network/network.ts'
import { lower } from '../lower.ts'
import { type Site, withLetter } from '../site.ts'
import { emptySite } from './claim.ts'

/** Ordinals of the bare stars that are no products of numbers. Where in doubt, a star is kept. */
export const bareStars = (claim: ResolvedClaim, network: Network, budget: Budget): number[] => {
  const written = starsIn(claim.operands)
  if (written.length === 0) return []
  const reading = written.map(
    () => ({ mode: 'same', star: 'correlation', kernel: 'right' }) as const,
  )
  // No sum has to end here: only ranks are asked for.
  const lengths = { ...recordedLengths, vary: true }
  const empty = emptySite(claim.operands, { network, budget, reading, lengths })
  const letters = new Set([...claim.free, ...boundIn(claim.operands)])
  const site = [...letters].reduce<Site>((inner, name) => withLetter(inner, name).site, empty)
  return written.filter((star) => !isOfNumbers(star, site)).map(({ ordinal }) => ordinal)
}

type BareStar = Extract<Resolved, { kind: 'star' }> & { readonly ordinal: number }

const starsIn = (nodes: readonly Resolved[]): BareStar[] =>
  nodes.flatMap((node) => [
    ...starsIn(childNodes<Resolved>(node)),
    ...(node.kind === 'star' && node.ordinal !== undefined ? [node as BareStar] : []),
  ])

const isOfNumbers = (star: BareStar, site: Site): boolean =>
  [star.left, star.right].some((side) => {
    try {
      return lower(side, site).kind === 'number'
    } catch (error) {
      if (error instanceof ConcreteError) return false
      throw error
    }
  })

const boundIn = (nodes: readonly Resolved[]): string[] =>
  nodes.flatMap((node) => [
    ...((node as { binders?: readonly ResolvedBinder[] }).binders ?? []).map(({ name }) => name),
    ...boundIn(childNodes<Resolved>(node)),
  ])
