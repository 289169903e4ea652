// Calls in a network's text: operations of the table, functions of libraries, methods, W (x + b).
import { mean, Node, sizeOf, variance } from '@backprove/graph'
import type { NetworkCall, NetworkExpression } from '../../document/network/tree.ts'
import { ClaimError } from '../../language/syntax.ts'
import { type Build, type Evaluate, known, mostEntries } from './build.ts'
import { type Found, libraryOf, noOperation, operationOf, optionNamed } from './elsewhere.ts'
import { type Given, optionsOf, type Setting } from './given.ts'
import { endToEnd, stacked } from './lists.ts'
import { lengthOf } from './of-lengths.ts'
import { operations, type Value } from './operations.ts'
import { beside, withPositional } from './signs.ts'

/** The words that options take; any other name is an array. */
const words: ReadonlyMap<string, string | boolean | null> = new Map<
  string,
  string | boolean | null
>([
  ['same', 'same'],
  ['full', 'full'],
  ['valid', 'valid'],
  ['true', true],
  ['false', false],
  ['True', true],
  ['False', false],
  ['None', null],
])

type Read = (expression: NetworkExpression, isOption?: boolean) => Value

const optionOf = (value: NetworkExpression, read: Read): Setting => {
  const word = value.kind === 'name' || value.kind === 'text' ? wordOf(value) : undefined
  if (word !== undefined) return word
  return value.kind === 'text' ? value.text : read(value, true)
}

const wordOf = (value: Extract<NetworkExpression, { kind: 'name' | 'text' }>) =>
  words.get(value.kind === 'name' ? value.name : value.text)

/** A call as the table of operations has it: x.sum(0), np.dot(W, x) and W (x + b) are others. */
export const callValue = (call: NetworkCall, build: Build, evaluate: Evaluate): Value => {
  const { op, operands, span } = call
  const read: Read = (each, isOption) => evaluate(each, build, isOption)
  const point = op.lastIndexOf('.')
  const owner = point > 0 ? known(op.slice(0, point), build) : undefined
  const word = owner ? op.slice(point + 1) : op
  const [first] = operands
  const ofWhole = owner ? undefined : expected(word, operands, read, build)
  if (ofWhole) return ofWhole
  const length = lengthAsked(word, owner, operands, read, build)
  if (length) return length
  const library = libraryOf(word, !!owner)
  if (library) {
    const args = operands.map((each) => optionOf(each, read) as Value)
    const given: Given = {
      word,
      args: owner ? [owner, ...args] : args,
      options: optionsOf(call.options.map(({ name, value }) => [name, optionOf(value, read)])),
      isMethod: !!owner || (args[0] instanceof Node && first?.kind !== 'name'),
      span,
    }
    const made = library(given, build.graph)
    const left = made && given.options.left()
    if (left) {
      const others = left.asked.join(', ') || 'none'
      throw new ClaimError(`${word} has no option ‘${left.name}’; it has ${others}`, span)
    }
    if (made) return bounded(made, word, call)
  }
  const args = operands.map((each) => read(each))
  // matmul(W, [h, x]) as W [h, x].
  const values = /^(?:matmul|dot|mm)$/.test(word)
    ? args.map((each, at) => stacked(at > 0 ? endToEnd(args[0]!, each) : each, build.graph))
    : args
  const found = operationOf(word)
  if (found) return recorded(found, call, owner ? [owner, ...values] : values, !!owner, build, read)
  const array = known(op, build)
  if (array && values.length === 1 && call.options.length === 0)
    return beside(array, values[0]!, /\^\{?T\}?$/.test(op), span)
  throw new ClaimError(noOperation(op, [...operations.keys()]), span)
}

/** E(x) and Var(x) of a vector: its mean, and that of the squares of what is left. */
const expected = (
  word: string,
  operands: readonly NetworkExpression[],
  read: Read,
  build: Build,
): Node | undefined => {
  const make =
    word === 'E' ? mean : /^[Vv]ar$/.test(word) && operands.length === 1 ? variance : undefined
  const [first] = operands
  if (!make || !first || known(word, build)) return undefined
  const x = read(first)
  if (x instanceof Node && x.shape.length === 1) return make(x)
  throw new ClaimError(
    `${word} of ${x instanceof Node ? 'several axes' : 'a number'}: mean(x, axes=0) and variance(x, axes=0) say which`,
    first.span,
  )
}

/** len(x), x.size(0), as lengths that a sum is divided by; the shape of what has no name. */
const lengthAsked = (
  word: string,
  owner: Node | undefined,
  operands: readonly NetworkExpression[],
  read: Read,
  build: Build,
): Value | undefined => {
  const [first, ...others] = operands
  if (!first || others.length > 0) return undefined
  if (word === 'len' && !known('len', build)) {
    const x = read(first)
    return x instanceof Node && x.shape.length > 0 ? lengthOf({ node: x, axis: 0 }) : undefined
  }
  if (word === 'shape' && !owner) {
    const x = read(first)
    return x instanceof Node ? x.shape.map((_, axis) => lengthOf({ node: x, axis })) : undefined
  }
  if (word !== 'size' || !owner) return undefined
  const axis = read(first, true)
  const at = typeof axis === 'number' && axis < 0 ? axis + owner.shape.length : axis
  if (typeof at !== 'number' || owner.shape[at] === undefined)
    throw new ClaimError('Of which axis is the length asked for?', first.span)
  return lengthOf({ node: owner, axis: at })
}

const bounded = (node: Node, word: string, { span }: NetworkCall): Node => {
  if (sizeOf(node.shape) <= mostEntries) return node
  throw new ClaimError(`${word} makes more than ${mostEntries} entries`, span)
}

const recorded = (
  { name, operation }: Found,
  call: NetworkCall,
  all: readonly Value[],
  isMethod: boolean,
  build: Build,
  read: Read,
): Node => {
  const { options, span } = call
  const isOfTwo = (name === 'max' || name === 'min') && all.length === 2
  if (isOfTwo && all[1] instanceof Node) {
    const larger = { name: `${name}imum`, operation: operations.get(`${name}imum`)! }
    return recorded(larger, call, all, false, build, read)
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
    if (own) return [own, optionOf(option.value, read)] as const
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
  return bounded(node, name, call)
}
