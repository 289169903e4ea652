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
  square,
  sub,
  tanh,
  where,
} from '@backprove/graph'
import {
  axisOf,
  type Call,
  isKnown,
  node,
  type Operator,
  optional,
  setting,
  text,
  unsupported,
  type Value,
} from '../context.ts'

const one =
  (f: (x: Node) => Node): Operator =>
  (call) =>
    f(node(call, 0))
const two =
  (f: (a: Node, b: Node) => Node): Operator =>
  (call) =>
    f(node(call, 0), second(call))

/** Before version 7 the axes of b stood where `axis` said. */
export function second(call: Call): Node {
  const [a, b] = [node(call, 0), node(call, 1)]
  const axis = call.node.attributes.get('axis')
  if (call.opset >= 7 || typeof axis !== 'number') return b
  const behind = a.shape.length - axisOf(axis, a.shape.length) - b.shape.length
  return behind > 0 ? reshape(b, [...b.shape, ...new Array<number>(behind).fill(1)]) : b
}
const all =
  (f: (a: Node, b: Node) => Node): Operator =>
  (call) =>
    call.inputs.map((_, k) => node(call, k)).reduce((a, b) => f(a, b))

const not = (a: Node): Node => sub(1, a)
/** A truth value of any number: 1 where it is not 0. */
const isTrue = (a: Node): Node => not(equal(a, 0))
const hyperbolicCosine = (x: Node): Node => mul(0.5, add(exp(x), exp(neg(x))))
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
  return isNumber ? pow(node(call, 0), value.data[0]!) : pow(node(call, 0), second(call))
}

/** Inference drops nothing. */
/** Nothing is dropped where nobody trains, or at a ratio of 0. */
function dropout(call: Call): Node[] {
  const [x, ratio, training] = [node(call, 0), call.inputs[1], call.inputs[2]]
  const isZero = (value: Value | undefined) =>
    value && isKnown(value) && value.data.every((entry) => entry === 0)
  if (!training || isZero(training) || isZero(ratio))
    return [identity(x), x.graph.constant(1, x.shape)]
  if (!isKnown(training)) unsupported('whether it trains depends on data')
  return unsupported('what is dropped while the model trains; export it for evaluation')
}

/** The slopes of channels stand at the axis of channels. */
function prelu(call: Call): Node {
  const x = node(call, 0)
  const own = node(call, 1)
  const isOld = call.opset < 7 && own.shape.length === 1 && own.shape[0]! > 1
  const slope = isOld ? channelwise(own, x.shape.length) : own
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
  Acosh: one((x) => log(add(x, sqrt(sub(square(x), 1))))),
  Add: two(add),
  And: two((a, b) => mul(isTrue(a), isTrue(b))),
  Asinh: one((x) => {
    // Of |x|, so that nothing is cancelled; at 0 both sides are the same.
    const grown = (y: Node) => log(add(y, sqrt(add(square(y), 1))))
    return where(less(x, 0), neg(grown(neg(x))), grown(x))
  }),
  Atanh: one((x) => mul(0.5, sub(log(add(1, x)), log(sub(1, x))))),
  Celu: celu,
  Clip: clip,
  Cos: one(cos),
  Cosh: one(hyperbolicCosine),
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
  IsNaN: one((x) => not(equal(x, x))),
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
  Shrink: (call) => {
    const x = node(call, 0)
    const [bias, lambda] = [setting(call, 'bias', 0), setting(call, 'lambd', 0.5)]
    return where(less(x, -lambda), add(x, bias), where(greater(x, lambda), sub(x, bias), 0))
  },
  Sigmoid: one(sigmoid),
  Sign: one(sign),
  Sin: one(sin),
  // Where e^x and e^−x would cancel, tanh does not.
  Sinh: one((x) => mul(tanh(x), hyperbolicCosine(x))),
  Softplus: one(softplus),
  Softsign: one((x) => div(x, add(1, abs(x)))),
  Sqrt: one(sqrt),
  Sub: two(sub),
  Sum: all(add),
  Swish: (call) => {
    const x = node(call, 0)
    return mul(x, sigmoid(mul(setting(call, 'alpha', 1), x)))
  },
  Tan: one((x) => div(sin(x), cos(x))),
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
