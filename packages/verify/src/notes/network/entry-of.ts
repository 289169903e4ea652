// Entries in a network's text: s_1 of a vector s, which counts from 1, and s[0], W[1, 2], W[0],
// which count from 0 as programs do.
import { type Node, reshape, slice } from '@backprove/graph'
import { ClaimError, type Span } from '../../language/syntax.ts'

/** The entry at these places of the first axes; from the end where they are negative. */
export const entryOf = (array: Node, places: readonly number[], span: Span): Node => {
  const { shape } = array
  if (places.length > shape.length)
    throw new ClaimError(`An array with ${shape.length} axes has not ${places.length}`, span)
  const start = places.map((place, axis) => (place < 0 ? place + shape[axis]! : place))
  const outside = start.findIndex((place, axis) => place < 0 || place >= shape[axis]!)
  if (outside >= 0)
    throw new ClaimError(
      `This axis has ${shape[outside]} entries, counted from 0, and none at ${places[outside]}`,
      span,
    )
  const part = slice(array, { start, end: start.map((place) => place + 1) })
  return reshape(part, shape.slice(places.length))
}

/** 1 of s_1, where s is a vector above and s_1 is not; undefined of another word. */
export const entryNamed = (
  name: string,
  known: (name: string) => Node | undefined,
  span: Span,
): Node | undefined => {
  const [, base, digits] = /^(.+)_\{?(\d{1,3})\}?$/.exec(name) ?? []
  const array = base === undefined ? undefined : known(base)
  return array?.shape.length === 1 ? entryOf(array, [Number(digits) - 1], span) : undefined
}
