// Whole numbers that indices are made of: a constant and multiples of slots, the letters of loops.

export interface Affine {
  readonly constant: number
  /** By slot; no coefficient is 0. */
  readonly terms: ReadonlyMap<number, number>
}

/** From where to where, both included. */
export interface Range {
  readonly least: number
  readonly most: number
}

export const whole = (constant: number): Affine => ({ constant, terms: new Map() })
export const ofSlot = (slot: number): Affine => ({ constant: 0, terms: new Map([[slot, 1]]) })

export function scaled({ constant, terms }: Affine, by: number): Affine {
  if (by === 0) return whole(0)
  return { constant: constant * by, terms: new Map([...terms].map(([s, n]) => [s, n * by])) }
}

export function plus(a: Affine, b: Affine): Affine {
  const terms = new Map(a.terms)
  for (const [slot, n] of b.terms) {
    const total = (terms.get(slot) ?? 0) + n
    if (total === 0) terms.delete(slot)
    else terms.set(slot, total)
  }
  return { constant: a.constant + b.constant, terms }
}

/** Between which numbers it lies; every slot runs from 1. */
export function rangeOf({ constant, terms }: Affine, mostOf: (slot: number) => number): Range {
  let [least, most] = [constant, constant]
  for (const [slot, n] of terms) {
    const far = n * mostOf(slot)
    least += Math.min(n, far)
    most += Math.max(n, far)
  }
  return { least, most }
}
