// The value of an expression of a network's text: a node that is recorded, or a number.
import { type Graph, Node, neg, parseName, sizeOf, stack } from '@backprove/graph'
import {
  type NetworkCall,
  type NetworkExpression,
  readExpression,
} from '../../document/network-expression.ts'
import { nearNames } from '../../language/names/near.ts'
import { ClaimError, type Span } from '../../language/syntax.ts'
import { type Found, noOperation, operationOf, optionNamed } from './elsewhere.ts'
import { entryNamed, entryOf } from './entry-of.ts'
import { computed, literal } from './exact-numbers.ts'
import { type Axis, isOfLengths, lengthOf } from './of-lengths.ts'
import { operations, product, type Value } from './operations.ts'
import {
  arithmetic,
  beside,
  isRow,
  ofLengths,
  operandOf,
  plain,
  raised,
  turned,
  withPositional,
} from './signs.ts'

/** Bounds what a document may make a reader evaluate. */
export const mostEntries = 2_000_000

export interface Build {
  readonly graph: Graph
  readonly nodes: Map<string, Node>
  /** Names that differ below alone, W_{hx} and W_{hh}: what stands there is no axis. */
  readonly literal: ReadonlySet<string>
  readonly axes: ReadonlyMap<string, readonly number[]>
  /** What letters of lengths stand for: n of `x: input n=4`. */
  readonly lengths: Map<string, Axis>
}

/** An array by its name, as far as it stands above. */
const known = (name: string, { nodes }: Build): Node | undefined =>
  nodes.get(name) ?? nodes.get(parseName(name).bare)

/** [[a, b], [c, d]] of numbers and arrays of one shape: rows of a matrix. */
export const stacked = (value: Value, graph: Graph): Value => {
  if (!Array.isArray(value)) return value
  const items = value.map((each: Value) => stacked(each, graph))
  const nodes = items.map((each) => (typeof each === 'number' ? graph.constant(each) : each))
  return nodes.length > 0 && nodes.every((each) => each instanceof Node) ? stack(nodes) : value
}

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
    return raised(base ?? 'e', operandOf(exponent, span), build.graph)
  }
  const entry = entryNamed(name, (each) => known(each, build), span)
  if (entry) return entry
  if (name.endsWith('.T')) return turned(nodeNamed(name.slice(0, -2), build, span), span)
  const axis = build.lengths.get(name.replaceAll(/[{}]/g, ''))
  if (axis) return lengthOf(axis)
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

export const evaluated = (expression: NetworkExpression, build: Build, isOption = false): Value =>
  plain(withLengths(expression, build, isOption), build.graph)

const withLengths = (expression: NetworkExpression, build: Build, isOption: boolean): Value => {
  const { span } = expression
  switch (expression.kind) {
    case 'number':
      return isOption ? expression.value : literal(expression, build.graph)
    case 'name':
      return wordValue(expression.name, build, span)
    case 'negation': {
      const inner = withLengths(expression.operand, build, isOption)
      if (isOfLengths(inner)) return { ...inner, above: -inner.above }
      const operand = operandOf(inner, span)
      return typeof operand === 'number' ? -operand : neg(operand)
    }
    case 'power': {
      const { base, exponent } = expression
      const isE = base.kind === 'name' && base.name === 'e' && !known('e', build)
      const below = isE ? 'e' : operandOf(evaluated(base, build, isOption), span)
      return raised(below, operandOf(evaluated(exponent, build, isOption), span), build.graph)
    }
    case 'transposed': {
      const operand = operandOf(evaluated(expression.operand, build), span)
      return typeof operand === 'number' ? operand : turned(operand, span)
    }
    case 'binary': {
      const { operator } = expression
      const sides = [expression.left, expression.right] as const
      const [first, second] = sides.map((side) => withLengths(side, build, isOption))
      const found = ofLengths(expression, first!, second!)
      if (found !== undefined) return found
      const left = operandOf(plain(first!, build.graph), span)
      const right = operandOf(plain(second!, build.graph), span)
      if (operator === 'beside' || operator === '@') {
        if (typeof left === 'number' && typeof right === 'number')
          return computed('*', left, right, isOption, build.graph)
        if (operator === 'beside') return beside(left, right, isRow(expression.left), span)
        if (typeof left === 'number' || typeof right === 'number')
          throw new ClaimError('@ is a product of arrays; with a number it is *', span)
        return product(left, right)
      }
      if (typeof left !== 'number' || typeof right !== 'number')
        return arithmetic[operator](left, right)
      if (operator in { '<': 0, '>': 0, '<=': 0, '>=': 0 })
        throw new ClaimError('Two numbers are compared, and no array', span)
      return computed(operator as '+', left, right, isOption, build.graph)
    }
    case 'entry': {
      const base = operandOf(evaluated(expression.base, build), span)
      if (typeof base === 'number') throw new ClaimError('A number has no entries', span)
      return entryOf(base, expression.places, span)
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
  if (found) return recorded(found, call, owner ? [owner, ...read] : read, build, !!owner)
  const array = known(op, build)
  if (array && read.length === 1 && call.options.length === 0)
    return beside(array, read[0]!, /\^\{?T\}?$/.test(op), span)
  throw new ClaimError(noOperation(op, [...operations.keys()]), span)
}

const recorded = (
  { name, operation }: Found,
  { options, span }: NetworkCall,
  all: readonly Value[],
  build: Build,
  isMethod = false,
): Node => {
  const isOfTwo = (name === 'max' || name === 'min') && all.length === 2
  if (isOfTwo && all[1] instanceof Node) {
    const larger = { name: `${name}imum`, operation: operations.get(`${name}imum`)! }
    return recorded(larger, { kind: 'call', op: name, operands: [], options, span }, all, build)
  }
  const { operands, options: positional } = withPositional(
    all,
    operation,
    name,
    isMethod || options.some((each) => optionNamed(each.name, ['keepDims'])),
    span,
  )
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
