// What a claim asks for as it is written, before anything cancels, and what the lines of the nodes
// ask that it is about: what is divided by is not 0. What is always so is found by signs and asked
// of no one: sums of exponentials, 1 + e^{−z}, σ² + ε.

import { isSurelyPositive, lengthsOf } from './context.ts'
import type {
  PlainAxis,
  PlainClaim,
  PlainIndex,
  PlainPolynomial,
  PlainScalar,
  PlainTable,
} from './grammar.ts'
import { laws } from './laws.ts'
import { isDifferential, nodesIn, reachesIn } from './network.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly, readPoly } from './polynomials.ts'

/** What is known of every value. */
interface Sign {
  /** ≥ 0. */
  readonly nonnegative: boolean
  /** ≠ 0. */
  readonly nonzero: boolean
  /** 1: at most 1 in size; 0: less than 1; 2: any number. */
  readonly most: number
}

const positive: Sign = { nonnegative: true, nonzero: true, most: 2 }
const unknown: Sign = { nonnegative: false, nonzero: false, most: 2 }

/** 1 − σ(z), 2 − cos z: a number that comes first, and in size the others are less together. */
const isMore = ([first]: readonly PlainScalar[], [, ...others]: readonly Sign[]): boolean => {
  if (first?.kind !== 'number' || others.some(({ most }) => most > 1)) return false
  const rest = BigInt(first.value[0]) - BigInt(others.length) * BigInt(first.value[1])
  return rest > 0n || (rest === 0n && others.some(({ most }) => most === 0))
}

/** The lengths up to which letters run from 1. */
type Inside = ReadonlyMap<number, Poly | undefined>

/** Of what letters run through. */
const lengthIn = (length: PlainPolynomial | PlainIndex | undefined): Poly | undefined => {
  if (!length || !('kind' in length)) return length && readPoly(length)
  return length.kind === 'length' ? readPoly(length.of) : undefined
}

/** Within what binds letters. */
const within = (inside: Inside, part: object): Inside => {
  const { axes = [], over = [] } = part as Partial<PlainTable & { over: readonly PlainAxis[] }>
  const bound = [...axes, ...over].map(({ letter, length }) => [letter, lengthIn(length)] as const)
  return bound.length > 0 ? new Map([...inside, ...bound]) : inside
}

