// Lengths of axes that nobody said: unknowns which equations set equal.
import { ClaimError } from '../../language/syntax.ts'

/** Unknown until another one, a letter or a number is set equal to it. */
export interface Length {
  same?: Length
  letter?: string | undefined
  size?: number | undefined
  /** As many places as an axis has for another to slide over. */
  slides?: { readonly over: Length; readonly by: Length } | undefined
  /** Long where something slides over it, short where it slides. */
  sliding?: 'long' | 'short' | undefined
  /** Only the looks of a name say that there is such an axis. */
  guessed?: boolean | undefined
}

export type Shape = readonly Length[]

/** What cannot be read with certainty. */
class Unreadable extends Error {}

export const unreadable = (): never => {
  throw new Unreadable()
}

/** What a part of a document says; undefined where it has no meaning. */
export const orUndefined = <Value>(read: () => Value): Value | undefined => {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unreadable || error instanceof ClaimError) return undefined
    throw error
  }
}

export const rootOf = (length: Length): Length => (length.same ? rootOf(length.same) : length)

/** One of both where the other is not said; they may not differ. */
const either = <Value>(a: Value | undefined, b: Value | undefined): Value | undefined =>
  a === undefined || b === undefined || a === b ? (a ?? b) : unreadable()

export const unite = (a: Length, b: Length): void => {
  const [from, to] = [rootOf(a), rootOf(b)]
  if (from === to) return
  to.letter = either(from.letter, to.letter)
  to.size = either(from.size, to.size)
  to.guessed &&= from.guessed
  to.slides = either(from.slides, to.slides)
  to.sliding ??= from.sliding
  from.same = to
}

/** Where what is done with an array asks for its axes. */
export const sure = (shape: Shape): Shape => {
  for (const length of shape) rootOf(length).guessed = false
  return shape
}

export const isGuessed = (shape: Shape): boolean =>
  shape.some((length) => rootOf(length).guessed === true)

export const uniteShapes = (a: Shape, b: Shape): void => {
  if (a.length !== b.length) unreadable()
  for (const [k, length] of a.entries()) unite(length, b[k]!)
}

/** Numbers for all lengths: those that nobody said differ, so that no two are equal by chance. */
export const numbered = () => {
  const known = new Map<Length, number>()
  const number = (length: Length): number => {
    const root = rootOf(length)
    const { slides, sliding } = root
    const made = slides && number(slides.over) - number(slides.by) + 1
    const other = sliding === 'short' ? 2 + (known.size % 2) : known.size + (sliding ? 9 : 3)
    const found = root.size ?? known.get(root) ?? made ?? other
    known.set(root, found)
    return found
  }
  return number
}
