// What a claim asks for as it is written, before anything cancels: what is divided by is not 0.
// What is always so is found by signs and asked of no one: sums of exponentials, 1 + e^{−z},
// σ² + ε.

import { laws } from './laws.ts'
import { demand, readInteger } from './polynomials.ts'
import type {
  PlainAxis,
  PlainClaim,
  PlainGuard,
  PlainIndex,
  PlainScalar,
  PlainTable,
} from './statement.ts'

/** Positive, at least 0, other than 0; or nothing is known. */
export type Sign = '+' | '≥' | '≠' | '?'

const isNonnegative = (sign: Sign): boolean => sign === '+' || sign === '≥'
const isNonzero = (sign: Sign): boolean => sign === '+' || sign === '≠'

const ofProduct = (signs: readonly Sign[]): Sign => {
  if (signs.every((sign) => sign === '+')) return '+'
  if (signs.every(isNonnegative)) return '≥'
  return signs.every(isNonzero) ? '≠' : '?'
}

const ofSum = (signs: readonly Sign[]): Sign => {
  if (!signs.every(isNonnegative)) return '?'
  return signs.includes('+') ? '+' : '≥'
}

type Lengths = PlainClaim['lengths']

/** A length that is at least 1: a size, or a number. */
const isLong = (index: PlainIndex | undefined, lengths: Lengths): boolean => {
  if (index?.kind !== 'length') return false
  const [only, ...others] = index.of
  if (!only || others.length > 0 || readInteger(only.coefficient) < 1n) return false
  return only.variables.every((id) =>
    lengths.some((each) => each.id === id && each.kind === 'size'),
  )
}

/** The letters run through at least one value, whatever the lengths. */
const isWhole = (over: readonly PlainAxis[], lengths: Lengths): boolean =>
  over.every(({ from, to }) => {
    const first = from?.kind === 'length' && from.of.length === 1 ? from.of[0]! : undefined
    const isOne = first?.coefficient === '1' && first.variables.length === 0
    return isOne && isLong(to, lengths)
  })

/** The lengths up to which letters run from 1. */
type Inside = ReadonlyMap<number, string>

const withAxes = (inside: Inside, axes: PlainTable['axes']): Inside =>
  new Map([...inside, ...axes.map((a) => [a.letter, JSON.stringify(a.length)] as const)])

const withOver = (inside: Inside, over: readonly PlainAxis[], lengths: Lengths): Inside => {
  const whole = over.filter((axis) => isWhole([axis], lengths))
  return new Map([
    ...[...inside].filter(([letter]) => !over.some((axis) => axis.letter === letter)),
    ...whole.map(
      ({ letter, to }) => [letter, JSON.stringify(to!.kind === 'length' && to!.of)] as const,
    ),
  ])
}

/** Of an entry inside of the box that of the array; outside it is 0. */
const signOfRead = (
  { from, at }: Extract<PlainScalar, { kind: 'read' }>,
  claim: PlainClaim,
  inside: Inside,
): Sign => {
  const node = from.kind === 'node' ? claim.nodes[from.node] : undefined
  const table = from.kind === 'table' ? from : node?.line
  const law = node?.function ? laws[node.function.f] : undefined
  const outer = from.kind === 'table' ? inside : new Map<number, string>()
  const ofTable = table ? signOf(table.body, claim, withAxes(outer, table.axes)) : '?'
  const sign = law?.isPositive ? '+' : law?.isNonnegative ? '≥' : ofTable
  const lengths = table?.axes.map(({ length }) => length) ?? node?.shape ?? []
  const isInside = at.every((index, axis) => {
    const length = JSON.stringify(lengths[axis])
    if (index.kind === 'letter') return inside.get(index.letter) === length
    return index.kind === 'length' && JSON.stringify(index.of) === one && length === one
  })
  return isInside ? sign : isNonnegative(sign) ? '≥' : '?'
}

const one = JSON.stringify([{ coefficient: '1', variables: [] }])

