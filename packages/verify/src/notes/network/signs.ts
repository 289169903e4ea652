// What the signs of a network's text do with arrays and numbers: sums, products, powers,
// transposes, lengths as factors.
import {
  add,
  div,
  equal,
  exp,
  type Graph,
  greater,
  mul,
  Node,
  pow,
  sqrt,
  square,
  sub,
  sum,
  transpose,
} from '@backprove/graph'
import type { NetworkExpression } from '../../document/network/tree.ts'
import { ClaimError, type Span } from '../../language/syntax.ts'
import { computed, powerOf } from './exact-numbers.ts'
import { asFraction, averaged, combined, isOfLengths, type OfLengths } from './of-lengths.ts'
import { type Operation, product, type Value } from './operations.ts'

type Operand = Node | number

/** 1 where the first is larger, and what is no larger. */
const isLarger = (a: Operand, b: Operand): Node => greater(a as Node, b as Node)
const isNoLarger = (a: Operand, b: Operand): Node => sub(1, isLarger(a, b))

export const arithmetic = {
  ...{ '+': add, '-': sub, '*': mul, '/': div, '==': equal },
  '!=': (a: Operand, b: Operand) => sub(1, equal(a as Node, b as Node)),
  '>': isLarger,
  '<': (a: Operand, b: Operand) => isLarger(b, a),
  '<=': isNoLarger,
  '>=': (a: Operand, b: Operand) => isNoLarger(b, a),
} as const

/** A length that nothing is averaged over is a number. */
const numberOf = (value: OfLengths, graph: Graph): Value => {
  const { above, below } = asFraction(value)
  return computed('/', above, below, false, graph)
}

export const plain = (value: Value, graph: Graph): Value =>
  isOfLengths(value) ? numberOf(value, graph) : value

export const operandOf = (value: Value, span: Span): Node | number => {
  if (value instanceof Node || typeof value === 'number') return value
  throw new ClaimError(`‘${String(value)}’ is neither an array nor a number`, span)
}

/** A vector is a row and a column. */
export const turned = (node: Node, span: Span): Node => {
  if (node.shape.length > 2)
    throw new ClaimError('Which axes are exchanged? transpose(x, axes=[…]) says it', span)
  return node.shape.length === 2 ? transpose(node) : node
}

export const raised = (base: Node | number | 'e', exponent: Node | number, graph: Graph): Value => {
  if (base === 'e') return exp(typeof exponent === 'number' ? graph.constant(exponent) : exponent)
  if (typeof base !== 'number') {
    if (exponent === 2) return square(base)
    return exponent === 0.5 ? sqrt(base) : pow(base, exponent)
  }
  if (typeof exponent !== 'number') return pow(graph.constant(base), exponent)
  return powerOf(base, exponent, graph)
}

/** W x, 2 x, a scalar times an array; x^T y. Of x y nobody knows which product is meant. */
export const beside = (left: Value, right: Value, isOfRow: boolean, span: Span): Value => {
  const [a, b] = [operandOf(left, span), operandOf(right, span)]
  const isNumber = (value: Node | number) => typeof value === 'number' || value.shape.length === 0
  if (isNumber(a) || isNumber(b)) return mul(a, b)
  const ranks = [(a as Node).shape.length, (b as Node).shape.length]
  if ((ranks[0] === 1 && ranks[1] === 1 && !isOfRow) || Math.max(...ranks) > 2)
    throw new ClaimError('Which product is it? a * b is entry by entry, a @ b of matrices', span)
  return product(a as Node, b as Node)
}

/** W · x of a matrix, and of numbers; of two vectors as the network is read. */
export const dotted = (
  a: Node | number,
  b: Node | number,
  dots: { readonly areInner: boolean; met: boolean },
  span: Span,
): Value => {
  const ranks = [a, b].map((each) => (typeof each === 'number' ? 0 : each.shape.length))
  if (ranks.includes(0)) return mul(a, b)
  const [left, right] = [a as Node, b as Node]
  if (ranks[0] === 1 && ranks[1] === 1) {
    dots.met = true
    return dots.areInner ? sum(mul(left, right)) : mul(left, right)
  }
  const isSquare = ranks[0] === 2 && ranks[1] === 2 && left.shape.join() === right.shape.join()
  if (Math.max(...ranks) > 2 || isSquare)
    throw new ClaimError('Which product is it? a ⊙ b is entry by entry, a @ b of matrices', span)
  return product(left, right)
}

/** x^T, and x^T W: a row. */
export const isRow = (expression: NetworkExpression): boolean => {
  if (expression.kind === 'binary') return isRow(expression.left)
  if (expression.kind === 'negation') return isRow(expression.operand)
  return (
    expression.kind === 'transposed' ||
    (expression.kind === 'name' && /\^\{?T\}?$/.test(expression.name))
  )
}

/** 1/n, 2 n and what they are factors of. */
export const ofLengths = (
  { operator }: Extract<NetworkExpression, { kind: 'binary' }>,
  left: Value,
  right: Value,
): Value | undefined => {
  const isFactor = (value: Value) => typeof value === 'number' || isOfLengths(value)
  if (isFactor(left) && isFactor(right))
    return combined(operator, left as OfLengths | number, right as OfLengths | number)
  if (left instanceof Node && isOfLengths(right)) return averaged(left, operator, right)
  return right instanceof Node && isOfLengths(left) && operator !== '/'
    ? averaged(right, operator, left)
    : undefined
}

/**
 * sum(x, 0), softmax(z, 1), maxPool2d(x, 2): the axis and the size, as programs write them; of
 * max(x, 1) that is not known without keepdims or a point, x.max(1).
 */
export const withPositional = (
  read: readonly Value[],
  { arity, options }: Operation,
  name: string,
  isAlongAxis: boolean,
  span: Span,
) => {
  const axis = options.find((each) => ['axis', 'axes', 'size'].includes(each))
  const [first, second] = read
  const isOfAxes = typeof second === 'number' || (Array.isArray(second) && axis === 'axes')
  if (read.length !== 2 || arity[1] !== 1 || !axis || !isOfAxes)
    return { operands: read, options: {} }
  if (name === 'norm') {
    if (second === 2 && first instanceof Node && first.shape.length === 1)
      return { operands: [first], options: {} }
    throw new ClaimError('Which norm is it? norm(x) is the root of the sum of all squares', span)
  }
  if (/^(?:max|min)$/.test(name) && !isAlongAxis && typeof second === 'number')
    throw new ClaimError(
      `${name}imum(x, ${second}) takes the ${name === 'max' ? 'larger' : 'smaller'} of two, ` +
        `${name}(x, axis=${second}) goes along an axis: which is it?`,
      span,
    )
  return { operands: [first!], options: { [axis]: second } }
}
