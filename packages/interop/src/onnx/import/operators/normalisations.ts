// Normalisations: by statistics that the model carries, or by those of the array.
import {
  abs,
  add,
  div,
  divideOrZero,
  mean,
  mul,
  type Node,
  pow,
  reshape,
  sqrt,
  square,
  sub,
  sum,
  sumPool2d,
} from '@backprove/graph'
import { OnnxError } from '../../../errors.ts'
import {
  axisOf,
  type Call,
  list,
  node,
  type Operator,
  optional,
  setting,
  unsupported,
} from '../context.ts'
import { channelwise } from './elementwise.ts'

/** γ (x − μ)/√(σ² + ε) + β with the statistics that the model carries. */
function batchNormalised(call: Call): Node[] {
  const x = node(call, 0)
  const rank = x.shape.length
  const [scale, shift] = [1, 2].map((k) => channelwise(node(call, k), rank))
  const epsilon = setting(call, 'epsilon', 1e-5)
  const trains = setting(call, 'training_mode', 0) === 1
  if (setting(call, 'spatial', 1) === 0) unsupported('statistics of every place of the image')
  if (!trains) {
    // Before version 7 a model said that it is used, not trained.
    const isOld = call.opset < 7 && setting(call, 'is_test', 0) === 0
    if (isOld || (call.opset < 14 && outputsOf(call) > 1)) unsupported('training inside the model')
    const [average, variance] = [3, 4].map((k) => channelwise(node(call, k), rank))
    const root = sqrt(add(variance!, epsilon))
    return [add(mul(scale!, div(sub(x, average!), root)), shift!)]
  }
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1)
  const { y, mean: average, variance } = normalised(x, axes, epsilon)
  const momentum = setting(call, 'momentum', 0.9)
  const running = (k: number, now: Node): Node =>
    add(mul(momentum, node(call, k)), mul(1 - momentum, reshape(now, node(call, k).shape)))
  return [add(mul(scale!, y), shift!), running(3, average), running(4, variance)]
}

const outputsOf = (call: Call): number => call.node.outputs.filter((name) => name !== '').length

interface Normalised {
  readonly y: Node
  readonly mean: Node
  readonly variance: Node
  readonly root: Node
}

/** (x − μ)/√(σ² + ε) over axes. */
function normalised(x: Node, axes: readonly number[], epsilon: number): Normalised {
  const average = mean(x, { axes, keepDims: true })
  const centred = sub(x, average)
  const variance = mean(square(centred), { axes, keepDims: true })
  const root = sqrt(add(variance, epsilon))
  return { y: div(centred, root), mean: average, variance, root }
}

const lastAxes = (call: Call, x: Node): number[] =>
  x.shape.map((_, axis) => axis).slice(axisOf(setting(call, 'axis', -1), x.shape.length))

function layerNormalised(call: Call): Node[] {
  const x = node(call, 0)
  const { y, mean, root } = normalised(x, lastAxes(call, x), setting(call, 'epsilon', 1e-5))
  const scaled = mul(y, node(call, 1))
  const shift = optional(call, 2)
  return [shift ? add(scaled, shift) : scaled, mean, div(1, root)]
}

function rootNormalised(call: Call): Node {
  const x = node(call, 0)
  const power = mean(square(x), { axes: lastAxes(call, x), keepDims: true })
  return mul(div(x, sqrt(add(power, setting(call, 'epsilon', 1e-5)))), node(call, 1))
}

/** x over its norm; 0 where all is 0. */
function normed(call: Call): Node {
  const x = node(call, 0)
  const by = { axes: [axisOf(setting(call, 'axis', -1), x.shape.length)], keepDims: true }
  const p = setting(call, 'p', 2)
  if (p !== 1 && p !== 2) unsupported(`the norm of p = ${p}`)
  return divideOrZero(x, p === 1 ? sum(abs(x), by) : sqrt(sum(square(x), by)))
}

function instanceNormalised(call: Call): Node {
  const x = node(call, 0)
  const { y } = normalised(
    x,
    x.shape.map((_, axis) => axis).slice(2),
    setting(call, 'epsilon', 1e-5),
  )
  return add(
    mul(channelwise(node(call, 1), x.shape.length), y),
    channelwise(node(call, 2), x.shape.length),
  )
}

/** Channels in groups; before version 21 a scale and a shift for each group. */
function groupNormalised(call: Call): Node {
  const x = node(call, 0)
  const groups = setting(call, 'num_groups', 1)
  const [n, c] = x.shape as [number, number]
  if (!(groups >= 1) || c % groups !== 0)
    throw new OnnxError(`fromOnnx: ${c} channels are no ${groups} groups`)
  const { y } = normalised(reshape(x, [n, groups, -1]), [2], setting(call, 'epsilon', 1e-5))
  const [scale, shift] = [node(call, 1), node(call, 2)]
  if (scale.shape[0] !== c) {
    const each = (of: Node) => reshape(of, [groups, 1])
    return reshape(add(mul(y, each(scale)), each(shift)), x.shape)
  }
  const rank = x.shape.length
  return add(mul(channelwise(scale, rank), reshape(y, x.shape)), channelwise(shift, rank))
}

/** (x − μ)/σ over batch and image: 1e-9 keeps what is constant from 0/0. */
function standardised(call: Call): Node {
  const x = node(call, 0)
  const axes = (list(call, 'axes') ?? [0, 2, 3]).map((axis) => axisOf(axis, x.shape.length))
  const centred = sub(x, mean(x, { axes, keepDims: true }))
  return div(centred, add(sqrt(mean(square(centred), { axes, keepDims: true })), 1e-9))
}

/** x / (bias + α/n Σ x²)^β over the n channels around each (Krizhevsky, 2012). */
function locallyNormalised(call: Call): Node {
  const x = node(call, 0)
  const size = setting(call, 'size', 1)
  const [n, c] = x.shape as [number, number]
  const before = Math.floor((size - 1) / 2)
  const powers = sumPool2d(reshape(square(x), [n, 1, c, -1]), {
    ...{
      size: [size, 1],
      stride: 1,
      padding: [
        [before, size - 1 - before],
        [0, 0],
      ],
    },
  })
  const scaled = mul(setting(call, 'alpha', 1e-4) / size, reshape(powers, x.shape))
  return div(x, pow(add(setting(call, 'bias', 1), scaled), setting(call, 'beta', 0.75)))
}

export const normalisations: Readonly<Record<string, Operator>> = {
  BatchNormalization: batchNormalised,
  GroupNormalization: groupNormalised,
  InstanceNormalization: instanceNormalised,
  LayerNormalization: layerNormalised,
  LpNormalization: normed,
  LRN: locallyNormalised,
  MeanVarianceNormalization: standardised,
  RMSNormalization: rootNormalised,
}
