// Lengths of a reading: numbers, or unknowns that have names. Whether an index may leave its box is
// seen at lengths that the network may have, a few of them.

import { type Polynomial, polynomial, variablesOf } from '../arithmetic/polynomial.ts'
import type { Variable } from '../arithmetic/variable.ts'
import { randomFrom } from '../concrete/domains/random.ts'
import type { SymbolicNetwork } from '../network/symbolic/shapes.ts'

type Point = ReadonlyMap<Variable, number>

export interface Unknowns {
  /** What the unknowns may be; one point without any where all lengths are numbers. */
  readonly points: readonly Point[]
  readonly nameOf: (v: Variable) => string
  /** No letter is called so. */
  readonly names: ReadonlySet<string>
}

export const allKnown: Unknowns = {
  points: [new Map()],
  nameOf: ({ name }) => name,
  names: new Set(),
}

export const valueAt = (p: Polynomial, point: Point): number =>
  [...p.values()].reduce(
    (sum, { coefficient, variables }) =>
      sum + variables.reduce((product, v) => product * (point.get(v) ?? NaN), Number(coefficient)),
    0,
  )

const [count, rounds] = [3, 6] as const

/** Lengths as recorded, and others; undefined where the network is at odds with itself. */
export const unknownsOf = (
  lengths: readonly Polynomial[],
  constraints: readonly Polynomial[],
  { sizes }: SymbolicNetwork,
  /** What the network calls a length, where it has a name. */
  called: ReadonlyMap<Variable, string>,
): Unknowns | undefined => {
  const all = [...new Set([...lengths, ...constraints].flatMap((p) => [...variablesOf(p)]))]
  const recorded = new Map(all.map((v) => [v, sizes.recorded(polynomial(v))] as const))
  const random = randomFrom(0x5be0cd19)
  const isAllowed = (point: Point) => constraints.every((p) => valueAt(p, point) >= 0)
  const points: Point[] = [recorded]
  for (let k = 0; k < count; k++) {
    const point = new Map(recorded)
    for (let round = 0; round < rounds * all.length; round++) {
      const v = all[random() % all.length]!
      const least = v.kind === 'size' ? 1 : 0
      const before = point.get(v)!
      point.set(v, Math.max(least, before + (random() % 11) - 3))
      if (!isAllowed(point)) point.set(v, before)
    }
    points.push(point)
  }
  const names = namesOf(all, called)
  const nameOf = (v: Variable): string => names.get(v) ?? v.name
  return isAllowed(recorded) ? { points, nameOf, names: new Set(names.values()) } : undefined
}

/** Unknowns that are called alike get primes. */
const namesOf = (
  all: readonly Variable[],
  called: ReadonlyMap<Variable, string>,
): ReadonlyMap<Variable, string> => {
  const names = new Map<Variable, string>()
  const taken = new Set<string>()
  for (const v of all) {
    let name = called.get(v) ?? v.name
    while (taken.has(name)) name += "'"
    taken.add(name)
    names.set(v, name)
  }
  return names
}
