// Numbers as whole numbers of a few bits: put on a grid, and taken from it.
import { add, clamp, div, mul, type Node, reshape, sub } from '@backprove/graph'
import {
  axisOf,
  type Call,
  isKnown,
  node,
  type Operator,
  setting,
  unsupported,
} from '../context.ts'
import { round } from './rounding.ts'

/** By ONNX's number of the type: the least and the largest of its whole numbers. */
const RANGES: Readonly<Record<number, readonly [number, number]>> = {
  2: [0, 255],
  3: [-128, 127],
  4: [0, 65535],
  5: [-32768, 32767],
}

/** A scale or a zero point: of the whole array, or of each entry of an axis. */
function grid(call: Call, k: number): Node {
  const [x, of] = [node(call, 0), node(call, k)]
  if (setting(call, 'block_size', 0) !== 0) unsupported('a scale for each block')
  const axis = setting(call, 'axis', 1)
  if (of.shape.length === 0 || (of.shape.length === 1 && of.shape[0] === 1)) return reshape(of, [])
  if (of.shape.length > 1) unsupported(`a scale of the shape [${of.shape}]`)
  const at = axisOf(axis, x.shape.length)
  return reshape(
    of,
    x.shape.map((_, k) => (k === at ? of.shape[0]! : 1)),
  )
}

/** The type that numbers are put into: said, or that of the zero point. */
function rangeOf(call: Call): readonly [number, number] {
  const said = setting(call, 'output_dtype', 0)
  const zero = call.inputs[2]
  if (zero && !isKnown(zero)) unsupported('a zero point that depends on data')
  const type = said || (zero && isKnown(zero) ? (zero.element ?? 0) : 2)
  return RANGES[type] ?? unsupported(`whole numbers of the type ${type}`)
}

export const quantised: Readonly<Record<string, Operator>> = {
  // (x − zero) scale
  DequantizeLinear: (call) => {
    const x = node(call, 0)
    return mul(call.inputs[2] ? sub(x, grid(call, 2)) : x, grid(call, 1))
  },
  // The nearest of the grid; beyond its ends the end. Its derivative is 0: it changes by steps.
  QuantizeLinear: (call) => {
    const [least, most] = rangeOf(call)
    const near = round(div(node(call, 0), grid(call, 1)))
    return clamp(call.inputs[2] ? add(near, grid(call, 2)) : near, least, most)
  },
}
