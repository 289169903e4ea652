// Reductions of numbers that are known while the model is read, also of arrays without entries.
import { axes, type Call, setting, unsupported } from '../context.ts'
import type { TensorData } from '../tensor.ts'
import { reduced } from './arrays.ts'

type Reduction = readonly [start: number, join: (a: number, b: number) => number]
/** What a reduction begins with, and how an entry joins it. */
const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  ReduceMax: [Number.NEGATIVE_INFINITY, Math.max],
  ReduceMin: [Number.POSITIVE_INFINITY, Math.min],
  ReduceProd: [1, (a, b) => a * b],
  ReduceSum: [0, (a, b) => a + b],
}
/** What reductions that are recorded elsewhere give of an array without entries. */
const OF_NOTHING: Readonly<Record<string, Reduction>> = {
  ...Object.fromEntries(
    ['ReduceL1', 'ReduceL2', 'ReduceSumSquare'].map((name) => [name, [0, Math.max]]),
  ),
  ...Object.fromEntries(
    ['ReduceLogSum', 'ReduceLogSumExp'].map((name) => [name, REDUCTIONS.ReduceMax!]),
  ),
}
/** By ONNX's number of a type: its least and its largest whole number. */
const ENDS: Readonly<Record<number, readonly [least: number, largest: number]>> = {
  2: [0, 255],
  3: [-128, 127],
  4: [0, 2 ** 16 - 1],
  5: [-(2 ** 15), 2 ** 15 - 1],
  6: [-(2 ** 31), 2 ** 31 - 1],
  7: [-(2 ** 63), 2 ** 63],
  9: [0, 1],
  12: [0, 2 ** 32 - 1],
  13: [0, 2 ** 64],
}
/** The largest of no whole numbers is the least one that its type has. */
function startOf(start: number, { isInteger, element, data }: TensorData): number {
  if (!isInteger || Number.isFinite(start) || data.length > 0) return start
  const ends = ENDS[element ?? 0] ?? unsupported('whole numbers without entries')
  return ends[start < 0 ? 0 : 1]
}

function overAxes(call: Call, a: TensorData, [first, join]: Reduction): TensorData {
  const start = startOf(first, a)
  const given = axes(call, 1, a.shape.length) ?? []
  const isNone = given.length === 0
  if (isNone && setting(call, 'noop_with_empty_axes', 0) === 1) return a
  const gone = isNone ? a.shape.map((_, axis) => axis) : given
  const made = reduced(a, gone, start, join)
  if (setting(call, 'keepdims', 1) === 1) return made
  return { ...made, shape: made.shape.filter((_, axis) => !gone.includes(axis)) }
}

/** What a reduction makes; undefined where the operator is none, or is recorded. */
export function reducedTo(call: Call, a: TensorData): TensorData | undefined {
  const { operator } = call.node
  const own = (table: Readonly<Record<string, Reduction>>) =>
    Object.hasOwn(table, operator) ? table[operator] : undefined
  const reduction = own(REDUCTIONS) ?? (a.data.length === 0 ? own(OF_NOTHING) : undefined)
  return reduction && overAxes(call, a, reduction)
}
