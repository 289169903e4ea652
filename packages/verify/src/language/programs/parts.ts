// Parts of arrays in lines of programs: x[i, :], x[:, 0], x[1:4, None], x[-1]. Places count from 0
// there, and from the end where they are negative; what has such a part speaks of the recorded
// lengths alone.
import { foldedIndex } from '../names/below/shifted-index.ts'
import type { Resolved, Scope } from '../resolved.ts'
import { ClaimError, type Rational } from '../syntax.ts'
import { mapped, spellingOf } from '../walk.ts'
import type { Axes, Axis } from './axis.ts'
import { type Call, numeral, type Reading } from './reading.ts'

/** Of `along.parts`: which of them has how many places written. */
export type Part = 'all' | 'new' | 'at' | 'range' | 'from' | 'to'

const placesOf: Readonly<Record<Part, number>> = { all: 0, new: 0, at: 1, range: 2, from: 1, to: 1 }

interface Placed {
  readonly part: Part
  readonly places: readonly Resolved[]
}

const placed = ({ along, operands }: Call, rank: number): readonly Placed[] => {
  const places = operands.slice(1)
  const parts = along!.parts!.map(
    (part): Placed => ({
      part,
      places: places.splice(0, placesOf[part]),
    }),
  )
  const used = parts.filter(({ part }) => part !== 'new').length
  const rest = Array.from({ length: rank - used }, (): Placed => ({ part: 'all', places: [] }))
  return [...parts, ...rest]
}

const termsOf = (node: Resolved, sign: bigint): readonly [Resolved, bigint][] => {
  if (node.kind === 'addition') return node.terms.flatMap((term) => termsOf(term, sign))
  return node.kind === 'negation' ? termsOf(node.operand, -sign) : [[node, sign]]
}

const isWhole = ({ denominator }: Rational): boolean => denominator === 1n

/** What is left of places when the letters cancel: 3 of i + 3 − i. */
const constantOf = (terms: readonly [Resolved, bigint][]): number | undefined => {
  const letters = new Map<string, bigint>()
  let sum = 0n
  for (const [node, sign] of terms) {
    if (node.kind === 'numeral' && isWhole(node.value)) sum += sign * node.value.numerator
    else {
      const key = spellingOf(node)
      letters.set(key, (letters.get(key) ?? 0n) + sign)
    }
  }
  return [...letters.values()].every((count) => count === 0n) ? Number(sum) : undefined
}

/** A place that is a number; from the end where it is negative. @throws ClaimError at −i − 1 */
const fixed = (place: Resolved, length: number): number | undefined => {
  const terms = termsOf(place, 1n)
  const value = constantOf(terms)
  if (value === undefined && terms.some(([node, sign]) => sign < 0n && node.kind !== 'numeral'))
    throw new ClaimError('A place counted from the end is a number here', place.span)
  return value !== undefined && value < 0 ? value + length : value
}

/** Where a range begins, as a place, and how many entries it has. */
const rangeOf = ({ part, places }: Placed, { length }: Axis, node: Call) => {
  const { span } = node
  const [first, second] = places
  const start = part === 'to' ? numeral(0n, span) : first!
  const end = part === 'to' ? first! : second
  const from = fixed(start, length)
  const to = end ? fixed(end, length) : length
  const begin = from === undefined ? start : numeral(BigInt(Math.max(0, from)), span)
  const count =
    from !== undefined && to !== undefined
      ? to - from
      : end && constantOf([...termsOf(end, 1n), ...termsOf(start, -1n)])
  if (count === undefined || count < 1 || count > length || (from ?? 0) < 0 || (to ?? 0) > length)
    throw new ClaimError(`This part of an axis with ${length} entries is not read`, span)
  return { begin, count }
}

/** x[h:h+f] of a filter whose length is called f: the recorded one, as all of a part is. */
export const withLengths = (node: Call, { sizes = [], names }: Scope): Call =>
  mapped(node, (each) => {
    const part = each as Resolved
    const size = part.kind === 'size' && sizes.find(({ name }) => name === part.name)
    const own = size && names.find(({ name }) => name === size.array)
    return own ? numeral(BigInt((own.recorded ?? own.shape)[size.axis]!), part.span) : undefined
  })

/** The axes of a part. @throws ClaimError where there are too many places */
export const partAxes = (node: Call, axes: Axes, made: (axes: Axes) => Axis): Axes => {
  const used = node.along!.parts!.filter((part) => part !== 'new').length
  if (used > axes.length)
    throw new ClaimError(`An array with ${axes.length} axes has not ${used}`, node.span)
  const rest = [...axes]
  return placed(node, axes.length).flatMap((each) => {
    if (each.part === 'new') return [made(axes)]
    const axis = rest.shift()!
    if (each.part === 'all') return [axis]
    if (each.part === 'at') return []
    const { count } = rangeOf(each, axis, node)
    return [count === axis.length ? axis : { ...axis, length: count, isPart: true }]
  })
}

const moved = (at: Resolved, by: Resolved): Resolved =>
  foldedIndex({ kind: 'addition', terms: [at, by], span: at.span })

/** The entry of a part: x[1:][i] is x[i + 1]. */
export const partEntry = (
  node: Call,
  axes: Axes,
  at: readonly Resolved[],
  reading: Reading,
): Resolved => {
  const rest = [...at]
  const own = [...axes]
  const indices = placed(node, axes.length).flatMap((each) => {
    if (each.part === 'new') {
      rest.shift()
      return []
    }
    const axis = own.shift()!
    if (each.part === 'all') return [rest.shift()!]
    if (each.part !== 'at') return [moved(rest.shift()!, rangeOf(each, axis, node).begin)]
    const [place] = each.places
    const value = fixed(place!, axis.length)
    if (value !== undefined && (value < 0 || value >= axis.length))
      throw new ClaimError(`An axis with ${axis.length} entries has no place ${value}`, place!.span)
    const one = numeral(1n, node.span)
    return [moved(value === undefined ? place! : numeral(BigInt(value), node.span), one)]
  })
  return reading.entryAt(node.operands[0]!, indices)
}
