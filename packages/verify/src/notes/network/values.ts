// The value of an expression of a network's text: a node that is recorded, or a number.
import {
  add,
  div,
  exp,
  type Graph,
  mul,
  Node,
  neg,
  parseName,
  pow,
  sizeOf,
  sqrt,
  square,
  sub,
  transpose,
} from '@backprove/graph'
import {
  type NetworkCall,
  type NetworkExpression,
  readExpression,
} from '../../document/network-expression.ts'
import { nearNames } from '../../language/names/near.ts'
import { ClaimError, type Span } from '../../language/syntax.ts'
import { type Found, noOperation, operationOf, optionNamed } from './elsewhere.ts'
import { computed, powerOf } from './exact-numbers.ts'
import { type Operation, operations, product, type Value } from './operations.ts'

/** Bounds what a document may make a reader evaluate. */
export const mostEntries = 2_000_000

export interface Build {
  readonly graph: Graph
  readonly nodes: Map<string, Node>
  /** Names that differ below alone, W_{hx} and W_{hh}: what stands there is no axis. */
  readonly literal: ReadonlySet<string>
  readonly axes: ReadonlyMap<string, readonly number[]>
}

const arithmetic = { '+': add, '-': sub, '*': mul, '/': div } as const

const operandOf = (value: Value, span: Span): Node | number => {
  if (value instanceof Node || typeof value === 'number') return value
  throw new ClaimError(`‘${String(value)}’ is neither an array nor a number`, span)
}

/** An array by its name, as far as it stands above. */
const known = (name: string, { nodes }: Build): Node | undefined =>
  nodes.get(name) ?? nodes.get(parseName(name).bare)

export const nodeNamed = (name: string, build: Build, span: Span): Node => {
  const node = known(name, build)
  if (node) return node
  if (/^Σ/u.test(name)) throw new ClaimError(noOperation(name, []), span)
  const near = nearNames(name, [...build.nodes.keys()]).join(', ')
  throw new ClaimError(`Nothing above is called ‘${name}’${near && `; near it are ${near}`}`, span)
}

/** W^T, x^2, x^{n}, e^{−z}, W.T, Wx: what is written as one word and is no name. */
const wordValue = (name: string, build: Build, span: Span): Value => {
  if (known(name, build)) return nodeNamed(name, build, span)
  const power = /^([^^]+)\^\{?(.*?)\}?(_.*)?$/u.exec(name)
  const base = power && known(power[1]! + (power[3] ?? ''), build)
  if (base && power[2] === 'T') return turned(base, span)
  if (base || power?.[1] === 'e') {
    const exponent = evaluated(
      readExpression(power![2]!, span.start + name.indexOf('^') + 1),
      build,
    )
    return raised(base ?? 'e', operandOf(exponent, span), build)
  }
  if (name.endsWith('.T')) return turned(nodeNamed(name.slice(0, -2), build, span), span)
  const factors = factorsIn(name, build)
  if (!factors) return nodeNamed(name, build, span)
  return factors.reduce((left, right) => beside(left, right, false, span) as Node)
}

/** Wx of W and x, where it can be cut in one way. */
const factorsIn = (word: string, build: Build): Node[] | undefined => {
  const ways: Node[][] = []
  const cut = (rest: string, found: readonly Node[]): void => {
    if (ways.length > 1) return
    if (rest === '') ways.push([...found])
    for (let length = 1; length <= rest.length; length++) {
      const node = build.nodes.get(rest.slice(0, length))
      if (node) cut(rest.slice(length), [...found, node])
    }
  }
  if (/^\p{L}{2,8}$/u.test(word)) cut(word, [])
  return ways.length === 1 ? ways[0] : undefined
}

/** A vector is a row and a column. */
const turned = (node: Node, span: Span): Node => {
  if (node.shape.length > 2)
    throw new ClaimError('Which axes are exchanged? transpose(x, axes=[…]) says it', span)
  return node.shape.length === 2 ? transpose(node) : node
}

const raised = (base: Node | number | 'e', exponent: Node | number, build: Build): Value => {
  if (base === 'e')
    return exp(typeof exponent === 'number' ? build.graph.constant(exponent) : exponent)
  if (typeof base !== 'number') {
    if (exponent === 2) return square(base)
    return exponent === 0.5 ? sqrt(base) : pow(base, exponent)
  }
  if (typeof exponent !== 'number') return pow(build.graph.constant(base), exponent)
  return powerOf(base, exponent, build.graph)
}

/** W x, 2 x, a scalar times an array; x^T y. Of x y nobody knows which product is meant. */
const beside = (left: Value, right: Value, isOfRow: boolean, span: Span): Value => {
  const [a, b] = [operandOf(left, span), operandOf(right, span)]
  const isNumber = (value: Node | number) => typeof value === 'number' || value.shape.length === 0
  if (isNumber(a) || isNumber(b)) return mul(a, b)
  const ranks = [(a as Node).shape.length, (b as Node).shape.length]
  if ((ranks[0] === 1 && ranks[1] === 1 && !isOfRow) || Math.max(...ranks) > 2)
    throw new ClaimError('Which product is it? a * b is entry by entry, a @ b of matrices', span)
  return product(a as Node, b as Node)
}

/** x^T, and x^T W: a row. */
const isRow = (expression: NetworkExpression): boolean => {
  if (expression.kind === 'binary') return isRow(expression.left)
  return (
    expression.kind === 'transposed' ||
    (expression.kind === 'name' && /\^\{?T\}?$/.test(expression.name))
  )
}

