// Lines of entries in a network's text, y_i = Σ_j W_{ij} x_j + b_i: an array whose axes have
// letters goes to the axes of those letters, whatever order they stand in.
import {
  div,
  letteredAxes,
  type Node,
  neg,
  parseName,
  reshape,
  slice,
  sum,
  transpose,
} from '@backprove/graph'
import { type NetworkExpression, type SumLetter, someIn } from '../../document/network/tree.ts'
import { ClaimError, type Span } from '../../language/syntax.ts'
import { type Build, type Evaluate, known } from './build.ts'
import { operationOf } from './elsewhere.ts'
import { asProduct, isLettered, type Lettered } from './lettered-products.ts'
import { isOfLengths } from './of-lengths.ts'
import { entrywise, type Value } from './operations.ts'
import { arithmetic, ofLengths, operandOf, plain, raised } from './signs.ts'

type Read = Lettered | Value

const lettersIn = (letters: readonly string[]): string => letters.join(', ')

/** x_{ij} as x with its axes i and j; a name of its own, h_t, has none. */
const named = (
  name: string,
  bound: ReadonlySet<string>,
  build: Build,
  span: Span,
): Lettered | undefined => {
  if (build.nodes.has(name)) return undefined
  const { letters } = parseName(name)
  const node = known(name, build)
  if (!node || letters.length === 0) return undefined
  const axes = letteredAxes(node.shape, letters.length)
  const lost = letters.find((letter) => !bound.has(letter))
  if (lost !== undefined)
    throw new ClaimError(`The letter ${lost} stands neither on the left nor under a Σ`, span)
  if (!axes || new Set(letters).size < letters.length)
    throw new ClaimError(
      `An array with ${node.shape.length} axes has not the letters ${lettersIn(letters)}`,
      span,
    )
  const shape = axes.map((axis) => node.shape[axis]!)
  return { node: shape.length === node.shape.length ? node : reshape(node, shape), letters }
}

/** With its axes in this order, and of length 1 where it has none. */
const alignedTo = ({ node, letters }: Lettered, all: readonly string[]): Node => {
  const own = all.filter((letter) => letters.includes(letter))
  const axes = own.map((letter) => letters.indexOf(letter))
  const turned = axes.every((axis, k) => axis === k) ? node : transpose(node, { axes })
  const first = all.findIndex((letter) => letters.includes(letter))
  const shape = all.slice(Math.max(0, first)).map((letter) => {
    const axis = letters.indexOf(letter)
    return axis < 0 ? 1 : node.shape[axis]!
  })
  return shape.length === turned.shape.length ? turned : reshape(turned, shape)
}

const lettersOf = (value: Read): readonly string[] => (isLettered(value) ? value.letters : [])

/** Two side by side, at the same entries. */
const together = (
  left: Read,
  right: Read,
  make: (a: Node | number, b: Node | number) => Node,
  span: Span,
): Lettered => {
  const letters = [...new Set([...lettersOf(left), ...lettersOf(right)])]
  const part = (value: Read): Node | number => {
    if (isLettered(value)) return alignedTo(value, letters)
    const own = operandOf(value, span)
    if (typeof own === 'number' || own.shape.length === 0) return own
    throw new ClaimError('An array beside entries has letters too: x_i', span)
  }
  const [a, b] = [part(left), part(right)]
  lengthsAgree(left, right, span)
  return { node: make(a, b), letters }
}

const lengthsAgree = (left: Read, right: Read, span: Span): void => {
  if (!isLettered(left) || !isLettered(right)) return
  for (const [axis, letter] of left.letters.entries()) {
    const other = right.letters.indexOf(letter)
    const [a, b] = [left.node.shape[axis], right.node.shape[other]]
    if (other >= 0 && a !== b)
      throw new ClaimError(`${letter} runs to ${a} in one array and to ${b} in another`, span)
  }
}

/** The entries of a line, with the letters that stand on its left. */
export class Entries {
  readonly #build: Build
  readonly #evaluate: Evaluate

  constructor(build: Build, evaluate: Evaluate) {
    this.#build = build
    this.#evaluate = evaluate
  }

