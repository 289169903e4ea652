// What index notation cannot say, or says only at the recorded shape: a reason to fall to the next
// rung, never a verdict.

/** Index notation has no term for it. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError'
}

/** Two shapes that differ at the recorded sizes: the claim itself is at fault. */
export class ClaimShapeError extends Error {
  override readonly name = 'ClaimShapeError'
  readonly shapes: readonly [left: string, right: string]
  constructor(what: string, left: string, right: string) {
    super(`${what}: the shapes are ${left} and ${right}`)
    this.shapes = [left, right]
  }
}
