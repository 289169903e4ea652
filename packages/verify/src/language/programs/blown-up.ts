// Arrays whose entries stand for blocks: kron(A, B), repeat(x, 2, axis=0). Their axes are as long
// as recorded: entry i of one is of block ⌈i/s⌉.
import type { Resolved } from '../resolved.ts'
import { ClaimError } from '../syntax.ts'
import { type Axes, type Axis, isUnit } from './axis.ts'
import { type Call, call, numeral, type Reading } from './reading.ts'

const longer = (axis: Axis, times: number): Axis =>
  times === 1 ? axis : { ...axis, length: axis.length * times, isPart: true }

/** How often each entry stands side by side, for each axis. @throws ClaimError of no such axis */
const timesOf = ({ along, span }: Call, rank: number): readonly number[] => {
  const [said] = along?.axes ?? []
  if (said === undefined && rank !== 1)
    throw new ClaimError('Along which axis it is repeated is not said', span)
  const axis = said === undefined ? 0 : said < 0 ? said + rank : said
  if (axis < 0 || axis >= rank)
    throw new ClaimError(`An array with ${rank} axes has no axis ${said}`, span)
  return Array.from({ length: rank }, (_, k) => (k === axis ? along!.times! : 1))
}

/** Two arrays with as many axes: what is missing in front is 1 long. */
const aligned = (all: readonly Axes[]): readonly (readonly (Axis | undefined)[])[] => {
  const rank = Math.max(...all.map(({ length }) => length))
  return all.map((axes) =>
    Array.from({ length: rank }, (_, k) => axes[axes.length - rank + k] ?? undefined),
  )
}

const lengthIn = (axis: Axis | undefined): number => axis?.length ?? 1

export const repeatedAxes = (node: Call, axes: Axes): Axes => {
  const times = timesOf(node, axes.length)
  return axes.map((axis, k) => longer(axis, times[k]!))
}

export const kroneckerAxes = (all: readonly Axes[]): Axes => {
  const [a, b] = aligned(all)
  return a!.map((axis, k) => {
    const other = b![k]
    if (!axis || isUnit(axis)) return other ?? axis!
    return longer(axis, lengthIn(other))
  })
}

/** ⌈i/s⌉, and the place in the block, i − s ⌈i/s⌉ + s. */
const blockAt = (at: Resolved, times: number): readonly [block: Resolved, inside: Resolved] => {
  const { span } = at
  const one = numeral(1n, span)
  if (times === 1) return [at, one]
  if (at.kind === 'numeral') {
    const place = Number(at.value.numerator)
    const block = Math.ceil(place / times)
    return [numeral(BigInt(block), span), numeral(BigInt(place - times * (block - 1)), span)]
  }
  const size = numeral(BigInt(times), span)
  const quotient: Resolved = { kind: 'quotient', numerator: at, denominator: size, span }
  const block = call('ceil', [quotient], span)
  const before: Resolved = { kind: 'product', factors: [size, block], span }
  const negation: Resolved = { kind: 'negation', operand: before, span }
  return [block, { kind: 'addition', terms: [at, negation, size], span }]
}

export const repeatedAt = (
  node: Call,
  axes: Axes,
  at: readonly Resolved[],
  reading: Reading,
): Resolved => {
  const times = timesOf(node, axes.length)
  return reading.entryAt(
    node.operands[0]!,
    at.map((each, k) => blockAt(each, times[k]!)[0]),
  )
}

export const kroneckerAt = (
  { operands, span }: Call,
  all: readonly Axes[],
  at: readonly Resolved[],
  reading: Reading,
): Resolved => {
  const [a, b] = aligned(all)
  const places = at.map((each, k) =>
    lengthIn(a![k]) === 1 ? ([numeral(1n, span), each] as const) : blockAt(each, lengthIn(b![k])),
  )
  const own = (axes: readonly (Axis | undefined)[], which: 0 | 1) =>
    axes.flatMap((axis, k) => (axis ? [places[k]![which]] : []))
  const factors = [
    reading.entryAt(operands[0]!, own(a!, 0)),
    reading.entryAt(operands[1]!, own(b!, 1)),
  ]
  return { kind: 'product', factors, span }
}
