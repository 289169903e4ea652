// Parts of arrays in a network's text: s_1 of a vector s, which counts from 1, and s[0], W[1, 2],
// z[:4], mu[:, None], which count from 0 as programs do; x[0] = v puts others in their place.
import { broadcastTo, concat, type Node, reshape, slice, where } from '@backprove/graph'
import { ClaimError, type Span } from '../../language/syntax.ts'

/** A place, a range, a new axis of length 1, or all axes that are left. */
export type Part =
  | { readonly kind: 'at'; readonly place: number }
  | { readonly kind: 'range'; readonly from?: number; readonly to?: number }
  | { readonly kind: 'new' | 'rest' }
  /** x[x < 0]: where an array is not 0. */
  | { readonly kind: 'mask'; readonly mask: Node }

const whole: Part = { kind: 'range' }

/** With each axis told of. @throws ClaimError where there are too many */
const spelled = (array: Node, parts: readonly Part[], span: Span): readonly Part[] => {
  const rank = array.shape.length
  const used = parts.filter(({ kind }) => kind === 'at' || kind === 'range').length
  if (used > rank) throw new ClaimError(`An array with ${rank} axes has not ${used}`, span)
  const left = Array.from({ length: rank - used }, () => whole)
  const at = parts.findIndex(({ kind }) => kind === 'rest')
  return at < 0 ? [...parts, ...left] : [...parts.slice(0, at), ...left, ...parts.slice(at + 1)]
}

interface Range {
  readonly start: number
  readonly end: number
}

const rangeOf = (part: Part, length: number, span: Span): Range => {
  const fromEnd = (place: number) => (place < 0 ? place + length : place)
  if (part.kind === 'at') {
    const start = fromEnd(part.place)
    if (start >= 0 && start < length) return { start, end: start + 1 }
    throw new ClaimError(
      `This axis has ${length} entries, counted from 0, and none at ${part.place}`,
      span,
    )
  }
  const { from = 0, to = length } = part as Extract<Part, { kind: 'range' }>
  const [start, end] = [Math.max(0, fromEnd(from)), Math.min(length, fromEnd(to))]
  if (start < end) return { start, end }
  throw new ClaimError(`This part of an axis with ${length} entries is empty`, span)
}

/** x[1:3, None]: a slice with the axes that are left and those that are new. */
export const partOf = (array: Node, parts: readonly Part[], span: Span): Node => {
  if (parts.some(({ kind }) => kind === 'mask'))
    throw new ClaimError('How many entries a mask takes is not known: x * (x > 0) keeps all', span)
  const rest = [...array.shape]
  const all = spelled(array, parts, span)
  const ranges: Range[] = []
  const shape = all.flatMap((part) => {
    if (part.kind === 'new') return [1]
    const range = rangeOf(part, rest.shift()!, span)
    ranges.push(range)
    return part.kind === 'at' ? [] : [range.end - range.start]
  })
  const [start, end] = [ranges.map((each) => each.start), ranges.map((each) => each.end)]
  const isWhole = ranges.every((each, k) => each.end - each.start === array.shape[k])
  const made = isWhole ? array : slice(array, { start, end })
  return made.shape.join() === shape.join() ? made : reshape(made, shape)
}

/** x with v in the place of a part: what lies before it, v, and what lies behind. */
export const replacedIn = (
  array: Node,
  parts: readonly Part[],
  value: Node | number,
  span: Span,
): Node => {
  const [first] = parts
  if (first?.kind === 'mask' && parts.length === 1) return where(first.mask, value, array)
  if (parts.some(({ kind }) => kind === 'mask' || kind === 'new'))
    throw new ClaimError('What gets this value is not read', span)
  const all = spelled(array, parts, span)
  // The value stands at the axes that are left, aligned at the last ones.
  const own = all.map((part, axis) => rangeOf(part, array.shape[axis]!, span))
  const lengths = own.map(({ start, end }) => end - start)
  const put = (x: Node, axis: number): Node => {
    const range = own[axis]
    if (!range) return spread(value, lengths, all, x, span)
    const { start, end } = range
    const cut = (from: number, to: number) =>
      slice(x, {
        start: x.shape.map((_, k) => (k === axis ? from : 0)),
        end: x.shape.map((length, k) => (k === axis ? to : length)),
      })
    const length = x.shape[axis]!
    const inner = put(start === 0 && end === length ? x : cut(start, end), axis + 1)
    const pieces = [
      ...(start > 0 ? [cut(0, start)] : []),
      inner,
      ...(end < length ? [cut(end, length)] : []),
    ]
    return pieces.length === 1 ? inner : concat(pieces, { axis })
  }
  return put(array, 0)
}

/** A value in the shape of the part that it takes the place of. */
const spread = (
  value: Node | number,
  lengths: readonly number[],
  parts: readonly Part[],
  { graph }: Node,
  span: Span,
): Node => {
  const kept = lengths.filter((_, axis) => parts[axis]!.kind !== 'at')
  const node = typeof value === 'number' ? graph.constant(value) : value
  const fits = node.shape.every((length, k) =>
    [1, kept[kept.length - node.shape.length + k]].includes(length),
  )
  if (node.shape.length > kept.length || !fits)
    throw new ClaimError(
      `A part of shape [${kept.join(', ')}] gets a value of shape [${node.shape.join(', ')}]`,
      span,
    )
  const full = broadcastTo(node, kept)
  return kept.length === lengths.length ? full : reshape(full, lengths)
}

/** s_1 of a vector s, where s_1 is not above. */
export const entryNamed = (
  name: string,
  known: (name: string) => Node | undefined,
  span: Span,
): Node | undefined => {
  const [, base, digits] = /^(.+)_\{?(\d{1,3})\}?$/.exec(name) ?? []
  const array = base === undefined ? undefined : known(base)
  if (array?.shape.length !== 1) return undefined
  return partOf(array, [{ kind: 'at', place: Number(digits) - 1 }], span)
}
