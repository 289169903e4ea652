// What a claim asks for as it is written, before anything cancels, and what the lines of the nodes
// ask that it is about: what is divided by is not 0. What is always so is found by signs and asked
// of no one: sums of exponentials, 1 + e^{−z}, σ² + ε.

import type { PlainAxis, PlainClaim, PlainIndex, PlainScalar, PlainTable } from './grammar.ts'
import { laws } from './laws.ts'
import { isDifferential, nodesIn, reachesIn } from './network.ts'
import { demand, readInteger } from './polynomials.ts'

/** What is known of every value. */
interface Sign {
  /** ≥ 0. */
  readonly nonnegative: boolean
  /** ≠ 0. */
  readonly nonzero: boolean
}

const positive: Sign = { nonnegative: true, nonzero: true }
const unknown: Sign = { nonnegative: false, nonzero: false }

/** The lengths up to which letters run from 1, as they are spelled. */
type Inside = ReadonlyMap<number, string>

/** A length that is at least 1: a size, or a number. */
const isLong = (index: PlainIndex | undefined, { lengths }: PlainClaim): boolean => {
  if (index?.kind !== 'length') return false
  const [only, ...others] = index.of
  if (!only || others.length > 0 || readInteger(only.coefficient) < 1n) return false
  return only.variables.every((id) =>
    lengths.some((each) => each.id === id && each.kind === 'size'),
  )
}

const one = JSON.stringify([{ coefficient: '1', variables: [] }])

const isOne = (index: PlainIndex | undefined): boolean =>
  index?.kind === 'length' && JSON.stringify(index.of) === one

const withLengths = (
  inside: Inside,
  letters: readonly {
    readonly letter: number
    readonly length?: PlainTable['axes'][0]['length']
  }[],
): Inside => {
  const all = new Map(inside)
  for (const { letter, length } of letters)
    if (length) all.set(letter, JSON.stringify(length))
    else all.delete(letter)
  return all
}

const withOver = (inside: Inside, over: readonly PlainAxis[], claim: PlainClaim): Inside =>
  withLengths(
    inside,
    over.map(({ letter, length }) => ({
      letter,
      ...(length?.kind === 'length' && isLong(length, claim) && { length: length.of }),
    })),
  )

/** The sign of a scalar wherever it has a value; that of a node is found once. */
const signsIn = (claim: PlainClaim) => {
  const ofNodes = new Map<number, Sign>()
  const ofNode = (node: number): Sign => {
    const { line } = claim.nodes[node] ?? {}
    const sign = ofNodes.get(node) ?? (line ? ofTable(line, new Map()) : unknown)
    ofNodes.set(node, sign)
    return sign
  }
  const ofTable = ({ axes, body }: PlainTable, inside: Inside): Sign =>
    signOf(body, withLengths(inside, axes))

  /** Of an entry inside of the box that of the array; outside it is 0. */
  const ofRead = ({ from, at }: Extract<PlainScalar, { kind: 'read' }>, inside: Inside): Sign => {
    if (from.kind !== 'table' && from.kind !== 'node') return unknown
    const sign = from.kind === 'table' ? ofTable(from, inside) : ofNode(from.node)
    const lengths =
      from.kind === 'table' ? from.axes.map((each) => each.length) : claim.nodes[from.node]?.shape
    const isInside = at.every((index, axis) => {
      const length = JSON.stringify(lengths?.[axis])
      if (index.kind === 'letter') return inside.get(index.letter) === length
      return isOne(index) && length === one
    })
    return { ...sign, nonzero: sign.nonzero && isInside }
  }

  const signOf = (s: PlainScalar, inside: Inside): Sign => {
    const of = (part: PlainScalar): Sign => signOf(part, inside)
    const all = (signs: readonly Sign[], key: keyof Sign) => signs.every((sign) => sign[key])
    switch (s.kind) {
      case 'number': {
        const n = readInteger(s.value[0])
        return { nonnegative: n >= 0n, nonzero: n !== 0n }
      }
      case 'size':
        return isLong(s.of, claim) ? positive : unknown
      case 'sum': {
        const signs = s.terms.map(of)
        const isSum = all(signs, 'nonnegative')
        return { nonnegative: isSum, nonzero: isSum && signs.some((sign) => sign.nonzero) }
      }
      case 'product': {
        const signs = s.factors.map(of)
        return { nonnegative: all(signs, 'nonnegative'), nonzero: all(signs, 'nonzero') }
      }
      case 'power': {
        const n = readInteger(s.exponent)
        const base = of(s.base)
        return { nonnegative: n % 2n === 0n || base.nonnegative, nonzero: n <= 0n || base.nonzero }
      }
      case 'apply': {
        const sign = s.order === 0 ? laws[s.f]?.sign : undefined
        const inner = of(s.to)
        const isAsX = sign === '≥ as x' && inner.nonnegative && inner.nonzero
        return { nonnegative: sign !== undefined, nonzero: sign === '>' || isAsX }
      }
      case 'reduce': {
        if (s.by !== 'sum') return unknown
        const { nonnegative: isSum, nonzero } = signOf(s.body, withOver(inside, s.over, claim))
        const isSome = s.when.length === 0 && s.over.every((axis) => isLong(axis.length, claim))
        return { nonnegative: isSum, nonzero: isSum && nonzero && isSome }
      }
      case 'read':
        return ofRead(s, inside)
      default:
        return { nonnegative: s.kind === 'guard', nonzero: false }
    }
  }
  return signOf
}

