// Recognises the training step of a small network: convolution, activation, 2×2 max-pooling, dense
// layer, activation, squared error, and all four gradients. Its kernel is straight-line code.
import {
  type ConvParams,
  defineOp,
  dependents,
  grad,
  type Node,
  type Op,
  ops,
  type Printed,
  reshape,
  type Shape,
  sizeOf,
  slice,
  type TiedPoolParams,
} from '@backprove/graph'
import type { Found, Pattern } from '../../plan/pattern.ts'
import { conv2dShape, poolShape } from '../backend/call.ts'
import { apply, constant, input } from '../elementwise/formula.ts'
import { product } from '../kernel.ts'
import { lanesOf } from '../lanes.ts'
import {
  type Activation,
  isSmallNet,
  parameterCounts,
  pooledSize,
  type SmallNet,
} from '../straight/shape.ts'
import { hasWinnerKernels } from '../winners/shape.ts'
import { biased } from './chain.ts'

const y = input(0)
const activations = {
  sigmoid: {
    value: apply('sigmoid', y),
    slope: apply('mul', y, apply('sub', constant(1), y)),
  },
  tanh: { value: apply('tanh', y), slope: apply('sub', constant(1), apply('square', y)) },
  relu: { value: apply('relu', y), slope: apply('greater', y, constant(0)) },
} satisfies Record<string, Activation>
type ActivationName = keyof typeof activations

const nameOf = new Map<Op, ActivationName>([
  [ops.sigmoid, 'sigmoid'],
  [ops.tanh, 'tanh'],
  [ops.relu, 'relu'],
])

interface SmallNetParams {
  readonly channels: number
  readonly image: readonly number[]
  readonly filters: number
  readonly window: readonly number[]
  readonly units: number
  readonly hidden: ActivationName
  readonly output: ActivationName
  readonly samples: number
  readonly length: number
}

export const smallNetOf = (params: object): { net: SmallNet; samples: number } => {
  const { hidden, output, image, window, ...sizes } = params as SmallNetParams
  const pair = ([a, b]: readonly number[]) => [a!, b!] as const
  const functions = { hidden: activations[hidden], output: activations[output] }
  return {
    net: { ...sizes, ...functions, image: pair(image), window: pair(window) },
    samples: sizes.samples,
  }
}

/** The parts of the flat result, each on a cache line of its own. */
export function smallNetParts(net: SmallNet, samples: number) {
  const { w, b, dense, denseBias } = parameterCounts(net)
  const sizes = { cost: 1, w, b, dense, denseBias, y: samples * net.units }
  let end = 0
  const starts: Record<string, number> = {}
  for (const [name, size] of Object.entries(sizes)) {
    starts[name] = end
    end += Math.ceil(size / 16) * 16
  }
  return { starts: starts as Record<keyof typeof sizes, number>, end }
}

export const smallNetOp: Op = defineOp<'x' | 't' | 'w' | 'b' | 'v' | 'c', SmallNetParams>({
  name: 'smallNetwork',
  operands: { x: '…', t: '…', w: '…', b: '…', v: '…', c: '…' },
  // No two operands share an axis.
  patterns: (_, shapes) => {
    const letters = ([name, shape]: [string, Shape]) => [name, shape.map((_, k) => name + k).join()]
    return Object.fromEntries(Object.entries(shapes).map(letters))
  },
  line: 'y = 0',
  axes: ({ length }) => String(length),
  vjp: { x: null, t: null, w: null, b: null, v: null, c: null },
  latex: (): Printed => {
    throw new Error('an op of the WebAssembly backend is never read')
  },
})

interface Layers {
  readonly x: Node
  readonly t: Node
  readonly w: Node
  readonly b: Node
  readonly v: Node
  readonly c: Node
  readonly y: Node
  readonly net: SmallNetParams
}

/** [z without its bias, the bias] of a layer that has it as an operand or adds it. */
function withBias(z: Node, layer: Op): readonly [Node, Node] | undefined {
  if (z.op === layer) return z.args[2] && [z, z.args[2]]
  if (z.op !== ops.add) return undefined
  const [a, b] = layer === ops.conv2d ? (biased(z) ?? []) : (z.args as readonly Node[])
  return a?.op === layer && a.args.length === 2 && b ? [a, b] : undefined
}

