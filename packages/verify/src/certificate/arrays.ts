// The arrays of one proof: those of the network, adjoints that are given, functions of arguments,
// winners of windows; and the derivative of terms by one of them.

import { inverse, laws } from './laws.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly, Rejected } from './polynomials.ts'
import type { CheckedTerm } from './state.ts'
import type { Fresh, Terms } from './sums.ts'
import * as sums from './sums.ts'

type Index = readonly Poly[]

/** An array-valued expression, by its entries inside of the box. */
export interface Field {
  readonly shape: Index
  readonly at: (index: Index) => Terms
}

export type Made =
  /** With a definition, derivatives pass through it. */
  | { readonly kind: 'node'; readonly node: number; readonly definition?: Field }
  | { readonly kind: 'given' }
  | {
      readonly kind: 'function'
      readonly f: string
      readonly order: number
      readonly argument: Field
    }
  | { readonly kind: 'winners' }
  | { readonly kind: 'number' }

/** f^(order) as coefficients and powers of f, where f′ is a polynomial in f. */
const inPowers = (first: readonly bigint[], order: number) => {
  let now: readonly (readonly [coefficient: bigint, power: number])[] = [[1n, 1]]
  for (let k = 0; k < order; k++)
    now = now.flatMap(([c, n]) =>
      n === 0 ? [] : first.map((d, m) => [c * BigInt(n) * d, n - 1 + m] as const),
    )
  return now
}

const mostOrder = 4

/** Stands for an entry where an argument is spelled; no variable has such a number. */
const firstPlace = 2_000_000_000

export type Arrays = ReturnType<typeof createArrays>

