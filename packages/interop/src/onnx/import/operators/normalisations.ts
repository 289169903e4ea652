// Normalisations: by statistics that the model carries, or by those of the array.
import {
  abs,
  add,
  div,
  divideOrZero,
  mean,
  mul,
  type Node,
  sqrt,
  square,
  sub,
  sum,
} from '@backprove/graph'
import {
  axisOf,
  type Call,
  node,
  type Operator,
  optional,
  setting,
  unsupported,
} from '../context.ts'
import { channelwise } from './elementwise.ts'

/** γ (x − μ)/√(σ² + ε) + β with the statistics that the model carries. */
function batchNormalised(call: Call): Node {
  const x = node(call, 0)
  if (setting(call, 'training_mode', 0) === 1) unsupported('training inside the model')
  const [scale, shift, average, variance] = [1, 2, 3, 4].map((k) =>
    channelwise(node(call, k), x.shape.length),
  )
  const root = sqrt(add(variance!, setting(call, 'epsilon', 1e-5)))
  return add(mul(scale!, div(sub(x, average!), root)), shift!)
}

interface Normalised {
  readonly y: Node
  readonly mean: Node
  readonly root: Node
}

/** (x − μ)/√(σ² + ε) over axes. */
function normalised(x: Node, axes: readonly number[], epsilon: number): Normalised {
  const average = mean(x, { axes, keepDims: true })
  const centred = sub(x, average)
  const root = sqrt(add(mean(square(centred), { axes, keepDims: true }), epsilon))
  return { y: div(centred, root), mean: average, root }
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

export const normalisations: Readonly<Record<string, Operator>> = {
  BatchNormalization: batchNormalised,
  InstanceNormalization: instanceNormalised,
  LayerNormalization: layerNormalised,
  LpNormalization: normed,
  RMSNormalization: rootNormalised,
}
