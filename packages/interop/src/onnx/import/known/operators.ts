// Operators on numbers that are known while the model is read: shapes, axes, places. What they make
// stays known.
import { broadcastShapes, sizeOf } from '@backprove/graph'
import { OnnxError } from '../../../errors.ts'
import { axes, axisOf, type Call, isKnown, list, setting, spend, type Value } from '../context.ts'
import type { TensorData } from '../tensor.ts'
import { build, entrywise, type Known, reader, reshaped } from './arrays.ts'
import { reducedTo } from './reductions.ts'

const whole = (data: ArrayLike<number>, shape: readonly number[] = [data.length]): TensorData => {
  return { shape, isInteger: true, data: Float64Array.from(data) }
}

const truth = (isTrue: boolean): number => (isTrue ? 1 : 0)

const ENTRYWISE: Readonly<Record<string, (...entries: number[]) => number>> = {
  Add: (a, b) => a! + b!,
  Sub: (a, b) => a! - b!,
  Mul: (a, b) => a! * b!,
  Neg: (a) => -a!,
  Abs: (a) => Math.abs(a!),
  Floor: (a) => Math.floor(a!),
  Ceil: (a) => Math.ceil(a!),
  Sqrt: (a) => Math.sqrt(a!),
  Pow: (a, b) => a! ** b!,
  Min: (...entries) => Math.min(...entries),
  Max: (...entries) => Math.max(...entries),
}
const RELATIONS: Readonly<Record<string, (...entries: number[]) => number>> = {
  Equal: (a, b) => truth(a === b),
  Greater: (a, b) => truth(a! > b!),
  Less: (a, b) => truth(a! < b!),
  GreaterOrEqual: (a, b) => truth(a! >= b!),
  LessOrEqual: (a, b) => truth(a! <= b!),
  Not: (a) => truth(a === 0),
  And: (a, b) => truth(a !== 0 && b !== 0),
  Or: (a, b) => truth(a !== 0 || b !== 0),
  Xor: (a, b) => truth((a !== 0) !== (b !== 0)),
}

/** By ONNX's number of a type whose numbers go round: how they are stored. */
const ROUND: Readonly<Record<number, (data: Float64Array) => ArrayLike<number>>> = {
  2: (data) => Uint8Array.from(data),
  3: (data) => Int8Array.from(data),
  4: (data) => Uint16Array.from(data),
  5: (data) => Int16Array.from(data),
  6: (data) => Int32Array.from(data),
  7: (data) => data.map(Math.trunc),
  9: (data) => data.map((entry) => truth(entry !== 0)),
  12: (data) => Uint32Array.from(data),
  13: (data) => data.map(Math.trunc),
}
const FLOATS: ReadonlySet<unknown> = new Set([1, 10, 11, 16])

/** Types that have no numbers here are left to be refused by name. */
function cast(call: Call, a: TensorData): TensorData | undefined {
  const to = call.node.attributes.get('to')
  if (FLOATS.has(to)) return { shape: a.shape, isInteger: false, data: a.data }
  const stored = typeof to === 'number' ? ROUND[to]?.(a.data) : undefined
  return stored && whole(stored, a.shape)
}

