// Entry by entry: arithmetic, comparisons, activations.
import {
  abs,
  add,
  clamp,
  cos,
  div,
  elu,
  equal,
  erf,
  exp,
  gelu,
  greater,
  identity,
  leakyRelu,
  less,
  log,
  maximum,
  minimum,
  mul,
  type Node,
  neg,
  pow,
  relu,
  reshape,
  sigmoid,
  sign,
  sin,
  softplus,
  sqrt,
  sub,
  tanh,
  where,
} from '@backprove/graph'
import {
  type Call,
  isKnown,
  node,
  type Operator,
  optional,
  setting,
  text,
  unsupported,
} from '../context.ts'

const one =
  (f: (x: Node) => Node): Operator =>
  (call) =>
    f(node(call, 0))
const two =
  (f: (a: Node, b: Node) => Node): Operator =>
  (call) =>
    f(node(call, 0), node(call, 1))
const all =
  (f: (a: Node, b: Node) => Node): Operator =>
  (call) =>
    call.inputs.map((_, k) => node(call, k)).reduce(f)

const not = (a: Node): Node => sub(1, a)
/** A truth value of any number: 1 where it is not 0. */
const isTrue = (a: Node): Node => not(equal(a, 0))
const cut = (x: Node): Node => clamp(x, 0, 1)

/** Bounds by input, and by attribute in older versions. */
function clip(call: Call): Node {
  const x = node(call, 0)
  const bound = (k: number, name: string): Node | number | undefined =>
    call.opset >= 11 ? optional(call, k) : (call.node.attributes.get(name) as number | undefined)
  const [low, high] = [bound(1, 'min'), bound(2, 'max')]
  const raised = low === undefined ? x : maximum(x, low)
  const made = high === undefined ? raised : minimum(raised, high)
  return made === x ? identity(x) : made
}

/** The exponent is a number, or entries raised to entries. */
function power(call: Call): Node {
  const value = call.inputs[1]
  const isNumber = value && isKnown(value) && value.data.length === 1
  return isNumber ? pow(node(call, 0), value.data[0]!) : pow(node(call, 0), node(call, 1))
}

/** Inference drops nothing. */
function dropout(call: Call): Node {
  const training = call.inputs[2]
  const isTraining = training && (!isKnown(training) || training.data.some((entry) => entry !== 0))
  return isTraining ? unsupported('dropping while the model trains') : identity(node(call, 0))
}

/** The slopes of channels stand at the axis of channels. */
function prelu(call: Call): Node {
  const x = node(call, 0)
  const slope = node(call, 1)
  return where(greater(x, 0), x, mul(slope, x))
}

const selu = (call: Call): Node => {
  const alpha = setting(call, 'alpha', 1.6732632)
  return mul(setting(call, 'gamma', 1.050701), elu(node(call, 0), { alpha }))
}

/** α(e^{x/α} − 1) left of 0. */
const celu = (call: Call): Node => {
  const alpha = setting(call, 'alpha', 1)
  return mul(alpha, elu(div(node(call, 0), alpha)))
}

export const elementwise: Readonly<Record<string, Operator>> = {
  Abs: one(abs),
  Add: two(add),
  And: two((a, b) => mul(isTrue(a), isTrue(b))),
  Cast: (call) => {
    // Truth values are numbers here; to whole numbers nothing is rounded that has a derivative.
    const to = setting(call, 'to', 1)
    if (to === 9) return isTrue(node(call, 0))
    return [1, 10, 11, 16].includes(to)
      ? identity(node(call, 0))
      : unsupported('a cast of numbers to whole numbers')
  },
  CastLike: (call) => {
    const like = call.inputs[1]
    if (like && isKnown(like) && like.isInteger) unsupported('a cast of numbers to whole numbers')
    return identity(node(call, 0))
  },
  Celu: celu,
  Clip: clip,
  Cos: one(cos),
  Div: two(div),
  Dropout: dropout,
  Elu: (call) => elu(node(call, 0), { alpha: setting(call, 'alpha', 1) }),
  Equal: two(equal),
  Erf: one(erf),
  Exp: one(exp),
  Gelu: (call) => {
    const approximate = text(call, 'approximate', 'none')
    return approximate === 'none' || approximate === 'tanh'
      ? gelu(node(call, 0), { approximate })
      : unsupported(`the approximation ${approximate}`)
  },
  Greater: two(greater),
  GreaterOrEqual: two((a, b) => not(less(a, b))),
  HardSigmoid: (call) =>
    cut(add(mul(setting(call, 'alpha', 0.2), node(call, 0)), setting(call, 'beta', 0.5))),
  HardSwish: one((x) => mul(x, cut(add(div(x, 6), 0.5)))),
  Identity: one(identity),
  LeakyRelu: (call) => leakyRelu(node(call, 0), { slope: setting(call, 'alpha', 0.01) }),
  Less: two(less),
  LessOrEqual: two((a, b) => not(greater(a, b))),
  Log: one(log),
  Max: all(maximum),
  Mean: (call) => div(all(add)(call) as Node, call.inputs.length),
  Min: all(minimum),
  Mish: one((x) => mul(x, tanh(softplus(x)))),
  Mul: two(mul),
  Neg: one(neg),
  Not: one((a) => equal(a, 0)),
  Or: two((a, b) => maximum(isTrue(a), isTrue(b))),
  PRelu: prelu,
  Pow: power,
  Reciprocal: one((x) => div(1, x)),
  Relu: one(relu),
  Selu: selu,
  Sigmoid: one(sigmoid),
  Sign: one(sign),
  Sin: one(sin),
  Softplus: one(softplus),
  Softsign: one((x) => div(x, add(1, abs(x)))),
  Sqrt: one(sqrt),
  Sub: two(sub),
  Sum: all(add),
  Tanh: one(tanh),
  ThresholdedRelu: (call) => {
    const x = node(call, 0)
    return where(greater(x, setting(call, 'alpha', 1)), x, 0)
  },
  Where: (call) => where(node(call, 0), node(call, 1), node(call, 2)),
  Xor: two((a, b) => not(equal(isTrue(a), isTrue(b)))),
}

/** Numbers for every channel of an array [N, C, …]. */
export const channelwise = (numbers: Node, rank: number): Node =>
  reshape(numbers, [numbers.shape[0]!, ...new Array(rank - 2).fill(1)])
