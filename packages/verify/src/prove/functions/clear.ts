// Denominators cleared: a = b holds wherever s a = s b does and s is not 0, which proofs exclude as
// a pole. What 1/s is a factor of loses it, what it is not is multiplied by s. That s is not 0
// everywhere must be known: (x − x)/(x − x) = 5 is nowhere true.

import {
  canonicalKey,
  constantValue,
  negate,
  type Polynomial,
  polynomial,
  splitAt,
  substitute,
} from '../../arithmetic/polynomial.ts'
import { rational } from '../../arithmetic/rational.ts'
import { freeIndex, type Variable } from '../../arithmetic/variable.ts'
import { scaleTerms } from '../../index-terms/fields.ts'
import {
  type Access,
  type ArrayName,
  type Field,
  type Index,
  mapExpressions,
  substituteTerm,
  type Term,
  type Terms,
} from '../../index-terms/terms.ts'
import { plainArray } from '../terms/plain.ts'
import { productOfTerms, wholePower } from '../terms/products.ts'
import { isWithin } from './apply.ts'
import { createCases } from './cases.ts'
import { dividedAlike, isWithinOf } from './clear-sums.ts'
import { elementary, positive, reciprocal, vanishing } from './elementary.ts'
import type { Functions, ScalarFunction } from './types.ts'

const mostTerms = 2000
const mostRounds = 8

/** Where the terms are read, and what arrays are functions of. */
interface Place extends Pick<Functions, 'appliedOf' | 'apply' | 'contestOf'> {
  readonly index: Index
  readonly shape: Index
  /** Whether one array is among what another is made of. */
  readonly isInside: (array: ArrayName, other: ArrayName) => boolean
}

const placeOf = ({ array, index }: Access): string =>
  [array.id, ...index.map(canonicalKey)].join('|')

/** How many times the term has the factor, and the term without it. */
const without = (t: Term, place: string): { readonly count: number; readonly rest: Term } => {
  const accesses = t.accesses.filter((access) => placeOf(access) !== place)
  return { count: t.accesses.length - accesses.length, rest: { ...t, accesses } }
}

/** Σ_k [k = e] f(k) is f(e), as derivatives leave it. */
const solved = (t: Term): Term => {
  for (const [at, equation] of t.equations.entries()) {
    for (const v of t.bound) {
      const { coefficient, rest } = splitAt(equation, v)
      const sign = constantValue(coefficient)
      if (sign !== 1n && sign !== -1n) continue
      const value = new Map([[v, sign === 1n ? negate(rest) : rest]])
      const bound = t.bound.filter((other) => other !== v)
      const open = { ...t, bound, equations: t.equations.toSpliced(at, 1) }
      return solved(mapExpressions(open, (p) => substitute(p, value)))
    }
  }
  return t
}

/** The accesses without the first at each of these places. */
const dropped = (t: Term, ...places: readonly string[]): Term => {
  const accesses = [...t.accesses]
  for (const place of places)
    accesses.splice(
      accesses.findIndex((access) => placeOf(access) === place),
      1,
    )
  return { ...t, accesses }
}

/** A[e] · (1/A)[e] is 1 inside the box. */
const cancelled = (t: Term, known: Place): Term => {
  for (const access of t.accesses) {
    const { array, index } = access
    const applied = known.appliedOf(array)
    const of = applied?.function === reciprocal ? plainArray(applied.argument) : undefined
    const other = of && placeOf({ array: of, index })
    if (!other || of.shape.length !== index.length) continue
    if (t.accesses.every((access) => placeOf(access) !== other)) continue
    const rest = dropped(t, other, placeOf(access))
    if (isWithinOf(rest, access, known)) return cancelled(rest, known)
  }
  return t
}

/** Functions that are written otherwise here; where there is none, nothing is. */
const isRewritten: ReadonlySet<ScalarFunction | undefined> = new Set([
  reciprocal,
  positive,
  vanishing,
  elementary.abs,
  elementary.sign,
  elementary.cos,
  elementary['√'],
])

const isMask = (array: ArrayName, { appliedOf, contestOf }: Place): boolean => {
  const f = appliedOf(array)?.function
  return f === vanishing || f === positive || contestOf(array) !== undefined
}

/** √f √f is f, cos² is 1 − sin², [f] [f] is [f], and a factor beside its inverse is 1. */
const reduced = (all: Terms, known: Place): Terms =>
  all.flatMap((each): Terms => {
    const { appliedOf, apply } = known
    const t = cancelled(each, known)
    const isTwice = (access: Access) => without(t, placeOf(access)).count >= 2
    const mask = t.accesses.find((access) => isMask(access.array, known) && isTwice(access))
    if (mask) return reduced([dropped(t, placeOf(mask))], known)
    const twice = (f: ScalarFunction) =>
      t.accesses.find(
        (access) =>
          appliedOf(access.array)?.function === f &&
          isWithin(access, known.index, known.shape) &&
          isTwice(access),
      )
    const cosine = twice(elementary.cos)
    if (cosine) {
      const rest = dropped(t, placeOf(cosine), placeOf(cosine))
      const sine = apply(elementary.sin, appliedOf(cosine.array)!.argument).at(cosine.index)
      const square = scaleTerms(productOfTerms(sine, sine), rational(-1))
      return reduced([rest, ...productOfTerms([rest], square)], known)
    }
    const root = twice(elementary['√'])
    if (!root) return [t]
    const rest = dropped(t, placeOf(root), placeOf(root))
    const inside = appliedOf(root.array)!.argument.at(root.index)
    return reduced(productOfTerms([rest], inside), known)
  })

