// Laws of sums and products: rewritings of a claim that keep its value, each by an argument of one
// line.

import {
  alphabet,
  bindersIn,
  type Change,
  freeOf,
  isLetter,
  lettersOf,
  shuffled,
  substituted,
  without,
} from './draw/trees.ts'
import type { Relation, Scalar } from './expressions.ts'
import type { Random } from './random.ts'
import { guard, index, letter, number, plus, sum, times } from './scalars.ts'

const renamed = (random: Random, e: Scalar, moves: boolean): Scalar | undefined => {
  if (e.kind !== 'sum') return undefined
  const at = random.below(e.over.length)
  const binder = e.over[at]!
  if (moves && (binder.from || binder.to)) return undefined
  const later = e.over.slice(at + 1)
  if (later.some((b) => b.from || b.to)) return undefined
  const taken = new Set([
    ...freeOf(e.body),
    ...bindersIn(e.body),
    ...e.over.map(({ name }) => name),
  ])
  const to = random.pick(alphabet)
  if (taken.has(to) || bindersIn(e.body).includes(binder.name)) return undefined
  const by = moves ? index(random.pick([0, 1, -1, 2]), [random.pick([1, -1]), to]) : letter(to)
  return {
    ...e,
    over: e.over.map((b, k) => (k === at ? { ...b, name: to } : b)),
    body: substituted(e.body, binder.name, by),
  }
}

export const laws: Readonly<Record<string, Change>> = {
  commute: (random, e) => {
    if (e.kind === 'product') return times(...shuffled(random, e.factors))
    return e.kind === 'addition' ? plus(...shuffled(random, e.terms)) : undefined
  },
  rename: (random, e) => renamed(random, e, false),
  reindex: (random, e) => renamed(random, e, true),
  split: (random, e) => {
    if (e.kind !== 'sum') return undefined
    const at = letter(random.pick(e.over).name)
    const right = index(random.pick([0, 1, 2, 3]))
    const part = (is: Relation): Scalar => ({ ...e, body: times(guard(at, is, right), e.body) })
    return random.chance(0.5) ? plus(part('≤'), part('>')) : plus(part('='), part('≠'))
  },
  halve: (_, e) => plus(times(number(1, 2), e), times(number(1, 2), e)),
  nothing: (_, e) => plus(e, times(number(-1), e), e),
  distribute: (random, e) => {
    if (e.kind !== 'product') return undefined
    const at = e.factors.findIndex(({ kind }) => kind === 'addition')
    const sumOf = e.factors[at]
    if (sumOf?.kind !== 'addition') return undefined
    return plus(
      ...sumOf.terms.map((t) => times(...shuffled(random, [t, ...without(e.factors, at)]))),
    )
  },
  spread: (_, e) =>
    e.kind === 'sum' && e.body.kind === 'addition'
      ? plus(...e.body.terms.map((body) => ({ ...e, body })))
      : undefined,
  /** a Σ_i b = Σ_i a b where a has no i. */
  enter: (_, e) => {
    if (e.kind !== 'product') return undefined
    const at = e.factors.findIndex(({ kind }) => kind === 'sum')
    const inner = e.factors[at]
    if (inner?.kind !== 'sum') return undefined
    const rest = without(e.factors, at)
    const names = new Set(inner.over.map(({ name }) => name))
    if (rest.some((f) => [...freeOf(f)].some((name) => names.has(name)))) return undefined
    return { ...inner, body: times(...rest, inner.body) }
  },
  leave: (random, e) => {
    if (e.kind !== 'sum' || e.body.kind !== 'product') return undefined
    const names = new Set(e.over.map(({ name }) => name))
    const isLoose = (f: Scalar) => ![...freeOf(f)].some((name) => names.has(name))
    const { factors } = e.body
    const at = factors.findIndex(isLoose)
    if (at < 0 || factors.length < 2) return undefined
    const rest = { ...e, body: times(...without(factors, at)) }
    return random.chance(0.5) ? times(factors[at]!, rest) : times(rest, factors[at]!)
  },
  nest: (random, e) => {
    if (e.kind !== 'sum' || e.over.length < 2 || e.over.some((b) => b.from || b.to))
      return undefined
    const [first, ...rest] = shuffled(random, e.over)
    return { kind: 'sum', over: [first!], body: { kind: 'sum', over: rest, body: e.body } }
  },
  flattenSums: (_, e) =>
    e.kind === 'sum' &&
    e.body.kind === 'sum' &&
    new Set([...e.over, ...e.body.over].map((b) => b.name)).size ===
      e.over.length + e.body.over.length
      ? { kind: 'sum', over: [...e.over, ...e.body.over], body: e.body.body }
      : undefined,
  /** f(e) = Σ_m [m = e] f(m). */
  unfold: (random, e) => {
    if (e.kind !== 'entry' || e.at.length === 0) return undefined
    const axis = random.below(e.at.length)
    const name = random.pick(alphabet)
    if (lettersOf(e).has(name)) return undefined
    const at = e.at.map((i, k) => (k === axis ? letter(name) : i))
    return sum(name, times(guard(name, '=', e.at[axis]!), { ...e, at }))
  },
  inside: (random, e) => {
    if (e.kind !== 'entry' || e.at.length === 0 || e.apply) return undefined
    return times(guard(random.pick(e.at), '≥', index(random.pick([1, 0, -1]))), e)
  },
  square: (_, e) => {
    if (e.kind === 'power' && e.exponent === 2) return times(e.base, e.base)
    if (
      e.kind === 'product' &&
      e.factors.length === 2 &&
      JSON.stringify(e.factors[0]) === JSON.stringify(e.factors[1])
    ) {
      return { kind: 'power', base: e.factors[0]!, exponent: 2 }
    }
    return undefined
  },
  /** Where an index ends. */
  bound: (random, e) => {
    if (e.kind !== 'sum') return undefined
    const at = random.below(e.over.length)
    const b = e.over[at]!
    if (b.from || b.to || !isBare(e.body, b.name)) return undefined
    const from = index(random.pick([1, 1, 0, -1]))
    const limits = random.chance(0.5) ? { from } : { from, to: index(random.pick([9, 12])) }
    return { ...e, over: e.over.map((each, k) => (k === at ? { ...each, ...limits } : each)) }
  },
}

/** Whether the body is 0 where the letter is below 1. */
const isBare = (e: Scalar, name: string): boolean => {
  if (e.kind === 'entry') return !e.apply && e.at.some((i) => isLetter(i, name))
  if (e.kind === 'product') return e.factors.some((f) => isBare(f, name))
  return e.kind === 'sum' && !e.over.some((b) => b.name === name) && isBare(e.body, name)
}
