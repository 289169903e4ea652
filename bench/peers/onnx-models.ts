// The workloads as ONNX graphs. ONNX has no gradients: the backward pass is written out by hand.

import type { Training } from '../workloads.ts'
import { OnnxWriter, type Value } from './onnx-writer.ts'

/** x, t and the parameters in; the next parameters and the cost out, named as the inputs. */
export function bookCnnStep(net: Training, n: number): Uint8Array {
  const m = new Layers()
  const p = m.parameters(net)
  const x = m.input('x', [n, 1, 6, 6])
  const t = m.input('t', [n, 3])
  const conv = m.conv(x, p.w, [p.b])
  const a = m.apply1('Sigmoid', [conv], conv.shape)
  const [pooled, winners] = m.maxPool(a)
  const features = m.reshape(pooled, [n, 12])
  const y = m.apply1('Sigmoid', [m.dense(features, p.v, p.c)], [n, 3])
  const e = m.binary('Sub', y, t)
  const cost = m.binary('Mul', m.sum(m.binary('Mul', e, e), [0, 1]), m.scalar(0.5))

  const g = m.binary('Mul', e, m.sigmoidSlope(y))
  const gFeatures = m.product(g, p.v, [n, 12])
  const gPooled = m.reshape(gFeatures, pooled.shape)
  const gConv = m.binary('Mul', m.maxPoolGradient(gPooled, winners, a), m.sigmoidSlope(a))
  return m.update(net, n, cost, {
    w: m.convFilter(x, gConv, p.w, 0),
    b: m.sum(gConv, [0, 2, 3]),
    v: m.product(g, features, p.v.shape, { transA: 1 }),
    c: m.sum(g, [0]),
  })
}

export function leNetStep(net: Training, n: number): Uint8Array {
  const m = new Layers()
  const p = m.parameters(net)
  const t = m.input('t', [n, 10])
  const f = leNetForward(m, p, n)
  const y = m.apply1('Softmax', [f.logits], [n, 10], { axis: -1 })
  const logs = m.apply1('LogSoftmax', [f.logits], [n, 10], { axis: -1 })
  const cost = m.apply1('Neg', [m.sum(m.binary('Mul', t, logs), [0, 1])], [])

  const g = m.binary('Sub', y, t)
  const gPooled2 = m.reshape(m.product(g, p.v, [n, 784]), f.pooled2.shape)
  const gConv2 = m.reluGradient(m.maxPoolGradient(gPooled2, f.winners2, f.a2), f.a2)
  const gPooled1 = m.convInput(gConv2, p.u, f.pooled1, 2)
  const gConv1 = m.reluGradient(m.maxPoolGradient(gPooled1, f.winners1, f.a1), f.a1)
  return m.update(net, n, cost, {
    w: m.convFilter(f.x, gConv1, p.w, 2),
    b: m.sum(gConv1, [0, 2, 3]),
    u: m.convFilter(f.pooled1, gConv2, p.u, 2),
    d: m.sum(gConv2, [0, 2, 3]),
    v: m.product(g, f.features, p.v.shape, { transA: 1 }),
    c: m.sum(g, [0]),
  })
}

export function leNetOnly(net: Training, n: number): Uint8Array {
  const m = new Layers()
  m.output('y', leNetForward(m, m.parameters(net), n).logits)
  return m.model()
}

function leNetForward(m: Layers, p: Parameters, n: number) {
  const x = m.input('x', [n, 1, 28, 28])
  const conv1 = m.conv(x, p.w, [p.b], 2)
  const a1 = m.apply1('Relu', [conv1], conv1.shape)
  const [pooled1, winners1] = m.maxPool(a1)
  const conv2 = m.conv(pooled1, p.u, [p.d], 2)
  const a2 = m.apply1('Relu', [conv2], conv2.shape)
  const [pooled2, winners2] = m.maxPool(a2)
  const features = m.reshape(pooled2, [n, 784])
  const logits = m.dense(features, p.v, p.c)
  return { x, a1, pooled1, winners1, a2, pooled2, winners2, features, logits }
}

/** W3's five products: two operands in, one result out. */
export const layerModels = {
  w3Forward: () => one(([x, w], m) => m.conv(x, w, [], 1), image, [64, 64, 3, 3]),
  w3Input: () => one(([g, w], m) => m.convInput(g, w, g, 1), image, [64, 64, 3, 3]),
  w3Filter: () =>
    one(([x, g], m) => m.convFilter(x, g, { name: 'w', shape: [64, 64, 3, 3] }, 1), image, image),
  w3Pointwise: () => one(([x, w], m) => m.conv(x, w), image, [64, 64, 1, 1]),
  w3Matmul: () =>
    one(([a, b], m) => m.apply1('MatMul', [a, b], [512, 512]), [512, 512], [512, 512]),
}

