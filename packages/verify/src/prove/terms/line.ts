// The definition of an op as a field of its operands' fields.

import type * as notation from '@backprove/graph/notation'
import type { Polynomial } from '../../arithmetic/polynomial.ts'
import type { Rational } from '../../arithmetic/rational.ts'
import type { Named } from '../../core/core.ts'
import { ConcreteError, UnsupportedError } from '../../core/errors.ts'
import { scalarOfLine, tableOfLine } from '../../core/line/line.ts'
import type { Field, Index, Terms } from '../../index-terms/terms.ts'
import type { Functions } from '../functions/types.ts'
import { type Reader, scalarTerms, tableField } from './terms.ts'

let contests = 0

/** Of what competes nothing is known: no contest is another one. */
export const apart = (): Reader['maskKey'] => {
  const key = `apart ${contests++}`
  return () => key
}

export interface LineContext {
  /** By letter; an operand that is absent reads 0. */
  readonly operands: ReadonlyMap<string, Field>
  readonly symbols: ReadonlyMap<string, Polynomial>
  readonly numbers: ReadonlyMap<string, Rational>
  readonly functions: Functions
  readonly maskKey: Reader['maskKey']
  readonly isPooling?: boolean
}

const readerOf = ({ operands, functions, maskKey, isPooling = false }: LineContext) => ({
  functions,
  maskKey,
  isPooling,
  fieldOf: (source: Named): Field => operands.get(source.kind === 'variable' ? source.name : '')!,
})

const operandsOf = ({ operands }: Pick<LineContext, 'operands'>) =>
  new Map(
    [...operands].map(([name, { shape }]) => [
      name,
      { from: { kind: 'variable' as const, name }, shape },
    ]),
  )

/** What cannot be read here is left to the tests at points. */
const readable = <R>(read: () => R): R => {
  try {
    return read()
  } catch (error) {
    if (error instanceof ConcreteError) throw new UnsupportedError(error.message)
    throw error
  }
}

/** The value of a line as a field of the given shape. */
export const lineField = (line: notation.Line, shape: Index, context: LineContext): Field => {
  const { symbols, numbers } = context
  const table = readable(() =>
    tableOfLine({ line, shape, operands: operandsOf(context), symbols, numbers }),
  )
  return tableField(table, readerOf(context))
}

/** The value of a line of numbers. */
export const lineTerms = (
  line: notation.Line,
  operands: ReadonlyMap<string, Field>,
  functions: Functions,
): Terms => {
  const context = { operands, functions, symbols: new Map(), numbers: new Map(), maskKey: apart() }
  return scalarTerms(scalarOfLine(line, operandsOf(context)), readerOf(context))
}
