// Derivatives that nobody knows, and that are not taken to be 0.

import { UnsupportedError } from '../../core/errors.ts'
import type { PartialDerivative } from '../../index-terms/terms.ts'

/** Of an array that stands for something: its derivative is not known, which is not 0. */
export const unknownPartial =
  (what: string): PartialDerivative =>
  () => {
    throw new UnsupportedError(`a derivative of ${what}`)
  }
