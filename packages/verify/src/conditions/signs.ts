// Which sign an expression or a node surely has, by rules that look at the written form alone:
// exponentials are positive, squares are not negative, and so are their sums and products.
import { type Node, ops } from '@backprove/graph'
import { isZero, type Resolved, type ResolvedBinder } from '../language/resolved.ts'
import { childNodes, spellingOf } from '../language/walk.ts'
import { activationOf } from '../network/activation.ts'
import type { Network } from '../network/network.ts'
import { isMoreNode, isMoreThanOthers, movingOps } from './bounds.ts'

/** Unsaid where the rules do not tell. */
export type Sign = 'positive' | 'not negative' | 'not zero' | 'unsaid'

const isNonnegative = (sign: Sign): boolean => sign === 'positive' || sign === 'not negative'
const isNonzero = (sign: Sign): boolean => sign === 'positive' || sign === 'not zero'

const ofProduct = (signs: readonly Sign[]): Sign => {
  if (signs.every((sign) => sign === 'positive')) return 'positive'
  if (signs.every(isNonnegative)) return 'not negative'
  return signs.every(isNonzero) ? 'not zero' : 'unsaid'
}

const ofSum = (signs: readonly Sign[]): Sign => {
  if (!signs.every(isNonnegative)) return 'unsaid'
  return signs.includes('positive') ? 'positive' : 'not negative'
}

const ofMaximum = (signs: readonly Sign[]): Sign =>
  signs.includes('positive')
    ? 'positive'
    : signs.includes('not negative')
      ? 'not negative'
      : 'unsaid'

const ofNumber = (value: number): Sign =>
  value > 0 ? 'positive' : value === 0 ? 'not negative' : 'not zero'

const ofPower = (base: Sign, exponent: number): Sign => {
  if (base === 'positive') return 'positive'
  const isEven = Number.isInteger(exponent) && exponent % 2 === 0
  if (isEven && exponent !== 0) return isNonzero(base) ? 'positive' : 'not negative'
  if (base === 'not negative' && exponent > 0) return 'not negative'
  return Number.isInteger(exponent) && isNonzero(base) ? 'not zero' : 'unsaid'
}

// ---- nodes

const positiveOps: ReadonlySet<unknown> = new Set([
  ops.exp,
  ops.sigmoid,
  ops.sigmoidPrime,
  ops.tanhPrime,
  ops.softmax,
  ops.softplus,
])
const nonnegativeOps: ReadonlySet<unknown> = new Set([
  ops.square,
  ops.relu,
  ops.abs,
  ops.l2Pool2d,
  ops.norm,
  ops.squaredError,
])
/** What moves or repeats entries, adds them up, or picks one of them. */
const keepingOps: ReadonlySet<unknown> = new Set([
  ...movingOps,
  ...[ops.sum, ops.mean, ops.maxPool2d, ops.avgPool2d],
])

const signs = new WeakMap<Node, Sign>()

/** Of every entry of a node. */
export const signOfNode = (node: Node): Sign => {
  const known = signs.get(node)
  if (known) return known
  const sign = signByOp(node)
  signs.set(node, sign)
  return sign
}

const signByOp = (node: Node): Sign => {
  const { op, args, params } = node
  const [first = 'unsaid', second = 'unsaid'] = args.slice(0, 2).map(signOfNode)
  if (positiveOps.has(op)) return 'positive'
  if (op === ops.constant) {
    const { data } = params as { data: Float64Array }
    const all = [...new Set([...data].map(ofNumber))]
    return all.length === 1 ? all[0]! : all.every(isNonnegative) ? 'not negative' : 'unsaid'
  }
  if (op === ops.mul) return args[0] === args[1] ? ofPower(first, 2) : ofProduct([first, second])
  if (op === ops.div) return second === 'positive' ? first : 'unsaid'
  if ((op === ops.add || op === ops.sub) && isMoreNode(node)) return 'positive'
  if (op === ops.add) return ofSum([first, second])
  if (op === ops.maximum) return ofMaximum([first, second])
  if (op === ops.pow) return ofPower(first, (params as { n: number }).n)
  if (op === ops.sqrt) return first === 'positive' ? 'positive' : 'not negative'
  if (keepingOps.has(op)) {
    const all = args.map(signOfNode)
    if (all.every((sign) => sign === 'positive')) return 'positive'
    return all.every(isNonnegative) ? 'not negative' : 'unsaid'
  }
  return nonnegativeOps.has(op) ? 'not negative' : 'unsaid'
}

// ---- expressions

const positiveWords = new Set(['exp', 'sigmoid', 'softplus', 'softmax', 'ones'])

/** Letters that may run beyond what they index. */
export type Loose = (letter: string) => boolean

const never: Loose = () => false

/** Indices that stay inside of the array wherever the letters run. */
const staysInside = (indices: readonly (Resolved | null)[], loose: Loose): boolean =>
  indices.every(
    (index) =>
      index === null ||
      (index.kind === 'index' && !loose(index.name)) ||
      (index.kind === 'numeral' && index.value.numerator === 1n && index.value.denominator === 1n),
  )

const isFilled = ({ lower, upper }: ResolvedBinder): boolean =>
  (!lower || (lower.kind === 'numeral' && lower.value.numerator === 1n)) &&
  (!upper || upper.kind === 'size')

type Call = Extract<Resolved, { kind: 'call' | 'activation' }>

