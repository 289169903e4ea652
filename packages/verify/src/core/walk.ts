// Walking the core without knowing its kinds: what stands directly below, and which letters occur.

import type { Guard, Index, Letter, Scalar, Source } from './core.ts'

/** The indices and scalars directly below; `bound` are the letters that it binds. */
export interface Below {
  readonly indices: readonly Index[]
  readonly scalars: readonly Scalar[]
  readonly guards: readonly Guard[]
  readonly tables: readonly Extract<Source, { kind: 'table' }>[]
  readonly bound: readonly Letter[]
}

const nothing: Below = { indices: [], scalars: [], guards: [], tables: [], bound: [] }

export const belowScalar = (s: Scalar): Below => {
  switch (s.kind) {
    case 'number':
      return nothing
    case 'size':
      return { ...nothing, indices: [s.of] }
    case 'read':
      return { ...nothing, indices: s.at, tables: s.from.kind === 'table' ? [s.from] : [] }
    case 'sum':
      return { ...nothing, scalars: s.terms }
    case 'product':
      return { ...nothing, scalars: s.factors }
    case 'quotient':
      return { ...nothing, scalars: [s.above, s.below] }
    case 'power':
      return { ...nothing, scalars: [s.base, s.exponent] }
    case 'apply':
      return { ...nothing, scalars: s.to }
    case 'reduce':
      return {
        ...nothing,
        indices: s.over.flatMap(({ from, to }) => [from ?? [], to ?? []].flat()),
        scalars: [s.body],
        guards: s.when,
        bound: s.over.map(({ letter }) => letter),
      }
    case 'guard':
      return { ...nothing, guards: s.guards }
  }
}

export const belowGuard = (g: Guard): Below => {
  switch (g.kind) {
    case 'indices':
      return { ...nothing, indices: [g.left, g.right] }
    case 'values':
      return { ...nothing, scalars: [g.left, g.right] }
    case 'winner':
      return {
        ...nothing,
        indices: [...g.at, ...g.over.flatMap(({ from, to }) => [from ?? [], to ?? []].flat())],
        scalars: [g.body],
        guards: g.when ?? [],
        bound: g.over.map(({ letter }) => letter),
      }
  }
}

export const belowIndex = (index: Index): readonly Index[] => {
  switch (index.kind) {
    case 'length':
    case 'letter':
      return []
    case 'plus':
      return index.terms
    case 'times':
      return index.factors
    case 'over':
      return [index.above, index.below]
    case 'raised':
      return [index.base, index.exponent]
    case 'choice':
      return index.of
  }
}

export const lettersIn = (index: Index, into: Set<Letter> = new Set()): Set<Letter> => {
  if (index.kind === 'letter') into.add(index.letter)
  for (const part of belowIndex(index)) lettersIn(part, into)
  return into
}

const known = new WeakMap<object, ReadonlySet<Letter>>()

const gathered = (key: object, { indices, scalars, guards, tables, bound }: Below) => {
  const found = known.get(key)
  if (found) return found
  const letters = new Set<Letter>()
  for (const index of indices) lettersIn(index, letters)
  for (const s of scalars) for (const letter of freeLetters(s)) letters.add(letter)
  for (const g of guards) for (const letter of freeLettersOfGuard(g)) letters.add(letter)
  for (const table of tables) for (const letter of freeLettersOfTable(table)) letters.add(letter)
  for (const letter of bound) letters.delete(letter)
  known.set(key, letters)
  return letters
}

export const freeLetters = (s: Scalar): ReadonlySet<Letter> => gathered(s, belowScalar(s))

export const freeLettersOfGuard = (g: Guard): ReadonlySet<Letter> => gathered(g, belowGuard(g))

export const freeLettersOfTable = (table: Extract<Source, { kind: 'table' }>) =>
  gathered(table, {
    ...nothing,
    scalars: [table.body],
    bound: table.axes.map(({ letter }) => letter),
  })

/** The operands of a line that a scalar reads, and a claim's own numbers. */
export const operandsIn = (s: Scalar): readonly string[] => {
  const own = s.kind === 'read' && s.from.kind === 'variable' ? [s.from.name] : []
  const { scalars, guards } = belowScalar(s)
  const inside = [...scalars, ...guards.flatMap((guard) => belowGuard(guard).scalars)]
  return [...new Set([...own, ...inside.flatMap(operandsIn)])]
}
