// For tests: the value of a plain claim in numbers, at lengths and contents drawn at random, by
// nothing but its definition. Derivatives are dual numbers. Shares no line with the checker.

import type {
  PlainAxis,
  PlainClaim,
  PlainIndex,
  PlainPolynomial,
  PlainScalar,
  PlainTable,
} from '../grammar.ts'
import { compare, type Dual, functions, plus, real, times } from './functions.fixture.ts'

export class Unknown extends Error {}

type Letters = ReadonlyMap<number, number>

/** An entry that moves: of a node, or none. */
interface Moved {
  readonly node: number
  readonly entry: string
}

const mostWork = 400_000

export const oracle = (claim: PlainClaim, draw: () => number) => {
  const sizes = new Map<number, number>()
  let work = 0
  const poly = (p: PlainPolynomial): number =>
    p.reduce(
      (sum, { coefficient, variables }) =>
        sum +
        variables.reduce((all, id) => all * (sizes.get(id) ?? Number.NaN), Number(coefficient)),
      0,
    )

  /** Small lengths that meet the constraints. */
  const drawSizes = (most: number): boolean => {
    for (let tries = 0; tries < 3000; tries++) {
      for (const { id, kind } of claim.lengths)
        sizes.set(id, kind === 'size' ? 1 + Math.floor(draw() * most) : Math.floor(draw() * 3))
      if (claim.constraints.every((p) => poly(p) >= 0)) return true
    }
    return false
  }

  const contents = new Map<string, number>()
  const memo = new Map<string, Dual>()

  const leaf = (node: number, at: readonly number[]): number => {
    const key = `${node}:${at}`
    const known = contents.get(key) ?? 0.3 + draw() * 1.7
    contents.set(key, known)
    return known
  }

  const isIn = (at: readonly number[], shape: readonly number[]) =>
    at.length === shape.length && at.every((i, axis) => i >= 1 && i <= shape[axis]!)

  const nodeValue = (node: number, at: readonly number[], moved: Moved | undefined): Dual => {
    const { shape, line } = claim.nodes[node]!
    if (!isIn(at, shape.map(poly))) return real(0)
    const key = `${node}:${at}|${moved?.node}:${moved?.entry}`
    const known = memo.get(key)
    if (known) return known
    const inner = (): Dual => {
      if (line) return table(line, at, new Map(), moved)
      return real(leaf(node, at))
    }
    const isMoved = moved?.node === node && moved.entry === `${at}`
    const value = inner()
    const found = isMoved ? { v: value.v, d: 1 } : moved?.node === node ? real(value.v) : value
    memo.set(key, found)
    return found
  }

  const table = (
    { axes, body }: PlainTable,
    at: readonly number[],
    letters: Letters,
    moved: Moved | undefined,
  ): Dual => {
    if (
      !isIn(
        at,
        axes.map(({ length }) => poly(length)),
      )
    )
      return real(0)
    const inner = new Map([...letters, ...axes.map(({ letter }, k) => [letter, at[k]!] as const)])
    return scalar(body, inner, moved)
  }

  const apply = (f: string, order: number, x: Dual): Dual => {
    const all = functions[f]
    const [now, next] = [all?.[order], all?.[order + 1]]
    if (!now) throw new Unknown(`${f} of order ${order}`)
    return { v: now(x.v), d: x.d === 0 ? 0 : (next ?? (() => Number.NaN))(x.v) * x.d }
  }

  const index = (e: PlainIndex, letters: Letters): number => {
    switch (e.kind) {
      case 'length':
        return poly(e.of)
      case 'letter':
        return letters.get(e.letter) ?? Number.NaN
      case 'plus':
        return e.terms.reduce((sum, each) => sum + index(each, letters), 0)
      case 'times':
        return e.factors.reduce((all, each) => all * index(each, letters), 1)
      case 'floor':
        return Math.floor(index(e.above, letters) / index(e.below, letters))
    }
  }

  const points = function* (over: readonly PlainAxis[], letters: Letters): Generator<Letters> {
    const [first, ...rest] = over
    if (!first) {
      yield letters
      return
    }
    // Without ends over all that can matter at small sizes.
    const from = first.length ? 1 : -12
    const to = first.length ? index(first.length, letters) : 12
    for (let k = from; k <= to; k++) yield* points(rest, new Map(letters).set(first.letter, k))
  }

  const best = (
    by: string,
    over: readonly PlainAxis[],
    body: PlainScalar,
    letters: Letters,
  ): readonly number[] | undefined => {
    let found: { value: number; at: readonly number[] } | undefined
    for (const inner of points(over, letters)) {
      if (body.kind === 'read' && body.from.kind === 'node') {
        const shape = claim.nodes[body.from.node]!.shape.map(poly)
        const at = body.at.map((e) => index(e, inner))
        if (!isIn(at, shape)) continue
      }
      const value = scalar(body, inner, undefined).v
      const isBetter = !found || (by === 'max' ? value > found.value : value < found.value)
      if (isBetter) found = { value, at: over.map(({ letter }) => inner.get(letter)!) }
    }
    return found?.at
  }

  const scalar = (s: PlainScalar, letters: Letters, moved: Moved | undefined): Dual => {
    if (++work > mostWork) throw new Unknown('too much work')
    const of = (part: PlainScalar): Dual => scalar(part, letters, moved)
    switch (s.kind) {
      case 'number':
        return real(Number(s.value[0]) / Number(s.value[1]))
      case 'size':
        return real(poly(s.of))
      case 'read': {
        const at = s.at.map((e) => index(e, letters))
        const { from } = s
        if (from.kind === 'node') return nodeValue(from.node, at, moved)
        if (from.kind === 'table') return table(from, at, letters, moved)
        if (moved) throw new Unknown('a derivative of a derivative')
        const { cost, nodes } = claim
        if (from.kind === 'adjoint') {
          const isInside = isIn(at, nodes[from.node]!.shape.map(poly))
          return isInside
            ? real(nodeValue(cost, [], { node: from.node, entry: `${at}` }).d)
            : real(0)
        }
        if (from.ofAdjoint) throw new Unknown('a second derivative')
        const rank = nodes[from.of]!.shape.length
        const [i, t] = [at.slice(0, rank), at.slice(rank)]
        const isInside = isIn(t, nodes[from.by]!.shape.map(poly))
        return isInside ? real(nodeValue(from.of, i, { node: from.by, entry: `${t}` }).d) : real(0)
      }
      case 'sum':
        return s.terms.map(of).reduce(plus, real(0))
      case 'product':
        // What is 0 annuls what has no value.
        return s.factors.reduce<Dual>((all, each) => {
          return all.v === 0 && all.d === 0 ? all : times(all, of(each))
        }, real(1))
      case 'power': {
        const n = Number(s.exponent)
        const base = of(s.base)
        return { v: base.v ** n, d: base.d === 0 ? 0 : n * base.v ** (n - 1) * base.d }
      }
      case 'apply':
        return apply(s.f, s.order, of(s.to))
      case 'reduce': {
        let sum = real(0)
        for (const inner of points(s.over, letters)) sum = plus(sum, scalar(s.body, inner, moved))
        return sum
      }
      case 'guard':
        return real(Number(compare(s.relation, index(s.left, letters), index(s.right, letters))))
      case 'winner': {
        const won = best(s.by, s.over, s.body, letters)
        return real(Number(`${won}` === `${s.at.map((e) => index(e, letters))}`))
      }
    }
  }

  /** Whether an equation holds where it was looked at; undefined where nothing was seen. */
  const holdsAt = (at: number, most = 12): boolean | undefined => {
    const { letters, left, right } = claim.equations[at]!
    let seen = false
    for (let k = 0; k < most; k++) {
      const values = new Map(
        letters.map(({ letter, within }) => {
          const length = Math.min(...within.map(poly))
          return [letter, 1 + Math.floor(draw() * length)] as const
        }),
      )
      if (
        [...values].some(([letter, v]) =>
          letters.some((each) => each.letter === letter && v > Math.min(...each.within.map(poly))),
        )
      )
        return undefined
      const [a, b] = [left, right].map((s) => scalar(s, values, undefined).v)
      if (Number.isNaN(a!) || Number.isNaN(b!)) continue
      seen = true
      if (Math.abs(a! - b!) > 1e-7 * (1 + Math.abs(a!))) return false
    }
    return seen ? true : undefined
  }

  return {
    drawSizes,
    again: () => {
      contents.clear()
      memo.clear()
      work = 0
    },
    holdsAt,
    /** What is given, scaled so that it holds, is left to claims without any. */
    isPlain: claim.given.length === 0,
  }
}

/** Whether a claim is seen to be false at some small lengths; undefined where nothing is seen. */
export const isFalse = (claim: PlainClaim, draw: () => number, rounds = 4): boolean | undefined => {
  let seen = false
  for (let round = 0; round < rounds; round++) {
    const judge = oracle(claim, draw)
    if (!judge.isPlain) return undefined
    try {
      if (!judge.drawSizes(2 + round)) continue
      judge.again()
      for (const at of claim.equations.keys()) {
        const held = judge.holdsAt(at)
        if (held === false) return true
        seen ||= held === true
      }
    } catch (error) {
      if (!(error instanceof Unknown)) throw error
    }
  }
  return seen ? false : undefined
}
