// What has no meaning, or none here: answers about a claim, not defects.

import { AnswerError } from '../language/answer-error.ts'
import type { Span } from '../language/syntax.ts'

/** A claim that has no meaning in this network. */
export class ConcreteError extends AnswerError {
  override readonly name = 'ConcreteError'
}

/** Whatever the lengths and the point: the diagonal of a matrix that is not square. */
export class MeaninglessError extends ConcreteError {}

/** A sum without limits that nothing bounds. */
export class EndlessError extends ConcreteError {
  /** Where its letter is written. */
  readonly span: Span
  constructor(why: string, span: Span) {
    super(`This sum does not end: ${why}. Write its range`)
    this.span = span
  }
}

/** Index notation has no term for it: a reason to fall to the next rung, never a verdict. */
export class UnsupportedError extends ConcreteError {}

/** A reading that has no meaning for these arrays: the mode same with an even kernel. */
export class InapplicableError extends ConcreteError {}

/** Lengths that agree as they were recorded, and not at all others. */
export class SizesError extends ConcreteError {}

/** Two shapes that an operation cannot bring together. */
export class ShapesError extends ConcreteError {
  /** What has them: the sides, a product. */
  readonly what: string
  readonly shapes: readonly [string, string]
  constructor(what: string, left: readonly number[], right: readonly number[]) {
    super(`${what}: the shapes are [${left.join(', ')}] and [${right.join(', ')}]`)
    this.what = what
    this.shapes = [`[${left.join(', ')}]`, `[${right.join(', ')}]`]
  }
}

/** A division by 0, or a logarithm or root of what has none: the point is not to be used. */
export class PoleError extends Error {
  override readonly name = 'PoleError'
}
