// Terms with the names that the network has for parts of them: e^{z_i} / Σ_k e^{z_k} is a_i, and
// x_i r − μ r is x̂_i where r is 1/√(σ² + ε).

import {
  canonicalKey,
  contains,
  type Polynomial,
  polynomial,
  substitute,
} from '../../arithmetic/polynomial.ts'
import { multiplyRational, rational } from '../../arithmetic/rational.ts'
import type { Variable } from '../../arithmetic/variable.ts'
import {
  type Access,
  type ArrayName,
  multiplyPowers,
  multiplyTerms,
  scaleTerm,
  substituteTerm,
  type Term,
  type Terms,
} from '../../index-terms/terms.ts'

/** A named array, and what an entry of it is. */
export interface Definition {
  readonly array: ArrayName
  readonly index: readonly Variable[]
  readonly terms: Terms
}

interface Match {
  /** What is left of the term. */
  readonly rest: Term
  /** What the letters of the definition stand for. */
  readonly values: ReadonlyMap<Variable, Polynomial>
}

/** Worth a name of its own: more than another array's entry. */
export const isFoldable = ({ terms }: Definition): boolean => {
  const [first, ...others] = terms
  return (
    first !== undefined &&
    terms.length <= 3 &&
    terms.every((t) => t.accesses.length > 0 && t.guards.length + t.equations.length === 0) &&
    (others.length > 0 || first.accesses.length > 1 || first.bound.length > 0)
  )
}

/** Makes the index of one access that of another, where letters of the definition may still vary. */
const unified = (
  pattern: readonly Polynomial[],
  index: readonly Polynomial[],
  values: ReadonlyMap<Variable, Polynomial>,
  letters: ReadonlySet<Variable>,
): ReadonlyMap<Variable, Polynomial> | undefined => {
  const now = new Map(values)
  for (const [axis, wanted] of pattern.entries()) {
    const e = substitute(wanted, now)
    const given = index[axis]!
    if (canonicalKey(e) === canonicalKey(given)) continue
    const open = [...letters].find((v) => !now.has(v) && contains(e, v))
    if (!open || canonicalKey(e) !== canonicalKey(polynomial(open))) return undefined
    now.set(open, given)
  }
  return now
}

/** Every way in which the accesses of a term hold those of a definition's. */
function* matches(
  wanted: readonly Access[],
  accesses: readonly Access[],
  values: ReadonlyMap<Variable, Polynomial>,
  letters: ReadonlySet<Variable>,
): Generator<{ values: ReadonlyMap<Variable, Polynomial>; left: readonly Access[] }> {
  const [first, ...others] = wanted
  if (!first) {
    yield { values, left: accesses }
    return
  }
  for (const [at, access] of accesses.entries()) {
    if (access.array !== first.array) continue
    const found = unified(first.index, access.index, values, letters)
    if (found) yield* matches(others, accesses.toSpliced(at, 1), found, letters)
  }
}

const isBareOf = (p: Polynomial, v: Variable): boolean =>
  canonicalKey(p) === canonicalKey(polynomial(v))

function* matchesIn(pattern: Term, index: readonly Variable[], t: Term): Generator<Match> {
  const letters = new Set([...index, ...pattern.bound])
  for (const { values, left } of matches(pattern.accesses, t.accesses, new Map(), letters)) {
    // A sum of the definition is one of the term, over a letter that stands nowhere else.
    const sums = pattern.bound.map((v) => {
      const value = values.get(v)
      return value && t.bound.find((each) => isBareOf(value, each))
    })
    if (sums.includes(undefined) || new Set(sums).size < sums.length) continue
    const inside = [...left.flatMap((each) => each.index), ...t.guards, ...t.equations]
    const outer = index.flatMap((v) => values.get(v) ?? [])
    if (sums.some((v) => [...inside, ...outer].some((e) => contains(e, v!)))) continue
    if (index.some((v) => !values.has(v))) continue
    const { numerator, denominator } = pattern.coefficient
    const inverse = new Map([...pattern.powers].map(([v, power]) => [v, -power]))
    yield {
      values,
      rest: {
        ...t,
        coefficient: multiplyRational(t.coefficient, rational(denominator, numerator)),
        powers: multiplyPowers(t.powers, inverse),
        bound: t.bound.filter((v) => !sums.includes(v)),
        accesses: left,
      },
    }
  }
}

const read = ({ array, index }: Definition, values: Match['values']): Access => ({
  array,
  index: index.map((v) => values.get(v)!),
})

/** Are two terms the same? Asked of few, for it is a proof. */
const isSame = (a: Term, b: Term, simplified: (terms: Terms) => Terms): boolean =>
  a.accesses.length === b.accesses.length &&
  a.coefficient.numerator === b.coefficient.numerator &&
  a.coefficient.denominator === b.coefficient.denominator &&
  a.accesses.every(({ array }) => b.accesses.some((each) => each.array === array)) &&
  simplified([a, scaleTerm(b, rational(-1))]).length === 0

/** o − o tanh² is told by tanh, and not by an h = o tanh beside a tanh that is left. */
const isTorn = (pattern: Term, { index }: Definition, rest: Term): boolean => {
  const arrays = new Set(pattern.accesses.map(({ array }) => array))
  const holds = pattern.bound.length === 0 && rest.accesses.some(({ array }) => arrays.has(array))
  return holds && matchesIn(pattern, index, rest).next().done === true
}

/** One name put in, if there is one. */
const once = (
  terms: Terms,
  definition: Definition,
  simplified: (terms: Terms) => Terms,
): Terms | undefined => {
  const [pattern, ...others] = [...definition.terms].sort(
    (a, b) => b.accesses.length - a.accesses.length,
  )
  for (const [at, t] of terms.entries())
    for (const { rest, values } of matchesIn(pattern!, definition.index, t)) {
      if (others.length === 0 && isTorn(pattern!, definition, rest)) continue
      const left = terms.toSpliced(at, 1)
      const isWhole = others.every((other) => {
        const wanted = multiplyTerms(rest, substituteTerm(other, values))
        const place = left.findIndex((each) => isSame(wanted, each, simplified))
        if (place >= 0) left.splice(place, 1)
        return place >= 0
      })
      if (!isWhole) continue
      return [...left, { ...rest, accesses: [...rest.accesses, read(definition, values)] }]
    }
  return undefined
}

const mostRounds = 24

/** With every name that makes it shorter, the names nearest to the cost first. */
export const folded = (
  terms: Terms,
  definitions: readonly Definition[],
  simplified: (terms: Terms) => Terms,
): Terms => {
  let now = terms
  for (let round = 0; round < mostRounds; round++) {
    const next = definitions
      .map((definition) => once(now, definition, simplified))
      .find((found) => found !== undefined)
    if (!next) return now
    now = next
  }
  return now
}
