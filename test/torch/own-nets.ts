// Networks as people write them by hand, of ops alone: what trains, what it costs, with which
// optimiser. The Python beside it, own_nets.py, has the same of PyTorch's own parts.
import * as g from '@backprove/graph'
import * as nn from '@backprove/nn'

type Node = g.Node
type Leaves = Readonly<Record<string, readonly number[]>>

/** What a leaf is fed: numbers, zeros and ones, or places of so many. */
type Fed = 'numbers' | 'bits' | number

export interface OwnNet {
  readonly parameters: Leaves
  /** By name: the shape, and what it is fed. */
  readonly inputs: Readonly<Record<string, readonly [shape: readonly number[], fed: Fed]>>
  /** Costs one after another, each of parameters whose names begin so, by an optimiser of its own. */
  readonly steps: readonly {
    readonly trains: string
    readonly optimizer: nn.Optimizer
    readonly cost: (leaves: Readonly<Record<string, Node>>) => Node
  }[]
}

type Of = Readonly<Record<string, Node>>
const trained = (optimizer: nn.Optimizer, cost: (of: Of) => Node): OwnNet['steps'] => [
  { trains: '', optimizer, cost },
]

const disc = ({ dw1, db1, dw2, db2 }: Of, x: Node): Node =>
  g.dense(g.leakyRelu(g.dense(x, dw1!, db1!), { slope: 0.2 }), dw2!, db2!)
const generated = ({ z, gw1, gb1, gw2, gb2 }: Of): Node =>
  g.dense(g.tanh(g.dense(z!, gw1!, gb1!)), gw2!, gb2!)
const isReal = (y: Node, real: 0 | 1): Node =>
  g.binaryCrossEntropy(y, y.graph.constant(real, y.shape))

const normalised = (x: Node, gain: Node, bias: Node): Node => {
  const over = { axes: -1, keepDims: true }
  const deviation = g.sqrt(g.add(g.variance(x, over), 1e-5))
  return g.add(g.mul(gain, g.div(g.sub(x, g.mean(x, over)), deviation)), bias)
}

/** Q values of two hidden layers, by the parameters of the net. */
const values = ({ w1, b1, w2, b2 }: Of, x: Node): Node =>
  g.dense(g.relu(g.dense(x, w1!, b1!)), w2!, b2!)

/** Mean −log p of the right classes. */
const surprise = (logits: Node, classes: Node): Node =>
  g.neg(g.mean(g.pick(g.logSoftmax(logits), classes)))

