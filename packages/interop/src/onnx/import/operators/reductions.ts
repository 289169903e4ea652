// Reductions over axes, and softmax.
import {
  abs,
  add,
  exp,
  log,
  logSoftmax,
  max,
  mean,
  type Node,
  neg,
  reshape,
  sizeOf,
  softmax,
  sqrt,
  square,
  sub,
  sum,
} from '@backprove/graph'
import { axes, axisOf, type Call, node, type Operator, setting } from '../context.ts'

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

/** log Σ e^x, the largest taken out so that nothing overflows. */
const logSumExp = (x: Node, { axes, keepDims }: Over): Node => {
  const largest = max(x, { axes, keepDims: true })
  const y = add(log(sum(exp(sub(x, largest)), { axes, keepDims: true })), largest)
  return keepDims
    ? y
    : reshape(
        y,
        y.shape.filter((_, axis) => !axes.includes(axis)),
      )
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
  LogSoftmax: along(logSoftmax),
  ReduceL1: over((x, by) => sum(abs(x), by)),
  ReduceL2: over((x, by) => sqrt(sum(square(x), by))),
  ReduceLogSum: over((x, by) => log(sum(x, by))),
  ReduceLogSumExp: over(logSumExp),
  ReduceMax: over(max),
  ReduceMean: over(mean),
  ReduceMin: over((x, by) => neg(max(neg(x), by))),
  ReduceSum: over(sum),
  ReduceSumSquare: over((x, by) => sum(square(x), by)),
  Softmax: along(softmax),
}