  /** The array with its axes in the order of the letters on the left. */
  line(expression: NetworkExpression, letters: readonly string[]): Value {
    const read = this.read(expression, new Set(letters))
    if (!isLettered(read)) return plain(read, this.#build.graph)
    const lost = letters.find((letter) => !read.letters.includes(letter))
    if (lost !== undefined && letters.length > 0)
      throw new ClaimError(`Nothing on the right has the letter ${lost}`, expression.span)
    return alignedTo(read, letters)
  }

  read(expression: NetworkExpression, bound: ReadonlySet<string>): Read {
    const { span } = expression
    const inner = (each: NetworkExpression) => this.read(each, bound)
    switch (expression.kind) {
      case 'name':
        return named(expression.name, bound, this.#build, span) ?? this.#whole(expression)
      case 'negation': {
        const operand = inner(expression.operand)
        if (isLettered(operand)) return { ...operand, node: neg(operand.node) }
        if (isOfLengths(operand)) return { ...operand, above: -operand.above }
        const own = operandOf(operand, span)
        return typeof own === 'number' ? -own : neg(own)
      }
      case 'power': {
        const [base, exponent] = [inner(expression.base), inner(expression.exponent)]
        const { graph } = this.#build
        if (isLettered(base)) {
          const power = operandOf(
            isLettered(exponent) ? exponent.node : plain(exponent, graph),
            span,
          )
          return { ...base, node: raised(base.node, power, graph) as Node }
        }
        const isE = expression.base.kind === 'name' && expression.base.name === 'e'
        if (isLettered(exponent) && isE && !known('e', this.#build))
          return { ...exponent, node: raised('e', exponent.node, graph) as Node }
        return this.#whole(expression)
      }
      case 'binary':
        return this.#binary(expression, bound)
      case 'sum':
        return this.#sum(expression, bound)
      case 'call': {
        const found = operationOf(expression.op)
        const [only, ...others] = expression.operands
        const isEach = found && entrywise.has(found.name) && expression.options.length === 0
        if (!isEach || !only || others.length > 0) return this.#whole(expression)
        const operand = inner(only)
        if (!isLettered(operand)) return this.#whole(expression)
        return { ...operand, node: found.operation.record(operand.node as never) }
      }
      default:
        return this.#whole(expression)
    }
  }

  /** Of what has no letters here. */
  #whole(expression: NetworkExpression): Value {
    return this.#evaluate(expression, this.#build)
  }

  #binary(
    expression: Extract<NetworkExpression, { kind: 'binary' }>,
    bound: ReadonlySet<string>,
  ): Read {
    const { operator, span } = expression
    const left = this.read(expression.left, bound)
    const right = this.read(expression.right, bound)
    if (!isLettered(left) && !isLettered(right)) return this.#of(expression, left, right)
    const sign = operator === 'beside' || operator === 'dot' ? '*' : operator
    if (sign === '@' || sign === '//')
      throw new ClaimError('@ is of whole arrays, and entries stand beside it', span)
    const make = arithmetic[sign]
    const own = (value: Read) => (isLettered(value) ? value : plain(value, this.#build.graph))
    return together(own(left), own(right), make as never, span)
  }

  /** Two that have no letters: 1/m Σ_i … is a mean. */
  #of(
    expression: Extract<NetworkExpression, { kind: 'binary' }>,
    left: Value,
    right: Value,
  ): Value {
    const { operator, span } = expression
    const found = ofLengths(expression, left, right)
    if (found !== undefined) return found
    const { graph } = this.#build
    const [a, b] = [plain(left, graph), plain(right, graph)].map((each) => operandOf(each, span))
    const isSum = someIn(expression, (each) => each.kind === 'sum')
    if (!isSum || (typeof a === 'number' && typeof b === 'number')) return this.#whole(expression)
    const sign = operator === 'beside' || operator === 'dot' ? '*' : operator
    if (sign === '/') return div(a as Node, b as Node)
    if (sign === '@' || sign === '//') return this.#whole(expression)
    return arithmetic[sign](a as never, b as never)
  }

  #sum(
    { letters, body, span }: Extract<NetworkExpression, { kind: 'sum' }>,
    bound: ReadonlySet<string>,
  ): Read {
    const own = letters.map(({ name }) => name)
    const within = new Set([...bound, ...own])
    const [only, ...others] = letters
    if (only && others.length === 0) {
      const factors = factorsOf(body).map((each) => this.read(each, within))
      const made = isWhole(only) ? asProduct(factors, only.name) : undefined
      if (made) return made.letters.length === 0 ? made.node : made
    }
    let read = this.read(body, within)
    for (const letter of letters.toReversed()) read = this.#over(letter, read, span)
    return read
  }

  #over(letter: SumLetter, read: Read, span: Span): Read {
    const { name, from, to } = letter
    const axis = isLettered(read) ? read.letters.indexOf(name) : -1
    if (!isLettered(read) || axis < 0)
      throw new ClaimError(`Nothing in this sum has the letter ${name}`, span)
    const length = read.node.shape[axis]!
    const limit = (each: NetworkExpression | undefined, usual: number): number => {
      if (!each) return usual
      const value = plain(this.#evaluate(each, this.#build, true), this.#build.graph)
      return typeof value === 'number' ? value : Number.NaN
    }
    const [first, last] = [limit(from, 1), limit(to, length)]
    if (!(first >= 1 && last <= length && first <= last))
      throw new ClaimError(
        `${name} runs from 1 to ${length} here, and not from ${first} to ${last}`,
        span,
      )
    const part = (k: number, value: number, usual: number) => (k === axis ? value : usual)
    const { shape } = read.node
    const cut =
      first === 1 && last === length
        ? read.node
        : slice(read.node, {
            start: shape.map((_, k) => part(k, first - 1, 0)),
            end: shape.map((each, k) => part(k, last, each)),
          })
    const node = sum(cut, { axes: [axis] })
    const letters = read.letters.filter((each) => each !== name)
    return letters.length === 0 ? node : { node, letters }
  }
}

const isWhole = ({ from, to }: SumLetter): boolean => !from && !to

const factorsOf = (expression: NetworkExpression): readonly NetworkExpression[] =>
  expression.kind === 'binary' && /^(?:\*|beside|dot)$/.test(expression.operator)
    ? [...factorsOf(expression.left), ...factorsOf(expression.right)]
    : [expression]
