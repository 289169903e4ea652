// Terms with an argument in the place of the array that stood for it while a function of it was
// differentiated.

import type { ArrayName, Field } from '../../index-terms/terms.ts'
import { plainArray, withOnes, withoutOnes } from '../plain.ts'
import { productOfTerms } from '../products.ts'
import type { Functions, Index, ScalarFunction, Terms } from './functions.ts'

interface Known extends Pick<Functions, 'appliedOf'> {
  readonly apply: (f: ScalarFunction, argument: Field) => Field
  /** The array that the argument of such a function merely reads. */
  readonly plainOf: (array: ArrayName) => ArrayName | undefined
}

export const argumentPutter =
  ({ apply, appliedOf, plainOf }: Known): Functions['withArgument'] =>
  (terms, of, argument) => {
    if (plainArray(argument) === of) return terms
    const inPlace = new Map<ArrayName, Field | undefined>()
    /** The array with the argument put in; undefined where it does not depend on the placeholder. */
    const replaced = (array: ArrayName): Field | undefined => {
      if (array === of) {
        const at = (index: Index) =>
          argument.at(withOnes(argument.shape, withoutOnes(of.shape, index)))
        return { shape: of.shape, at }
      }
      if (inPlace.has(array)) return inPlace.get(array)
      const plain = plainOf(array)
      const inner = plain && replaced(plain)
      const field = inner && apply(appliedOf(array)!.function, inner)
      inPlace.set(array, field)
      return field
    }
    return terms.flatMap((t): Terms => {
      const kept = t.accesses.filter(({ array }) => !replaced(array))
      const others = t.accesses.filter(({ array }) => replaced(array))
      return others
        .map(({ array, index }) => replaced(array)!.at(index))
        .reduce((product, each) => productOfTerms(product, each), [{ ...t, accesses: kept }])
    })
  }
