// Entries that no array has: z_7 of four entries. Outside its box an array is 0, which is what sums
// over a border need; a claim whose side is such an entry alone speaks of nothing.
import type { Resolved, ResolvedBinder, ResolvedClaim } from '../language/resolved.ts'
import { ClaimError } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'
import type { Boxes, Intervals } from '../lower/ranges/constraints.ts'
import { intervalOf } from '../lower/ranges/interval-of.ts'
import type { Network } from '../network/network.ts'

type Entry = Extract<Resolved, { kind: 'entry' }>

interface Outside {
  readonly entry: Entry
  readonly name: string
  readonly length: number
  readonly index: number
}

/** k of k = argmax(x): as an index it would be another k, for all places. */
const demandOwnLetters = ({ free, span }: ResolvedClaim, { scope }: Network): void => {
  const place = scope.names.find(({ name, isPlace }) => isPlace && free.includes(name))
  if (place)
    throw new ClaimError(
      `‘${place.name}’ is a place that the network finds, counted from 0: an index needs a letter of its own`,
      span,
    )
}

/** @throws ClaimError where a side speaks of entries that are not there, and of nothing else */
export const demandPlaces = (claim: ResolvedClaim, network: Network): void => {
  const { operands } = claim
  operands.forEach(demandWhole)
  demandOwnLetters(claim, network)
  if (!network.scope.slides) for (const side of operands) demandInside(side, network)
  const sides = operands.map((side) => outsideOnly(side, network))
  const outside = sides.flatMap((side) => side ?? [])
  const beyond = outside.find(({ index, length }) => index > length || !Number.isInteger(index))
  if (beyond) throw absent(beyond)
  // 0, or a number, on every side; where one of them reads an entry, it is refuted.
  if (outside[0] && !sides.includes(undefined)) throw absent(outside[0])
}

/** x_{i+1/2}: no value of i makes it a whole number. */
const demandWhole = (node: Resolved): void => {
  const indices = node.kind === 'entry' ? node.indices : []
  const broken = indices.find((index) => index?.kind !== 'numeral' && !isWhole(index))
  if (broken)
    throw new ClaimError('An index that is never a whole number: nothing is claimed', broken.span)
  childNodes<Resolved>(node).forEach(demandWhole)
}

/** Whether it may be a whole number, for some letters. */
const isWhole = (index: Resolved | null): boolean => {
  const offset = index === null ? 0 : offsetOf(index)
  return offset === undefined || Number.isInteger(offset)
}

/** How far from a whole number it is wherever its letters are; unknown where that depends. */
const offsetOf = (index: Resolved): number | undefined => {
  switch (index.kind) {
    case 'numeral':
      return Number(index.value.numerator) / Number(index.value.denominator)
    case 'index':
    case 'size':
      return 0
    case 'negation': {
      const offset = offsetOf(index.operand)
      return offset === undefined ? undefined : -offset
    }
    case 'addition': {
      const offsets = index.terms.map(offsetOf)
      return offsets.includes(undefined) ? undefined : offsets.reduce((a, b) => a! + b!, 0)
    }
    case 'product':
      return index.factors.every((each) => Number.isInteger(offsetOf(each))) ? 0 : undefined
    default:
      return undefined
  }
}

/** Only where kernels hang over borders is a term written that has no entry: x_{55} of 4×4. */
const demandInside = (node: Resolved, network: Network): void => {
  const outside = node.kind === 'entry' ? outsideOf(node, network) : undefined
  if (outside && (outside.index > outside.length || !Number.isInteger(outside.index)))
    throw absent(outside)
  for (const child of childNodes<Resolved>(node)) demandInside(child, network)
}

const absent = ({ entry, name, length, index }: Outside): ClaimError => {
  const entries = length === 1 ? 'one entry' : `${length} entries`
  return new ClaimError(
    `${name} has ${entries} along this axis, counted from 1, and none at ${index}: nothing is claimed`,
    entry.span,
  )
}