const signOfCall = (node: Call, network: Network, loose: Loose): Sign => {
  if (node.kind === 'activation') {
    const found = activationOf(network)
    const isPositive = node.order === 0 && found && positiveOps.has(found.value.op)
    return isPositive && !found.value.graph.applicationOf(found.value) ? 'positive' : 'unsaid'
  }
  const { word, order, operands } = node
  const inner = operands.map((each) => signOf(each, network, loose))
  if (order === 0 && positiveWords.has(word)) return 'positive'
  if (order === 1 && ['exp', 'sigmoid', 'softplus', 'tanh'].includes(word)) return 'positive'
  if (order > 0) return 'unsaid'
  if (word === 'relu' || word === 'abs')
    return inner[0] === 'positive' ? 'positive' : 'not negative'
  if (word === 'sqrt') return inner[0] === 'positive' ? 'positive' : 'not negative'
  if (word === 'max') return ofMaximum(inner)
  if (word === 'sum' || word === 'mean') return isNonnegative(inner[0]!) ? inner[0]! : 'unsaid'
  return 'unsaid'
}

const numbers: readonly Resolved['kind'][] = ['numeral', 'index', 'size', 'variable']
const ofNumbers: readonly Resolved['kind'][] = [
  'addition',
  'product',
  'negation',
  'quotient',
  'power',
  'activation',
]

/** No whole array: a product with it is no product of matrices. */
const isNumber = (node: Resolved): boolean => {
  if (numbers.includes(node.kind)) return true
  if (node.kind === 'entry') return node.array.kind === 'array' && !node.indices.includes(null)
  return ofNumbers.includes(node.kind) && childNodes<Resolved>(node).every(isNumber)
}

/** vᵀ v of a vector. */
const isInnerSquare = (left: Resolved, right: Resolved | undefined, { nodes }: Network): boolean =>
  left.kind === 'transposed' &&
  right?.kind === 'array' &&
  nodes.get(right.name)?.shape.length === 1 &&
  spellingOf(left.operand) === spellingOf(right)

/** The sign of each factor; of those that are the same number, that of their power. */
const ofFactors = (
  factors: readonly Resolved[],
  of: (part: Resolved) => Sign,
  network: Network,
): Sign[] => {
  const at = factors.findIndex((each, k) => isInnerSquare(each, factors[k + 1], network))
  if (at >= 0) return ['not negative', ...ofFactors(factors.toSpliced(at, 2), of, network)]
  const times = new Map<unknown, number>()
  const keys = factors.map((each) => (isNumber(each) ? spellingOf(each) : each))
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1)
  return factors.flatMap((each, k) => {
    const isFirst = keys.indexOf(keys[k]!) === k
    return isFirst ? [ofPower(of(each), times.get(keys[k])!)] : []
  })
}

/** Wherever it has a value, and of every entry of an array. */
export const signOf = (node: Resolved, network: Network, loose: Loose = never): Sign => {
  const of = (part: Resolved): Sign => signOf(part, network, loose)
  switch (node.kind) {
    case 'numeral':
      return ofNumber(Number(node.value.numerator) / Number(node.value.denominator))
    case 'size':
      return 'positive'
    case 'cost':
      return signOfNode(network.cost)
    case 'array': {
      const found = network.nodes.get(node.name)
      return found ? signOfNode(found) : 'unsaid'
    }
    case 'entry': {
      const sign = of(node.array)
      if (staysInside(node.indices, loose)) return sign
      return isNonnegative(sign) ? 'not negative' : 'unsaid'
    }
    case 'call':
    case 'activation':
      return signOfCall(node, network, loose)
    case 'product':
      return ofProduct(ofFactors(node.factors, of, network))
    case 'hadamard':
      return spellingOf(node.left) === spellingOf(node.right)
        ? ofPower(of(node.left), 2)
        : ofProduct([of(node.left), of(node.right)])
    case 'addition':
      return isMoreThanOthers(node.terms, network) ? 'positive' : ofSum(node.terms.map(of))
    case 'negation':
      return isNonzero(of(node.operand)) ? 'not zero' : 'unsaid'
    case 'transposed':
      return of(node.operand)
    case 'quotient': {
      const below = of(node.denominator)
      return ofProduct([of(node.numerator), below === 'not negative' ? 'positive' : below])
    }
    case 'power': {
      const { exponent } = node
      if (exponent.kind !== 'numeral') return of(node.base) === 'positive' ? 'positive' : 'unsaid'
      const { numerator, denominator } = exponent.value
      return ofPower(of(node.base), Number(numerator) / Number(denominator))
    }
    case 'reduction': {
      const inner = of(node.body)
      if (!isNonnegative(inner)) return 'unsaid'
      const isWhole = node.conditions.length === 0 && node.binders.every(isFilled)
      return isWhole && !dependsOnBox(node.body, loose) ? inner : 'not negative'
    }
    case 'iverson':
      return 'not negative'
    default:
      return 'unsaid'
  }
}

/** Reads beside bare letters: over all integers such a sum may have no term. */
const dependsOnBox = (node: Resolved, loose: Loose): boolean =>
  (node.kind === 'entry' && !staysInside(node.indices, loose)) ||
  childNodes<Resolved>(node).some((child) => dependsOnBox(child, loose))

export const isNever0 = (node: Resolved, network: Network, loose: Loose): boolean =>
  !isZero(node) && isNonzero(signOf(node, network, loose))
