// What is as easily written again as referred to by number: few steps from few labelled arrays.
import type { Expression } from '../../notation/index.ts'
import { reshapeOp } from '../../ops/movement/reshape.ts'
import { broadcastToOp } from '../../ops/reduction/sum.ts'
import { instanceOf } from '../../record/line-of.ts'
import type { Node } from '../../record/node.ts'
import { uniformValue } from './constants.ts'

type Stops = (node: Node) => boolean

/** Labelled arrays and steps of the longest that is still small: √(v + ε), 1 + e^{−z}, c (a − t). */
const MOST = 4

/** Entrywise of labelled arrays and numbers, or an entry of one: short enough to be repeated. */
export const isSmall = (node: Node, stops: Stops): boolean => weightOf(node, stops) <= MOST

function weightOf(node: Node, stops: Stops, most = MOST): number {
  const inner = unspread(node)
  if (isNumber(inner)) return 0
  if (inner !== node && stops(inner)) return 1
  const isEntrywise = inner.op.traits?.elementwise === true
  if (!isEntrywise && !isPlace(inner)) return Number.POSITIVE_INFINITY
  const own = isEntrywise ? 1 : 0
  return inner.args.reduce((sum, arg) => {
    if (sum > most) return sum
    return sum + (stops(arg) ? 1 : weightOf(arg, stops, most - sum))
  }, own)
}

/** One number everywhere, spread to a shape or not; √2 is one. */
export const isNumber = (node: Node): boolean => {
  const inner = unspread(node)
  if (uniformValue(inner) !== undefined) return true
  const { op, args } = inner
  return op.traits?.elementwise === true && args.length > 0 && args.every(isNumber)
}

/** An entry of the operand at places that are told by sums alone, x_{2,i}. */
const isPlace = (node: Node): boolean => {
  if (node.args.length !== 1) return false
  const { body } = instanceOf(node)
  return body.kind === 'access' && body.indices.every(isPlain)
}

const isPlain = (index: Expression): boolean => {
  if (index.kind === 'sum') return index.terms.every(isPlain)
  if (index.kind === 'product') return index.factors.every(isPlain)
  return index.kind === 'negation' ? isPlain(index.operand) : isLetter(index)
}

const isLetter = ({ kind }: Expression): boolean => kind === 'symbol' || kind === 'number'

/** The same values in a shape of fewer entries. */
const unspread = (node: Node): Node => {
  const isSpread = node.op === broadcastToOp || node.op === reshapeOp
  return isSpread && node.name === undefined ? unspread(node.args[0]!) : node
}

/**
 * Of a node that has the whole of its operand in another order: the axis of the node that each axis
 * of the operand is, undefined for those of length 1. Beyond its box it is 0 where the operand is.
 */
export function movedAxes(node: Node): readonly (number | undefined)[] | undefined {
  const [arg, ...others] = node.args
  if (!arg || others.length > 0 || !node.op.traits?.movesOnly) return undefined
  const { body, indices } = instanceOf(node)
  if (body.kind !== 'access') return undefined
  const letters = indices.map((index) => (index.kind === 'symbol' ? index.name : ''))
  const axes = body.indices.map((index, axis) => {
    if (arg.shape[axis] === 1) return undefined
    const own = index.kind === 'symbol' ? letters.indexOf(index.name) : -1
    return arg.shape[axis] === node.shape[own] ? own : -1
  })
  return axes.includes(-1) ? undefined : axes
}
