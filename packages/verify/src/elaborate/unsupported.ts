// What index notation cannot say, or says only at the recorded shape: a reason to fall to the next
// rung, never a verdict.

import { ConcreteError } from '../core/errors.ts'
import type { PartialDerivative } from '../index-terms/terms.ts'

/** Index notation has no term for it. */
export class UnsupportedError extends ConcreteError {}

/** Of an array that stands for something: its derivative is not known, which is not 0. */
export const unknownPartial =
  (what: string): PartialDerivative =>
  () => {
    throw new UnsupportedError(`a derivative of ${what}`)
  }