export const evaluated = (expression: NetworkExpression, build: Build, isOption = false): Value => {
  const { span } = expression
  switch (expression.kind) {
    case 'number':
      return expression.value
    case 'name':
      return wordValue(expression.name, build, span)
    case 'negation': {
      const operand = operandOf(evaluated(expression.operand, build, isOption), span)
      return typeof operand === 'number' ? -operand : neg(operand)
    }
    case 'power': {
      const { base, exponent } = expression
      const isE = base.kind === 'name' && base.name === 'e' && !known('e', build)
      const below = isE ? 'e' : operandOf(evaluated(base, build, isOption), span)
      return raised(below, operandOf(evaluated(exponent, build, isOption), span), build)
    }
    case 'transposed': {
      const operand = operandOf(evaluated(expression.operand, build), span)
      return typeof operand === 'number' ? operand : turned(operand, span)
    }
    case 'binary': {
      const left = operandOf(evaluated(expression.left, build, isOption), span)
      const right = operandOf(evaluated(expression.right, build, isOption), span)
      const { operator } = expression
      if (operator === 'beside' || operator === '@') {
        if (typeof left === 'number' && typeof right === 'number')
          return computed('*', left, right, isOption, build.graph)
        if (operator === 'beside') return beside(left, right, isRow(expression.left), span)
        if (typeof left === 'number' || typeof right === 'number')
          throw new ClaimError('@ is a product of arrays; with a number it is *', span)
        return product(left, right)
      }
      return typeof left === 'number' && typeof right === 'number'
        ? computed(operator, left, right, isOption, build.graph)
        : arithmetic[operator](left, right)
    }
    case 'list':
      return expression.items.map((item) => evaluated(item, build, isOption))
    case 'call':
      return called(expression, build)
  }
}

/** The words that options take; any other name is an array. */
const words: ReadonlyMap<string, string | boolean> = new Map<string, string | boolean>([
  ['same', 'same'],
  ['full', 'full'],
  ['valid', 'valid'],
  ['true', true],
  ['false', false],
  ['True', true],
  ['False', false],
])

const optionOf = (value: NetworkExpression, build: Build): Value | boolean =>
  (value.kind === 'name' ? words.get(value.name) : undefined) ?? evaluated(value, build, true)

/** A call as the table of operations has it: x.sum(0), np.dot(W, x) and W (x + b) are others. */
const called = (call: NetworkCall, build: Build): Value => {
  const { op, operands, span } = call
  const read = operands.map((each) => evaluated(each, build))
  const point = op.lastIndexOf('.')
  const owner = point > 0 ? known(op.slice(0, point), build) : undefined
  const found = operationOf(owner ? op.slice(point + 1) : op)
  if (found) return recorded(found, call, owner ? [owner, ...read] : read, build)
  const array = known(op, build)
  if (array && read.length === 1 && call.options.length === 0)
    return beside(array, read[0]!, /\^\{?T\}?$/.test(op), span)
  throw new ClaimError(noOperation(op, [...operations.keys()]), span)
}

/** sum(x, 0), softmax(z, 1), maxPool2d(x, 2): the axis and the size, as programs write them. */
const withPositional = (
  read: readonly Value[],
  { arity, options }: Operation,
  name: string,
  span: Span,
) => {
  const axis = options.find((each) => ['axis', 'axes', 'size'].includes(each))
  const [, second] = read
  if (read.length !== 2 || arity[1] !== 1 || !axis || typeof second !== 'number')
    return { operands: read, options: {} }
  if (/^(?:max|min)$/.test(name))
    throw new ClaimError(
      `${name}imum(x, ${second}) takes the ${name === 'max' ? 'larger' : 'smaller'} of two, ` +
        `${name}(x, axis=${second}) goes along an axis: which is it?`,
      span,
    )
  return { operands: [read[0]!], options: { [axis]: second } }
}

const recorded = (
  { name, operation }: Found,
  { options, span }: NetworkCall,
  all: readonly Value[],
  build: Build,
): Node => {
  const isOfTwo = (name === 'max' || name === 'min') && all.length === 2
  if (isOfTwo && all[1] instanceof Node) {
    const larger = { name: `${name}imum`, operation: operations.get(`${name}imum`)! }
    return recorded(larger, { kind: 'call', op: name, operands: [], options, span }, all, build)
  }
  const { operands, options: positional } = withPositional(all, operation, name, span)
  const [least, most] = operation.arity
  if (operands.length < least || operands.length > most)
    throw new ClaimError(
      `${name} takes ${least === most ? least : `${least} or ${most}`} arrays`,
      span,
    )
  const chosen = options.map((option) => {
    const own = optionNamed(option.name, operation.options)
    if (own) return [own, optionOf(option.value, build)] as const
    const others = operation.options.join(', ') || 'none'
    throw new ClaimError(`${name} has no option ‘${option.name}’; it has ${others}`, option.span)
  })
  // sqrt(2): of numbers alone.
  const areNumbers = operands.length > 0 && operands.every((each) => typeof each === 'number')
  const given = areNumbers ? operands.map((each) => build.graph.constant(each as number)) : operands
  const settings = { ...positional, ...Object.fromEntries(chosen) }
  const node = operation.record(
    ...([...given, ...(operation.options.length > 0 ? [settings] : [])] as never[]),
  )
  if (sizeOf(node.shape) > mostEntries)
    throw new ClaimError(`${name} makes more than ${mostEntries} entries`, span)
  return node
}
