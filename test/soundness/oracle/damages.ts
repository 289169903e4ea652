// The least damages to a claim, which should make it false; whether they do, brute force says.

import { type Change, inIndex, lettersOfIndex, mapIndices, without } from './draw/trees.ts'
import type { Index, IndexAtom } from './expressions.ts'
import type { Random } from './random.ts'
import { guard, index, letter, number, plus, times } from './scalars.ts'

const nudged = (random: Random, i: Index): Index => {
  const at = random.below(i.terms.length + 1)
  const [coefficient, atom] = i.terms[at] ?? []
  if (coefficient === undefined || random.chance(0.5)) {
    return { ...i, constant: i.constant + random.pick([1, -1]) }
  }
  if (typeof atom === 'object' && random.chance(0.6)) {
    const other: IndexAtom = random.chance(0.5)
      ? { ...atom, round: atom.round === 'floor' ? 'ceil' : 'floor' }
      : { ...atom, of: { ...atom.of, constant: atom.of.constant + random.pick([1, -1]) } }
    return { ...i, terms: i.terms.map((t, k) => (k === at ? [coefficient, other] : t)) }
  }
  const to = random.pick([-coefficient, coefficient + 1])
  return {
    ...i,
    terms: i.terms
      .map((t, k) => (k === at ? [to, t[1]] : t))
      .filter(([c]) => c !== 0) as Index['terms'],
  }
}

export const damages: Readonly<Record<string, Change>> = {
  index: (random, e) => {
    if ((e.kind !== 'entry' && e.kind !== 'sign') || e.at.length === 0) return undefined
    const at = random.below(e.at.length)
    return { ...e, at: e.at.map((i, k) => (k === at ? nudged(random, i) : i)) }
  },
  swap: (random, e) => {
    if (e.kind === 'jacobian') return { ...e, place: e.place.toReversed() }
    if (e.kind !== 'entry' || e.at.length < 2) return undefined
    const at = random.below(e.at.length - 1)
    return { ...e, at: e.at.with(at, e.at[at + 1]!).with(at + 1, e.at[at]!) }
  },
  number: (random, e) =>
    e.kind === 'number'
      ? number(e.value + random.pick([1, -1]), e.over)
      : times(number(random.pick([-1, 2, 3]), random.pick([1, 2])), e),
  guard: (random, e) => {
    if (e.kind === 'sign') return { ...e, is: random.pick(['≥', '<', '≤', '='] as const) }
    if (e.kind !== 'guard') return undefined
    return random.chance(0.5)
      ? { ...e, right: nudged(random, e.right) }
      : { ...e, is: random.pick(['=', '≤', '<', '≥', '>', '≠'] as const) }
  },
  narrow: (random, e) => {
    if (e.kind !== 'entry' || e.at.length === 0) return undefined
    return times(
      guard(
        random.pick(e.at),
        random.pick(['≤', '≥', '≠'] as const),
        index(random.pick([1, 2, 3, 4])),
      ),
      e,
    )
  },
  lose: (random, e) => {
    if (e.kind === 'product' && e.factors.length > 1)
      return times(...without(e.factors, random.below(e.factors.length)))
    if (e.kind === 'addition' && e.terms.length > 1)
      return plus(...without(e.terms, random.below(e.terms.length)))
    return undefined
  },
  /** The bound letter taken for another one. */
  capture: (random, e) => {
    if (e.kind !== 'entry' || e.at.length === 0) return undefined
    const names = e.at.flatMap(lettersOfIndex)
    if (names.length < 2) return undefined
    const [from, to] = [random.pick(names), random.pick(names)]
    return from === to ? undefined : mapIndices(e, (i) => inIndex(i, from, letter(to)))
  },
  function: (_, e) => {
    if (e.kind !== 'entry') return undefined
    const { apply, ...rest } = e
    if (apply === 'σ') return { ...e, apply: "σ'" }
    return apply === "σ'" ? { ...e, apply: 'σ' } : apply ? rest : undefined
  },
  exponent: (_, e) => (e.kind === 'power' ? { ...e, exponent: e.exponent + 1 } : undefined),
}
