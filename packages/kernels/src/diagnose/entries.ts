// What an op read for one entry of its result: the entries themselves where it goes entry by entry,
// else the range of the whole operand.
import { describeNode, isOp, type Node, operandNames, stridesOf } from '@backprove/graph'
import type { Memory } from '../backend.ts'

/** An operand where the value arose. */
export interface DiagnosedInput {
  /** The operand's letter in the formula, and how its node is called. */
  readonly letter: string
  readonly name: string
  /** What was read for the entry; of an op that reads many, the smallest and the largest. */
  readonly values: readonly number[]
  /** How many entries of the whole operand are NaN or infinite. */
  readonly notFinite: number
}

export function operandEntries(
  node: Node,
  position: number,
  values: ReadonlyMap<Node, Memory>,
): DiagnosedInput[] {
  const letters = operandNames(node.op, node.args.length)
  return node.args.map((arg, k) => {
    const array = values.get(arg)!
    return {
      letter: letters[k]!,
      name: describeNode(arg),
      values: node.op.traits?.elementwise
        ? [array[broadcastPosition(node.shape, arg.shape, position)]!]
        : rangeOf(array),
      notFinite: array.filter((value) => !Number.isFinite(value)).length,
    }
  })
}

/** Steps from where a 0 enters to the where that made it. */
const MOST_STEPS = 64

/**
 * The `where` from which an operand of exactly 0 comes: reverse mode sends 0 into the branch that
 * was not chosen, and 0 times an infinite slope is NaN.
 */
export function maskedBy(
  node: Node,
  position: number,
  values: ReadonlyMap<Node, Memory>,
): Node | undefined {
  if (!node.op.traits?.elementwise) return undefined
  const zeroOf = (from: Node, at: number): (readonly [Node, number])[] =>
    from.args
      .map((arg) => [arg, broadcastPosition(from.shape, arg.shape, at)] as const)
      .filter(([arg, place]) => values.get(arg)![place] === 0)
  const waiting = zeroOf(node, position)
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = waiting.shift()
    if (!next) return undefined
    const [zero, at] = next
    if (isOp(zero.op, 'where')) return zero
    if (zero.op.traits?.elementwise) waiting.push(...zeroOf(zero, at))
  }
  return undefined
}

/** The entry of an operand that is read for an entry of the result: axes of length 1 stand still. */
function broadcastPosition(
  shape: readonly number[],
  operand: readonly number[],
  position: number,
): number {
  const strides = stridesOf(operand)
  let rest = position
  let found = 0
  for (let k = 1; k <= shape.length; k++) {
    const length = shape.at(-k)!
    if ((operand.at(-k) ?? 1) > 1) found += (rest % length) * strides.at(-k)!
    rest = Math.floor(rest / length)
  }
  return found
}

/** The smallest and the largest number; NaN where there is none. */
function rangeOf(array: Memory): number[] {
  let [low, high] = [Number.NaN, Number.NaN]
  for (const value of array) {
    if (!(value >= low)) low = Number.isNaN(value) ? low : value
    if (!(value <= high)) high = Number.isNaN(value) ? high : value
  }
  return low === high ? [low] : [low, high]
}
