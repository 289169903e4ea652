// Walking through claims as data, and putting one letter in the place of another.

import type { Binder, Index, IndexAtom, Scalar } from '../expressions.ts'
import type { Random } from '../random.ts'

export const childrenOf = (e: Scalar): readonly Scalar[] => {
  if (e.kind === 'sum') return [e.body]
  if (e.kind === 'product') return e.factors
  if (e.kind === 'addition') return e.terms
  return e.kind === 'power' ? [e.base] : []
}
export const withChildren = (e: Scalar, [first, ...rest]: readonly Scalar[]): Scalar => {
  if (e.kind === 'sum') return { ...e, body: first! }
  if (e.kind === 'product') return { ...e, factors: [first!, ...rest] }
  if (e.kind === 'addition') return { ...e, terms: [first!, ...rest] }
  return e.kind === 'power' ? { ...e, base: first! } : e
}
export const sizeOf = (e: Scalar): number =>
  1 + childrenOf(e).reduce((n, each) => n + sizeOf(each), 0)

export type Change = (random: Random, e: Scalar) => Scalar | undefined

/** The change at a random part at which it can be made. */
export const somewhere = (random: Random, e: Scalar, change: Change): Scalar | undefined => {
  const children = childrenOf(e)
  const own = () => change(random, e)
  if (children.length === 0 || random.chance(0.3)) {
    const changed = own()
    if (changed) return changed
  }
  const start = random.below(Math.max(1, children.length))
  for (const k of children.keys()) {
    const at = (start + k) % children.length
    const changed = somewhere(random, children[at]!, change)
    if (changed)
      return withChildren(
        e,
        children.map((each, other) => (other === at ? changed : each)),
      )
  }
  return own()
}

export const lettersOfIndex = ({ terms }: Index): string[] =>
  terms.flatMap(([, atom]) => (typeof atom === 'string' ? [atom] : lettersOfIndex(atom.of)))

const indicesOf = (e: Scalar): readonly Index[] => {
  if (e.kind === 'entry' || e.kind === 'sign') return e.at
  if (e.kind === 'jacobian') return [...e.at, ...e.place]
  return e.kind === 'guard' ? [e.left, e.right] : []
}

/** Every letter in it, bound ones too. */
export const lettersOf = (e: Scalar): Set<string> =>
  new Set([
    ...indicesOf(e).flatMap(lettersOfIndex),
    ...(e.kind === 'sum'
      ? e.over.flatMap((b) => [
          b.name,
          ...[b.from, b.to].flatMap((i) => (i ? lettersOfIndex(i) : [])),
        ])
      : []),
    ...childrenOf(e).flatMap((each) => [...lettersOf(each)]),
  ])

export const freeOf = (e: Scalar): Set<string> => {
  const found = new Set(indicesOf(e).flatMap(lettersOfIndex))
  for (const child of childrenOf(e)) for (const name of freeOf(child)) found.add(name)
  if (e.kind === 'sum') {
    for (const { name } of e.over) found.delete(name)
    for (const { from, to } of e.over)
      for (const bound of [from, to])
        if (bound) for (const name of lettersOfIndex(bound)) found.add(name)
  }
  return found
}

export const inIndex = (i: Index, name: string, by: Index): Index => {
  let { constant } = i
  const sums = new Map<string, [number, IndexAtom]>()
  const add = (coefficient: number, atom: IndexAtom): void => {
    const key = JSON.stringify(atom)
    const [known] = sums.get(key) ?? [0]
    sums.set(key, [known + coefficient, atom])
  }
  for (const [coefficient, atom] of i.terms) {
    if (typeof atom !== 'string') add(coefficient, { ...atom, of: inIndex(atom.of, name, by) })
    else if (atom !== name) add(coefficient, atom)
    else {
      constant += coefficient * by.constant
      for (const [factor, other] of by.terms) add(coefficient * factor, other)
    }
  }
  return { constant, terms: [...sums.values()].filter(([coefficient]) => coefficient !== 0) }
}

export const mapIndices = (e: Scalar, f: (i: Index) => Index): Scalar => {
  if (e.kind === 'entry' || e.kind === 'sign') return { ...e, at: e.at.map(f) }
  if (e.kind === 'jacobian') return { ...e, at: e.at.map(f), place: e.place.map(f) }
  return e.kind === 'guard' ? { ...e, left: f(e.left), right: f(e.right) } : e
}

/** e with a letter replaced, where no binder of e has one of the letters concerned. */
export const substituted = (e: Scalar, name: string, by: Index): Scalar => {
  const own = mapIndices(e, (i) => inIndex(i, name, by))
  if (own.kind === 'sum' && own.over.some((b) => b.name === name)) return own
  const changed = withChildren(
    own,
    childrenOf(own).map((each) => substituted(each, name, by)),
  )
  if (changed.kind !== 'sum') return changed
  const bound = (i: Index | undefined) => i && inIndex(i, name, by)
  return {
    ...changed,
    over: changed.over.map((b): Binder => {
      const [from, to] = [bound(b.from), bound(b.to)]
      return { name: b.name, ...(from && { from }), ...(to && { to }) }
    }),
  }
}

export const bindersIn = (e: Scalar): string[] => [
  ...(e.kind === 'sum' ? e.over.map(({ name }) => name) : []),
  ...childrenOf(e).flatMap(bindersIn),
]

export const alphabet = [...'ijklmnopqrsuvghxWzt', "i'", "j''"]
export const shuffled = <T>(random: Random, items: readonly T[]): T[] =>
  items
    .map((item) => [random.below(1 << 20), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
export const without = <T>(items: readonly T[], at: number): T[] => items.filter((_, k) => k !== at)

export const isLetter = (i: Index, name: string): boolean =>
  i.constant === 0 && i.terms.length === 1 && i.terms[0]![0] === 1 && i.terms[0]![1] === name
