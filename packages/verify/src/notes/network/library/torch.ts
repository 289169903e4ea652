// Losses and layers as PyTorch and TensorFlow call them: of means, of logits, of rows.
import {
  abs,
  add,
  avgPool2d,
  conv2d,
  dense,
  div,
  log,
  logSoftmax,
  matmul,
  maxPool2d,
  mean,
  mul,
  mulOrZero,
  Node,
  neg,
  pick,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  transpose,
  variance,
} from '@backprove/graph'
import { type Given, nodeAt, numberAt, refuse, valueAt } from '../given.ts'
import type { Library } from './library.ts'

/** Of what stands for each row: their mean, their sum, or all of them. */
const reducedBy = (given: Given, each: Node, k: number): Node => {
  const said = valueAt(given, k, 'reduction')
  if (said === 'none') return each
  if (said === undefined || said === 'mean') return mean(each)
  return said === 'sum' ? sum(each) : refuse(given, "reduction is 'mean', 'sum' or 'none'")
}

/** A loss of two arrays of one shape, entry by entry. */
const ofEntries =
  (make: (a: Node, t: Node) => Node): Library =>
  (given) => {
    const [a, t] = [nodeAt(given, 0, 'input'), nodeAt(given, 1, 'target')]
    if (a.shape.join() !== t.shape.join())
      refuse(given, `Shapes [${a.shape.join(', ')}] and [${t.shape.join(', ')}] differ`)
    return reducedBy(given, make(a, t), 2)
  }

/** −Σ t q over the classes, for each row. */
const ofRows =
  (made: (z: Node) => Node): Library =>
  (given) => {
    const [z, t] = [nodeAt(given, 0, 'input'), nodeAt(given, 1, 'target')]
    // Labels: of each row the class.
    if (z.shape.length === 2 && t.shape.join() === z.shape.slice(0, 1).join())
      return reducedBy(given, neg(pick(made(z), t)), 2)
    if (z.shape.join() !== t.shape.join())
      refuse(given, 'Targets are probabilities here, of the shape of the logits: one-hot rows')
    if (z.shape.length > 2) refuse(given, 'A row for each sample: two axes at most')
    return reducedBy(given, neg(sum(mul(t, made(z)), { axes: [-1] })), 2)
  }

const logits = (given: Given): readonly [Node, Node] => [
  nodeAt(given, 1, 'logits'),
  nodeAt(given, 0, 'labels'),
]

/** x Wᵀ + b. */
const linear: Library = (given) => {
  const [x, weight] = [nodeAt(given, 0), nodeAt(given, 1, 'weight')]
  const bias = valueAt(given, 2, 'bias')
  const b = bias instanceof Node ? [bias] : []
  if (x.shape.length <= 2) return dense(x, weight, ...b)
  const product = matmul(x, transpose(weight))
  return b[0] ? add(product, b[0]) : product
}

/** conv2d(x, w, b, 1, 0), max_pool2d(x, 2, 2): the settings by their places. */
const placed =
  (
    make: (x: Node, w: Node, settings: object) => Node,
    names: readonly string[],
    arrays: number,
  ): Library =>
  (given) => {
    const [x, w] = [nodeAt(given, 0), arrays === 2 ? nodeAt(given, 1, 'weight') : nodeAt(given, 0)]
    const settings = names.flatMap((name, k) => {
      const value = valueAt(given, arrays + k, name)
      return value === undefined || value === null
        ? []
        : [[name === 'kernel_size' ? 'size' : name, value]]
    })
    return make(x, w, Object.fromEntries(settings))
  }

/** F.layer_norm(x, (5,), weight, bias): along the last axis. */
const layerNorm: Library = (given) => {
  const x = nodeAt(given, 0)
  const last = [valueAt(given, 1, 'normalized_shape')].flat()
  if (last.length !== 1 || last[0] !== x.shape.at(-1)) return undefined
  const each = { axes: [-1], keepDims: true }
  const spread = add(variance(x, each), numberAt(given, 4, 'eps') ?? 1e-5)
  const [weight, bias] = [valueAt(given, 2, 'weight'), valueAt(given, 3, 'bias')]
  const normed = div(sub(x, mean(x, each)), sqrt(spread))
  const scaled = weight instanceof Node ? mul(normed, weight) : normed
  return bias instanceof Node ? add(scaled, bias) : scaled
}

const windows = ['kernel_size', 'stride', 'padding'] as const

export const ofLibraries: Readonly<Record<string, Library>> = {
  mseloss: ofEntries((a, t) => square(sub(a, t))),
  l1loss: ofEntries((a, t) => abs(sub(a, t))),
  binarycrossentropy: ofEntries((p, t) => neg(add(mul(t, log(p)), mul(sub(1, t), log(sub(1, p)))))),
  binarycrossentropywithlogits: ofEntries((z, t) => sub(softplus(z), mulOrZero(t, z))),
  crossentropy: ofRows(logSoftmax),
  nllloss: ofRows((z) => z),
  softmaxcrossentropywithlogits: (given) => {
    const [z, t] = logits(given)
    return neg(sum(mul(t, logSoftmax(z)), { axes: [-1] }))
  },
  sigmoidcrossentropywithlogits: (given) => {
    const [z, t] = logits(given)
    return sub(softplus(z), mulOrZero(t, z))
  },
  ...{ linear, layernorm: layerNorm },
}

/** Those that are called so in PyTorch alone, with its arguments. */
export const ofTorch: Readonly<Record<string, Library>> = {
  conv2d: placed(conv2d as never, ['bias', 'stride', 'padding', 'dilation', 'groups'], 2),
  maxpool2d: placed((x, _, settings) => maxPool2d(x, settings as never), windows, 1),
  avgpool2d: placed((x, _, settings) => avgPool2d(x, settings as never), windows, 1),
}
