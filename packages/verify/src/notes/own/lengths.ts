// Lengths of axes that nobody said: unknowns which equations set equal.

/** Unknown until another one, a letter or a number is set equal to it. */
export interface Length {
  same?: Length
  letter?: string | undefined
  size?: number | undefined
  /** Only the looks of a name say that there is such an axis. */
  guessed?: boolean | undefined
}

export type Shape = readonly Length[]

/** What cannot be read with certainty. */
export class Unreadable extends Error {}

export const unreadable = (): never => {
  throw new Unreadable()
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
  return (length: Length): number => {
    const root = rootOf(length)
    const found = root.size ?? known.get(root) ?? known.size + 3
    known.set(root, found)
    return found
  }
}
