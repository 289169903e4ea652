// Reductions over axes, and softmax.
import {
  abs,
  cumsum,
  log,
  logSoftmax,
  logSumExp,
  max,
  mean,
  type Node,
  neg,
  prod,
  reshape,
  sizeOf,
  softmax,
  sqrt,
  square,
  sub,
  sum,
} from '@backprove/graph'
import {
  axes,
  axisOf,
  type Call,
  isKnown,
  node,
  type Operator,
  setting,
  unsupported,
} from '../context.ts'

interface Over {
  readonly axes: readonly number[]
  readonly keepDims: boolean
}

const over =
  (f: (x: Node, over: Over) => Node): Operator =>
  (call) => {
    const x = node(call, 0)
    const keepDims = setting(call, 'keepdims', 1) === 1
    const given = axes(call, 1, x.shape.length)
    const isNone = (given?.length ?? 0) === 0
    // Without axes: all of them, or where the model says so none.
    if (isNone && setting(call, 'noop_with_empty_axes', 0) === 1) return x
    const all = x.shape.map((_, axis) => axis)
    return f(x, { axes: isNone ? all : given!, keepDims })
  }

function runningSum(call: Call): Node {
  const x = node(call, 0)
  const given = call.inputs[1]
  if (!given || !isKnown(given)) return unsupported('an axis that depends on data')
  const axis = axisOf(given.data[0]!, x.shape.length)
  const sums = cumsum(x, { axis, reverse: setting(call, 'reverse', 0) === 1 })
  return setting(call, 'exclusive', 0) === 0 ? sums : sub(sums, x)
}

/** Before version 13 the axes from the given one on are one. */
const along =
  (f: (x: Node, options: { axis: number }) => Node): Operator =>
  (call: Call) => {
    const x = node(call, 0)
    const axis = axisOf(setting(call, 'axis', call.opset < 13 ? 1 : -1), x.shape.length)
    if (call.opset >= 13) return f(x, { axis })
    const flat = [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis))]
    return reshape(f(reshape(x, flat), { axis: 1 }), x.shape)
  }

export const reductions: Readonly<Record<string, Operator>> = {
  CumSum: runningSum,
  LogSoftmax: along(logSoftmax),
  ReduceL1: over((x, by) => sum(abs(x), by)),
  ReduceL2: over((x, by) => sqrt(sum(square(x), by))),
  ReduceLogSum: over((x, by) => log(sum(x, by))),
  ReduceLogSumExp: over(logSumExp),
  ReduceMax: over(max),
  ReduceMean: over(mean),
  ReduceMin: over((x, by) => neg(max(neg(x), by))),
  ReduceProd: over(prod),
  ReduceSum: over(sum),
  ReduceSumSquare: over((x, by) => sum(square(x), by)),
  Softmax: along(softmax),
}
