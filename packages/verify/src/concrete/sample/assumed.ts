// The entries of an assumption at a point, and whether they hold there.
import type { Node } from '@backprove/graph'
import { relations } from '../../arithmetic/relations.ts'
import { evaluateClaim } from '../../evaluate/claim.ts'
import type { World } from '../../evaluate/world.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import { statementOf } from '../../lower/claims/claim.ts'
import { type Domain, NearTieError, type Tensor } from '../domains/domain.ts'

export type Leaves<T> = ReadonlyMap<Node, Tensor<T>>

export const leavesOf = <T>({ values }: World<T>): Leaves<T> =>
  new Map([...values].filter(([node]) => node.op.traits?.leaf))

export const withLeaves = <T>(world: World<T>, leaves: Leaves<T>): World<T> => ({
  ...world,
  values: new Map(leaves),
})

/** An assumption about one of its entries, counted from the first or, below 0, from the last. */
export interface OfOneEntry extends ResolvedClaim {
  readonly only: number
}

/** Assumptions are read with a number standing for an array of it: z > 0. */
export const entriesOf = <T>(assumption: ResolvedClaim | OfOneEntry, world: World<T>) => {
  const at = { ...world, values: new Map(world.values) }
  const statement = statementOf(asEquation(assumption), at, 'numbers fill arrays')
  const all = evaluateClaim(statement, at).entries()
  if (!('only' in assumption)) return all
  const one = [...all].at(assumption.only)
  return one ? [one] : []
}

const equations = new WeakMap<ResolvedClaim, ResolvedClaim>()

/** With = in the place of every relation: both sides are compared. */
const asEquation = (assumption: ResolvedClaim): ResolvedClaim => {
  const relations = assumption.relations.map(() => '=' as const)
  const known = equations.get(assumption) ?? { ...assumption, relations }
  equations.set(assumption, known)
  return known
}

/** Values that only rounding tells apart are one; residues are not rounded. */
export const compared = <T>({ compare, stable }: Domain<T>, a: T, b: T): number => {
  try {
    return compare(a, b)
  } catch (error) {
    if (error instanceof NearTieError) return stable ? 0 : Number.NaN
    throw error
  }
}

/** Of every entry of an assumption whether it holds. */
export const heldBy = <T>(assumption: ResolvedClaim, world: World<T>): boolean[] => {
  const found: boolean[] = []
  for (const { link, left, right } of entriesOf(assumption, world)) {
    const holds = relations[assumption.relations[link]!]
    found.push(holds?.(compared(world.domain, left, right)) ?? false)
  }
  return found
}

export const isEquation = ({ relations }: ResolvedClaim): boolean =>
  relations.every((each) => each === '=')
