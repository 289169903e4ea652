// An elementwise op from elsewhere, by its own line: whether its line is a formula of the operands'
// entries alone, and the value of that formula. This is the generic kernel of a user's op.
import { type Op, operandNames, symbolValues } from '@backprove/graph'
import * as notation from '@backprove/graph/notation'

type Expression = notation.Expression

/** As many operands as a loop has places for. */
const MOST_OPERANDS = 3

const CALLS: ReadonlySet<notation.FunctionName> = new Set([
  ...(['exp', 'log', 'tanh', 'sin', 'cos', 'erf', 'π', '√', 'abs', 'sign', 'max', 'min'] as const),
])

/** Numbers, parameters, entries and what is made of them: no index, no sum, no rounding. */
function isScalar(e: Expression): boolean {
  const each = (parts: readonly Expression[]) => parts.every(isScalar)
  switch (e.kind) {
    case 'number':
      return true
    case 'symbol':
      return e.name !== notation.PACK
    case 'access':
      return e.indices.length === 1 && isPack(e.indices[0]!)
    case 'sum':
      return each(e.terms)
    case 'product':
      return each(e.factors)
    case 'negation':
      return each([e.operand])
    case 'quotient':
      return each([e.numerator, e.denominator])
    case 'power':
      return each([e.base, e.exponent])
    case 'call':
      return CALLS.has(e.name) && each(e.operands)
    case 'iverson':
      return e.guards.every((guard) => guard.kind === 'relation' && each(guard.operands))
    default:
      return false
  }
}

const isPack = (e: Expression): boolean => e.kind === 'symbol' && e.name === notation.PACK

const known = new WeakMap<Op, boolean>()

/** Whether the generic kernel computes the op: by its line alone, whatever its params are. */
export function hasLineFormula(op: Op): boolean {
  const before = known.get(op)
  if (before !== undefined) return before
  const found = isFormula(op)
  known.set(op, found)
  return found
}

function isFormula(op: Op): boolean {
  const operands = Object.keys(op.operands)
  const plain = Object.values(op.operands).every((pattern) => pattern === notation.PACK)
  const line = op.stable ?? op.line
  if (!op.traits?.elementwise || op.traits.variadic || op.patterns || op.axes) return false
  if (!plain || op.optional || operands.length > MOST_OPERANDS || typeof line !== 'string') {
    return false
  }
  const { body } = notation.parseLine(line, operands)
  return isScalar(body)
}

/** What the readers of a formula make of its parts. */
export interface Reader<T> {
  number(value: number): T
  /** The entry of an operand, by its position. */
  operand(index: number): T
  add(a: T, b: T): T
  multiply(a: T, b: T): T
  negate(a: T): T
  divide(a: T, b: T): T
  /** The exponent where it is a number, else as it is computed. */
  power(base: T, exponent: number | T): T
  call(name: notation.FunctionName, operands: readonly T[]): T
  compare(relation: notation.Relation, a: T, b: T): T
  /** The value where the condition holds, else 0, whatever the value is. */
  where(condition: T, value: T): T
}

/** Brackets, and what is multiplied by them: 1 where nothing is. */
interface Masked<T> {
  readonly brackets: readonly notation.Guard[]
  readonly value: T | undefined
}

/** The formula of such an op, read. */
export function readLine<T>(op: Op, params: object, reader: Reader<T>): T {
  const names = operandNames(op, Object.keys(op.operands).length)
  const shapes = Object.fromEntries(names.map((name) => [name, [] as number[]]))
  const values = symbolValues(op, shapes, params)
  const line = op.stable ?? op.line
  const { body } = notation.parseLine(line as string, names)
  const read = (e: Expression): T => {
    switch (e.kind) {
      case 'number':
        return reader.number(e.value)
      case 'symbol':
        return reader.number(values[e.name] ?? Number.NaN)
      case 'access':
        return reader.operand(names.indexOf(e.array))
      case 'sum':
        return e.terms.map(read).reduce((a, b) => reader.add(a, b))
      case 'power': {
        const exponent = numberIn(e.exponent, values)
        return reader.power(read(e.base), exponent ?? read(e.exponent))
      }
      case 'call':
        return reader.call(e.name, e.operands.map(read))
      case 'negation':
      case 'quotient':
      case 'product':
      case 'iverson': {
        const { brackets, value } = masked(e)
        const conditions = brackets.flatMap((guard) =>
          guard.kind === 'relation' ? relationsOf(guard) : [],
        )
        return conditions.reduceRight(
          (inner, condition) => reader.where(condition, inner),
          orOne(value),
        )
      }
      default:
        throw new TypeError(`${op.name}: its line has no formula`)
    }
  }
  const orOne = (value: T | undefined): T => (value === undefined ? reader.number(1) : value)
  /** The brackets of a product, whose 0 is strong: they are asked first, even [x ≠ 0] of y/x. */
  const masked = (e: Expression): Masked<T> => {
    switch (e.kind) {
      case 'iverson':
        return { brackets: e.guards, value: undefined }
      case 'negation': {
        const { brackets, value } = masked(e.operand)
        return { brackets, value: reader.negate(orOne(value)) }
      }
      case 'quotient': {
        const { brackets, value } = masked(e.numerator)
        return { brackets, value: reader.divide(orOne(value), read(e.denominator)) }
      }
      case 'product': {
        const parts = e.factors.map(masked)
        const factors = parts.flatMap(({ value }): T[] => (value === undefined ? [] : [value]))
        const brackets = parts.flatMap((part) => part.brackets)
        const [first, ...others] = factors
        if (first === undefined) return { brackets, value: undefined }
        return { brackets, value: others.reduce((a, b) => reader.multiply(a, b), first) }
      }
      default:
        return { brackets: [], value: read(e) }
    }
  }
  const relationsOf = ({ relations, operands }: Extract<notation.Guard, { kind: 'relation' }>) =>
    relations.map((relation, k) =>
      reader.compare(relation, read(operands[k]!), read(operands[k + 1]!)),
    )
  return read(body)
}

const numberIn = (e: Expression, values: Readonly<Record<string, number>>): number | undefined => {
  if (e.kind === 'number') return e.value
  if (e.kind === 'negation') {
    const inner = numberIn(e.operand, values)
    return inner === undefined ? undefined : -inner
  }
  return e.kind === 'symbol' ? values[e.name] : undefined
}
