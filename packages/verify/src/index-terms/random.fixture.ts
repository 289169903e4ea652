// For tests: random sums of terms, rewritings that keep their value, and the least mutations that
// should not. The judge of both is brute force, never the generator.

import {
  minus,
  negate,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../arithmetic/polynomial.ts'
import { rational } from '../arithmetic/rational.ts'
import { boundIndex, freeIndex, parameter, size, type Variable } from '../arithmetic/variable.ts'
import {
  type ArrayName,
  boxOf,
  type Context,
  declareArray,
  renameApart,
  scaleTerm,
  substituteTerm,
  type Term,
  term,
} from './terms.ts'

export interface Random {
  /** An integer from 0 to below n. */
  readonly below: (n: number) => number
  readonly pick: <T>(items: readonly T[]) => T
  readonly chance: (probability: number) => boolean
}

/** A 32-bit generator (mulberry32): good enough to choose test cases, and repeatable. */
export const seededRandom = (seed: number): Random => {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number) => Math.floor(next() * n)
  return {
    below,
    pick: (items) => items[below(items.length)]!,
    chance: (probability) => next() < probability,
  }
}

export interface Pair {
  readonly left: readonly Term[]
  readonly right: readonly Term[]
  readonly context: Context
  readonly equalByConstruction: boolean
  /** The right side once more mutated: a false statement near a true one. */
  readonly mutant: readonly Term[]
}

/** The letters of one case: two sizes, a parameter, a free index in a box, a few arrays. */
interface Alphabet {
  readonly sizes: readonly Variable[]
  readonly constants: readonly Variable[]
  readonly free: Variable
  readonly arrays: readonly ArrayName[]
  readonly context: Context
}

const alphabet = (random: Random): Alphabet => {
  const [n, m, p, t] = [size('n'), size('m'), parameter('p'), freeIndex('t')]
  const lengths: readonly Polynomial[] = [
    polynomial(n),
    polynomial(m),
    minus(plus(n, m), 1),
    times(n, m),
    times(2, n),
    plus(n, p),
    polynomial(3),
  ]
  const arrays = [0, 1, 2].map((i) =>
    declareArray(
      `A${i}`,
      Array.from({ length: random.pick([1, 1, 2]) }, () => random.pick(lengths)),
    ),
  )
  const box = boxOf([polynomial(t)], [random.pick(lengths)])
  const assumptions = random.chance(0.3)
    ? [random.pick([minus(n, m), minus(m, 2), minus(n, 1, p)])]
    : []
  return {
    sizes: [n, m],
    constants: [n, m, p],
    free: t,
    arrays,
    context: { constraints: [...assumptions, ...box] },
  }
}

/** A small affine expression; its indices come from those given. */
const expression = (
  random: Random,
  letters: Alphabet,
  indices: readonly Variable[],
): Polynomial => {
  const parts = [random.pick(indices), ...(random.chance(0.5) ? [random.pick(indices)] : [])]
  const scaled = parts.map((v) => {
    const factor = random.pick([1, 1, 1, -1, 2, random.pick(letters.sizes)])
    return times(factor, v)
  })
  const shift = random.pick([0, 0, 0, 1, -1, random.pick(letters.constants)])
  return plus(...scaled, shift)
}

const randomTerm = (random: Random, letters: Alphabet): Term => {
  const bound = Array.from({ length: 1 + random.below(2) }, () => boundIndex('k'))
  const indices = [...bound, ...bound, letters.free]
  const expr = () => expression(random, letters, indices)
  const boxes = bound.flatMap((v) => {
    const length = random.pick([...letters.sizes.map(polynomial), plus(letters.sizes[0]!, 1)])
    return boxOf([polynomial(v)], [length])
  })
  return term({
    coefficient: rational(random.pick([1, 1, 2, -1, 3]), random.pick([1, 1, 2])),
    powers: random.chance(0.2)
      ? new Map([[random.pick(letters.sizes), random.pick([-1, 1])]])
      : new Map(),
    bound,
    accesses: Array.from({ length: 1 + random.below(3) }, () => {
      const array = random.pick(letters.arrays)
      return { array, index: array.shape.map(expr) }
    }),
    guards: [...boxes, ...(random.chance(0.4) ? [expr()] : [])],
    equations: random.chance(0.2) ? [expr()] : [],
  })
}

type Rewrite = (random: Random, letters: Alphabet, t: Term) => readonly Term[]

