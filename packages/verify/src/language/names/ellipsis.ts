// Three dots in a sum, where the terms beside them say which entries are meant: an arithmetic
// progression, or all entries of a block in the order of the page. What could be two sums is
// refused.
import { rational } from '../rational.ts'
import type { Resolved, Scope } from '../resolved.ts'
import { ClaimError, type Span } from '../syntax.ts'

const mostTerms = 1000

type Numeral = Extract<Resolved, { kind: 'numeral' }>

/** A numeral of a term; `entry` counts the entries of the term, `axis` is how long its axis is. */
interface Slot {
  readonly node: Numeral
  readonly entry?: number
  readonly axis?: number
}

interface Term {
  /** The term without its numerals: equal for all terms of a progression. */
  readonly skeleton: string
  readonly slots: readonly Slot[]
}

/** Slots that move together, and how far each goes from the first term to each other one. */
interface Coordinate {
  readonly offsets: readonly bigint[]
  readonly slots: readonly number[]
}

const axisLengths = (array: Resolved, scope: Scope): readonly number[] => {
  const leaf = array.kind === 'derivative' ? array.by[0] : array
  if (leaf?.kind !== 'array') return []
  const shape = scope.names.find((each) => each.name === leaf.name)?.shape ?? []
  return shape.slice(leaf.skip)
}

const readTerm = (term: Resolved, scope: Scope): Term => {
  const slots: Slot[] = []
  let entries = 0
  const visit = (value: unknown, place: Omit<Slot, 'node'>): unknown => {
    if (typeof value !== 'object' || value === null) return `${value}`
    if (Array.isArray(value)) return value.map((each) => visit(each, place))
    const node = value as Resolved
    if (node.kind === 'numeral') {
      slots.push({ node, ...place })
      return '#'
    }
    if (node.kind === 'entry') {
      const entry = entries++
      const lengths = axisLengths(node.array, scope)
      const indices = node.indices.map((index, at) => visit(index, { entry, axis: lengths[at]! }))
      return ['entry', visit(node.array, {}), indices]
    }
    const fields = Object.entries(node).filter(([key]) => key !== 'span')
    return fields.map(([key, each]) => [key, visit(each, place)])
  }
  const skeleton = JSON.stringify(visit(term, {}))
  return { skeleton, slots }
}

/** The same term with other numerals, in the order in which `readTerm` meets them. */
const withNumerals = (term: Resolved, replaced: ReadonlyMap<Resolved, bigint>): Resolved => {
  const visit = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(visit)
    const number = replaced.get(value as Resolved)
    if (number !== undefined) return { ...(value as Numeral), value: rational(number) }
    const node = value as Resolved
    if (node.kind === 'numeral') return node
    return Object.fromEntries(
      Object.entries(node).map(([key, each]) => [key, key === 'span' ? each : visit(each)]),
    )
  }
  return visit(term) as Resolved
}

const absolute = (value: bigint) => (value < 0n ? -value : value)
const signOf = (value: bigint) => (value < 0n ? -1n : 1n)

const sameUpToSign = (a: readonly bigint[], b: readonly bigint[]): boolean =>
  a.every((each, at) => each === b[at]) || a.every((each, at) => each === -b[at]!)

const coordinatesOf = (terms: readonly Term[], refuse: (why: string) => Error): Coordinate[] => {
  const coordinates: { offsets: bigint[]; slots: number[] }[] = []
  terms[0]!.slots.forEach((slot, at) => {
    const values = terms.map((term) => term.slots[at]!.node.value)
    const { numerator, denominator } = slot.node.value
    if (values.every((each) => each.numerator === numerator && each.denominator === denominator))
      return
    if (values.some((each) => each.denominator !== 1n)) throw refuse('a fraction changes')
    const offsets = values.map((each) => each.numerator - values[0]!.numerator)
    const known = coordinates.find((each) => sameUpToSign(each.offsets, offsets))
    if (known) known.slots.push(at)
    else coordinates.push({ offsets, slots: [at] })
  })
  return coordinates
}

/** One coordinate: first, first + step, … up to the last. */
const progression = (last: bigint, second: bigint | undefined, refuse: (why: string) => Error) => {
  const step = second ?? signOf(last)
  if (step === 0n || last % step !== 0n || last / step < 1n)
    throw refuse('the steps do not reach the last term')
  if (last / step >= BigInt(mostTerms)) throw refuse(`more than ${mostTerms} terms`)
  return Array.from({ length: Number(last / step) + 1 }, (_, at) => [BigInt(at) * step])
}

/** Several coordinates: a block in lexicographic order, the last of `extents` moving fastest. */
const block = (extents: readonly bigint[], refuse: (why: string) => Error): bigint[][] => {
  const count = extents.reduce((product, extent) => product * (absolute(extent) + 1n), 1n)
  if (count > BigInt(mostTerms)) throw refuse(`more than ${mostTerms} terms`)
  return extents.reduce<bigint[][]>(
    (places, extent) =>
      places.flatMap((place) =>
        Array.from({ length: Number(absolute(extent)) + 1 }, (_, at) => [
          ...place,
          BigInt(at) * signOf(extent),
        ]),
      ),
    [[]],
  )
}

