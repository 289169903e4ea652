// Denominators inside of sums: Σ_i a_i + Σ_i b_i/s_i is Σ_i (a_i s_i + b_i) · 1/s_i wherever no s_i
// is 0, which the 1/s_i of the second sum excludes as a pole. So every sum over the same range gets
// the factors, until all of them are divided alike.
import {
  canonicalKey,
  equal,
  type Polynomial,
  plus,
  polynomial,
  variablesOf,
} from '../../arithmetic/polynomial.ts'
import { addRational } from '../../arithmetic/rational.ts'
import { boundIndex, type Variable } from '../../arithmetic/variable.ts'
import {
  type Access,
  type ArrayName,
  boxOfAccess,
  type Index,
  substituteTerm,
  type Term,
  type Terms,
  term,
} from '../../index-terms/terms.ts'
import { productOfTerms, wholePower } from '../terms/products.ts'
import { isWithin } from './apply.ts'
import { reciprocal } from './elementary.ts'
import type { Functions } from './types.ts'

const mostTerms = 2000
const mostRounds = 8

interface Place extends Pick<Functions, 'appliedOf' | 'tick'> {
  readonly index: Index
  readonly shape: Index
  /** Whether one array is among what another is made of. */
  readonly isInside: (array: ArrayName, other: ArrayName) => boolean
  /** A factor beside its inverse is 1, and the like. */
  readonly reduced: (terms: Terms) => Terms
}

/** 1/s[e] of one term; at the axes of `runs` its index is a bound variable through the whole axis. */
interface Divisor {
  readonly access: Access
  readonly runs: ReadonlyMap<number, Variable>
  /** The term that it divides. */
  readonly of: Term
}

const isVariable = (e: Polynomial, v: Variable) => equal(e, polynomial(v))

/** Where a bound variable stands alone among the indices: what sums over one thing have in common. */
const standsAt = (t: Term, v: Variable): Set<string> =>
  new Set(
    t.accesses.flatMap(({ array, index }) =>
      index.flatMap((e, axis) => (isVariable(e, v) ? [`${array.id} ${axis}`] : [])),
    ),
  )

const isAtLeast0 = (guard: Polynomial, v: Variable) => isVariable(guard, v)
const isBelow = (guard: Polynomial, v: Variable, length: Polynomial) =>
  equal(plus(guard, v, 1), length)

/** Whether 0 ≤ v < length wherever the term is not 0. */
const isWithinLength = (t: Term, v: Variable, length: Polynomial): boolean =>
  t.accesses.some(({ array, index }) =>
    index.some((e, axis) => isVariable(e, v) && equal(array.shape[axis]!, length)),
  ) ||
  (t.guards.some((guard) => isAtLeast0(guard, v)) &&
    t.guards.some((guard) => isBelow(guard, v, length)))

/** Whether an access stays inside its array wherever a term is not 0. */
export const isWithinOf = (
  t: Term,
  { array, index }: Access,
  known: Pick<Place, 'index' | 'shape'>,
): boolean =>
  index.every((e, axis) => {
    const length = array.shape[axis]!
    const v = t.bound.find((each) => isVariable(e, each))
    if (v) return isWithinLength(t, v, length)
    return isWithin({ array: { ...array, shape: [length] }, index: [e] }, known.index, known.shape)
  })

/** Whether nothing narrows v down but that. */
const runsThrough = (t: Term, v: Variable, length: Polynomial): boolean =>
  isWithinLength(t, v, length) &&
  !t.equations.some((e) => variablesOf(e).has(v)) &&
  t.guards.every((g) => !variablesOf(g).has(v) || isAtLeast0(g, v) || isBelow(g, v, length)) &&
  t.accesses.every(({ array, index }) =>
    index.every(
      (e, axis) =>
        !variablesOf(e).has(v) || (isVariable(e, v) && equal(array.shape[axis]!, length)),
    ),
  )

/** The bound variables of an index; undefined where they stand otherwise than alone. */
const runsOf = ({ index }: Access, t: Term): ReadonlyMap<number, Variable> | undefined => {
  const runs = new Map<number, Variable>()
  for (const [axis, e] of index.entries())
    for (const v of t.bound) {
      if (!variablesOf(e).has(v)) continue
      if (!isVariable(e, v)) return undefined
      runs.set(axis, v)
    }
  return runs
}

