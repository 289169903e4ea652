// What has no meaning, or none here: answers about a claim, not defects.

import { AnswerError } from '../language/answer-error.ts'

/** A claim that has no meaning in this network. */
export class ConcreteError extends AnswerError {
  override readonly name = 'ConcreteError'
}

/** Two shapes that an operation cannot bring together. */
export class ShapesError extends ConcreteError {
  readonly shapes: readonly [string, string]
  constructor(what: string, left: readonly number[], right: readonly number[]) {
    super(`${what}: the shapes are [${left.join(', ')}] and [${right.join(', ')}]`)
    this.shapes = [`[${left.join(', ')}]`, `[${right.join(', ')}]`]
  }
}
