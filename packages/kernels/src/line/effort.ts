// How much arithmetic the loops of a line are: operations on values, indices not counted.
import { type LineProgram, sizeOfTable, type Value } from './program.ts'

/** Operations of all tables. */
export const effortOf = ({ tables }: LineProgram): number =>
  tables.reduce((total, table) => total + sizeOfTable(table) * operations(table.value), 0)

const all = (values: readonly Value[]): number =>
  values.reduce((total, value) => total + operations(value), 0)

function operations(value: Value): number {
  switch (value.kind) {
    case 'number':
    case 'index':
    case 'kept':
      return 0
    case 'read':
      return all(value.computed.map(({ at }) => at))
    case 'sum':
      return value.terms.length - 1 + all(value.terms)
    case 'product':
      return value.factors.length - 1 + all(value.factors)
    case 'negation':
      return 1 + operations(value.of)
    case 'quotient':
      return 1 + all([value.above, value.below])
    case 'power':
      return 1 + all([value.base, value.exponent])
    case 'modulo':
      return 1 + all([value.left, value.right])
    case 'call':
      return 1 + all(value.of)
    case 'tests':
      return value.tests.reduce((total, test) => {
        if (test.kind === 'indices') return total + 1
        return total + 1 + all(test.kind === 'values' ? [test.left, test.right] : [test.winner])
      }, 0)
    case 'reduce':
      return value.loops.reduce(
        (total, { last: { constant, terms } }) =>
          total * (terms.size === 0 ? Math.max(0, constant) : MOVING),
        1 + operations(value.body),
      )
  }
}

/** A loop whose end depends on other letters: nobody knows. */
const MOVING = 8
