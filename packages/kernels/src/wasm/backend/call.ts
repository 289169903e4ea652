// What a kernel is called with, and the sizes that kernels are told, worked out from an op's params
// and shapes. Shapes only: no addresses here.
import {
  type AvgPoolInputParams,
  type AvgPoolParams,
  type ConvParams,
  type Pair,
  type PoolParams,
  pooledSize,
  resolvePads,
  type Shape,
  sizeOf,
} from '@backprove/graph'
import { broadcastView, denseView } from '../../plan/views.ts'
import type { ConvShape } from '../conv/conv2d.ts'
import type { DenseShape } from '../linear/dense.ts'
import type { AveragePool, Divisor } from '../pool/average.ts'
import type { PoolShape } from '../pool/window.ts'

/** An op on arrays of these shapes. */
export interface Call {
  readonly params: object
  readonly inputs: readonly Shape[]
  readonly output: Shape
}

const lastTwo = (shape: Shape): Pair => [shape.at(-2)!, shape.at(-1)!]

function convShape(params: ConvParams, x: Shape, w: Shape, y: Shape): ConvShape {
  const { stride, dilation, groups } = params
  const [image, window] = [lastTwo(x), lastTwo(w)]
  const pads = resolvePads(params, image, window)
  return {
    batch: x.length > 3 ? x[0]! : 1,
    channels: x.at(-3)!,
    filters: w[0]!,
    groups,
    image,
    window,
    output: lastTwo(y),
    stride,
    dilation,
    padding: [pads[0][0], pads[1][0]],
  }
}

/** Where x, w and y of a sum of x w y stand: the first operand, the second or the result. */
const places = { forward: [0, 1, 2], input: [2, 1, 0], filter: [0, 2, 1] } as const
/** The product, and its derivatives by x and by w. */
export type Part = keyof typeof places

/** Two operands and the result as x, w and y. */
export const factors = <T>(part: Part, first: T, second: T, result: T): [T, T, T] =>
  places[part].map((k) => [first, second, result][k]!) as [T, T, T]

export const convShapeOf =
  (part: Part) =>
  ({ params, inputs: [a, b], output }: Call): ConvShape =>
    convShape(params as ConvParams, ...factors(part, a!, b!, output))

function denseShape(x: Shape, w: Shape, y: Shape): DenseShape {
  const [units = 1] = w
  const samples = sizeOf(y) / units
  return { samples, units, inputs: sizeOf(x) / samples }
}
export const denseShapeOf =
  (part: Part) =>
  ({ inputs: [a, b], output }: Call): DenseShape =>
    denseShape(...factors(part, a!, b!, output))

export function poolShape(params: PoolParams, image: Shape): PoolShape {
  const { size, stride, dilation } = params
  const pixels = lastTwo(image)
  const pads = resolvePads(params, pixels, size)
  return {
    planes: sizeOf(image.slice(0, -2)),
    image: pixels,
    window: size,
    output: pooledSize(params, pixels),
    stride,
    dilation,
    padding: [pads[0][0], pads[1][0]],
  }
}
export const poolOf = ({ params, inputs: [x] }: Call): PoolShape =>
  poolShape(params as PoolParams, x!)

function averageShape(params: AvgPoolParams, image: Shape): AveragePool {
  return { ...poolShape(params, image), divisor: divisorOf(params, lastTwo(image)) }
}
export const averageOf = ({ params, inputs: [x] }: Call): AveragePool =>
  averageShape(params as AvgPoolParams, x!)
export const averageInputOf = ({ params, inputs: [g] }: Call): AveragePool => {
  const { image, ...rest } = params as AvgPoolInputParams
  return averageShape(rest, [...g!.slice(0, -2), ...image])
}

/** Cells that count: all of the window, or those that lie in the image or in its padding. */
function divisorOf(params: AvgPoolParams, image: Pair): Divisor {
  const { divisor, size, ceil } = params
  if (divisor === 'one') return 1
  if (divisor === 'window' && !ceil) return size[0] * size[1]
  const pads = resolvePads(params, image, size)
  const along = (axis: 0 | 1): readonly [number, number] => {
    const [before, after] = pads[axis]
    const end = before + image[axis]
    return divisor === 'image' ? [before, end] : [0, end + after]
  }
  return [along(0), along(1)]
}

/** Strides, in matrices, of an operand's leading axes along those of the result. */
export const stackStrides = (operand: Shape, result: Shape): number[] => {
  const matrix = operand.at(-2)! * operand.at(-1)!
  const { strides } = broadcastView(denseView(operand.slice(0, -2)), result.slice(0, -2))
  return strides.map((stride) => stride * matrix)
}