/**
 * The terms that stand for `before + … + after`, both ends included. `before` and `after` are
 * those beside the dots that have the same form, none of them empty.
 */
const between = (
  before: readonly Resolved[],
  after: readonly Resolved[],
  scope: Scope,
  refuse: (why: string) => Error,
): Resolved[] => {
  const terms = [...before, ...after].map((term) => readTerm(term, scope))
  const [first] = terms as [Term]
  const coordinates = coordinatesOf(terms, refuse)
  const lastOf = (each: Coordinate) => each.offsets.at(-1)!
  const secondOf = (each: Coordinate) => (before.length > 1 ? each.offsets[1] : undefined)
  if (coordinates.length === 0) throw refuse('the terms beside them are equal')
  const entriesOf = ({ slots }: Coordinate) => slots.map((slot) => first.slots[slot]!.entry)
  const hasTwins = coordinates.some((each) => {
    const entries = entriesOf(each).filter((entry) => entry !== undefined)
    return new Set(entries).size < entries.length
  })
  if (before.length === 1 && (coordinates.length > 1 || hasTwins))
    throw refuse('one term before them does not tell the order')
  // t_111 + t_112 + … + t_222: the first two may move together, or row by row.
  if (hasTwins && coordinates.length > 1) throw refuse('the order is not clear')
  const ordered = inOrder(coordinates, secondOf)
  if (!ordered) throw refuse('the order is not clear')
  const places =
    ordered.length === 1
      ? progression(lastOf(ordered[0]!), secondOf(ordered[0]!), refuse)
      : block(ordered.map(lastOf), refuse)
  // Where a row ends must be seen: at the end of an axis, or in the terms that are written.
  ordered.slice(1).forEach((each, at) => {
    const extent = Number(absolute(lastOf(each))) + 1
    const isWhole = each.slots.some((slot) => first.slots[slot]!.axis === extent)
    const isSeen = at === ordered.length - 2 && before.length > extent
    if (!isWhole && !isSeen) throw refuse('it is not clear where a row ends')
  })
  terms.forEach((_, at) => {
    const place = places.at(at < before.length ? at : at - terms.length)
    if (!ordered.every((each, axis) => each.offsets[at] === place?.[axis]))
      throw refuse('the terms beside them are no progression')
  })
  if (places.length < terms.length) throw refuse('nothing is left out')
  return places.map((place) => {
    const replaced = new Map<Resolved, bigint>()
    ordered.forEach((coordinate, axis) => {
      for (const slot of coordinate.slots) {
        const { node } = first.slots[slot]!
        const own = terms.at(-1)!.slots[slot]!.node.value.numerator - node.value.numerator
        const sign = own === lastOf(coordinate) ? 1n : -1n
        replaced.set(node, node.value.numerator + sign * place[axis]!)
      }
    })
    return withNumerals(before[0]!, replaced)
  })
}

/**
 * Slowest first: as written, or reversed where the first coordinate is the one that moves first.
 */
const inOrder = (
  coordinates: readonly Coordinate[],
  secondOf: (each: Coordinate) => bigint | undefined,
): readonly Coordinate[] | undefined => {
  if (coordinates.length === 1) return coordinates
  const moving = coordinates.filter((each) => secondOf(each) !== 0n)
  if (moving.length !== 1) return undefined
  if (moving[0] === coordinates.at(-1)) return coordinates
  return moving[0] === coordinates[0] ? [...coordinates].reverse() : undefined
}

/**
 * A sum whose dots (null) are written out.
 * @throws ClaimError at the dots, where their neighbours do not determine what they stand for.
 */
export const withoutDots = (
  terms: readonly (Resolved | null)[],
  dots: Span,
  scope: Scope,
): readonly Resolved[] => {
  const refuse = (why: string) =>
    new ClaimError(`Three dots that could mean several sums: ${why}`, dots)
  const at = terms.indexOf(null)
  const after = terms.slice(at + 1) as Resolved[]
  const before = terms.slice(0, at) as Resolved[]
  if (after.includes(null as never)) throw refuse('there are several of them')
  if (before.length === 0 || after.length === 0)
    throw refuse('there is no term before them or none after them')
  const form = (term: Resolved) => readTerm(term, scope).skeleton
  const pattern = form(after[0]!)
  const start = before.findLastIndex((term) => form(term) !== pattern) + 1
  const other = after.findIndex((term) => form(term) !== pattern)
  const end = other < 0 ? after.length : other
  if (start === before.length) throw refuse('the terms beside them have not the same form')
  return [
    ...before.slice(0, start),
    ...between(before.slice(start), after.slice(0, end), scope, refuse),
    ...after.slice(end),
  ]
}