export const OWN_NETS: Readonly<Record<string, OwnNet>> = {
  vae: {
    parameters: {
      ...{ w1: [5, 8], b1: [5], wm: [2, 5], bm: [2], wv: [2, 5], bv: [2] },
      ...{ wd: [5, 2], bd: [5], wo: [8, 5], bo: [8] },
    },
    inputs: { x: [[6, 8], 'bits'], e: [[6, 2], 'numbers'] },
    steps: trained(nn.adam({ rate: 0.01 }), (p) => {
      const h = g.tanh(g.dense(p.x!, p.w1!, p.b1!))
      const [mean, logVariance] = [g.dense(h, p.wm!, p.bm!), g.dense(h, p.wv!, p.bv!)]
      const z = g.add(mean, g.mul(g.exp(g.mul(0.5, logVariance)), p.e!))
      const logits = g.dense(g.tanh(g.dense(z, p.wd!, p.bd!)), p.wo!, p.bo!)
      const kept = g.sub(g.add(1, logVariance), g.add(g.square(mean), g.exp(logVariance)))
      const cost = g.binaryCrossEntropy(logits, p.x!, { reduction: 'sum' })
      return g.sub(cost, g.mul(0.5, g.sum(kept)))
    }),
  },
  vit: {
    parameters: {
      ...{ wp: [8, 1, 4, 4], place: [4, 8], g1: [8], c1: [8], wq: [8, 24], wo: [8, 8] },
      ...{ g2: [8], c2: [8], m1: [8, 16], n1: [16], m2: [16, 8], n2: [8], wh: [4, 8] },
    },
    inputs: { x: [[3, 1, 8, 8], 'numbers'], t: [[3], 4] },
    steps: trained(nn.adam({ rate: 0.01 }), (p) => {
      const maps = g.reshape(g.conv2d(p.x!, p.wp!, { stride: 4 }), [3, 8, 4])
      const patches = g.add(g.transpose(maps, { axes: [0, 2, 1] }), p.place!)
      const heads = (x: Node) => g.transpose(g.reshape(x, [3, 4, 2, 4]), { axes: [0, 2, 1, 3] })
      const qkv = g.matmul(normalised(patches, p.g1!, p.c1!), p.wq!)
      const [q, k, v] = g.split(qkv, { parts: 3, axis: -1 }).map(heads)
      const weights = g.softmax(g.div(g.einsum('bhid,bhjd->bhij', q!, k!), 2))
      const mixed = g.transpose(g.einsum('bhij,bhjd->bhid', weights, v!), { axes: [0, 2, 1, 3] })
      const seen = g.add(patches, g.matmul(g.reshape(mixed, [3, 4, 8]), p.wo!))
      const inner = g.gelu(g.add(g.matmul(normalised(seen, p.g2!, p.c2!), p.m1!), p.n1!))
      const y = g.add(seen, g.add(g.matmul(inner, p.m2!), p.n2!))
      return surprise(g.dense(g.mean(y, { axes: 1 }), p.wh!), p.t!)
    }),
  },
  lstm: {
    parameters: {
      ...{ emb: [7, 4], wih: [20, 4], whh: [20, 5], bih: [20], bhh: [20] },
      ...{ wo: [7, 5], bo: [7] },
    },
    inputs: { letters: [[3, 6], 7], t: [[3, 6], 7] },
    steps: trained(nn.adam({ rate: 0.01 }), (p) => {
      let h = p.emb!.graph.constant(0, [3, 5])
      let c = h
      const steps = g.split(g.gather(p.emb!, p.letters!), { parts: 6, axis: 1 }).map((step) => {
        const x = g.squeeze(step, { axes: 1 })
        const z = g.add(g.dense(x, p.wih!, p.bih!), g.dense(h, p.whh!, p.bhh!))
        const [i, f, n, o] = g.split(z, { parts: 4, axis: 1 }) as [Node, Node, Node, Node]
        c = g.add(g.mul(g.sigmoid(f), c), g.mul(g.sigmoid(i), g.tanh(n)))
        h = g.mul(g.sigmoid(o), g.tanh(c))
        return h
      })
      const all = g.matmul(g.stack(steps, { axis: 1 }), g.transpose(p.wo!))
      return surprise(g.add(all, p.bo!), p.t!)
    }),
  },
  seq2seq: {
    parameters: {
      ...{ es: [6, 4], et: [6, 4], we: [5, 4], ue: [5, 5], be: [5], wd: [5, 4], ud: [5, 5] },
      ...{ bd: [5], wc: [5, 10], wo: [6, 5] },
    },
    inputs: { from: [[3, 5], 6], to: [[3, 4], 6], t: [[3, 4], 6] },
    steps: trained(nn.sgd({ rate: 0.1, momentum: 0.9 }), (p) => {
      const words = (table: Node, places: Node) =>
        g
          .split(g.gather(table, places), { parts: places.shape[1]!, axis: 1 })
          .map((word) => g.squeeze(word, { axes: 1 }))
      let h = p.es!.graph.constant(0, [3, 5])
      const memory = g.stack(
        words(p.es!, p.from!).map((x) => {
          h = g.tanh(g.add(g.dense(x, p.we!, p.be!), g.dense(h, p.ue!)))
          return h
        }),
        { axis: 1 },
      )
      const answers = words(p.et!, p.to!).map((x) => {
        h = g.tanh(g.add(g.dense(x, p.wd!, p.bd!), g.dense(h, p.ud!)))
        const weights = g.softmax(g.einsum('bh,bth->bt', h, memory))
        const seen = g.concat([h, g.einsum('bt,bth->bh', weights, memory)], { axis: 1 })
        return g.dense(g.tanh(g.dense(seen, p.wc!)), p.wo!)
      })
      return surprise(g.stack(answers, { axis: 1 }), p.t!)
    }),
  },
  dqn: {
    parameters: { w1: [8, 4], b1: [8], w2: [3, 8], b2: [3] },
    inputs: {
      ...{ s: [[6, 4], 'numbers'], next: [[6, 4], 'numbers'], a: [[6], 3] },
      ...{ r: [[6], 'numbers'], done: [[6], 'bits'] },
    },
    steps: trained(nn.rmsprop({ rate: 0.01 }), (p) => {
      const later = g.mul(g.sub(1, p.done!), g.max(values(p, p.next!), { axes: 1 }))
      const target = g.stopGradient(g.add(p.r!, g.mul(0.9, later)))
      return g.huber(g.pick(values(p, p.s!), p.a!), target)
    }),
  },
  unet: {
    parameters: {
      ...{ c1: [3, 1, 3, 3], d1: [3], c2: [4, 3, 3, 3], d2: [4], up: [4, 3, 2, 2], du: [3] },
      ...{ c3: [3, 6, 3, 3], d3: [3], c4: [1, 3, 1, 1], d4: [1] },
    },
    inputs: { x: [[2, 1, 8, 8], 'numbers'], t: [[2, 1, 8, 8], 'bits'] },
    steps: trained(nn.sgd({ rate: 0.1, momentum: 0.9, nesterov: true }), (p) => {
      const conv = (x: Node, w: Node, bias: Node) => g.conv2d(x, w, { bias, padding: 'same' })
      const wide = g.relu(conv(p.x!, p.c1!, p.d1!))
      const deep = g.relu(conv(g.maxPool2d(wide, { size: 2 }), p.c2!, p.d2!))
      const up = g.convTranspose2d(deep, p.up!, { bias: p.du!, stride: 2 })
      const both = g.relu(conv(g.concat([wide, up], { axis: 1 }), p.c3!, p.d3!))
      return g.binaryCrossEntropy(conv(both, p.c4!, p.d4!), p.t!)
    }),
  },
  triplet: {
    parameters: { w1: [8, 6], b1: [8], w2: [3, 8] },
    inputs: { a: [[5, 6], 'numbers'], p: [[5, 6], 'numbers'], n: [[5, 6], 'numbers'] },
    steps: trained(nn.adamw({ rate: 0.01 }), (of) => {
      const place = (x: Node): Node => {
        const y = g.dense(g.tanh(g.dense(x, of.w1!, of.b1!)), of.w2!)
        return g.div(y, g.norm(y, { axes: 1, keepDims: true }))
      }
      const apart = (x: Node, y: Node) => g.norm(g.sub(place(x), place(y)), { axes: 1 })
      const margin = g.add(g.sub(apart(of.a!, of.p!), apart(of.a!, of.n!)), 0.7)
      return g.mean(g.relu(margin))
    }),
  },
  gan: {
    parameters: {
      ...{ gw1: [6, 3], gb1: [6], gw2: [2, 6], gb2: [2] },
      ...{ dw1: [5, 2], db1: [5], dw2: [1, 5], db2: [1] },
    },
    inputs: { z: [[6, 3], 'numbers'], real: [[6, 2], 'numbers'] },
    steps: [
      {
        trains: 'd',
        optimizer: nn.adam({ rate: 0.02 }),
        cost: (p) => g.add(isReal(disc(p, p.real!), 1), isReal(disc(p, generated(p)), 0)),
      },
      {
        trains: 'g',
        optimizer: nn.adam({ rate: 0.01 }),
        cost: (p) => isReal(disc(p, generated(p)), 1),
      },
    ],
  },
}