/** Rewritings that keep the value of a term, each by an argument of one line. */
const rewritings: Readonly<Record<string, Rewrite>> = {
  rename: (_r, _l, t) => [renameApart(t)],
  permute: (random, _l, t) => {
    const shuffle = <T>(items: readonly T[]) =>
      items
        .map((item) => [random.below(1000), item] as const)
        .sort(([a], [b]) => a - b)
        .map(([, item]) => item)
    return [
      { ...t, accesses: shuffle(t.accesses), guards: shuffle(t.guards), bound: shuffle(t.bound) },
    ]
  },
  /** k ↦ ±k + c, and k ↦ k ± l for another bound variable l. */
  reindex: (random, letters, t) => {
    const v = random.pick(t.bound)
    if (!v) return [t]
    const other = random.pick([
      ...t.bound.filter((w) => w !== v),
      letters.free,
      ...letters.constants,
    ])
    const by = random.pick([polynomial(other), negate(other), polynomial(1)])
    const value = plus(random.chance(0.5) ? v : negate(v), by)
    return [substituteTerm(t, new Map([[v, value]]))]
  },
  /** 1 = [g ≥ 0] + [-g - 1 ≥ 0]. */
  split: (random, letters, t) => {
    const g = expression(random, letters, [...t.bound, letters.free])
    return [
      { ...t, guards: [...t.guards, g] },
      { ...t, guards: [...t.guards, minus(negate(g), 1)] },
    ]
  },
  /** g ≥ 0 implies g + 1 ≥ 0, and an access its own box. */
  weaken: (random, _l, t) => {
    const { array, index } = random.pick(t.accesses)
    const box = boxOf(index, array.shape)
    const g = random.pick([...box, ...t.guards.map((p) => plus(p, 1)), ...t.guards])
    return [{ ...t, guards: [...t.guards, g] }]
  },
  /** f(e) = Σ_k [k = e] f(k) for an index e of an access. */
  unfold: (random, _l, t) => {
    const position = random.below(t.accesses.length)
    const { array, index } = t.accesses[position]!
    const axis = random.below(index.length)
    const v = boundIndex('u')
    return [
      {
        ...t,
        bound: [...t.bound, v],
        accesses: t.accesses.with(position, { array, index: index.with(axis, polynomial(v)) }),
        equations: [...t.equations, minus(v, index[axis]!)],
      },
    ]
  },
  halve: (_r, _l, t) => [scaleTerm(t, rational(1, 3)), scaleTerm(t, rational(2, 3))],
}

const nudge = (random: Random, p: Polynomial): Polynomial => plus(p, random.pick([1, -1]))

/** The least changes that a wrong formula would show. */
const mutations: Readonly<Record<string, Rewrite>> = {
  index: (random, _l, t) => {
    const position = random.below(t.accesses.length)
    const { array, index } = t.accesses[position]!
    const axis = random.below(index.length)
    const moved = { array, index: index.with(axis, nudge(random, index[axis]!)) }
    return [{ ...t, accesses: t.accesses.with(position, moved) }]
  },
  guard: (random, _l, t) => {
    const i = random.below(t.guards.length)
    return [{ ...t, guards: t.guards.with(i, nudge(random, t.guards[i]!)) }]
  },
  narrow: (random, letters, t) => [
    { ...t, guards: [...t.guards, expression(random, letters, [...t.bound, letters.free])] },
  ],
  coefficient: (_r, _l, t) => [
    {
      ...t,
      coefficient: rational(t.coefficient.numerator * 2n + 1n, t.coefficient.denominator * 2n),
    },
  ],
  sign: (_r, _l, t) => [scaleTerm(t, rational(-1))],
  flip: (random, _l, t) => {
    const position = random.below(t.accesses.length)
    const { array, index } = t.accesses[position]!
    const turned = index.map((e, axis) => minus(array.shape[axis]!, 1, e))
    return [{ ...t, accesses: t.accesses.with(position, { array, index: turned }) }]
  },
  swap: (random, _l, t) => {
    const position = random.below(t.accesses.length)
    const { array, index } = t.accesses[position]!
    return [{ ...t, accesses: t.accesses.with(position, { array, index: index.toReversed() }) }]
  },
  power: (random, letters, t) => {
    const v = random.pick(letters.sizes)
    const power = (t.powers.get(v) ?? 0) + 1
    const powers = new Map(t.powers)
    if (power === 0) powers.delete(v)
    else powers.set(v, power)
    return [{ ...t, powers }]
  },
  capture: (random, letters, t) => {
    const v = random.pick(t.bound)
    const position = random.below(t.accesses.length)
    const { array, index } = t.accesses[position]!
    const captured = index.map(() => polynomial(random.chance(0.5) ? v : letters.free))
    return [{ ...t, accesses: t.accesses.with(position, { array, index: captured }) }]
  },
  lose: () => [],
}

/** A pair of sums: the right one rewritten from the left, and mutated in half of the cases. */
export const randomPair = (random: Random): Pair => {
  const letters = alphabet(random)
  const left = Array.from({ length: 1 + random.below(2) }, () => randomTerm(random, letters))
  let right: readonly Term[] = left
  const equalByConstruction = random.chance(0.5)
  const change = (table: Readonly<Record<string, Rewrite>>) => {
    const at = random.below(right.length)
    const rewritten = random.pick(Object.values(table))(random, letters, right[at]!)
    right = right.toSpliced(at, 1, ...rewritten)
  }
  for (let i = 1 + random.below(4); i > 0; i--) change(rewritings)
  if (!equalByConstruction) change(mutations)
  const pair = { left, right, context: letters.context, equalByConstruction }
  if (right.length > 0) change(mutations)
  return { ...pair, mutant: right }
}
