// Random whole networks, each layer recorded as ops and, beside it, computed by plain loops over
// hyper-dual numbers. A layer that does not fit what comes before it is left out.
import * as g from '@backprove/graph'
import * as loops from './arrays.ts'
import * as dual from './hyper-dual.ts'

export interface Leaf {
  readonly node: g.Node
  readonly value: Float64Array
  /** The directions of ε₁ and ε₂. */
  readonly along: readonly [Float64Array, Float64Array]
}

export interface RandomNetwork {
  readonly layers: readonly string[]
  readonly leaves: readonly Leaf[]
  readonly y: g.Node
  readonly cost: g.Node
  /** The outputs and the cost, by hyper-dual numbers. */
  readonly outputs: readonly dual.Dual[]
  readonly loss: dual.Dual
}

/** Both readings of one value. */
interface Value {
  readonly node: g.Node
  readonly maps: loops.Maps
}

export interface Draw {
  /** Uniform in 0 … 1. */
  unit(): number
  below(count: number): number
}

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0
  const unit = (): number => {
    // Marsaglia's xorshift on a Weyl sequence.
    state = (state + 0x9e3779b9) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32
  }
  return { unit, below: (count) => Math.floor(unit() * count) }
}

const ACTIVATIONS: Record<string, [(x: g.Node) => g.Node, (x: dual.Dual) => dual.Dual]> = {
  sigmoid: [g.sigmoid, dual.sigmoid],
  tanh: [g.tanh, dual.tanh],
  relu: [g.relu, dual.leaky(0)],
  leakyRelu: [(x) => g.leakyRelu(x, { slope: 0.2 }), dual.leaky(0.2)],
  elu: [(x) => g.elu(x), dual.elu],
  softplus: [g.softplus, dual.softplus],
  swish: [g.activation('swish', 'x / (1 + exp(-x))'), (x) => dual.times(x, dual.sigmoid(x))],
}

const POOLS = {
  maxPool2d: g.maxPool2d,
  avgPool2d: g.avgPool2d,
  l2Pool2d: g.l2Pool2d,
  medianPool2d: g.medianPool2d,
}

