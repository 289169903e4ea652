// The arrays of one proof: those of the network, adjoints that are given, functions of arguments,
// winners of windows; and the derivative of terms by one of them.

import { always, type Derivative, inverse, laws } from './laws.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly, Rejected } from './polynomials.ts'
import type { PlainView } from './statement.ts'
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
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'function'
      readonly f: string
      readonly order: number
      readonly argument: Field
    }
  | { readonly kind: 'winners'; readonly windows: string }
  | { readonly kind: 'number'; readonly f: string; readonly order: number }

export interface Arrays {
  readonly shapeOf: (array: number) => Index
  readonly madeOf: (array: number) => Made
  readonly all: () => readonly number[]
  /** The array that it is known to be the same as. */
  readonly current: (array: number) => number
  readonly read: (array: number, index: Index) => Terms
  readonly ofNode: (node: number, shape: Index, definition?: Field) => number
  readonly given: (node: number, shape: Index) => number
  /** A number of which nothing is known. */
  readonly unknown: () => Terms
  readonly knows: (windows: string) => boolean
  readonly winners: (windows: string, shape: Index | undefined) => number
  /** f^(order) of every entry of an argument. */
  readonly apply: (f: string, order: number, argument: Field) => Field
  /** f^(order)(0). */
  readonly atZero: (f: string, order: number) => Terms
  /** From here on the second array is the first. */
  readonly identify: (first: number, second: number) => void
  readonly derivative: (terms: Terms, of: number, at: Index) => Terms
}

/** Coefficients of powers of y. */
type Powers = readonly (readonly [bigint, number])[]

/** f^(order) in powers of f, where f′ is a sum of powers of f. */
const inPowers = (first: Powers, order: number): Powers => {
  let now: Powers = [[1n, 1]]
  for (let k = 0; k < order; k++)
    now = now.flatMap(([c, n]) =>
      n === 0 ? [] : first.map(([d, m]) => [c * BigInt(n) * d, n - 1 + m] as const),
    )
  return now
}

const mostOrder = 4

/** Stands for an entry where an argument is spelled; no variable has such a number. */
const firstPlace = 2_000_000_000

export const createArrays = (
  functions: PlainView['functions'],
  fresh: Fresh,
  /** Whether one node is made of another. */
  reaches: (from: number, to: number) => boolean,
): Arrays => {
  const shapes: Index[] = []
  const made: Made[] = []
  const known = new Map<string, number>()
  const same = new Map<number, number>()

  const added = (shape: Index, what: Made): number => {
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

  /** f′ as a law of the table says it, where it is used. */
  const lawOf = (f: string): Derivative | undefined =>
    always.has(f) || functions !== 'opaque' ? laws[f]?.derivative : undefined

  const placesOf = (shape: Index): Index => shape.map((_, axis) => poly.single(firstPlace + axis))

  const opaque = (f: string, order: number, argument: Field): Field => {
    const { shape } = argument
    const written = sums.spelled(argument.at(placesOf(shape)))
    const key = ['f', f, order, ...shape.map(poly.spell), written].join('|')
    const id = declare(key, shape, { kind: 'function', f, order, argument })
    return { shape, at: (index) => read(id, index) }
  }

  const apply = (f: string, order: number, argument: Field): Field => {
    demand(
      Number.isInteger(order) && order >= 0 && order <= mostOrder,
      'a derivative of high order',
    )
    const law = order > 0 ? lawOf(f) : undefined
    if (!law) return opaque(f, order, argument)
    const { shape } = argument
    if (law.of === 'nothing') return { shape, at: () => [] }
    if (law.of === 'other') return apply(law.f, order - 1, argument)
    const value = opaque(f, 0, argument)
    if (law.of === 'half inverse') {
      demand(order === 1, 'a second derivative of a root')
      const under = opaque(inverse, 0, value)
      return { shape, at: (index) => sums.scaled(under.at(index), 1n, 2n) }
    }
    const powers = inPowers(law.powers, order)
    return {
      shape,
      at: (index) =>
        powers.flatMap(([c, n]) => sums.scaled(sums.power(value.at(index), n, fresh), c)),
    }
  }

  const atZero = (f: string, order: number): Terms => {
    const law = order === 0 ? laws[f]?.atZero : undefined
    if (law) return sums.number(law[0], law[1])
    return read(declare(`0 ${f} ${order}`, [], { kind: 'number', f, order }), [])
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
    shapeOf: (array) => shapes[array]!,
    madeOf: (array) => made[array]!,
    all: () => made.map((_, id) => id).filter((id) => !same.has(id)),
    current: (array) => same.get(array) ?? array,
    read,
    ofNode: (node, shape, definition) =>
      declare(`node ${node}`, shape, {
        kind: 'node',
        node,
        ...(definition && { definition }),
      }),
    given: (node, shape) => declare(`given ${node}`, shape, { kind: 'given' }),
    unknown: () => read(added([], { kind: 'unknown' }), []),
    knows: (windows) => known.has(`w ${windows}`),
    winners: (windows, shape) => {
      const found = known.get(`w ${windows}`)
      demand(found !== undefined || shape !== undefined, 'windows of no known number')
      if (found === undefined) return declare(`w ${windows}`, shape!, { kind: 'winners', windows })
      const isSame = !shape || shape.every((n, axis) => poly.equal(n, shapes[found]![axis]!))
      demand(isSame, 'windows of two numbers')
      return found
    },
    apply,
    atZero,
    identify: (first, second) => {
      for (const [from, to] of same) if (to === second) same.set(from, first)
      same.set(second, first)
    },
    derivative,
  }
}
