// Networks of vectors and matrices, and of what only moves entries.
import {
  concat,
  dense,
  exp,
  flatten,
  flip,
  matmul,
  mul,
  type Node,
  pad,
  rot180,
  sigmoid,
  slice,
  softmax,
  sum,
  transpose,
  upsample,
} from '../../../packages/graph/src/index.ts'
import { activated, type Build, small, withCost } from './plan.ts'

export const vectors: Readonly<Record<string, Build>> = {
  dense: (random) => {
    const activation = random.pick(['none', 'sigmoid', 'tanh', 'relu'])
    return {
      lengths: { n: small(random), m: small(random) },
      parameters: {},
      activation,
      hasKinks: activation === 'relu',
      body: (scribe, { n, m }) => {
        const x = scribe.declare('input', 'x', 'i', [n!])
        const W = scribe.declare('parameter', 'W', 'ki', [m!, n!])
        const b = scribe.declare('parameter', 'b', 'k', [m!])
        const z = scribe.name(dense(x, W, b), 'z', 'k')
        return withCost(activated(z, activation, 'k', scribe), scribe, 'k')
      },
    }
  },
  batch: (random) => ({
    lengths: { N: small(random), n: small(random), m: small(random) },
    parameters: {},
    body: (scribe, { N, n, m }) => {
      const x = scribe.declare('input', 'x', 'ri', [N!, n!])
      const W = scribe.declare('parameter', 'W', 'ki', [m!, n!])
      const z = scribe.name(dense(x, W), 'z', 'rk')
      return withCost(z, scribe, 'rk')
    },
  }),
  matrices: (random) => ({
    lengths: { l: small(random), m: small(random), n: small(random) },
    parameters: {},
    body: (scribe, { l, m, n }) => {
      const A = scribe.declare('parameter', 'A', 'ij', [l!, m!])
      const B = scribe.declare('parameter', 'B', 'jk', [m!, n!])
      const y = scribe.name(matmul(A, B), 'y', 'ik')
      return withCost(y, scribe, 'ik')
    },
  }),
  layers: (random) => ({
    lengths: { n: small(random), m: small(random), l: small(random) },
    parameters: {},
    activation: 'sigmoid',
    body: (scribe, { n, m, l }) => {
      const x = scribe.declare('input', 'x', 'i', [n!])
      const W = scribe.declare('parameter', 'W', 'ji', [m!, n!])
      const z = scribe.name(dense(x, W), 'z', 'j')
      const a = scribe.name(sigmoid(z), 'a', 'j')
      const V = scribe.declare('parameter', 'V', 'kj', [l!, m!])
      const y = scribe.name(dense(a, V), 'y', 'k')
      return withCost(y, scribe, 'k')
    },
  }),
  bilinear: (random) => ({
    lengths: { n: small(random), m: small(random) },
    parameters: {},
    body: (scribe, { n, m }) => {
      const x = scribe.declare('input', 'x', 'i', [n!])
      const W = scribe.declare('parameter', 'W', 'ki', [m!, n!])
      const z = scribe.name(dense(x, W), 'z', 'k')
      const y = scribe.name(mul(z, z), 'y', 'k')
      const t = scribe.declare('input', 't', 'k', [m!])
      return sum(mul(y, t))
    },
  }),
  softmax: (random) => ({
    lengths: { n: random.pick([1, 2, 3, 4]) },
    parameters: {},
    activation: 'softmax',
    body: (scribe, { n }) => {
      const z = scribe.declare('parameter', 'z', 'k', [n!])
      const y = scribe.name(softmax(z), 'y', 'k')
      return withCost(y, scribe, 'k')
    },
  }),
  exponential: (random) => ({
    lengths: { n: small(random) },
    parameters: {},
    activation: 'exp',
    body: (scribe, { n }) => {
      const x = scribe.declare('input', 'x', 'i', [n!])
      const w = scribe.declare('parameter', 'w', 'i', [n!])
      const z = scribe.name(mul(x, w), 'z', 'i')
      return withCost(scribe.name(exp(z), 'y', 'i'), scribe, 'i')
    },
  }),
  moved: (random) => {
    const how = random.below(7)
    return {
      lengths: { h: random.pick([2, 3, 4]), w: random.pick([2, 3, 4]) },
      parameters: { how },
      body: (scribe, { h, w }) => {
        const x = scribe.declare('input', 'x', 'ij', [1, h!, w!])
        const moves: readonly ((a: Node) => Node)[] = [
          (a) => rot180(a),
          (a) => flip(a, { axes: [2] }),
          (a) => transpose(a, { axes: [0, 2, 1] }),
          (a) => pad(a, { before: [0, 1, 2], after: [0, 0, 1] }),
          (a) => upsample(a, { size: [2, 3] }),
          (a) => slice(a, { start: [0, 1, 0], end: [1, a.shape[1]!, a.shape[2]!], step: 1 }),
          (a) => concat([a, mul(2, a)], { axis: 1 }),
        ]
        const y = scribe.name(moves[how]!(x), 'y', 'ij')
        return withCost(y, scribe, 'ij')
      },
    }
  },
  flat: (random) => ({
    lengths: { c: random.pick([1, 2]), h: random.pick([1, 2, 3]), w: random.pick([2, 3]) },
    parameters: {},
    body: (scribe, { c, h, w }) => {
      const x = scribe.declare('input', 'x', 'cij', [c!, h!, w!])
      const y = scribe.name(flatten(x), 'y', 'r')
      return withCost(y, scribe, 'r')
    },
  }),
}