/** By the operator's name. */
const OPERATORS: Readonly<Record<string, (call: Call, known: Known) => TensorData | undefined>> = {
  Identity: (_, [a]) => a!,
  Cast: (call, [a]) => cast(call, a!),
  Div: (_, parts) => {
    const isInteger = parts.every((part) => part.isInteger)
    return entrywise(parts, (a, b) => (isInteger ? Math.trunc(a! / b!) : a! / b!))
  },
  Mod: (call, parts) => {
    const isTruncated = setting(call, 'fmod', 0) === 1
    // The remainder of JavaScript has the sign of the dividend.
    const floored = (rest: number, b: number) => (rest * b < 0 ? rest + b : rest)
    return entrywise(parts, (a, b) => (isTruncated ? a! % b! : floored(a! % b!, b!)))
  },
  Gather: (call, [a, places]) => {
    const axis = axisOf(setting(call, 'axis', 0), a!.shape.length)
    const before = a!.shape.slice(0, axis)
    const rank = places!.shape.length
    const shape = [...before, ...places!.shape, ...a!.shape.slice(axis + 1)]
    const [read, placeAt] = [reader(a!), reader(places!)]
    return build(a!, shape, (at) => {
      const place = axisOf(placeAt(at, axis), a!.shape[axis]!)
      return read([...at.slice(0, axis), place, ...at.slice(axis + rank)])
    })
  },
  Concat: (call, parts) => {
    const axis = axisOf(setting(call, 'axis', 0), parts[0]!.shape.length)
    const lengths = parts.map((part) => part.shape[axis]!)
    const shape = parts[0]!.shape.map((size, k) =>
      k === axis ? lengths.reduce((a, b) => a + b, 0) : size,
    )
    const readers = parts.map(reader)
    return build(parts[0]!, shape, (at) => {
      let index = at[axis]!
      let k = 0
      while (index >= lengths[k]!) index -= lengths[k++]!
      return readers[k]!(at.map((old, n) => (n === axis ? index : old)))
    })
  },
  Unsqueeze: (call, [a]) => {
    const added =
      axes(
        call,
        1,
        a!.shape.length +
          (
            list(call, 'axes') ??
            Array.from(call.inputs[1] && isKnown(call.inputs[1]) ? call.inputs[1].data : [])
          ).length,
      ) ?? []
    const shape = [...a!.shape]
    for (const axis of [...added].sort((x, y) => x - y)) shape.splice(axis, 0, 1)
    return reshaped(a!, shape)
  },
  Squeeze: (call, [a]) => {
    const gone = axes(call, 1, a!.shape.length)
    return reshaped(
      a!,
      a!.shape.filter((size, axis) => !(gone ? gone.includes(axis) : size === 1)),
    )
  },
  Reshape: (call, [a, to]) => {
    const keepsZero = setting(call, 'allowzero', 0) === 1
    const shape = Array.from(to!.data, (size, axis) =>
      size === 0 && !keepsZero ? a!.shape[axis]! : size,
    )
    const rest = shape.filter((size) => size !== -1)
    return reshaped(
      a!,
      shape.map((size) => (size === -1 ? a!.data.length / sizeOf(rest) : size)),
    )
  },
  Transpose: (call, [a]) => {
    const order = list(call, 'perm') ?? a!.shape.map((_, axis) => a!.shape.length - 1 - axis)
    const read = reader(a!)
    return build(
      a!,
      order.map((axis) => a!.shape[axis]!),
      (at) => read(a!.shape.map((_, axis) => at[order.indexOf(axis)]!)),
    )
  },
  Slice: (call, [a, ...parts]) => {
    const [starts, ends, along, steps] = parts.map((part) => Array.from(part.data))
    const shape = [...a!.shape]
    const from = shape.map(() => 0)
    const by = shape.map(() => 1)
    const first = starts ?? list(call, 'starts') ?? []
    const behind = ends ?? list(call, 'ends') ?? []
    for (const [k, start] of first.entries()) {
      const axis = axisOf(along?.[k] ?? list(call, 'axes')?.[k] ?? k, shape.length)
      const size = a!.shape[axis]!
      const step = steps?.[k] ?? 1
      if (step === 0) throw new OnnxError('fromOnnx: a slice has a step of 0')
      // Backwards it may begin at the last entry and end before the first.
      const [least, most] = step > 0 ? [0, size] : [-1, size - 1]
      const clip = (place: number) =>
        Math.min(most, Math.max(least, place < 0 ? place + size : place))
      from[axis] = clip(start)
      by[axis] = step
      shape[axis] = Math.max(0, Math.ceil((clip(behind[k]!) - clip(start)) / step))
    }
    const read = reader(a!)
    return build(a!, shape, (at) => read(at.map((index, axis) => from[axis]! + by[axis]! * index)))
  },
  Expand: (_, [a, to]) => {
    const shape = broadcastShapes([a!.shape, Array.from(to!.data)])
    if (!shape) throw new OnnxError('fromOnnx: shapes do not broadcast')
    const read = reader(a!)
    return build(a!, shape, (at) => read(at, shape.length - a!.shape.length))
  },
  Range: (_, [start, end, step]) => {
    const [a, b, c] = [start!.data[0]!, end!.data[0]!, step!.data[0]!]
    const count = Math.max(0, Math.ceil((b - a) / c))
    return build(start!, [count], ([k]) => a + c * k!)
  },
  ConstantOfShape: (call, [shape]) => {
    const value = call.node.attributes.get('value') as TensorData | undefined
    const like = value ?? { shape: [1], isInteger: false, data: Float64Array.of(0) }
    return build(like, Array.from(shape!.data), () => like.data[0]!)
  },
  Where: (_, parts) => entrywise(parts, (c, a, b) => (c !== 0 ? a! : b!), parts[1]),
}

/** What an operator makes of known numbers; undefined where it has to be recorded. */
export function known(call: Call): TensorData | undefined {
  const made = worked(call)
  if (made) spend(call, made.data.length)
  return made
}

function worked(call: Call): TensorData | undefined {
  const { operator } = call.node
  const [first] = call.inputs
  if (operator === 'Shape' && first) {
    const { shape } = first
    const start = setting(call, 'start', 0)
    return whole(shape.slice(start, setting(call, 'end', shape.length)))
  }
  if (operator === 'Size' && first) return whole([sizeOf(first.shape)], [])
  const parts = call.inputs.filter((value): value is Value => value !== undefined)
  if (parts.length === 0 || !parts.every(isKnown)) return undefined
  // What may be trained is recorded, so that it can be.
  if (parts.some(({ parameter }) => parameter !== undefined)) return undefined
  const own = <T>(table: Readonly<Record<string, T>>): T | undefined =>
    Object.hasOwn(table, operator) ? table[operator] : undefined
  const f = own(ENTRYWISE)
  if (f) return entrywise(parts, f)
  const relation = own(RELATIONS)
  if (relation) return entrywise(parts, relation, { isInteger: true })
  return reducedTo(call, parts[0]!) ?? own(OPERATORS)?.(call, parts)
}
