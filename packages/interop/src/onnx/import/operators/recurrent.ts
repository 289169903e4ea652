// Recurrent layers: every step of the sequence is recorded, forwards, backwards or both.
import {
  abs,
  add,
  clamp,
  div,
  elu,
  leakyRelu,
  matmul,
  mul,
  type Node,
  relu,
  reshape,
  sigmoid,
  softplus,
  sub,
  tanh,
  transpose,
  where,
} from '@backprove/graph'
import { OnnxError } from '../../../errors.ts'
import {
  type Call,
  integers,
  list,
  node,
  type Operator,
  optional,
  setting,
  spend,
  text,
  texts,
  unsupported,
} from '../context.ts'
import { joined, part } from './places.ts'

type Activation = (x: Node) => Node
/** What a step knows beside W x_t: R and its bias, peepholes, and its activations. */
interface Cell {
  readonly r: Node
  readonly rBias: Node | undefined
  readonly peepholes: Node | undefined
  readonly activations: readonly Activation[]
  /** The part of an array along its last axis that belongs to a gate. */
  gate(x: Node, k: number): Node
}
type State = readonly [h: Node, c?: Node]
type Step = (cell: Cell, wx: Node, state: State) => State

/** What the nodes of a step weigh, in numbers. */
const NODES_OF_STEP = 200
/** Of steps that are recorded one by one. */
const MOST_STEPS = 2048

const ACTIVATIONS: Readonly<Record<string, (x: Node, alpha?: number, beta?: number) => Node>> = {
  affine: (x, alpha = 1, beta = 0) => add(mul(alpha, x), beta),
  elu: (x, alpha = 1) => elu(x, { alpha }),
  hardsigmoid: (x, alpha = 0.2, beta = 0.5) => clamp(add(mul(alpha, x), beta), 0, 1),
  leakyrelu: (x, slope = 0.01) => leakyRelu(x, { slope }),
  relu: (x) => relu(x),
  scaledtanh: (x, alpha = 1, beta = 1) => mul(alpha, tanh(mul(beta, x))),
  sigmoid: (x) => sigmoid(x),
  softplus: (x) => softplus(x),
  softsign: (x) => div(x, add(1, abs(x))),
  tanh: (x) => tanh(x),
}

const turned = (x: Node): Node => transpose(x, { axes: [1, 0] })
/** The k-th of an axis, which is then gone. */
const at = (x: Node, axis: number, k: number): Node =>
  reshape(part(x, axis, k, k + 1), x.shape.toSpliced(axis, 1))

/** i, o, f, c: how much is taken in, given out and kept of the cell. */
const lstmStep: Step = ({ r, activations, gate, peepholes }, wx, [h, c]) => {
  const [f, g, last] = activations as [Activation, Activation, Activation]
  const all = add(wx, matmul(h, turned(r)))
  const seen = (z: Node, k: number, of: Node) =>
    peepholes ? add(z, mul(gate(peepholes, k), of)) : z
  const into = f(seen(gate(all, 0), 0, c!))
  const kept = f(seen(gate(all, 2), 2, c!))
  const cell = add(mul(kept, c!), mul(into, g(gate(all, 3))))
  const out = f(seen(gate(all, 1), 1, cell))
  return [mul(out, last(cell)), cell]
}

/** z, r, h: how much stays, and how much of the state the candidate sees. */
const gruStep =
  (isLinearFirst: boolean): Step =>
  ({ r, rBias, activations, gate }, wx, [h]) => {
    const [f, g] = activations as [Activation, Activation]
    const bias = (x: Node, k: number) => (rBias ? add(x, gate(rBias, k)) : x)
    const seen = (k: number, of: Node = h) => matmul(of, gate(turned(r), k))
    const z = f(add(gate(wx, 0), bias(seen(0), 0)))
    const reset = f(add(gate(wx, 1), bias(seen(1), 1)))
    const candidate = isLinearFirst ? mul(reset, bias(seen(2), 2)) : bias(seen(2, mul(reset, h)), 2)
    const made = g(add(gate(wx, 2), candidate))
    return [add(mul(sub(1, z), made), mul(z, h))]
  }

const rnnStep: Step = ({ r, activations }, wx, [h]) => [
  activations[0]!(add(wx, matmul(h, turned(r)))),
]

interface Kind {
  readonly gates: number
  readonly activations: readonly string[]
  readonly step: (call: Call) => Step
  readonly hasCell?: true
  /** Its step adds the bias of R itself. */
  readonly addsBias?: true
}

/** The activations of one direction; a bound on what goes into them. */
function activationsOf(call: Call, usual: readonly string[], direction: number): Activation[] {
  const named = texts(call, 'activations')
  const count = usual.length
  const names = named?.slice(direction * count, (direction + 1) * count) ?? usual
  const bound = setting(call, 'clip', 0)
  const alphas = list(call, 'activation_alpha')
  const betas = list(call, 'activation_beta')
  return names.map((name, k) => {
    const key = name.toLowerCase()
    const f = Object.hasOwn(ACTIVATIONS, key) ? ACTIVATIONS[key]! : unsupported(`a gate of ${name}`)
    const n = direction * count + k
    return (x) => f(bound > 0 ? clamp(x, -bound, bound) : x, alphas?.[n], betas?.[n])
  })
}