/** The sign of a scalar wherever it has a value; that of a node is found once. */
const signsIn = (claim: PlainClaim) => {
  const lengths = lengthsOf(claim)
  const one = poly.constant(1n)
  const isLong = (length: PlainPolynomial | PlainIndex | undefined): boolean =>
    isSurelyPositive(lengthIn(length) ?? new Map(), lengths)
  const ofTable = (table: PlainTable, inside: Inside): Sign =>
    signOf(table.body, within(inside, table))
  const ofNodes = new Map<number, Sign>()
  const ofNode = (node: number): Sign => {
    const { line } = claim.nodes[node]!
    const sign = ofNodes.get(node) ?? (line ? ofTable(line, new Map()) : unknown)
    ofNodes.set(node, sign)
    return sign
  }

  /** Of an entry inside of the box that of the array; outside it is 0. */
  const ofRead = ({ from, at }: Extract<PlainScalar, { kind: 'read' }>, inside: Inside): Sign => {
    if (from.kind !== 'table' && from.kind !== 'node') return unknown
    const isTable = from.kind === 'table'
    const sign = isTable ? ofTable(from, inside) : ofNode(from.node)
    const shape = isTable ? from.axes.map(({ length }) => length) : claim.nodes[from.node]!.shape
    const isInside = at.every((index, axis) => {
      if (index.kind === 'length') return isLong(shape[axis]) && poly.equal(readPoly(index.of), one)
      const length = index.kind === 'letter' ? inside.get(index.letter) : undefined
      return length && shape[axis] && poly.equal(length, readPoly(shape[axis]))
    })
    return { ...sign, nonzero: sign.nonzero && isInside }
  }

  const signOf = (s: PlainScalar, inside: Inside): Sign => {
    const of = (part: PlainScalar): Sign => signOf(part, inside)
    const all = (signs: readonly Sign[], key: keyof Sign) => signs.every((sign) => sign[key])
    switch (s.kind) {
      case 'number': {
        const [n, d] = s.value.map(BigInt) as [bigint, bigint]
        return { nonnegative: n >= 0n, nonzero: n !== 0n, most: n * n > d * d ? 2 : 1 }
      }
      case 'size':
        return isLong(s.of) ? positive : unknown
      case 'sum': {
        const signs = s.terms.map(of)
        if (isMore(s.terms, signs)) return positive
        const isSum = all(signs, 'nonnegative')
        return { nonnegative: isSum, nonzero: isSum && signs.some((sign) => sign.nonzero), most: 2 }
      }
      case 'product': {
        const signs = s.factors.map(of)
        const bounds = signs.map((sign) => sign.most)
        const most = Math.max(...bounds) > 1 ? 2 : Math.min(1, ...bounds)
        return { nonnegative: all(signs, 'nonnegative'), nonzero: all(signs, 'nonzero'), most }
      }
      case 'power': {
        const n = BigInt(s.exponent)
        const base = of(s.base)
        const nonnegative = n % 2n === 0n || base.nonnegative
        return { nonnegative, nonzero: n === 0n || base.nonzero, most: n > 0n ? base.most : 1 }
      }
      case 'apply': {
        const sign = s.order === 0 ? laws[s.f]?.sign : undefined
        const inner = of(s.to)
        if (sign === 'as x') return { ...inner, nonzero: true, most: 2 }
        const isAsX = sign === '≥ as x' && inner.nonnegative && inner.nonzero
        const { most = 2 } = s.order === 0 ? (laws[s.f] ?? {}) : {}
        return { nonnegative: sign !== undefined, nonzero: sign === '>' || isAsX, most }
      }
      case 'reduce': {
        const { nonnegative: isSum, nonzero } = signOf(s.body, within(inside, s))
        const isSome = s.over.every((axis) => isLong(axis.length))
        return { nonnegative: isSum, nonzero: isSum && nonzero && isSome, most: 2 }
      }
      case 'read':
        return ofRead(s, inside)
      default:
        return { nonnegative: true, nonzero: false, most: 1 }
    }
  }
  return signOf
}

/** What a scalar itself asks beyond what is always so; in a line that is differentiated, more. */
const askedBy = (s: PlainScalar, sign: (part: PlainScalar) => Sign, isDerived: boolean) => {
  if (s.kind !== 'apply') return []
  const { asks, isBent } = laws[s.f] ?? {}
  const { nonnegative, nonzero } = sign(s.to)
  const mayBe0 = asks === '≥' && s.order === 0 && !isDerived
  const isMet = !asks || ((asks === '≠' || nonnegative) && (nonzero || mayBe0))
  return [
    ...(isMet ? [] : ['poles' as const]),
    ...(isBent && s.order > 0 ? ['kinks' as const] : []),
  ]
}

/** @throws Rejected where the claim asks for what it does not say */
export const demandConditions = (claim: PlainClaim): void => {
  const { cost, equations, excluded, given, nodes } = claim
  const signOf = signsIn(claim)
  const isDerived = isDifferential([equations, given])
  const demandOf = (part: unknown, inside: Inside, isLine: boolean): void => {
    if (typeof part !== 'object' || part === null) return
    const inner = within(inside, part)
    for (const each of askedBy(part as PlainScalar, (s) => signOf(s, inner), isLine && isDerived))
      demand(excluded.includes(each), `${each} that are not excluded`)
    for (const each of Object.values(part)) demandOf(each, inner, isLine)
  }
  for (const { letters, left, right } of equations) {
    const single = letters.filter((each) => each.within.length === 1)
    const free = new Map(single.map((each) => [each.letter, readPoly(each.within[0]!)]))
    demandOf([left, right], free, false)
  }
  for (const { sum } of given) demandOf(sum, new Map(), false)
  const ofCost = /"(adjoint|ofAdjoint)"/.test(JSON.stringify([equations, given]))
  const read = [...nodesIn([equations, given]), ...(ofCost ? [cost] : [])]
  const reaches = reachesIn(claim)
  for (const [node, { line }] of nodes.entries())
    if (read.some((from) => reaches(from, node))) demandOf(line, new Map(), true)
}
