// The value of an expression of a network's text: a node that is recorded, or a number.
import { gather, Node, neg, ops, pick, timesPi } from '@backprove/graph'
import { readExpression } from '../../document/network/expression.ts'
import type { NetworkExpression, NetworkPart } from '../../document/network/tree.ts'
import { ClaimError, type Span } from '../../language/syntax.ts'
import { type Build, known, nodeNamed } from './build.ts'
import { callValue } from './calls.ts'
import { entryNamed, type Part, partOf, replacedIn } from './entry-of.ts'
import { computed, literal } from './exact-numbers.ts'
import { endToEnd, stacked } from './lists.ts'
import { isOfLengths, lengthOf } from './of-lengths.ts'
import { product, type Value } from './operations.ts'
import {
  arithmetic,
  beside,
  dotted,
  isRow,
  ofLengths,
  operandOf,
  plain,
  raised,
  turned,
} from './signs.ts'

/** W^T, x^2, x^{n}, e^{−z}, W.T, X', Wx: what is written as one word and is no name. */
const wordValue = (name: string, build: Build, isOption: boolean, span: Span): Value => {
  const number = build.numbers.get(name)
  if (isOption && number !== undefined) return number
  if (known(name, build)) return nodeNamed(name, build, span)
  if (number !== undefined) return number
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
  const [, owner, word] = /^(.+)(?:\.(T|mT|shape|data|values)|')$/.exec(name) ?? []
  if (owner !== undefined && (known(owner, build) || word !== undefined)) {
    const array = nodeNamed(owner, build, span)
    if (word === 'shape') return array.shape.map((_, axis) => lengthOf({ node: array, axis }))
    return word === 'data' || word === 'values' ? array : turned(array, span)
  }
  const axis = build.lengths.get(name.replaceAll(/[{}]/g, ''))
  if (axis) return lengthOf(axis)
  if (/^(?:(?:np|math|torch|jnp)\.pi|π)$/.test(name)) return timesPi(build.graph.constant(1))
  const factors = factorsIn(name, build)
  if (!factors) return freeNumber(name, build) ?? nodeNamed(name, build, span)
  return factors.reduce((left, right) => beside(left, right, false, span) as Node)
}

/** The ε that nobody declares: any number. */
const freeNumber = (name: string, { graph, nodes }: Build): Node | undefined => {
  if (!/^(?:ε|eps|epsilon)$/.test(name)) return undefined
  const node = graph.input(name, [])
  nodes.set(name, node)
  return node
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

const nodeOf = (expression: NetworkExpression, build: Build): Node => {
  const value = stacked(evaluated(expression, build), build.graph)
  if (value instanceof Node) return value
  throw new ClaimError('A number has no entries', expression.span)
}

const placeIn = (place: NetworkExpression, build: Build): number => {
  const value = evaluated(place, build, true)
  if (typeof value === 'number' && Number.isInteger(value)) return value
  throw new ClaimError('In brackets after an array stand numbers: s[0], W[1, 2]', place.span)
}

const partIn = (part: NetworkPart, build: Build): Part => {
  if (part.kind === 'range') {
    const { from, to } = part
    return {
      kind: 'range',
      ...(from && { from: placeIn(from, build) }),
      ...(to && { to: placeIn(to, build) }),
    }
  }
  if (part.kind !== 'at') return part
  const { place } = part
  const isMask = place.kind === 'binary' && place.operator in { '<': 0, '>': 0, '<=': 0, '>=': 0 }
  return isMask
    ? { kind: 'mask', mask: nodeOf(place, build) }
    : { kind: 'at', place: placeIn(place, build) }
}

/** logp[np.arange(N), y]: of each row the entry at its own place. */
const pickedFrom = (
  base: NetworkExpression,
  parts: readonly NetworkPart[],
  build: Build,
  span: Span,
): Node | undefined => {
  const [rows, places, ...others] = parts
  if (rows?.kind !== 'at' || places?.kind !== 'at' || others.length > 0) return undefined
  const { place } = rows
  if (place.kind !== 'call' || !/(?:^|\.)a?range$/.test(place.op)) return undefined
  const array = nodeOf(base, build)
  const [count] = place.operands.map((each) => plain(evaluated(each, build, true), build.graph))
  const at = nodeOf(places.place, build)
  if (array.shape.length === 2 && count === array.shape[0]) return pick(array, at)
  throw new ClaimError('x[np.arange(N), y] takes an entry of each row of a matrix', span)
}

const entryValue = (
  { base, parts, span }: Extract<NetworkExpression, { kind: 'entry' }>,
  build: Build,
): Value => {
  const [first, ...others] = parts
  const called = (op: string, operands: readonly NetworkExpression[]): Value =>
    callValue({ kind: 'call', op, operands, options: [], span }, build, evaluated)
  // E[x], Var[x], np.c_[np.ones((5, 1)), X].
  if (base.kind === 'name' && first?.kind === 'at' && !known(base.name, build)) {
    if (/^(?:E|[Vv]ar|mean)$/.test(base.name)) return called(base.name, [first.place])
    const items = parts.flatMap((part) => (part.kind === 'at' ? [part.place] : []))
    if (base.name === 'np.c_') return called('np.hstack', [{ kind: 'list', items, span }])
  }
  const places = first?.kind === 'at' && others.length === 0 && evaluated(first.place, build, true)
  // W[labels], of numbers alone: of a mask nobody knows how many it takes.
  if (places instanceof Node && places.op === ops.constant)
    return gather(nodeOf(base, build), places, { axis: 0 })
  const picked = pickedFrom(base, parts, build, span)
  if (picked) return picked
  const value = withLengths(base, build, true)
  if (Array.isArray(value) && first?.kind === 'at' && others.length === 0) {
    const at = placeIn(first.place, build)
    const found = value[at < 0 ? at + value.length : at]
    if (found !== undefined) return found
  }
  if (base.kind === 'call' && /(?:^|\.)(?:max|min)$/.test(base.op) && base.operands.length > 0)
    throw new ClaimError(
      'x.max(1)[0] is all of the largest in PyTorch, and one of them in NumPy: which is it?',
      span,
    )
  return partOf(
    nodeOf(base, build),
    parts.map((part) => partIn(part, build)),
    span,
  )
}

const withLengths = (expression: NetworkExpression, build: Build, isOption: boolean): Value => {
  const { span } = expression
  switch (expression.kind) {
    case 'number':
      return isOption ? expression.value : literal(expression, build.graph)
    case 'text':
      return expression.text
    case 'name':
      return wordValue(expression.name, build, isOption, span)
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
    case 'binary':
      return binaryValue(expression, build, isOption)
    case 'entry':
      return entryValue(expression, build)
    case 'replaced': {
      const parts = expression.parts.map((part) => partIn(part, build))
      const value = operandOf(evaluated(expression.value, build), span)
      return replacedIn(nodeOf(expression.base, build), parts, value, span)
    }
    case 'list':
      return expression.items.map((item) => evaluated(item, build, isOption))
    case 'call':
      return callValue(expression, build, evaluated)
    case 'sum':
      throw new ClaimError('Σ stands in a line of entries, y_i = Σ_j W_{ij} x_j', span)
  }
}

const binaryValue = (
  expression: Extract<NetworkExpression, { kind: 'binary' }>,
  build: Build,
  isOption: boolean,
): Value => {
  const { operator, span } = expression
  const first = withLengths(expression.left, build, isOption)
  const second = endToEnd(first, withLengths(expression.right, build, isOption))
  const found = ofLengths(expression, first, second)
  if (found !== undefined) return found
  const of = (value: Value) => operandOf(stacked(plain(value, build.graph), build.graph), span)
  const [left, right] = [of(first), of(second)]
  if (typeof left === 'number' && typeof right === 'number') {
    if (operator in arithmetic && !/^[+\-*/]$/.test(operator))
      throw new ClaimError('Two numbers are compared, and no array', span)
    const sign = operator in { '@': 0, beside: 0, dot: 0 } ? '*' : operator
    if (sign === '//') return Math.floor(left / right)
    return computed(sign as '+', left, right, isOption, build.graph)
  }
  if (operator === 'beside') return beside(left, right, isRow(expression.left), span)
  if (operator === 'dot') return dotted(left, right, build.dots, span)
  if (operator === '//') throw new ClaimError('// is of lengths', span)
  if (operator !== '@') return arithmetic[operator](left, right)
  if (typeof left === 'number' || typeof right === 'number')
    throw new ClaimError('@ is a product of arrays; with a number it is *', span)
  return product(left, right)
}
