// Opaque functions of arrays: σ(z) is an array of its own, known by the function and its argument,
// and 0 outside the box of z. What it computes is not looked into; its derivative is named.

import type { Budget } from '../arithmetic/budget.ts'
import { minus } from '../arithmetic/polynomial.ts'
import { differentiateTerms } from './derivative.ts'
import { equateTerms, productOfTerms, sameShape } from './fields.ts'
import type { Certificate } from './plain.ts'
import { type FieldStatement, proveEqual, stateFields } from './prove.ts'
import { type ArrayName, type Context, declareArray, type Field, term } from './terms.ts'

/** One argument was proved equal to another, so that f of both is one array. */
export interface Congruence {
  readonly statement: FieldStatement
  readonly certificate: Certificate
}

/**
 * The opaque arrays of one claim; calls with the same function and argument give the same array.
 */
export interface FunctionTable {
  /** f applied to every entry of a named array. */
  readonly ofArray: (f: string, argument: ArrayName) => ArrayName
  /**
   * f applied to every entry of an expression. Two arguments count as the same where they are
   * proved equal for all sizes; those proofs are kept in `congruences`, to be checked with the
   * claim's own.
   */
  readonly ofField: (f: string, argument: Field, context: Context, budget: Budget) => ArrayName
  readonly congruences: readonly Congruence[]
}

/** `derivativeOf` names the derivative; σ ↦ σ' where it is not given. */
export const createFunctionTable = (
  derivativeOf: (f: string) => string = (f) => `${f}'`,
): FunctionTable => {
  const byArray = new Map<ArrayName, Map<string, ArrayName>>()
  const byField: { f: string; argument: Field; array: ArrayName }[] = []
  const congruences: Congruence[] = []

  const ofArray = (f: string, argument: ArrayName): ArrayName => {
    const known = byArray.get(argument)?.get(f)
    if (known) return known
    const created = declareArray(`${f}(${argument.name})`, argument.shape, (index, of, at) => {
      const derivative = [
        term({ accesses: [{ array: ofArray(derivativeOf(f), argument), index }] }),
      ]
      if (of === argument) {
        return equateTerms(
          derivative,
          index.map((e, axis) => minus(e, at[axis]!)),
        )
      }
      if (!argument.partial) return []
      return productOfTerms(derivative, argument.partial(index, of, at))
    })
    const ofArgument = byArray.get(argument) ?? new Map<string, ArrayName>()
    byArray.set(argument, ofArgument.set(f, created))
    return created
  }

  const ofField = (f: string, argument: Field, context: Context, budget: Budget): ArrayName => {
    for (const entry of byField) {
      if (entry.f !== f || !sameShape(entry.argument, argument)) continue
      const statement = stateFields(entry.argument, argument, context.constraints)
      const result = proveEqual(statement.left, statement.right, statement.context, budget)
      if (!('proved' in result)) continue
      congruences.push({ statement, certificate: result.proved })
      return entry.array
    }
    const array = declareArray(`${f}(…)`, argument.shape, (index, of, at) => {
      const derivative = ofField(derivativeOf(f), argument, context, budget)
      const inner = differentiateTerms(argument.at(index), of, at)
      return productOfTerms([term({ accesses: [{ array: derivative, index }] })], inner)
    })
    byField.push({ f, argument, array })
    return array
  }
  return { ofArray, ofField, congruences }
}

/**
 * A field under a name of its own: an array whose derivative is that of its definition, so that
 * δ·∂z/∂x passes through z, while z itself stays an atom.
 */
export const nameField = (name: string, definition: Field): ArrayName =>
  declareArray(name, definition.shape, (index, of, at) =>
    differentiateTerms(definition.at(index), of, at),
  )
