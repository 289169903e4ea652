// Whole numbers of numbers: they change by steps, so their derivative is 0.
import {
  abs,
  apply,
  defineOp,
  div,
  equal,
  identity,
  less,
  mul,
  type Node,
  type Operand,
  sign,
  sub,
  where,
} from '@backprove/graph'
import {
  type Call,
  isKnown,
  isWhole,
  node,
  type Operator,
  setting,
  unsupported,
} from '../context.ts'
import { second } from './elementwise.ts'

const FLOATS = [1, 10, 11, 16]
const BOOL = 9

const floorOp = defineOp<'x'>({
  name: 'floor',
  operands: { x: '…' },
  line: 'y = ⌊x⌋',
  vjp: { x: null },
  latex: ({ x }) => ({ text: `\\lfloor ${x.text} \\rfloor`, binds: 'atom' }),
  traits: { elementwise: true, stepwise: true, monotone: true },
})

const floor = (x: Operand): Node => apply(floorOp, [x])
const ceil = (x: Node): Node => mul(-1, floor(mul(-1, x)))
/** Towards 0. */
const cutOff = (x: Node): Node => mul(sign(x), floor(abs(x)))

/** To the nearest whole number; a half goes to the even one. */
export function round(x: Node): Node {
  const near = floor(sub(x, -0.5))
  const isHalf = equal(sub(near, x), 0.5)
  const isOdd = equal(mul(2, floor(div(near, 2))), sub(near, 1))
  return sub(near, mul(isHalf, isOdd))
}

/** The remainder has the sign of the divisor, or with fmod that of the dividend. */
function remainder(call: Call): Node {
  const [a, b] = [node(call, 0), node(call, 1)]
  const isTruncated = setting(call, 'fmod', 0) === 1
  const quotient = div(a, b)
  const rest = sub(a, mul(b, isTruncated ? cutOff(quotient) : floor(quotient)))
  const divisor = call.inputs[1]!
  if (isWhole(call, 1) || (isKnown(divisor) && divisor.data.every(Number.isFinite))) return rest
  // An infinite divisor goes into a finite number 0 times, or −1 times where the signs differ.
  const infinity = Number.POSITIVE_INFINITY
  const isWithin = mul(equal(abs(b), infinity), less(abs(a), infinity))
  const never = isTruncated ? a : where(less(mul(sign(a), sign(b)), 0), b, a)
  return where(isWithin, never, rest)
}

function cast(call: Call, isToWhole: boolean, isToTruth: boolean): Node {
  const x = node(call, 0)
  if (isToTruth) return sub(1, equal(x, 0))
  return isToWhole && !isWhole(call, 0) ? cutOff(x) : identity(x)
}

export const rounding: Readonly<Record<string, Operator>> = {
  Cast: (call) => {
    const given = call.node.attributes.get('to')
    // Before version 6 types had names.
    const to = typeof given === 'string' ? (NAMES[given] ?? -1) : setting(call, 'to', 1)
    if (!(to >= 1 && to <= 16) || to === 8) unsupported(`a cast to elements of type ${to}`)
    return cast(call, !FLOATS.includes(to), to === BOOL)
  },
  CastLike: (call) => {
    const like = call.inputs[1]
    // Whole numbers and truth values are not told apart: which of them is not known.
    if (like && isWhole(call, 1) && !isWhole(call, 0))
      unsupported('a cast to be like whole numbers')
    return identity(node(call, 0))
  },
  Ceil: (call) => ceil(node(call, 0)),
  Div: (call) => {
    const quotient = div(node(call, 0), second(call))
    return isWhole(call, 0) && isWhole(call, 1) ? cutOff(quotient) : quotient
  },
  Floor: (call) => floor(node(call, 0)),
  Mod: remainder,
  Round: (call) => round(node(call, 0)),
}

const NAMES: Readonly<Record<string, number>> = {
  ...{ FLOAT: 1, UINT8: 2, INT8: 3, UINT16: 4, INT16: 5, INT32: 6, INT64: 7, BOOL: 9 },
  ...{ FLOAT16: 10, DOUBLE: 11, UINT32: 12, UINT64: 13 },
}