/** Whether one array is among what another is made of; what that is, is looked up once. */
const insideOf = ({ appliedOf }: Pick<Place, 'appliedOf'>) => {
  const made = new Map<ArrayName, ReadonlySet<ArrayName>>()
  const arraysOf = (array: ArrayName): ReadonlySet<ArrayName> => {
    const known = made.get(array)
    if (known) return known
    const argument = appliedOf(array)?.argument
    const terms = argument?.at(argument.shape.map(() => polynomial(freeIndex('t')))) ?? []
    const direct = new Set(terms.flatMap(({ accesses }) => accesses.map((each) => each.array)))
    const all = new Set([...direct].flatMap((each) => [each, ...arraysOf(each)]))
    made.set(array, all)
    return all
  }
  const isInside = (array: ArrayName, other: ArrayName): boolean => arraysOf(other).has(array)
  /**
   * Whether an array is among what terms divide by. Where a quotient is guarded, by [s ≠ 0], that s
   * may be 0: there s (1/s) is not 1 and [s = 0] s is not 0, so that only one of both may be used.
   */
  const dividing = (all: ReadonlySet<ArrayName>) => {
    const inverses = [...all].filter((each) => appliedOf(each)?.function === reciprocal)
    return (array: ArrayName): boolean => inverses.some((each) => isInside(array, each))
  }
  const allIn = (terms: Terms): ReadonlySet<ArrayName> => {
    const direct = terms.flatMap(({ accesses }) => accesses.map(({ array }) => array))
    return new Set(direct.flatMap((each) => [each, ...arraysOf(each)]))
  }
  return { isInside, dividing, allIn }
}

/** A factor 1/s at one place that is inside the box wherever the index is: the outermost. */
const denominatorIn = (terms: Terms, known: Place) => {
  const found = new Map<string, Access>()
  for (const t of terms)
    for (const access of t.accesses)
      if (known.appliedOf(access.array)?.function === reciprocal) found.set(placeOf(access), access)
  const all = [...found.values()]
  return all.find(
    (access) =>
      isWithin(access, known.index, known.shape) &&
      !all.some((other) => other !== access && known.isInside(access.array, other.array)),
  )
}

/** left − right, times what it is divided by; undefined where there is nothing to clear. */
export const cleared = (
  left: Field,
  right: Field,
  {
    appliedOf,
    apply,
    contestOf,
    tick,
  }: Pick<Functions, 'appliedOf' | 'apply' | 'contestOf' | 'tick'>,
  /** Equal winners are left out. */
  isApart: boolean,
  variables: readonly Variable[],
): Field | undefined => {
  const { shape } = left
  const index = variables.map(polynomial)
  const { isInside, dividing, allIn } = insideOf({ appliedOf })
  const known: Place = { appliedOf, apply, contestOf, index, shape, isInside }
  const start = [...left.at(index), ...scaleTerms(right.at(index), rational(-1))].map(solved)
  const all = allIn(start)
  const isOfUse = (array: ArrayName) =>
    isRewritten.has(appliedOf(array)?.function) || contestOf(array) !== undefined
  if (![...all].some(isOfUse)) return undefined
  const isDivided = dividing(all)
  const cases = createCases({ appliedOf, apply, contestOf, tick, isApart, isDivided })
  let terms = reduced(cases.expanded(start, { shape, places: index }), known)
  let changed = terms.length < start.length || terms.some((t) => !start.includes(t))
  for (let round = 0; round < mostRounds; round++) {
    const factor = denominatorIn(terms, known)
    if (!factor) break
    changed = true
    const place = placeOf(factor)
    const split = terms.map((t) => without(t, place))
    const most = Math.max(...split.map(({ count }) => count))
    const divisor = known.appliedOf(factor.array)!.argument.at(factor.index)
    const multiplied: Term[] = []
    for (const { count, rest } of split) {
      const product = productOfTerms([rest], wholePower(divisor, most - count))
      tick(product.length)
      multiplied.push(...product)
      // Sums written out, over one another: nobody proves what so many terms say.
      if (multiplied.length > mostTerms) return undefined
    }
    terms = reduced(cases.reduced(multiplied, { shape, places: index }), known)
  }
  const alike = dividedAlike(terms, {
    ...known,
    tick,
    reduced: (all) => reduced(all, known),
  })
  if (!changed && !alike) return undefined
  terms = alike ?? terms
  const at = (given: Index): Terms => {
    const values = new Map<Variable, Polynomial>(variables.map((v, axis) => [v, given[axis]!]))
    return terms.map((t) => substituteTerm(t, values))
  }
  return { shape, at }
}