export const signOf = (s: PlainScalar, claim: PlainClaim, inside: Inside): Sign => {
  const of = (part: PlainScalar): Sign => signOf(part, claim, inside)
  switch (s.kind) {
    case 'number': {
      const n = readInteger(s.value[0])
      return n > 0n ? '+' : n === 0n ? '≥' : '≠'
    }
    case 'size':
      return isLong(s.of, claim.lengths) ? '+' : '?'
    case 'sum':
      return ofSum(s.terms.map(of))
    case 'product':
      return ofProduct(s.factors.map(of))
    case 'quotient':
      return ofProduct([of(s.above), of(s.below) === '≥' ? '+' : of(s.below)])
    case 'power': {
      const [n, d] = s.exponent.map(readInteger)
      const base = of(s.base)
      if (base === '+') return '+'
      if (d === 2n) return '≥'
      if (d !== 1n || n === undefined) return '?'
      if (n % 2n === 0n) return isNonzero(base) ? '+' : '≥'
      return n > 0n || isNonzero(base) ? base : '?'
    }
    case 'apply': {
      const law = s.order === 0 ? laws[s.f] : undefined
      if (law?.isPositive) return '+'
      if (law?.isNonnegative) return s.f === '√' && of(s.to[0]!) === '+' ? '+' : '≥'
      return '?'
    }
    case 'reduce': {
      const body = signOf(s.body, claim, withOver(inside, s.over, claim.lengths))
      if (s.by !== 'sum' || !isNonnegative(body)) return '?'
      return body === '+' && s.when.length === 0 && isWhole(s.over, claim.lengths) ? '+' : '≥'
    }
    case 'read':
      return signOfRead(s, claim, inside)
    case 'guard':
      return '≥'
    default:
      return '?'
  }
}

/** What stands directly below, where letters run as they do there. */
const below = (s: PlainScalar, inside: Inside, lengths: Lengths): [PlainScalar, Inside][] => {
  const ofGuard = (guard: PlainGuard): [PlainScalar, Inside][] => {
    if (guard.kind === 'values') return [guard.left, guard.right].map((each) => [each, inside])
    if (guard.kind !== 'winner') return []
    return [[guard.body, withOver(inside, guard.over, lengths)]]
  }
  const here = (parts: readonly PlainScalar[]) =>
    parts.map((each): [PlainScalar, Inside] => [each, inside])
  switch (s.kind) {
    case 'sum':
      return here(s.terms)
    case 'product':
      return here(s.factors)
    case 'quotient':
      return here([s.above, s.below])
    case 'power':
      return here([s.base])
    case 'apply':
      return here(s.to)
    case 'reduce':
      return [[s.body, withOver(inside, s.over, lengths)], ...s.when.flatMap(ofGuard)]
    case 'guard':
      return s.guards.flatMap(ofGuard)
    case 'read':
      return s.from.kind === 'table' ? [[s.from.body, withAxes(inside, s.from.axes)]] : []
    default:
      return []
  }
}

type Asked = 'poles' | 'kinks'

/** What a scalar itself asks beyond what is always so. */
const askedBy = (s: PlainScalar, signs: (part: PlainScalar) => Sign): readonly Asked[] => {
  switch (s.kind) {
    case 'quotient':
      return isNonzero(signs(s.below)) ? [] : ['poles']
    case 'power': {
      const isInverse = readInteger(s.exponent[0]) < 0n
      const isRoot = s.exponent[1] !== '1'
      const base = signs(s.base)
      return (isInverse && !isNonzero(base)) || (isRoot && !isNonnegative(base)) ? ['poles'] : []
    }
    case 'apply': {
      const law = laws[s.f]
      const argument = s.to[0] ? signs(s.to[0]) : '?'
      const isMet =
        !law?.asks ||
        (law.asks === 'positive' && argument === '+') ||
        (law.asks === 'not zero' && isNonzero(argument)) ||
        (law.asks === 'not negative' && isNonnegative(argument))
      const isBent = law?.isBent && s.order > 0
      return [...(isMet ? [] : ['poles' as const]), ...(isBent ? ['kinks' as const] : [])]
    }
    default:
      return []
  }
}

/** @throws Rejected where the claim asks for what it does not say */
export const demandConditions = (claim: PlainClaim): void => {
  const visit = (s: PlainScalar, inside: Inside): void => {
    for (const each of askedBy(s, (part) => signOf(part, claim, inside)))
      demand(claim.excluded.includes(each), `${each} that are not excluded`)
    for (const [part, there] of below(s, inside, claim.lengths)) visit(part, there)
  }
  for (const { letters, left, right } of claim.equations) {
    const free = new Map(
      letters.flatMap(({ letter, within }) =>
        within.length === 1 ? [[letter, JSON.stringify(within[0])] as const] : [],
      ),
    )
    for (const side of [left, right]) visit(side, free)
  }
}
