// The operations in ONNX, opset 18. Those that ONNX Runtime's WebGPU does not hold (Sign, Or) are
// written with others.
import type { Shape } from '@backprove/graph'
import type { Binary, Comparison, Kind, Reduction, Target, Unary } from '../lower/target.ts'
import { type Attributes, type Value, Values, widest } from '../module/value.ts'

const UNARY: Readonly<Partial<Record<Unary, string>>> = {
  negate: 'Neg',
  exp: 'Exp',
  log: 'Log',
  tanh: 'Tanh',
  sin: 'Sin',
  cos: 'Cos',
  sqrt: 'Sqrt',
  abs: 'Abs',
  floor: 'Floor',
  ceil: 'Ceil',
}
const BINARY: Readonly<Record<Binary, string>> = {
  add: 'Add',
  subtract: 'Sub',
  multiply: 'Mul',
  divide: 'Div',
  power: 'Pow',
  maximum: 'Max',
  minimum: 'Min',
}
const COMPARISONS: Readonly<Record<Exclude<Comparison, '≠'>, string>> = {
  '=': 'Equal',
  '<': 'Less',
  '≤': 'LessOrEqual',
  '>': 'Greater',
  '≥': 'GreaterOrEqual',
}
const REDUCTIONS: Readonly<Record<Reduction, string>> = {
  sum: 'ReduceSum',
  max: 'ReduceMax',
  min: 'ReduceMin',
}

export interface OnnxTarget extends Target<Value> {
  /** An operation that only a shortcut asks for. */
  operation(
    name: string,
    inputs: readonly Value[],
    shape: Shape,
    attributes: Attributes,
    kind?: Kind,
  ): Value
}

export function onnxTarget(): OnnxTarget {
  const values = new Values()
  const operation: OnnxTarget['operation'] = (name, inputs, shape, attributes, kind = 'number') =>
    values.make({ operation: name, inputs, shape, attributes, kind })
  const constant = (data: ArrayLike<number>, shape: Shape, kind: Kind): Value =>
    values.make({ operation: 'constant', inputs: [], attributes: { data }, shape, kind })
  const number = (value: number): Value => constant([value], [], 'number')
  const indices = (list: readonly number[]): Value =>
    values.make({
      operation: 'constant',
      inputs: [],
      attributes: { data: list },
      shape: [list.length],
      isIndex: true,
    })
  const reshape = (a: Value, shape: Shape): Value =>
    operation('Reshape', [a, indices(shape)], shape, {}, a.kind)
  const transpose = (a: Value, axes: readonly number[]): Value => {
    const shape = axes.map((axis) => a.shape[axis]!)
    return operation('Transpose', [a], shape, { perm: axes }, a.kind)
  }
  const not = (a: Value): Value => operation('Not', [a], a.shape, {}, 'truth')
  const both = (a: Value, b: Value): Value => operation('And', [a, b], widest(a, b), {}, 'truth')
  const compare = (relation: Comparison, a: Value, b: Value): Value =>
    relation === '≠'
      ? not(compare('=', a, b))
      : operation(COMPARISONS[relation], [a, b], widest(a, b), {}, 'truth')
  const select = (condition: Value, a: Value, b: Value): Value =>
    operation('Where', [condition, a, b], widest(condition, a, b), {}, a.kind)
  const binary = (f: Binary, a: Value, b: Value): Value =>
    operation(BINARY[f], [a, b], widest(a, b), {})
  /** −1, 0 or 1; what is neither above nor below 0 is itself. */
  const sign = (a: Value): Value => {
    const below = select(compare('<', a, number(0)), number(-1), a)
    return select(compare('>', a, number(0)), number(1), below)
  }
  const unary = (f: Unary, a: Value): Value => {
    if (f === 'sign') return sign(a)
    if (f === 'log1p') return unary('log', binary('add', a, number(1)))
    return operation(UNARY[f]!, [a], a.shape, {})
  }
  const slice = (a: Value, axis: number, [start, end, step]: readonly number[], size: number) => {
    const shape = a.shape.map((length, k) => (k === axis ? size : length))
    const parts = [[start!], [end!], [axis], [step!]].map(indices)
    return operation('Slice', [a, ...parts], shape, {}, a.kind)
  }

  return {
    operation,
    constant,
    unary,
    binary,
    compare,
    both,
    either: (a, b) => not(both(not(a), not(b))),
    not,
    select,
    reshape,
    transpose,
    slice: (a, axis, start, end, step) =>
      slice(a, axis, [start, end, step], Math.ceil((end - start) / step)),
    reverse: (a, axis) => slice(a, axis, [-1, -(2 ** 53), -1], a.shape[axis]!),
    pad: (a, axis, before, after) => {
      const widths = [before, after].flatMap((width) =>
        a.shape.map((_, k) => (k === axis ? width : 0)),
      )
      const shape = a.shape.map((size, k) => (k === axis ? before + size + after : size))
      return operation('Pad', [a, indices(widths), number(0)], shape, { mode: 'constant' })
    },
    expand: (a, shape) => operation('Expand', [a, indices(shape)], shape, {}, a.kind),
    reduce: (f, a, axes) => {
      const shape = a.shape.filter((_, axis) => !axes.includes(axis))
      return operation(REDUCTIONS[f], [a, indices(axes)], shape, { keepdims: 0 })
    },
    dot: (a, b, contraction) => {
      const { shared, summed } = contraction
      const own = ([a, b] as const).map((side, k) => {
        const used = [...shared, ...summed].map((pair) => pair[k as 0 | 1])
        return side.shape.map((_, axis) => axis).filter((axis) => !used.includes(axis))
      })
      const count = (of: Value, axes: readonly number[]) =>
        axes.reduce((size, axis) => size * of.shape[axis]!, 1)
      const batch = shared.map(([left]) => a.shape[left]!)
      const inner = count(
        a,
        summed.map(([left]) => left),
      )
      const order = {
        a: [...shared.map(([left]) => left), ...own[0]!, ...summed.map(([left]) => left)],
        b: [...shared.map(([, right]) => right), ...summed.map(([, right]) => right), ...own[1]!],
      }
      const [rows, columns] = [count(a, own[0]!), count(b, own[1]!)]
      const tidy = (of: Value, axes: readonly number[], shape: Shape): Value => {
        const moved = axes.every((axis, k) => axis === k) ? of : transpose(of, axes)
        return moved.shape.join() === shape.join() ? moved : reshape(moved, shape)
      }
      const left = tidy(a, order.a, [...batch, rows, inner])
      const right = tidy(b, order.b, [...batch, inner, columns])
      const matrices = operation('MatMul', [left, right], [...batch, rows, columns], {})
      const shape = [
        ...batch,
        ...own[0]!.map((axis) => a.shape[axis]!),
        ...own[1]!.map((axis) => b.shape[axis]!),
      ]
      return shape.join() === matrices.shape.join() ? matrices : reshape(matrices, shape)
    },
    take: (a, axis, places) => {
      const shape = a.shape.map((size, k) => (k === axis ? places.length : size))
      return operation('Gather', [a, indices(places)], shape, { axis }, a.kind)
    },
  }
}