export const createArrays = (
  fresh: Fresh,
  lengths: ReadonlyMap<number, unknown>,
  /** Whether one node is made of another. */
  reaches: (from: number, to: number) => boolean,
) => {
  const shapes: Index[] = []
  const made: Made[] = []
  const known = new Map<string, number>()
  const same = new Map<number, number>()

  const added = (shape: Index, what: Made): number => {
    const isOwn = shape.every((n) => [...poly.variablesIn(n)].every((id) => lengths.has(id)))
    demand(isOwn, 'an array whose shape depends on an index')
    shapes.push(shape)
    return made.push(what) - 1
  }
  const declare = (key: string, shape: Index, what: Made): number => {
    const id = known.get(key) ?? added(shape, what)
    known.set(key, id)
    return same.get(id) ?? id
  }
  const read = (array: number, index: Index): Terms => {
    const id = same.get(array) ?? array
    demand(shapes[id]?.length === index.length, 'a read of another rank')
    return [sums.term({ accesses: [{ array: id, index }] })]
  }

  const placesOf = (shape: Index): Index => shape.map((_, axis) => poly.single(firstPlace + axis))

  const opaque = (f: string, order: number, argument: Field): Field => {
    const { shape } = argument
    const terms = argument.at(placesOf(shape))
    const written = sums.spelled(terms)
    const key = ['f', f, order, ...shape.map(poly.spell), written].join('|')
    const id = declare(key, shape, { kind: 'function', f, order, argument })
    return { shape, at: (index) => read(id, index) }
  }

  const apply = (f: string, order: number, argument: Field): Field => {
    demand(
      Number.isInteger(order) && order >= 0 && order <= mostOrder,
      'a derivative of high order',
    )
    const law = order > 0 ? laws[f]?.derivative : undefined
    if (!law) return opaque(f, order, argument)
    const { shape } = argument
    if (law === 'half inverse') {
      demand(order === 1, 'a second derivative of a root')
      const under = opaque(inverse, 0, opaque(f, 0, argument))
      return { shape, at: (index) => sums.scaled(under.at(index), 1n, 2n) }
    }
    if ('f' in law) {
      const other = apply(law.f, order - 1, argument)
      return { shape, at: (index) => sums.scaled(other.at(index), law.times) }
    }
    const value = opaque(f, 0, argument)
    const powers = inPowers(law.powers, order)
    return {
      shape,
      at: (index) =>
        powers.flatMap(([c, n]) => sums.scaled(sums.power(value.at(index), n, fresh), c)),
    }
  }

  const atZero = (f: string, order: number): Terms => {
    const value = order === 0 ? laws[f]?.atZero : undefined
    if (value !== undefined) return sums.number(value)
    return read(declare(`0 ${f} ${order}`, [], { kind: 'number' }), [])
  }

  /** e^s (1/e^s) is 1, √s √s is s, a bracket twice is itself, cos² is 1 − sin²; outside of the box all are 0. */
  const reduced = (t: CheckedTerm): Terms => {
    for (const [k, { array, index }] of t.accesses.entries()) {
      const what = made[array]
      if (what?.kind !== 'function' && what?.kind !== 'winners') continue
      const inside = (rest: CheckedTerm) => sums.guarded([rest], sums.boxOf(index, shapes[array]!))
      const power = what.kind === 'function' && what.f === inverse && what.order === 0
      const under = power ? sums.singleAccess(what.argument.at(index)) : undefined
      const below = under && made[under.array]
      const beside = t.accesses.findIndex(
        (other) => other.array === under?.array && poly.equalAll(other.index, under.index),
      )
      if (below?.kind === 'function' && below.f === 'exp' && beside >= 0) {
        const accesses = t.accesses.filter((_, at) => at !== k && at !== beside)
        return inside({ ...t, accesses }).flatMap(reduced)
      }
      const isValue = what.kind === 'function' && what.order === 0
      const law = what.kind === 'winners' ? 'itself' : isValue && laws[what.f]?.square
      const isSame = (other: CheckedTerm['accesses'][number]) =>
        other.array === array && poly.equalAll(other.index, index)
      const second = t.accesses.findLastIndex(isSame)
      if (!law || second === k) continue
      const once = { ...t, accesses: t.accesses.toSpliced(second, 1) }
      if (law === 'itself' || what.kind === 'winners') return reduced(once)
      const rest = { ...once, accesses: once.accesses.toSpliced(k, 1) }
      const sine = law === 'argument' ? [] : apply(law.oneLess, 0, what.argument).at(index)
      const square =
        law === 'argument' ? what.argument.at(index) : sums.not(sums.product(sine, sine, fresh))
      return sums.product(inside(rest), square, fresh).flatMap(reduced)
    }
    return [t]
  }

  /** ∂ terms / ∂X[at], for an index inside of the box of X. */
  const derivative = (terms: Terms, of: number, at: Index): Terms =>
    terms.flatMap((t) =>
      t.accesses.flatMap(({ array, index }, position): Terms => {
        const rest = { ...t, accesses: t.accesses.toSpliced(position, 1) }
        const what = made[array]!
        if (what.kind === 'node' && what.node === of)
          return sums.equated(
            [rest],
            index.map((e, axis) => poly.minus(e, at[axis]!)),
          )
        // Outside of its box a value is 0, and so is its derivative.
        const inside = () => sums.guarded([rest], sums.boxOf(index, shapes[array]!))
        switch (what.kind) {
          case 'node': {
            if (!what.definition || !reaches(what.node, of)) return []
            const inner = derivative(what.definition.at(index), of, at)
            return sums.product(inside(), inner, fresh)
          }
          case 'function': {
            const inner = derivative(what.argument.at(index), of, at)
            if (inner.length === 0) return []
            const outer = apply(what.f, what.order + 1, what.argument).at(index)
            return sums.product(sums.product(inside(), outer, fresh), inner, fresh)
          }
          case 'given':
            throw new Rejected('the derivative of an adjoint that is given')
          default:
            return []
        }
      }),
    )

  return {
    shapeOf: (array: number): Index => shapes[array]!,
    madeOf: (array: number): Made => made[array]!,
    all: () => made.map((_, id) => id).filter((id) => !same.has(id)),
    /** The array that it is known to be the same as. */
    current: (array: number) => same.get(array) ?? array,
    read,
    ofNode: (node: number, shape: Index, definition?: Field) =>
      declare(`node ${node}`, shape, { kind: 'node', node, ...(definition && { definition }) }),
    given: (node: number, shape: Index) => declare(`given ${node}`, shape, { kind: 'given' }),
    /** Numbers of which nothing is known, at an index. */
    unknown: (shape: Index, index: Index) => read(added(shape, { kind: 'number' }), index),
    knows: (windows: string) => known.has(`w ${windows}`),
    winners: (windows: string, shape: Index | undefined): number => {
      const found = known.get(`w ${windows}`)
      demand(found !== undefined || shape !== undefined, 'windows of no known number')
      if (found === undefined) return declare(`w ${windows}`, shape!, { kind: 'winners' })
      demand(!shape || poly.equalAll(shape, shapes[found]!), 'windows of two numbers')
      return found
    },
    /** f^(order) of every entry of an argument. */
    apply,
    /** f^(order)(0). */
    atZero,
    /** From here on the second array is the first. */
    identify: (first: number, second: number) => {
      for (const [from, to] of same) if (to === second) same.set(from, first)
      same.set(second, first)
    },
    derivative,
    reduced,
  }
}
