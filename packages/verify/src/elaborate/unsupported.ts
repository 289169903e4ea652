// What index notation cannot say, or says only at the recorded shape: a reason to fall to the next
// rung, never a verdict.

import { AnswerError } from '../language/answer-error.ts'

/** Index notation has no term for it. */
export class UnsupportedError extends AnswerError {
  override readonly name = 'UnsupportedError'
}

/** A reading that has no meaning for these arrays: the mode same with an even kernel. */
export class InapplicableError extends Error {
  override readonly name = 'InapplicableError'
}
