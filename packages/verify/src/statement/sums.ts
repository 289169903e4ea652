// Where sums without a range end: in two places, nowhere, or at the recorded lengths alone.
import { BudgetExceeded } from '../arithmetic/budget.ts'
import { ConcreteError, EndlessError } from '../core/errors.ts'
import { letterReads } from '../language/letter-reads.ts'
import type { Resolved, ResolvedBinder, ResolvedClaim } from '../language/resolved.ts'
import { ClaimError } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'
import { type Given, lowerClaim } from '../lower/claims/claim.ts'
import type { Network } from '../network/network.ts'
import { sizesOf } from '../network/sizes.ts'

export type RangeOptions = Omit<Given, 'network'>

/** By how much lengths are moved apart, by their place. */
export const apart: readonly ((place: number) => number)[] = [
  (place) => 2 + (place % 3),
  (place) => 4 - (place % 3),
  // Far apart, for what is read a few places on: a_k beside t_{k+2}.
  (place) => (place % 2 === 0 ? 1 : 7),
  (place) => (place % 2 === 0 ? 7 : 1),
  (place) => (place % 3 === 0 ? 1 : 6),
  (place) => (place % 3 === 0 ? 6 : 1),
]

/** Letters of sums without both limits that are read under functions. */
export const looseLetters = (operands: readonly Resolved[]): readonly string[] => {
  const found = new Set<string>()
  const visit = (node: Resolved): void => {
    if (node.kind === 'reduction')
      for (const { name, lower, upper } of node.binders as readonly ResolvedBinder[]) {
        const isLoose = !lower || !upper
        if (isLoose && letterReads(name, node.body).some(({ bounds }) => !bounds)) found.add(name)
      }
    childNodes<Resolved>(node).forEach(visit)
  }
  operands.forEach(visit)
  return [...found]
}

/** What compiling says of sums: that they do not end, or end in two places. */
const sumsOf = (
  claim: ResolvedClaim,
  network: Network,
  options: RangeOptions,
): 'settled' | 'unsettled' => {
  let found: 'settled' | 'unsettled' = 'settled'
  const unsettled = () => {
    found = 'unsettled'
  }
  try {
    lowerClaim(claim, { network, ...options, unsettled })
  } catch (error) {
    if (error instanceof EndlessError) throw new ClaimError(error.message, error.span)
    if (!(error instanceof ConcreteError || error instanceof BudgetExceeded)) throw error
  }
  return found
}

/** Whether a sum ends in two places there, with its factors and under functions, and not here. */
export const endsTwice = (claim: ResolvedClaim, here: Network, options: RangeOptions) => {
  if (looseLetters(claim.operands).length === 0) return () => false
  const isUnsettled = (at: Network): boolean => {
    try {
      return sumsOf(claim, at, options) === 'unsettled'
    } catch (error) {
      if (error instanceof ClaimError) return true
      throw error
    }
  }
  return isUnsettled(here) ? () => false : isUnsettled
}

/** Of sums: whether they end in two places somewhere, or at the recorded lengths alone. */
export const sumsSeen = (
  claim: ResolvedClaim,
  network: Network,
  options: RangeOptions,
): { readonly differ: boolean; readonly isHere: boolean } => {
  if (sumsOf(claim, network, options) === 'unsettled') return { differ: true, isHere: false }
  if (looseLetters(claim.operands).length === 0) return { differ: false, isHere: false }
  const { free, at } = sizesOf(network, 'ones vary')
  for (const move of apart) {
    const other = at(free.map((_, place) => move(place)))
    try {
      if (other && sumsOf(claim, other, options) === 'unsettled')
        return { differ: true, isHere: false }
    } catch (error) {
      // Two axes that are as long as each other where they were recorded.
      if (error instanceof ClaimError) return { differ: false, isHere: true }
      throw error
    }
  }
  return { differ: false, isHere: false }
}

export const hasSums = (operands: readonly Resolved[]): boolean =>
  operands.some((node) => node.kind === 'reduction' || hasSums(childNodes<Resolved>(node)))