export function randomNetwork(draw: Draw): RandomNetwork {
  const graph = new g.Graph()
  const leaves: Leaf[] = []
  const layers: string[] = []
  let named = 0
  const single = draw.below(3) === 0
  const samples = single ? 1 : 1 + draw.below(3)
  const lead = single ? [] : [samples]

  const leaf = (shape: readonly number[], kind: 'input' | 'parameter'): [g.Node, dual.Dual[]] => {
    const node = graph[kind](`p${named++}`, shape)
    const numbers = () => Float64Array.from({ length: g.sizeOf(shape) }, () => 2 * draw.unit() - 1)
    const [value, first, second] = [numbers(), numbers(), numbers()]
    leaves.push({ node, value, along: [first, second] })
    return [node, [...value].map((a, k) => ({ a, b: first[k]!, c: second[k]!, d: 0 }))]
  }
  const pair = (least: number, count: number): loops.Pair => [
    least + draw.below(count),
    least + draw.below(count),
  ]

  const conv = ({ node, maps }: Value, o: loops.Windows, depthwise = false): Value => {
    const channels = maps.shape[1]
    const groups = depthwise ? channels : 1
    const filters = groups * (1 + draw.below(2))
    const flipped = draw.below(2) === 0
    const [w, wDual] = leaf([filters, channels / groups, ...o.size], 'parameter')
    const [bias, b] = leaf([filters], 'parameter')
    const { stride, dilation, padding } = o
    const op = flipped ? g.convolve2d : g.conv2d
    return {
      node: op(node, w, { bias, stride, dilation, padding, groups }),
      maps: loops.convolution(maps, { w: wDual, b, filters, groups, flipped }, o),
    }
  }
  const windows = (most: number): loops.Windows => ({
    size: pair(1, 3),
    stride: pair(1, 2),
    dilation: pair(1, 2),
    padding: [pair(0, most + 1), pair(0, most + 1)],
  })
  const moved = (
    { node }: Value,
    shape: loops.Maps['shape'],
    at: (...index: number[]) => dual.Dual,
    op: (x: g.Node) => g.Node,
  ): Value => ({ node: op(node), maps: loops.maps(shape, at) })

  const steps: Record<string, (x: Value) => Value> = {
    conv: (x) => conv(x, windows(2)),
    depthwise: (x) => conv(x, windows(1), true),
    pool: ({ node, maps }) => {
      const names = Object.keys(loops.POOLS) as (keyof typeof loops.POOLS)[]
      const pool = names[draw.below(names.length)]!
      const o = { ...windows(0), dilation: pair(1, 2), padding: [pair(0, 2), pair(0, 2)] as const }
      const { size, stride, dilation, padding } = o
      const options = { size, stride, dilation, padding }
      const recorded =
        pool === 'avgPool2dInside'
          ? g.avgPool2d(node, { ...options, countPadding: false })
          : POOLS[pool](node, options)
      return { node: recorded, maps: loops.pooling(maps, pool, o) }
    },
    activation: ({ node, maps }) => {
      const names = Object.keys(ACTIVATIONS)
      const [op, f] = ACTIVATIONS[names[draw.below(names.length)]!]!
      return { node: op(node), maps: loops.each(maps, f) }
    },
    residual: (x) => {
      const one = { size: [1, 1], stride: [1, 1], dilation: [1, 1] } as const
      const none = [
        [0, 0],
        [0, 0],
      ] as const
      const f = conv(x, { ...one, padding: none })
      if (f.maps.shape[1] !== x.maps.shape[1]) return x
      const data = x.maps.data.map((v, k) => dual.plus(v, dual.tanh(f.maps.data[k]!)))
      return { node: g.add(x.node, g.tanh(f.node)), maps: { shape: x.maps.shape, data } }
    },
    inception: (x) => {
      const [n, c, h, w] = x.maps.shape
      const cells = (s: number, k: number, i: number, j: number) => loops.cell(x.maps, s, k, i, j)!
      const node = g.concat([
        x.node,
        g.square(x.node),
        g.slice(x.node, { start: lead.map(() => 0) }),
      ])
      const at = (...[s, k, i, j]: number[]) => {
        const value = cells(s!, k! % c, i!, j!)
        return k! >= c && k! < 2 * c ? dual.times(value, value) : value
      }
      return { node, maps: loops.maps([n, 3 * c, h, w], at) }
    },
    batchNorm: ({ node, maps }) => {
      const axes = single ? [1, 2] : [0, 2, 3]
      const centred = g.sub(node, g.mean(node, { axes, keepDims: true }))
      const variance = g.mean(g.square(centred), { axes, keepDims: true })
      const [n, c, h, w] = maps.shape
      const channel = Array.from({ length: c }, (_, k) => {
        const all = loops.maps([n, 1, h, w], (s, _0, i, j) => loops.cell(maps, s!, k, i!, j!)!).data
        const mean = dual.scaled(1 / all.length, dual.total(all))
        const squares = all.map((v) => dual.times(dual.minus(v, mean), dual.minus(v, mean)))
        const spread = dual.plus(dual.scaled(1 / all.length, dual.total(squares)), dual.real(0.1))
        return { mean, scale: dual.inverse(dual.sqrt(spread)) }
      })
      return {
        node: g.div(centred, g.sqrt(g.add(variance, 0.1))),
        maps: loops.maps(maps.shape, (s, k, i, j) => {
          const { mean, scale } = channel[k!]!
          return dual.times(dual.minus(loops.cell(maps, s!, k!, i!, j!)!, mean), scale)
        }),
      }
    },
    dropout: ({ node, maps }) => {
      const mask = maps.data.map(() => (draw.below(4) === 0 ? 0 : 4 / 3))
      const data = maps.data.map((v, k) => dual.scaled(mask[k]!, v))
      const constant = graph.constant(Float64Array.from(mask), node.shape)
      return { node: g.mul(node, constant), maps: { shape: maps.shape, data } }
    },
    upsample: (x) => {
      const [n, c, h, w] = x.maps.shape
      const at = (...[s, k, i, j]: number[]) => loops.cell(x.maps, s!, k!, i! >> 1, j!)!
      return moved(x, [n, c, 2 * h, w], at, (node) => g.upsample(node, { size: [2, 1] }))
    },
    slice: (x) => {
      const [n, c, h, w] = x.maps.shape
      const at = (...[s, k, i, j]: number[]) => loops.cell(x.maps, s!, k!, i!, 2 * j!)!
      const step = [...lead.map(() => 1), 1, 1, 2]
      return moved(x, [n, c, h, Math.ceil(w / 2)], at, (node) => g.slice(node, { step }))
    },
    transpose: (x) => {
      const [n, c, h, w] = x.maps.shape
      const at = (...[s, k, i, j]: number[]) => loops.cell(x.maps, s!, k!, j!, i!)!
      const axes = single ? [0, 2, 1] : [0, 1, 3, 2]
      return moved(x, [n, c, w, h], at, (node) => g.transpose(node, { axes }))
    },
    flip: (x) => {
      const [, , h] = x.maps.shape
      const at = (...[s, k, i, j]: number[]) => loops.cell(x.maps, s!, k!, h - 1 - i!, j!)!
      return moved(x, x.maps.shape, at, (node) => g.flip(node, { axes: -2 }))
    },
    pad: (x) => {
      const [n, c, h, w] = x.maps.shape
      const at = (...[s, k, i, j]: number[]) =>
        loops.cell(x.maps, s!, k!, i! - 1, j!) ?? dual.real(0.3)
      const options = { before: [...lead.map(() => 0), 0, 1, 0], after: 0, value: 0.3 }
      return moved(x, [n, c, h + 1, w], at, (node) => g.pad(node, options))
    },
  }

  const [c, h, w] = [1 + draw.below(2), 4 + draw.below(4), 4 + draw.below(4)]
  const [x, data] = leaf([...lead, c, h, w], 'input')
  let value: Value = { node: x, maps: { shape: [samples, c, h, w], data } }
  const names = Object.keys(steps)
  for (let k = 0; k < 5; k++) {
    const name = names[draw.below(names.length)]!
    const known = leaves.length
    try {
      value = steps[name]!(value)
      layers.push(name)
    } catch (error) {
      if (!(error instanceof g.ShapeError)) throw error
      leaves.length = known
    }
  }

  const units = 3
  const [v, vDual] = leaf([units, value.maps.data.length / samples], 'parameter')
  const [b, bDual] = leaf([units], 'parameter')
  const z = loops.dense(value.maps, vDual, bDual)
  const logits = g.dense(value.node, v, b)
  const [t, tDual] = leaf([...lead, units], 'input')
  const target = (s: number, u: number) => tDual[s * units + u]!
  if (draw.below(2) === 0) {
    const y = g.sigmoid(logits)
    const outputs = z.flat().map(dual.sigmoid)
    const errors = outputs.map((o, k) => dual.minus(tDual[k]!, o))
    const loss = dual.scaled(0.5, dual.total(errors.map((e) => dual.times(e, e))))
    return { layers, leaves, y, cost: g.squaredError(y, t), outputs, loss }
  }
  const loss = z.flatMap((row, s) => {
    const normaliser = dual.log(dual.total(row.map(dual.exp)))
    return row.map((value_, u) => dual.times(target(s, u), dual.minus(normaliser, value_)))
  })
  const cost = g.crossEntropy(logits, t)
  return { layers, leaves, y: logits, cost, outputs: z.flat(), loss: dual.total(loss) }
}
