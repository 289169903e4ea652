// [x_e = Σ_k [k wins] x(k)] is [e wins], where no two that compete are equal.

import { equal, type Polynomial, polynomial, substitute } from '../../arithmetic/polynomial.ts'
import type { Variable } from '../../arithmetic/variable.ts'
import {
  type Access,
  type ArrayName,
  boxOf,
  type Term,
  type Terms,
  term,
} from '../../index-terms/terms.ts'
import { sameIndex } from './apply.ts'
import type { Contested } from './types.ts'

interface Known {
  readonly contestOf: (mask: ArrayName) => Contested | undefined
  readonly isInside: (access: Access) => boolean
}

/** Of terms whose sum is to be 0: an entry, less the one that wins. Undefined of anything else. */
export const winnerOf = (terms: Terms, known: Known): Terms | undefined => {
  const [one, other] = terms
  if (!one || !other || terms.length > 2) return undefined
  const [entry, best] = one.bound.length === 0 ? [one, other] : [other, one]
  const cell = onlyEntry(entry, known)
  const isOpposite =
    entry.coefficient.numerator === -best.coefficient.numerator &&
    entry.coefficient.denominator === best.coefficient.denominator
  if (!cell || !isOpposite || best.powers.size + best.equations.length > 0) return undefined
  const found = contest(best, known)
  if (!found || found.read.array !== cell.array) return undefined
  const { mask, read } = found
  const won = new Map<Variable, Polynomial>()
  for (const [axis, e] of read.index.entries()) {
    const v = best.bound.find((each) => equal(e, polynomial(each)))
    if (v && !won.has(v)) won.set(v, cell.index[axis]!)
    else if (!equal(e, cell.index[axis]!)) return undefined
  }
  // Every cell competes: each index runs through an axis of the array, and nothing else limits it.
  const { shape } = read.array
  const boxes = best.bound.flatMap((v) => {
    const axis = read.index.findIndex((e) => equal(e, polynomial(v)))
    return axis < 0 ? [] : boxOf([polynomial(v)], [shape[axis]!])
  })
  const isWhole =
    won.size === best.bound.length &&
    best.guards.length === boxes.length &&
    best.guards.every((guard) => boxes.some((each) => equal(each, guard)))
  const index = mask.index.map((e) => substitute(e, won))
  return isWhole ? [term({ accesses: [{ array: mask.array, index }] })] : undefined
}

/** A[e], inside of its box, and nothing else. */
const onlyEntry = (t: Term, { isInside }: Known): Access | undefined => {
  const [access, ...others] = t.accesses
  const isPlain = t.powers.size + t.bound.length + t.guards.length + t.equations.length === 0
  return access && others.length === 0 && isPlain && isInside(access) ? access : undefined
}

/** [k wins] x(k), of the contest of these very entries. */
const contest = ({ accesses }: Term, { contestOf }: Known) => {
  if (accesses.length !== 2) return undefined
  const mask = accesses.find(({ array }) => contestOf(array))
  const read = accesses.find((access) => access !== mask)
  const contested = mask && contestOf(mask.array)
  if (!contested || !read || contested.entry.array !== read.array) return undefined
  const values = new Map(contested.places.map((v, axis) => [v, mask.index[axis]!] as const))
  const competes = contested.entry.index.map((e) => substitute(e, values))
  return sameIndex(competes, read.index) ? { mask, read } : undefined
}
