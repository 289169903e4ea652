// The operations in StableHLO, each in the generic form of MLIR's text.
import type { Shape } from '@backprove/graph'
import type { Binary, Comparison, Kind, Reduction, Target, Unary } from '../lower/target.ts'
import { type Value, Values, widest } from '../module/value.ts'

const UNARY: Readonly<Record<Unary, string>> = {
  negate: 'negate',
  exp: 'exponential',
  log: 'log',
  log1p: 'log_plus_one',
  tanh: 'tanh',
  sin: 'sine',
  cos: 'cosine',
  sqrt: 'sqrt',
  abs: 'abs',
  sign: 'sign',
  floor: 'floor',
  ceil: 'ceil',
}
const DIRECTIONS: Readonly<Record<Comparison, string>> = {
  '=': 'EQ',
  '≠': 'NE',
  '<': 'LT',
  '≤': 'LE',
  '>': 'GT',
  '≥': 'GE',
}
const REDUCTIONS: Readonly<Record<Reduction, readonly [operation: string, start: number]>> = {
  sum: ['add', 0],
  max: ['maximum', -Infinity],
  min: ['minimum', Infinity],
}

/** `array<i64: 1, 2>` */
const integers = (list: readonly number[]): string =>
  list.length === 0 ? 'array<i64>' : `array<i64: ${list.join(', ')}>`

export function stableHloTarget(): Target<Value> {
  const values = new Values()
  const emit = (
    operation: string,
    inputs: readonly Value[],
    shape: Shape,
    attributes: string,
    kind: Kind = 'number',
  ): Value =>
    values.make({
      operation,
      inputs,
      shape,
      kind,
      attributes: attributes ? { text: attributes } : {},
    })
  const same = (operation: string, a: Value): Value => emit(operation, [a], a.shape, '', a.kind)

  const expand = (a: Value, shape: Shape): Value => {
    if (a.shape.join() === shape.join()) return a
    const dimensions = integers(a.shape.map((_, axis) => axis))
    return emit('broadcast_in_dim', [a], shape, `broadcast_dimensions = ${dimensions}`, a.kind)
  }
  /** Of one shape: operands do not broadcast by themselves. */
  const level = (...parts: readonly Value[]): Value[] => {
    const shape = widest(...parts)
    return parts.map((part) => expand(part, shape))
  }
  const joined = (operation: string, kind: Kind, attributes: string, ...parts: Value[]): Value => {
    const leveled = level(...parts)
    return emit(operation, leveled, leveled[0]!.shape, attributes, kind)
  }
  const constant = (data: ArrayLike<number>, shape: Shape, kind: Kind): Value =>
    values.make({ operation: 'constant', inputs: [], attributes: { data }, shape, kind })
  /** Numbers for every axis, of which one is not as the others. */
  const along = (a: Value, axis: number, at: number, others: (size: number) => number): string =>
    integers(a.shape.map((size, k) => (k === axis ? at : others(size))))

  return {
    constant,
    expand,
    unary: (f, a) => same(UNARY[f], a),
    binary: (f: Binary, a, b) => joined(f, 'number', '', a, b),
    compare: (relation, a, b) =>
      joined(
        'compare',
        'truth',
        `comparison_direction = #stablehlo<comparison_direction ${DIRECTIONS[relation]}>`,
        a,
        b,
      ),
    both: (a, b) => joined('and', 'truth', '', a, b),
    either: (a, b) => joined('or', 'truth', '', a, b),
    not: (a) => same('not', a),
    select: (condition, a, b) => joined('select', a.kind, '', condition, a, b),
    reshape: (a, shape) => emit('reshape', [a], shape, '', a.kind),
    transpose: (a, axes) => {
      const shape = axes.map((axis) => a.shape[axis]!)
      return emit('transpose', [a], shape, `permutation = ${integers(axes)}`, a.kind)
    },
    slice: (a, axis, start, end, step) => {
      const shape = a.shape.map((size, k) => (k === axis ? Math.ceil((end - start) / step) : size))
      const starts = along(a, axis, start, () => 0)
      const ends = along(a, axis, end, (size) => size)
      const steps = along(a, axis, step, () => 1)
      const text = `start_indices = ${starts}, limit_indices = ${ends}, strides = ${steps}`
      return emit('slice', [a], shape, text, a.kind)
    },
    reverse: (a, axis) => emit('reverse', [a], a.shape, `dimensions = ${integers([axis])}`, a.kind),
    pad: (a, axis, before, after) => {
      const zero = constant([0], [], a.kind)
      const shape = a.shape.map((size, k) => (k === axis ? before + size + after : size))
      const text =
        `edge_padding_low = ${along(a, axis, before, () => 0)}, ` +
        `edge_padding_high = ${along(a, axis, after, () => 0)}, ` +
        `interior_padding = ${along(a, axis, 0, () => 0)}`
      return emit('pad', [a, zero], shape, text, a.kind)
    },
    reduce: (f, a, axes) => {
      const [operation, start] = REDUCTIONS[f]
      const shape = a.shape.filter((_, axis) => !axes.includes(axis))
      return values.make({
        operation: 'reduce',
        inputs: [a, constant([start], [], 'number')],
        attributes: { text: `dimensions = ${integers(axes)}`, combiner: operation },
        shape,
      })
    },
    dot: (a, b, { summed, shared }) => {
      const [left, right] = ([0, 1] as const).map((side) => {
        const of = (pairs: typeof summed) => pairs.map((pair) => pair[side])
        const used = new Set([...of(summed), ...of(shared)])
        const { shape } = side === 0 ? a : b
        const own = shape.filter((_, axis) => !used.has(axis))
        return { own, summed: of(summed), shared: of(shared) }
      })
      const text =
        `dot_dimension_numbers = #stablehlo.dot<lhs_batching_dimensions = [${left!.shared}], ` +
        `rhs_batching_dimensions = [${right!.shared}], ` +
        `lhs_contracting_dimensions = [${left!.summed}], ` +
        `rhs_contracting_dimensions = [${right!.summed}]>, ` +
        'precision_config = [#stablehlo<precision HIGHEST>, #stablehlo<precision HIGHEST>]'
      const batch = left!.shared.map((axis) => a.shape[axis]!)
      return emit('dot_general', [a, b], [...batch, ...left!.own, ...right!.own], text)
    },
    take: (a, axis, places) => {
      const shape = a.shape.map((size, k) => (k === axis ? places.length : size))
      const indices = values.make({
        operation: 'constant',
        inputs: [],
        attributes: { data: places },
        shape: [places.length],
        isIndex: true,
      })
      const others = a.shape.flatMap((_, k) => (k === axis ? [] : [k]))
      const text =
        `dimension_numbers = #stablehlo.gather<offset_dims = [${others}], ` +
        `collapsed_slice_dims = [${axis}], start_index_map = [${axis}], index_vector_dim = 1>, ` +
        `slice_sizes = ${along(a, axis, 1, (size) => size)}, indices_are_sorted = false`
      return emit('gather', [a, indices], shape, text, a.kind)
    },
  }
}
