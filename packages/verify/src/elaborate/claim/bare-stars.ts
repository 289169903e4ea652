// Which bare stars of a claim stand between arrays, so that their reading matters.

import { type Budget, within } from '../../arithmetic/budget.ts'
import { plus, polynomial } from '../../arithmetic/polynomial.ts'
import { freeIndex } from '../../arithmetic/variable.ts'
import { ConcreteError } from '../../core/errors.ts'
import type { Resolved, ResolvedBinder, ResolvedClaim } from '../../language/resolved.ts'
import { childNodes } from '../../language/walk.ts'
import { nodesOf } from '../../network/copy.ts'
import type { Network } from '../../network/network.ts'
import { createFunctions } from '../functions/functions.ts'
import { noIndices, probed, withLetters } from '../letters.ts'
import { createModel } from '../model.ts'
import { symbolicNetwork } from '../sizes/shapes.ts'
import { InapplicableError, UnsupportedError } from '../unsupported.ts'
import { claimValue } from './expression.ts'
import type { ClaimSite } from './site.ts'

const operations = 50_000

/** Ordinals of the bare stars that are no products of numbers. Where in doubt, a star is kept. */
export const bareStars = (claim: ResolvedClaim, network: Network, budget: Budget): number[] => {
  const written = starsIn(claim.operands)
  if (written.length === 0) return []
  const symbolic = symbolicNetwork(nodesOf(network.cost), network.scope.sizes, () => true)
  const functions = createFunctions([], within(budget, operations))
  const view = { atoms: new Set(network.nodes.values()), deltas: new Set(network.nodes.values()) }
  const model = createModel(network.cost, symbolic, functions, { ...view, functions: 'opaque' })
  const reading = { mode: 'same', star: 'correlation', kernel: 'right' } as const
  const site: ClaimSite = {
    ...noIndices,
    model,
    network,
    reading: written.map(() => reading),
    choose: () => 0,
    demand: () => undefined,
    variables: new Map(),
    claim: claim.operands,
  }
  return written.filter((star) => !isOfNumbers(star, claim, site)).map(({ ordinal }) => ordinal)
}

type BareStar = Extract<Resolved, { kind: 'star' }> & { readonly ordinal: number }

const starsIn = (nodes: readonly Resolved[]): BareStar[] =>
  nodes.flatMap((node) => [
    ...starsIn(childNodes<Resolved>(node)),
    ...(node.kind === 'star' && node.ordinal !== undefined ? [node as BareStar] : []),
  ])

const isOfNumbers = (star: BareStar, claim: ResolvedClaim, site: ClaimSite): boolean => {
  const letters = new Set([...claim.free, ...boundIn(claim.operands)])
  const inside = withLetters(
    site,
    [...letters].map((name) => [name, { value: plus(polynomial(freeIndex(name)), 1) }] as const),
  )
  return [star.left, star.right].some((side) => {
    try {
      return probed(inside, (inner) => claimValue(side, inner).kind) === 'number'
    } catch (error) {
      const isUnknown =
        error instanceof UnsupportedError ||
        error instanceof InapplicableError ||
        error instanceof ConcreteError
      if (isUnknown) return false
      throw error
    }
  })
}

const boundIn = (nodes: readonly Resolved[]): string[] =>
  nodes.flatMap((node) => [
    ...((node as { binders?: readonly ResolvedBinder[] }).binders ?? []).map(({ name }) => name),
    ...boundIn(childNodes<Resolved>(node)),
  ])