const divisorsIn = (terms: Terms, { appliedOf, index, shape }: Place): Divisor[] =>
  terms.flatMap((t) =>
    t.accesses.flatMap((access): Divisor[] => {
      const { array } = access
      if (appliedOf(array)?.function !== reciprocal) return []
      const runs = runsOf(access, t)
      if (!runs) return []
      const isWhole = access.index.every((e, axis) => {
        const v = runs.get(axis)
        const length = array.shape[axis]!
        if (v) return runsThrough(t, v, length)
        return isWithin({ array: { ...array, shape: [length] }, index: [e] }, index, shape)
      })
      return isWhole ? [{ access, runs, of: t }] : []
    }),
  )

/** Another term with its bound variables called as those of the divisor; undefined: it has none. */
const alikeTo = (t: Term, { access, runs, of }: Divisor): Term | undefined => {
  const values = new Map<Variable, Variable>()
  for (const [axis, v] of runs) {
    const length = access.array.shape[axis]!
    const wanted = standsAt(of, v)
    const shared = (w: Variable) => [...standsAt(t, w)].filter((each) => wanted.has(each)).length
    const [best] = t.bound
      .filter((w) => !values.has(w) && isWithinLength(t, w, length))
      .toSorted((x, y) => shared(y) - shared(x))
    if (!best) return undefined
    values.set(best, v)
  }
  const apart = new Map(t.bound.map((w) => [w, values.get(w) ?? boundIndex(w.name)] as const))
  const renamed = substituteTerm(t, new Map([...apart].map(([w, v]) => [w, polynomial(v)])))
  return { ...renamed, bound: [...apart.values()] }
}

const spelled = (t: Term): string => {
  const accesses = t.accesses.map(({ array, index }) =>
    [array.id, ...index.map(canonicalKey)].join(),
  )
  const powers = [...t.powers].map(([v, n]) => `${v.id}^${n}`)
  const conditions = [t.guards, t.equations].map((all) => all.map(canonicalKey).sort().join())
  const bound = t.bound.map(({ id }) => id).sort((x, y) => x - y)
  return [accesses.sort().join(';'), powers.sort().join(), ...conditions, bound.join()].join('|')
}

/** Without the guards that are said twice, or by an array that is 0 outside its box. */
const withoutIdleGuards = (t: Term): Term => {
  const boxes = t.accesses.flatMap(boxOfAccess)
  const said = new Set(boxes.map(canonicalKey))
  const guards = new Map(t.guards.map((guard) => [canonicalKey(guard), guard]))
  return { ...t, guards: [...guards].flatMap(([key, guard]) => (said.has(key) ? [] : [guard])) }
}

/** Terms that are alike added. */
const gathered = (terms: Terms): Term[] => {
  const found = new Map<string, Term>()
  for (const each of terms) {
    const t = withoutIdleGuards(each)
    const key = spelled(t)
    const before = found.get(key)
    const coefficient = before ? addRational(before.coefficient, t.coefficient) : t.coefficient
    found.set(key, { ...t, coefficient })
  }
  return [...found.values()].filter((t) => t.coefficient.numerator !== 0n)
}

const countAt = (t: Term, array: Access['array'], index: Index): number =>
  t.accesses.filter(
    (other) => other.array === array && other.index.every((e, axis) => equal(e, index[axis]!)),
  ).length

/** How a divisor is told from others: by its array and what its index is but for bound variables. */
const keyOf = ({ access: { array, index }, runs }: Divisor): string =>
  [array.id, ...index.map((e, axis) => (runs.has(axis) ? '' : canonicalKey(e)))].join('|')

/** Every sum over a range that some 1/s runs through has the factor 1/s; undefined: none has. */
export const dividedAlike = (given: Terms, place: Place): Terms | undefined => {
  const done = new Set<string>()
  let terms: Terms = gathered(given)
  for (let round = 0; round < mostRounds; round++) {
    const divisors = divisorsIn(terms, place).filter((each) => !done.has(keyOf(each)))
    const divisor = divisors.find(
      ({ access: { array } }) =>
        !divisors.some((other) => place.isInside(array, other.access.array)),
    )
    if (!divisor) break
    done.add(keyOf(divisor))
    const { array, index } = divisor.access
    const one = productOfTerms(
      [term({ accesses: [divisor.access] })],
      place.appliedOf(array)!.argument.at(index),
    )
    const alike = terms.map((t) => alikeTo(t, divisor))
    const most = Math.max(...alike.map((t) => (t ? countAt(t, array, index) : 0)))
    const multiplied = terms.flatMap((t, at) => {
      const renamed = alike[at]
      if (!renamed) return [t]
      const product = productOfTerms(
        [renamed],
        wholePower(one, most - countAt(renamed, array, index)),
      )
      place.tick(product.length)
      return product
    })
    if (multiplied.length > mostTerms) return undefined
    terms = gathered(place.reduced(multiplied))
  }
  return done.size > 0 ? terms : undefined
}
