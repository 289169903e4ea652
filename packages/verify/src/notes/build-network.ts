// The textual form of a network → a recorded graph with the names that formulas use.
import {
  add,
  div,
  Graph,
  letteredAxes,
  mul,
  Node,
  neg,
  parseName,
  sizeOf,
  sub,
} from '@backprove/graph'
import {
  addRational,
  equalRational,
  multiplyRational,
  type Rational,
  rational,
} from '../arithmetic/rational.ts'
import { exactRational } from '../core/exact.ts'
import type { NetworkExpression } from '../document/network-expression.ts'
import type { NetworkLine, NetworkText } from '../document/network-text.ts'
import { nearNames } from '../language/names/near.ts'
import type { Scope } from '../language/resolved.ts'
import { ClaimError, type Span } from '../language/syntax.ts'
import { noOperation } from './elsewhere.ts'
import { axesByName } from './lettered-axes.ts'
import { literalNames } from './literal-names.ts'
import { namedNetwork } from './named-networks.ts'
import { operations, type Value } from './operations.ts'

/** A network read from text, recorded. */
export interface BuiltNetwork {
  readonly cost: Node
  /** Letters of lengths, as `input M=6` gives them. */
  readonly sizes: NonNullable<Scope['sizes']>
}

/** Bounds what a document may make a reader evaluate. */
const mostEntries = 2_000_000

interface Build {
  readonly graph: Graph
  readonly nodes: Map<string, Node>
  /** Names that differ below alone, W_{hx} and W_{hh}: what stands there is no axis. */
  readonly literal: ReadonlySet<string>
  readonly axes: ReadonlyMap<string, readonly number[]>
}

const arithmetic = { '+': add, '-': sub, '*': mul, '/': div } as const
const onNumbers = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
} as const

const operandOf = (value: Value, span: Span): Node | number => {
  if (value instanceof Node || typeof value === 'number') return value
  throw new ClaimError(`‘${String(value)}’ is neither an array nor a number`, span)
}

const nodeNamed = (name: string, build: Build, span: Span): Node => {
  const node = build.nodes.get(name) ?? build.nodes.get(parseName(name).bare)
  if (node) return node
  const near = nearNames(name, [...build.nodes.keys()]).join(', ')
  throw new ClaimError(`Nothing above is called ‘${name}’${near && `; near it are ${near}`}`, span)
}

/** 1/3 is no double: two whole numbers, one divided by the other, where a double is not enough. */
const exactly = (value: number, exact: Rational, { graph }: Build): Value => {
  const { numerator, denominator } = exact
  const isExact = Number.isFinite(value) && equalRational(exactRational(value), exact)
  const [above, below] = [Number(numerator), Number(denominator)]
  if (isExact || !Number.isSafeInteger(above) || !Number.isSafeInteger(below)) return value
  return div(graph.constant(above), graph.constant(below))
}

const onRationals = (operator: '+' | '-' | '*' | '/', a: Rational, b: Rational): Rational => {
  const negative = { ...b, numerator: -b.numerator }
  if (operator === '+') return addRational(a, b)
  if (operator === '-') return addRational(a, negative)
  if (operator === '*') return multiplyRational(a, b)
  return multiplyRational(a, rational(b.denominator, b.numerator))
}

/** Numbers alone are computed exactly, unless an option takes the number. */
const computed = (
  operator: '+' | '-' | '*' | '/',
  left: number,
  right: number,
  build: Build,
  isOption: boolean,
): Value => {
  const value = onNumbers[operator](left, right)
  if (isOption || !Number.isFinite(value)) return value
  return exactly(value, onRationals(operator, exactRational(left), exactRational(right)), build)
}