/** The entries of a side, where what it reads is outside of every box; or none at all. */
const outsideOnly = (side: Resolved, network: Network): Outside[] | undefined => {
  const found: Outside[] = []
  return spokenOf(side, network, found) === 'inside' ? undefined : found
}

type Spoken = 'inside' | 'outside' | 'number'

/**
 * What a part is about: entries that are there, entries that are not, or neither. `known`: between
 * what the letters of Σ run.
 */
const spokenOf = (
  node: Resolved,
  network: Network,
  found: Outside[],
  known: Intervals = new Map(),
): Spoken => {
  const of = (part: Resolved): Spoken => spokenOf(part, network, found, known)
  if (node.kind === 'entry') {
    const outside = outsideOf(node, network, { boxes: boxesOf(network), known })
    if (outside) found.push(outside)
    return outside ? 'outside' : 'inside'
  }
  if (node.kind === 'derivative') {
    const parts = node.of.kind === 'cost' ? node.by : [node.of, ...node.by]
    return parts.map(of).includes('outside') ? 'outside' : 'inside'
  }
  if (['array', 'cost', 'variable', 'index', 'size'].includes(node.kind)) return 'inside'
  // Σ_j W_{0j} x_j: of row 0 there is nothing to add up.
  if (node.kind === 'reduction') {
    const inner = spokenOf(node.body, network, found, within(node.binders, network, known))
    return inner === 'outside' ? 'outside' : 'inside'
  }
  const parts = childNodes<Resolved>(node).map(of)
  const isProduct = node.kind === 'product' || node.kind === 'hadamard'
  // Where kernels hang over borders, terms are written that have no entry.
  const isNothing = isProduct && !network.scope.slides && parts.includes('outside')
  if (!isNothing && parts.includes('inside')) return 'inside'
  return parts.includes('outside') ? 'outside' : 'number'
}

/** Σ_{i=5}^{n+9}: the letters of a sum with ends that are numbers, as recorded. */
const within = (
  binders: readonly ResolvedBinder[],
  network: Network,
  known: Intervals,
): Intervals => {
  const inner = new Map(known)
  const boxes = boxesOf(network)
  for (const { name, lower, upper } of binders) {
    const ends = [lower, upper].map((end) => end && intervalOf(end, boxes, inner))
    inner.delete(name)
    const [low, high] = [ends[0]?.low, ends[1]?.high]
    if (low !== undefined && high !== undefined && low <= high) inner.set(name, { low, high })
  }
  return inner
}

const boxesOf = ({ scope }: Network): Boxes => ({
  ...noLetters,
  size: (letter) => {
    const found = scope.sizes?.find(({ name }) => name === letter)
    return found && scope.names.find(({ name }) => name === found.array)?.shape[found.axis]
  },
})

/** Of numbers alone. */
const noLetters: Boxes = { shapeOf: () => undefined, size: () => undefined }

const outsideOf = (
  entry: Entry,
  { scope }: Network,
  { boxes, known }: { readonly boxes: Boxes; readonly known: Intervals } = nothingKnown,
): Outside | undefined => {
  let { array } = entry
  if (array.kind === 'derivative' && array.by.length === 1) array = array.by[0]!
  if (array.kind !== 'array') return undefined
  const { name, skip } = array
  // The axes that claims see, without those of length 1.
  const shape = scope.names.find((each) => each.name === name)?.shape.slice(skip)
  if (!shape) return undefined
  for (const [axis, each] of entry.indices.entries()) {
    const found = each && intervalOf(each, boxes, known)
    const length = shape[axis]
    if (!found || length === undefined) continue
    const { low, high } = found
    const isBetween = low === high && !Number.isInteger(low)
    if (high < 1 || low > length || isBetween)
      return { entry, name, length, index: high < 1 ? high : low }
  }
  return undefined
}

const nothingKnown = { boxes: noLetters, known: new Map() } as const