const image = [8, 64, 32, 32]

function one(
  compute: (operands: [Value, Value], m: Layers) => Value,
  left: readonly number[],
  right: readonly number[],
): Uint8Array {
  const m = new Layers()
  m.output('y', compute([m.input('left', left), m.input('right', right)], m))
  return m.model()
}

type Parameters = Record<'w' | 'b' | 'u' | 'd' | 'v' | 'c', Value>

/** The operators of a training step, shapes computed along. */
class Layers extends OnnxWriter {
  apply1(operator: string, operands: Value[], shape: readonly number[], attributes = {}): Value {
    return this.apply(operator, operands, [shape], attributes)[0] as Value
  }

  parameters(net: Training): Parameters {
    const entries = Object.entries(net.parameters)
    return Object.fromEntries(
      entries.map(([name, { shape }]) => [name, this.input(name, shape)]),
    ) as Parameters
  }

  /** Padding is the same on all four sides. */
  conv(x: Value, w: Value, bias: readonly Value[] = [], padding = 0): Value {
    const [n = 0, , side = 0] = x.shape
    const [filters = 0, , kernel = 0] = w.shape
    const out = side + 2 * padding - kernel + 1
    return this.apply1('Conv', [x, w, ...bias], [n, filters, out, out], pads(padding))
  }

  convInput(g: Value, w: Value, x: Value, padding: number): Value {
    return this.apply1('ConvTranspose', [g, w], x.shape, pads(padding))
  }

  /** ∂/∂w is the convolution of x with g, batch and channels exchanged. */
  convFilter(x: Value, g: Value, w: Value, padding: number): Value {
    const [filters = 0, channels = 0, kernel = 0] = w.shape
    const shape = [channels, filters, kernel, kernel]
    const swapped = [this.exchange(x), this.exchange(g)]
    return this.exchange(this.apply1('Conv', swapped, shape, pads(padding)))
  }

  exchange(x: Value): Value {
    const [a = 0, b = 0, ...rest] = x.shape
    return this.apply1('Transpose', [x], [b, a, ...rest], { perm: [1, 0, 2, 3] })
  }

  /** The pooled values, and the place of each winner in the flattened input. */
  maxPool(x: Value): [Value, Value] {
    const [n = 0, c = 0, h = 0, w = 0] = x.shape
    const shape = [n, c, h / 2, w / 2]
    const attributes = { kernel_shape: [2, 2], strides: [2, 2] }
    return this.apply('MaxPool', [x], [shape, shape], attributes) as [Value, Value]
  }

  /** Windows do not overlap, so unpooling is the whole gradient. */
  maxPoolGradient(g: Value, winners: Value, x: Value): Value {
    return this.apply1('MaxUnpool', [g, winners], x.shape, {
      kernel_shape: [2, 2],
      strides: [2, 2],
    })
  }

  /** x wᵀ + b for w [units, inputs]. */
  dense(x: Value, w: Value, b: Value): Value {
    const shape = [x.shape[0] ?? 0, w.shape[0] ?? 0]
    return this.apply1('Gemm', [x, w, b], shape, { transB: 1 })
  }

  product(a: Value, b: Value, shape: readonly number[], attributes = {}): Value {
    return this.apply1('Gemm', [a, b], shape, attributes)
  }

  /** The shape is the left operand's. */
  binary(operator: string, a: Value, b: Value): Value {
    return this.apply1(operator, [a, b], a.shape)
  }

  sigmoidSlope(y: Value): Value {
    return this.binary('Sub', y, this.binary('Mul', y, y))
  }

  reluGradient(g: Value, y: Value): Value {
    return this.binary('Mul', g, this.apply1('Sign', [y], y.shape))
  }

  reshape(x: Value, shape: readonly number[]): Value {
    return this.apply1('Reshape', [x, this.integers(shape)], shape)
  }

  sum(x: Value, axes: readonly number[]): Value {
    const shape = x.shape.filter((_, axis) => !axes.includes(axis))
    return this.apply1('ReduceSum', [x, this.integers(axes)], shape, { keepdims: 0 })
  }

  update(net: Training, n: number, cost: Value, gradients: Record<string, Value>): Uint8Array {
    const rate = this.scalar(n === 1 ? net.rate.sample : net.rate.batch)
    for (const [name, g] of Object.entries(gradients)) {
      const p = { name, shape: g.shape }
      this.output(`next ${name}`, this.binary('Sub', p, this.binary('Mul', g, rate)))
    }
    this.output('cost', cost)
    return this.model()
  }
}

const pads = (padding: number) => ({ pads: [padding, padding, padding, padding] })