function layersOf(cost: Node): Layers | undefined {
  const [y, t] = cost.args as [Node, Node]
  const output = nameOf.get(y.op)
  const top = output && withBias(y.args[0]!, ops.dense)
  if (!top) return undefined
  const [dense, c] = top
  const [flat, v] = dense.args as [Node, Node]
  const pooled = [ops.flatten, ops.reshape].includes(flat.op) ? flat.args[0]! : flat
  const activated = pooled.op === ops.maxPool2d ? pooled.args[0]! : undefined
  const hidden = activated && nameOf.get(activated.op)
  const bottom = hidden && withBias(activated.args[0]!, ops.conv2d)
  if (!bottom) return undefined
  const [conv, b] = bottom
  const [x, w] = conv.args as [Node, Node]
  const call = { params: conv.params, inputs: [x.shape, w.shape], output: conv.shape }
  const { batch, channels, filters, image, window, padding } = conv2dShape(call)
  const units = v.shape[0]!
  if (sizeOf(b.shape) !== filters || sizeOf(c.shape) !== units) return undefined
  const sizes = { channels, image, filters, window, units, hidden, output, samples: batch }
  const { net } = smallNetOf({ ...sizes, length: 0 })
  const fits =
    hasWinnerKernels(conv2dShape(call)) &&
    padding.every((width) => width === 0) &&
    isPadFree(conv) &&
    poolsByTwo(pooled, net) &&
    sizeOf(v.shape) === units * filters * product(pooledSize(net)) &&
    // relu′ at 0 is 0 in the kernel.
    (cost.graph.reluAtZero === 0 || ![hidden, output].includes('relu')) &&
    isSmallNet(lanesOf('float32'), net)
  const length = smallNetParts(net, batch).end
  return fits ? { x, t, w, b, v, c, y, net: { ...sizes, length } } : undefined
}

const isPadFree = ({ params, shape, args: [x, w] }: Node): boolean =>
  (params as ConvParams).groups === 1 &&
  [-2, -1].every((axis) => shape.at(axis) === x!.shape.at(axis)! - w!.shape.at(axis)! + 1)

function poolsByTwo({ params, args: [x] }: Node, net: SmallNet): boolean {
  const { window, stride, dilation, padding, output } = poolShape(
    params as TiedPoolParams,
    x!.shape,
  )
  return (
    (params as TiedPoolParams).ties === 'first' &&
    [...window, ...stride].every((n) => n === 2) &&
    [...dilation, ...padding].join() === '1,1,0,0' &&
    output.join() === pooledSize(net).join()
  )
}

function find(order: readonly Node[]): Found[] {
  const known = new Set(order)
  return order.flatMap((cost): Found[] => {
    const layers = cost.op === ops.squaredError ? layersOf(cost) : undefined
    if (!layers) return []
    const { x, t, w, b, v, c, y, net } = layers
    if (!order.some(({ op, args }) => op === ops.conv2dFilter && args[0] === x)) return []
    // The graph knows equal expressions as one node: these are the gradients, if they are here.
    const gradients = grad(cost, [w, b, v, c])
    if (!gradients.every((node) => known.has(node))) return []
    const replaced = [cost, ...gradients, y]
    const args = [x, t, w, b, v, c]
    // Targets made from the net's own output would have to come before and after it.
    const later = dependents(order, replaced)
    if (args.some((arg) => later.has(arg))) return []
    const { starts } = smallNetParts(smallNetOf(net).net, net.samples)
    return [
      {
        args,
        replaced,
        make: (made) => {
          const flat = made[0]!.graph.record(smallNetOp, made, net)
          return Object.values(starts).map((start, k) => {
            const { shape } = replaced[k]!
            return reshape(slice(flat, { start, end: start + sizeOf(shape) }), shape)
          })
        },
      },
    ]
  })
}

export const smallNetPattern: Pattern = {
  statement: 'a small network is one stretch of straight-line code',
  find: (order, dtype) => (dtype === 'float32' ? find(order) : []),
}
