// The loop of an op from elsewhere, made from its line: closures over the entries, no code is made.
import type { Op } from '@backprove/graph'
import * as notation from '@backprove/graph/notation'
import { type Reader, readLine } from '../../plan/line-formula.ts'
import type { Loop } from './loops.ts'

type Value = () => number

/** Reads a line as closures over the entries of the operands. */
const reader = (entries: Float64Array): Reader<Value> => ({
  number: (value) => () => value,
  operand: (index) => () => entries[index]!,
  add: (a, b) => () => a() + b(),
  multiply: (a, b) => () => a() * b(),
  negate: (a) => () => -a(),
  divide: (a, b) => () => a() / b(),
  power: (base, to) => (typeof to === 'number' ? () => base() ** to : () => base() ** to()),
  call: (name, [a, b = a]) => {
    const f = notation.FUNCTION_VALUES[name]
    return () => f(a!(), b!())
  },
  compare: (relation, a, b) => {
    const holds = notation.RELATION_VALUES[relation]
    return () => (holds(a(), b()) ? 1 : 0)
  },
  where: (condition, value) => () => (condition() === 1 ? value() : 0),
})

export function lineLoop(op: Op, params: object): Loop {
  const entries = new Float64Array(3)
  const value = readLine(op, params, reader(entries))
  return (count, out, o, a, i, b, j, c, k) => {
    for (let e = 0; e < count; e++) {
      entries[0] = a[i + e]!
      entries[1] = b[j + e]!
      entries[2] = c[k + e]!
      out[o + e] = value()
    }
  }
}
