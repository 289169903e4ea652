// The arrays of one proof: those of the network, adjoints that are given, functions of arguments,
// winners of windows; and the derivative of terms by one of them.

import { inverse, laws } from './laws.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly, Rejected } from './polynomials.ts'
import type { CheckedTerm, Fresh, Terms } from './sums.ts'
import * as sums from './sums.ts'

type Index = readonly Poly[]
type Access = CheckedTerm['accesses'][number]

/** An array-valued expression, by its entries inside of the box. */
export interface Field {
  readonly shape: Index
  readonly at: (index: Index) => Terms
}

interface Applied {
  readonly kind: 'function'
  readonly f: string
  readonly order: number
  readonly argument: Field
}

/** With a definition, derivatives pass through a node. */
export type Made =
  | { readonly kind: 'node'; readonly node: number; readonly definition: Field }
  | { readonly kind: 'given' | 'winners' | 'number' }
  | Applied

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
  const shapes = new Map<number, Index>()
  const made: Made[] = []
  const known = new Map<string, number>()
  const same = new Map<number, number>()

  const added = (shape: Index, what: Made): number => {
    const isOwn = shape.every((n) => [...poly.variablesIn(n)].every((id) => lengths.has(id)))
    demand(isOwn, 'an array whose shape depends on an index')
    const id = made.push(what) - 1
    shapes.set(id, shape)
    return id
  }
  const declare = (key: string, shape: Index, what: Made): number => {
    const id = known.get(key) ?? added(shape, what)
    known.set(key, id)
    return same.get(id) ?? id
  }
  const read = (array: number, index: Index): Terms => {
    const id = same.get(array) ?? array
    demand(shapes.get(id)?.length === index.length, 'a read of another rank')
    return [sums.term({ accesses: [{ array: id, index }] })]
  }

  const opaque = (f: string, order: number, argument: Field): Field => {
    const { shape } = argument
    const places = shape.map((_, axis) => poly.single(firstPlace + axis))
    const written = sums.spelled(argument.at(places))
    const key = ['f', f, order, ...shape.map(poly.spell), written].join('|')
    const id = declare(key, shape, { kind: 'function', f, order, argument })
    return { shape, at: (index) => read(id, index) }
  }

  const apply = (f: string, order: number, argument: Field): Field => {
    demand(order <= mostOrder, 'a derivative of high order')
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
  const together = ({ array, index }: Access, other: Access): Terms | undefined => {
    const what = made[array]!
    const isSame = array === other.array && poly.equalAll(index, other.index)
    if (what.kind === 'winners') return isSame ? read(array, index) : undefined
    if (what.kind !== 'function' || what.order > 0) return undefined
    const inside = (terms: Terms) => sums.guarded(terms, sums.boxOf(index, shapes.get(array)!))
    const below = made[other.array]!
    if (what.f === inverse && below.kind === 'function' && below.f === 'exp') {
      const under = sums.singleAccess(what.argument.at(index))
      const isUnder = under?.array === other.array && poly.equalAll(under.index, other.index)
      return isUnder ? inside(sums.one) : undefined
    }
    const law = isSame ? laws[what.f]?.square : undefined
    if (law === undefined || law === 'itself') return law && read(array, index)
    if (law === 'argument') return inside(what.argument.at(index))
    const root = apply(law.oneLess, 0, what.argument).at(index)
    return inside(sums.not(sums.product(root, root, fresh)))
  }
  /** What two reads of a term come to together, for every two of them. */
  const reduced = (t: CheckedTerm): Terms => {
    for (const [k, access] of t.accesses.entries())
      for (const [l, other] of t.accesses.entries()) {
        const value = k === l ? undefined : together(access, other)
        const accesses = t.accesses.filter((_, at) => at !== k && at !== l)
        if (value) return sums.product([{ ...t, accesses }], value, fresh).flatMap(reduced)
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
        const inside = () => sums.guarded([rest], sums.boxOf(index, shapes.get(array)!))
        switch (what.kind) {
          case 'node': {
            if (!reaches(what.node, of)) return []
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
    shapes,
    shapeOf: (array: number): Index => shapes.get(array)!,
    madeOf: (array: number): Made => made[array]!,
    all: () => made.map((_, id) => id).filter((id) => !same.has(id)),
    /** The array that it is known to be the same as. */
    current: (array: number) => same.get(array) ?? array,
    read,
    ofNode: (node: number, definition: Field) =>
      declare(`node ${node}`, definition.shape, { kind: 'node', node, definition }),
    given: (node: number, shape: Index) => declare(`given ${node}`, shape, { kind: 'given' }),
    /** Numbers of which nothing is known, at an index. */
    unknown: (shape: Index, index: Index) => read(added(shape, { kind: 'number' }), index),
    /** Who wins in each of these windows; as many as when they were met first. */
    winners: (windows: string, shape: Index | undefined): number => {
      const found = known.get(`w ${windows}`)
      demand(found !== undefined || shape !== undefined, 'windows of no known number')
      return found ?? declare(`w ${windows}`, shape!, { kind: 'winners' })
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
