// Terms with an argument in the place of the array that stood for it while a function of it was
// differentiated.

import { polynomial } from '../../arithmetic/polynomial.ts'
import { freeIndex } from '../../arithmetic/variable.ts'
import type { ArrayName, Field, Index, Terms } from '../../index-terms/terms.ts'
import { plainArray, withOnes, withoutOnes } from '../terms/plain.ts'
import { productOfTerms } from '../terms/products.ts'
import type { Functions, ScalarFunction } from './types.ts'

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
      const applied = appliedOf(array)
      const inner = plain ? replaced(plain) : applied && replacedIn(applied.argument)
      const field = inner && apply(applied!.function, inner)
      inPlace.set(array, field)
      return field
    }
    /** The same of what is made of arrays, such as −x² for an x. */
    const replacedIn = (made: Field): Field | undefined => {
      const anywhere = made.shape.map((_, axis) => polynomial(freeIndex(`p${axis + 1}`)))
      const depends = made.at(anywhere).some((t) => t.accesses.some(({ array }) => replaced(array)))
      return depends ? { shape: made.shape, at: (index) => put(made.at(index)) } : undefined
    }
    const put = (given: Terms): Terms =>
      given.flatMap((t): Terms => {
        const kept = t.accesses.filter(({ array }) => !replaced(array))
        const others = t.accesses.filter(({ array }) => replaced(array))
        return others
          .map(({ array, index }) => replaced(array)!.at(index))
          .reduce((product, each) => productOfTerms(product, each), [{ ...t, accesses: kept }])
      })
    return put(terms)
  }