const layer =
  ({ gates, activations, step, hasCell, addsBias }: Kind): Operator =>
  (call) => {
    const isBatchFirst = setting(call, 'layout', 0) === 1
    const given = node(call, 0)
    const x = isBatchFirst ? transpose(given, { axes: [1, 0, 2] }) : given
    const [steps, batch] = x.shape as [number, number, number]
    const [w, r] = [node(call, 1), node(call, 2)]
    const hidden = r.shape.at(-1)!
    if (setting(call, 'hidden_size', hidden) !== hidden || w.shape[1] !== gates * hidden)
      throw new OnnxError(`fromOnnx: weights [${w.shape}] and [${r.shape}] do not fit each other`)
    const direction = text(call, 'direction', 'forward')
    const ways = { forward: [1], reverse: [-1], bidirectional: [1, -1] }[direction]
    if (!ways) return unsupported(`the direction ${direction}`)
    if (ways.length !== w.shape[0])
      throw new OnnxError(`fromOnnx: ${direction}, but the weights are [${w.shape}]`)
    if (steps * ways.length > MOST_STEPS) unsupported(`a sequence of ${steps} steps`)
    spend(call, steps * ways.length * NODES_OF_STEP)
    if (setting(call, 'input_forget', 0) !== 0) unsupported('input and forget gates as one')
    const lengths = call.inputs[4] ? integers(call, 4)! : undefined
    const start = (k: number, way: number): Node => {
      const state = optional(call, k)
      if (!state) return x.graph.constant(0, [batch, hidden])
      return at(isBatchFirst ? transpose(state, { axes: [1, 0, 2] }) : state, 0, way)
    }
    const results = ways.map((way, k) => {
      const whole = call.inputs[3] ? at(node(call, 3), 0, k) : undefined
      const half = (n: number) =>
        whole && part(whole, 0, n * gates * hidden, (n + 1) * gates * hidden)
      const cell: Cell = {
        r: at(r, 0, k),
        rBias: half(1),
        peepholes: call.inputs[7] ? at(node(call, 7), 0, k) : undefined,
        activations: activationsOf(call, activations, k),
        gate: (of, n) => part(of, of.shape.length - 1, n * hidden, (n + 1) * hidden),
      }
      const initial: State = hasCell ? [start(5, k), start(6, k)] : [start(5, k)]
      const bias = addsBias ? [half(0)] : [half(0), half(1)]
      const wx = bias.reduce<Node>((z, b) => (b ? add(z, b) : z), matmul(x, turned(at(w, 0, k))))
      return sequence(step(call), cell, wx, initial, way, lengths)
    })
    return outputs(results, isBatchFirst, hasCell ? 2 : 1)
  }

interface Ran {
  readonly all: readonly Node[]
  readonly last: State
}

function sequence(
  step: Step,
  cell: Cell,
  wx: Node,
  initial: State,
  way: number,
  lengths: readonly number[] | undefined,
): Ran {
  const [steps, batch] = wx.shape as [number, number, number]
  const all: Node[] = []
  let state = initial
  for (let k = 0; k < steps; k++) {
    const t = way > 0 ? k : steps - 1 - k
    const next = step(cell, at(wx, 0, t), state)
    if (!lengths || lengths.every((length) => t < length)) {
      state = next
      all[t] = next[0]
      continue
    }
    // Sequences that have ended keep their state, and give 0.
    const isOn = wx.graph.constant(
      Array.from({ length: batch }, (_, n) => (t < lengths[n]! ? 1 : 0)),
      [batch, 1],
    )
    all[t] = where(isOn, next[0], 0)
    state = next.map((each, n) => where(isOn, each!, state[n]!)) as unknown as State
  }
  return { all, last: state }
}

/** Y of every step, and the last states; the axis of directions stands as the layout says. */
function outputs(ran: readonly Ran[], isBatchFirst: boolean, states: number): Node[] {
  const stacked = (parts: readonly Node[], axis: number): Node => {
    const open = parts.map((each) => reshape(each, each.shape.toSpliced(axis, 0, 1)))
    return joined(open, axis)
  }
  const steps = ran[0]!.all.map((_, t) =>
    stacked(
      ran.map(({ all }) => all[t]!),
      isBatchFirst ? 1 : 0,
    ),
  )
  const last = (k: number) =>
    stacked(
      ran.map((each) => each.last[k]!),
      isBatchFirst ? 1 : 0,
    )
  return [
    stacked(steps, isBatchFirst ? 1 : 0),
    ...Array.from({ length: states }, (_, k) => last(k)),
  ]
}

export const recurrent: Readonly<Record<string, Operator>> = {
  GRU: layer({
    gates: 3,
    addsBias: true,
    activations: ['Sigmoid', 'Tanh'],
    step: (call) => gruStep(setting(call, 'linear_before_reset', 0) !== 0),
  }),
  LSTM: layer({
    gates: 4,
    activations: ['Sigmoid', 'Tanh', 'Tanh'],
    step: () => lstmStep,
    hasCell: true,
  }),
  RNN: layer({ gates: 1, activations: ['Tanh'], step: () => rnnStep }),
}