const evaluated = (expression: NetworkExpression, build: Build, isOption = false): Value => {
  const { span } = expression
  switch (expression.kind) {
    case 'number':
      return expression.value
    case 'name':
      return nodeNamed(expression.name, build, span)
    case 'negation': {
      const operand = operandOf(evaluated(expression.operand, build, isOption), span)
      return typeof operand === 'number' ? -operand : neg(operand)
    }
    case 'binary': {
      const left = operandOf(evaluated(expression.left, build, isOption), span)
      const right = operandOf(evaluated(expression.right, build, isOption), span)
      return typeof left === 'number' && typeof right === 'number'
        ? computed(expression.operator, left, right, build, isOption)
        : arithmetic[expression.operator](left, right)
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
])

const optionOf = (value: NetworkExpression, build: Build): Value | boolean =>
  (value.kind === 'name' ? words.get(value.name) : undefined) ?? evaluated(value, build, true)

type Call = Extract<NetworkExpression, { kind: 'call' }>

const called = ({ op, operands, options, span }: Call, build: Build): Node => {
  const known = operations.get(op)
  if (!known) throw new ClaimError(noOperation(op, [...operations.keys()]), span)
  const [least, most] = known.arity
  if (operands.length < least || operands.length > most)
    throw new ClaimError(
      `${op} takes ${least === most ? least : `${least} or ${most}`} arrays`,
      span,
    )
  for (const option of options)
    if (!known.options.includes(option.name)) {
      const all = known.options.join(', ') || 'none'
      throw new ClaimError(`${op} has no option ‘${option.name}’; it has ${all}`, option.span)
    }
  const read = operands.map((each) => evaluated(each, build))
  // sqrt(2): of numbers alone.
  const areNumbers = read.length > 0 && read.every((each) => typeof each === 'number')
  const given = areNumbers ? read.map((each) => build.graph.constant(each as number)) : read
  const chosen = Object.fromEntries(
    options.map((option) => [option.name, optionOf(option.value, build)]),
  )
  const operandsOf = known.options.length > 0 ? [...given, chosen] : given
  const node = known.record(...(operandsOf as never[]))
  if (sizeOf(node.shape) > mostEntries)
    throw new ClaimError(`${op} makes more than ${mostEntries} entries`, span)
  return node
}

/** Graph errors are about the line that made them. */
const located = <Result>(span: Span, run: () => Result): Result => {
  try {
    return run()
  } catch (error) {
    if (error instanceof ClaimError) throw error
    throw new ClaimError((error as Error).message.split('\n')[0]!, span)
  }
}

/** A number has no axes: Z_j = sum(V) is Z. */
const nameOf = (written: string, { shape }: Node): string => {
  const { bare, letters } = parseName(written)
  return shape.length === 0 && letters.length > 0 ? bare : written
}

const record = (line: NetworkLine, build: Build): Node | undefined => {
  const { graph, nodes } = build
  if (line.kind === 'cost') return undefined
  const literal = build.literal.has(line.name)
  const axes = build.axes.get(line.name)
  const { bare } = parseName(line.name, { literal })
  if (nodes.has(bare)) throw new ClaimError(`${bare} is defined twice`, line.span)
  const node = located(line.span, () => {
    if (line.kind === 'leaf')
      return graph[line.role](
        line.name,
        line.shape.map((each) => each.length),
        { literal, ...(axes && { axes }) },
      )
    const value = evaluated(line.value, build)
    if (!(value instanceof Node)) throw new ClaimError(`${bare} is no array`, line.span)
    const { letters } = parseName(line.name)
    const isApart =
      value.shape.length > 0 && letters.length > 0 && !letteredAxes(value.shape, letters.length)
    if (isApart) {
      nodes.set(line.name, value)
      return value.as(line.name, { literal: true })
    }
    return value.as(nameOf(line.name, value), { literal })
  })
  if (sizeOf(node.shape) > mostEntries)
    throw new ClaimError(`${bare} has more than ${mostEntries} entries`, line.span)
  nodes.set(bare, node)
  return node
}

/** Axes count among those that the letters of the name stand for. */
const sizesOf = (lines: readonly NetworkLine[], build: Build): BuiltNetwork['sizes'] =>
  lines.flatMap((line) => {
    if (line.kind !== 'leaf') return []
    const literal = build.literal.has(line.name)
    const { bare } = parseName(line.name, { literal })
    const node = build.nodes.get(bare)!
    const axes = node.graph.namesOf(node).find((name) => name.bare === bare)?.axes
    return line.shape.flatMap(({ letter }, axis) => {
      const shown = axes ? axes.indexOf(axis) : axis
      return letter && shown >= 0 ? [{ name: letter, array: bare, axis: shown }] : []
    })
  })

/** @throws ClaimError at the line that makes no sense. */
/**
 * Records a network that was read from text.
 * @throws ClaimError for a line that does not fit what stands above it, with its place
 */
export const buildNetwork = (text: NetworkText): BuiltNetwork => {
  if (text.kind === 'named') return buildNetwork(namedNetwork(text))
  const literal = literalNames(text.lines)
  const axes = axesByName(text.lines, literal)
  const build: Build = { graph: new Graph(), nodes: new Map(), literal, axes }
  let last: Node | undefined
  let lastLine = text.span
  for (const line of text.lines) {
    const node = record(line, build)
    if (node && line.kind === 'op') [last, lastLine] = [node, line.span]
  }
  const named = text.lines.findLast((line) => line.kind === 'cost')
  const cost = named?.kind === 'cost' ? nodeNamed(named.name, build, named.span) : last
  const span = named?.span ?? lastLine
  if (!cost) throw new ClaimError('The network computes nothing', span)
  if (cost.shape.length > 0)
    throw new ClaimError(
      'The cost is one number: end with a line such as C = squaredError(a, t)',
      span,
    )
  return { cost, sizes: sizesOf(text.lines, build) }
}
