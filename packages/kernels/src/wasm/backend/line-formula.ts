// The formula of an op from elsewhere, made from its line: the same vector code as for ops that the
// tables know.
import type { Op } from '@backprove/graph'
import type * as notation from '@backprove/graph/notation'
import { type Reader, readLine } from '../../plan/line-formula.ts'
import {
  type Arithmetic,
  apply,
  type Comparison,
  constant,
  type Formula,
  power,
  select,
} from '../elementwise/formula.ts'

const CALLS: Partial<Record<notation.FunctionName, Arithmetic>> = {
  ...({ exp: 'exp', log: 'log', tanh: 'tanh', sin: 'sin', cos: 'cos', erf: 'erf' } as const),
  ...({ '√': 'sqrt', abs: 'abs', sign: 'sign', max: 'maximum', min: 'minimum' } as const),
}
const COMPARISONS: Readonly<Record<notation.Relation, Comparison>> = {
  '=': 'equal',
  '≠': 'notEqual',
  '<': 'less',
  '≤': 'lessEqual',
  '>': 'greater',
  '≥': 'greaterEqual',
}

const reader = (operands: readonly Formula[]): Reader<Formula> => ({
  number: constant,
  operand: (index) => operands[index]!,
  add: (a, b) => apply('add', a, b),
  multiply: (a, b) => apply('mul', a, b),
  negate: (a) => apply('neg', a),
  divide: (a, b) => apply('div', a, b),
  power: (base, to) => (typeof to === 'number' ? power(base, to) : apply('power', base, to)),
  call: (name, [a, b]) => {
    if (name === 'π') return apply('mul', constant(Math.PI), a!)
    return b ? apply(CALLS[name]!, a!, b) : apply(CALLS[name]!, a!)
  },
  compare: (relation, a, b) => apply(COMPARISONS[relation], a, b),
  where: (condition, value) => select(condition, value, constant(0)),
})

export const lineFormula = (op: Op, params: object, operands: readonly Formula[]): Formula =>
  readLine(op, params, reader(operands))
