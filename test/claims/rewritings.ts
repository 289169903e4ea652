// Rewritings that keep the value of a side, each by an argument of one line; and the least damages,
// which should not. Whether a damaged formula is false is for brute force to say.
import type { Random } from '../../packages/verify/src/index-terms/fixtures/random.fixture.ts'
import {
  type Access,
  type Affine,
  affine,
  type Formula,
  isAffine,
  letter,
  mapIndices,
  substituted,
  type Term,
  term,
} from './formulas.ts'
import { product } from './networks.ts'

type Side = readonly Term[]
type Rewrite = (random: Random, side: Side, error: Side | undefined) => Side

const replaceAt = <T>(items: readonly T[], at: number, ...by: readonly T[]): T[] => [
  ...items.slice(0, at),
  ...by,
  ...items.slice(at + 1),
]

/** The side with one of its terms that fit replaced. */
const onTerm =
  (
    fits: (t: Term) => boolean,
    change: (random: Random, t: Term, error: Side | undefined) => Side,
  ): Rewrite =>
  (random, side, error) => {
    const places = [...side.keys()].filter((at) => fits(side[at]!))
    if (places.length === 0) return side
    const at = random.pick(places)
    return replaceAt(side, at, ...change(random, side[at]!, error))
  }

const shuffled = <T>(random: Random, items: readonly T[]): T[] =>
  items
    .map((item) => [random.below(1 << 20), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)

const hasBound = ({ bound }: Term): boolean => bound.length > 0
const scaled = (t: Term, by: number, over = 1): Term => ({
  ...t,
  coefficient: [t.coefficient[0] * by, t.coefficient[1] * over],
})

const fresh = ['q', 'r', 'l', 'm', 'o', 's']

const renamed = (t: Term, from: string, value: Affine, to: string): Term => ({
  ...mapIndices(t, (index) => substituted(index, new Map([[from, value]]))),
  bound: t.bound.map((each) => (each === from ? to : each)),
})

const lettersOf = (t: Term): Set<string> => {
  const found = new Set(t.bound)
  mapIndices(t, (index) => {
    if (isAffine(index)) for (const [, name] of index.terms) found.add(name)
    return index
  })
  return found
}

/** The error by its definition, at the indices of δ, its letters renamed apart. */
const defined = (error: Side, { index }: Access): Side => {
  const values = new Map(['k', 'i', 'j'].map((name, at) => [name, index[at] as Affine]))
  return error.map((t) => mapIndices(t, (each) => substituted(each, values)))
}

/** Where an index leaves the box of δ, its definition need not be 0: σ'(0) is not. */
const isDelta = ({ array, index }: Access): boolean =>
  array === 'δ' && index.every((each) => isAffine(each) && isLetter(each))
const isLetter = ({ terms, constant }: Affine): boolean =>
  terms.length === 1 && terms[0]![0] === 1 && constant === 0

export const rewritings: Readonly<Record<string, Rewrite>> = {
  /** Products and sums commute. */
  commute: (random, side) =>
    shuffled(random, side).map((t) => ({
      ...t,
      bound: shuffled(random, t.bound),
      accesses: shuffled(random, t.accesses),
      guards: shuffled(random, t.guards),
    })),
  /** A bound letter by another, moved or turned: sums run over all integers. */
  reindex: onTerm(hasBound, (random, t) => {
    const used = lettersOf(t)
    const to = random.pick(fresh.filter((name) => !used.has(name)))
    const value = affine(random.pick([0, 0, 1, -1, 2]), [random.pick([1, 1, -1]), to])
    return [renamed(t, random.pick(t.bound), value, to)]
  }),
  /** Σ f = Σ [v ≤ n] f + Σ [v > n] f */
  split: onTerm(hasBound, (random, t) => {
    const left = letter(random.pick(t.bound))
    const right = affine(1 + random.below(3))
    return (['≤', '>'] as const).map((relation) => ({
      ...t,
      guards: [...t.guards, { left, relation, right }],
    }))
  }),
  halve: onTerm(
    () => true,
    (_, t) => [scaled(t, 1, 2), scaled(t, 1, 2)],
  ),
  /** f = f + g − g, with g = f for want of another. */
  addNothing: onTerm(
    () => true,
    (_, t) => [t, scaled(t, 2), scaled(t, -2)],
  ),
  /** δ by what it is. */
  define: onTerm(
    (t) => t.accesses.some(isDelta),
    (_, t, error) => {
      if (!error) return [t]
      const at = t.accesses.findIndex(isDelta)
      const rest = { ...t, accesses: replaceAt(t.accesses, at) }
      return product([rest], defined(error, t.accesses[at]!))
    },
  ),
}

const moved = (random: Random, index: Affine): Affine => ({
  ...index,
  constant: index.constant + random.pick([1, -1]),
})

const onAccess = (
  fits: (a: Access) => boolean,
  change: (random: Random, a: Access) => readonly Access[],
): Rewrite =>
  onTerm(
    (t) => t.accesses.some(fits),
    (random, t) => {
      const at = random.pick([...t.accesses.keys()].filter((each) => fits(t.accesses[each]!)))
      return [{ ...t, accesses: replaceAt(t.accesses, at, ...change(random, t.accesses[at]!)) }]
    },
  )

const alike: Readonly<Record<string, string>> = {
  a: 'z',
  z: 'a',
  t: 'a',
  δ: '∂C/∂a',
  '∂C/∂a': 'δ',
  x: '∂C/∂x',
}

export const damages: Readonly<Record<string, Rewrite>> = {
  'an index moved': onAccess(
    ({ index }) => index.some(isAffine),
    (random, a) => {
      const at = random.pick([...a.index.keys()].filter((each) => isAffine(a.index[each]!)))
      return [{ ...a, index: replaceAt(a.index, at, moved(random, a.index[at] as Affine)) }]
    },
  ),
  'two indices exchanged': onAccess(
    ({ index }) => index.length > 1,
    (random, a) => {
      const at = random.below(a.index.length - 1)
      const [first, second] = [a.index[at]!, a.index[at + 1]!]
      const index = replaceAt(replaceAt(a.index, at, second), at + 1, first)
      return [{ ...a, index }]
    },
  ),
  'another array': onAccess(
    ({ array, applied }) => array in alike && !applied,
    (_, a) => [{ ...a, array: alike[a.array]! }],
  ),
  'a factor left out': onTerm(
    ({ accesses }) => accesses.length > 1,
    (random, t) => [{ ...t, accesses: replaceAt(t.accesses, random.below(t.accesses.length)) }],
  ),
  'a coefficient': onTerm(
    () => true,
    (random, t) => [scaled(t, random.pick([-1, 2, 3]), random.pick([1, 1, 2]))],
  ),
  'a stride': onAccess(
    ({ index }) => index.some((each) => isAffine(each) && each.terms.length > 1),
    (random, a) => {
      const at = a.index.findIndex((each) => isAffine(each) && each.terms.length > 1)
      const { terms, constant } = a.index[at] as Affine
      const which = random.below(terms.length)
      const [coefficient, name] = terms[which]!
      const changed = { terms: replaceAt(terms, which, [coefficient + 1, name] as const), constant }
      return [{ ...a, index: replaceAt(a.index, at, changed) }]
    },
  ),
  'a guard': onTerm(
    ({ guards }) => guards.length > 0,
    (random, t) => {
      const at = random.below(t.guards.length)
      const guard = t.guards[at]!
      const other = { ...guard, right: moved(random, guard.right) }
      return [{ ...t, guards: replaceAt(t.guards, at, ...(random.chance(0.7) ? [other] : [])) }]
    },
  ),
  'a term left out': (random, side) =>
    side.length > 1 ? replaceAt(side, random.below(side.length)) : [...side, term([])],
}

/** The formula in another form, after `steps` rewritings of its right side. */
export const rewritten = (
  random: Random,
  { left, right }: Formula,
  error: Side | undefined,
  steps: number,
): Formula => {
  let side = right
  for (let k = 0; k < steps; k++) {
    const next = random.pick(Object.values(rewritings))(random, side, error)
    if (next.length <= 8) side = next
  }
  return { left, right: side }
}