type Asked = 'poles' | 'kinks'

/** What a scalar itself asks beyond what is always so. */
const askedBy = (s: PlainScalar, sign: (part: PlainScalar) => Sign, order: number): Asked[] => {
  if (s.kind === 'power') {
    return readInteger(s.exponent) >= 0n || sign(s.base).nonzero ? [] : ['poles']
  }
  if (s.kind !== 'apply') return []
  const { asks, isBent } = laws[s.f] ?? {}
  const of = sign(s.to)
  const isMet =
    !asks ||
    ((asks === '≠' || of.nonnegative) && (of.nonzero || (asks === '≥' && s.order + order === 0)))
  return [
    ...(isMet ? [] : ['poles' as const]),
    ...(isBent && s.order > 0 ? ['kinks' as const] : []),
  ]
}

/** @throws Rejected where the claim asks for what it does not say */
export const demandConditions = (claim: PlainClaim): void => {
  const { equations, excluded, given } = claim
  const signOf = signsIn(claim)
  const demandOf = (part: unknown, inside: Inside, order = 0): void => {
    if (typeof part !== 'object' || part === null) return
    const { over, axes } = part as Partial<Pick<PlainTable, 'axes'> & { over: PlainAxis[] }>
    const within = axes ? withLengths(inside, axes) : over ? withOver(inside, over, claim) : inside
    for (const each of askedBy(part as PlainScalar, (s) => signOf(s, within), order))
      demand(excluded.includes(each), `${each} that are not excluded`)
    for (const each of Object.values(part)) demandOf(each, within, order)
  }
  for (const { letters, left, right } of equations) {
    const single = letters.filter(({ within }) => within.length === 1)
    const free = withLengths(
      new Map(),
      single.map(({ letter, within }) => ({ letter, length: within[0]! })),
    )
    demandOf([left, right], free)
  }
  demandOf(
    given.map(({ sum }) => sum),
    new Map(),
  )
  const order = isDifferential(equations) ? 1 : 0
  const reaches = reachesIn(claim)
  const ofCost = /"(adjoint|ofAdjoint)"/.test(JSON.stringify(equations))
  const read = [...nodesIn([equations, given]), ...(ofCost ? [claim.cost] : [])]
  for (const node of claim.nodes.keys())
    if (read.some((from) => reaches(from, node)))
      demandOf(claim.nodes[node]?.line, new Map(), order)
}
