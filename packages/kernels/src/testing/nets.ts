// Small whole networks with everything that people build: convolution, pooling, a residual or a
// concatenated branch, dense layers, each activation, both costs. And their derivatives.
import {
  add,
  avgPool2d,
  concat,
  conv2d,
  crossEntropy,
  dense,
  elu,
  Graph,
  grad,
  hvp,
  identity,
  l2Pool2d,
  leakyRelu,
  maxPool2d,
  medianPool2d,
  type Node,
  relu,
  type Shape,
  sigmoid,
  sizeOf,
  softplus,
  squaredError,
  tanh,
} from '@backprove/graph'
import fc from 'fast-check'
import { numbers } from './values.ts'

export const activations = { sigmoid, tanh, relu, leakyRelu, elu, softplus, identity }
export const poolings = { maxPool2d, avgPool2d, l2Pool2d, medianPool2d }
export const branches = ['none', 'residual', 'concat'] as const
export const costs = { squaredError, crossEntropy }

export interface NetDescription {
  readonly activation: keyof typeof activations
  readonly pooling: keyof typeof poolings
  readonly branch: (typeof branches)[number]
  readonly cost: keyof typeof costs
  /** null: one sample. */
  readonly batch: number | null
  readonly stride: number
  readonly groups: 1 | 2
}

export const keys = <T extends object>(table: T) => Object.keys(table) as (keyof T)[]

export const anyNet: fc.Arbitrary<NetDescription> = fc.record({
  activation: fc.constantFrom(...keys(activations)),
  pooling: fc.constantFrom(...keys(poolings)),
  branch: fc.constantFrom(...branches),
  cost: fc.constantFrom(...keys(costs)),
  batch: fc.constantFrom(null, 1, 3, 16),
  stride: fc.constantFrom(1, 2),
  groups: fc.constantFrom(1 as const, 2 as const),
})

export interface Net {
  readonly cost: Node
  readonly parameters: readonly Node[]
  readonly gradients: readonly Node[]
  /** The Hessian times the directions v_0, v_1, …, one node for each parameter. */
  readonly hessianVector: readonly Node[]
  readonly feeds: Readonly<Record<string, Float64Array>>
}

export function buildNet(description: NetDescription): Net {
  const { batch, stride, groups } = description
  const graph = new Graph()
  const feeds: Record<string, Float64Array> = {}
  const parameters: Node[] = []
  const fed = (name: string, shape: Shape, scale = 1): Float64Array => {
    const values = numbers(sizeOf(shape), Object.keys(feeds).length + 1)
    feeds[name] = values.map((value) => scale * value)
    return values
  }
  const parameter = (name: string, shape: Shape): Node => {
    fed(name, shape, 0.3)
    const node = graph.parameter(name, shape)
    parameters.push(node)
    return node
  }
  const withBatch = (shape: Shape): Shape => (batch === null ? shape : [batch, ...shape])
  const activation = activations[description.activation] as (x: Node) => Node

  const x = graph.input('x', withBatch([2, 6, 5]))
  fed('x', x.shape)
  const w = parameter('w', [4, 2 / groups, 3, 3])
  const b = parameter('b', [4])
  let a = activation(conv2d(x, w, { bias: b, padding: 'same', stride, groups }))
  if (description.branch !== 'none') {
    const inner = parameter('inner', [4, 4, 3, 3])
    const branch = activation(conv2d(a, inner, { padding: 1 }))
    a = description.branch === 'residual' ? add(a, branch) : concat([a, branch])
  }
  a = poolings[description.pooling](a, { size: 2, stride: 1 })
  const hidden = parameter('hidden', [5, ...a.shape.slice(-3)])
  const h = activation(dense(a, hidden, parameter('hidden bias', [5])))
  const y = dense(h, parameter('out', [3, 5]), parameter('out bias', [3]))
  const t = graph.input('t', y.shape)
  feeds.t = numbers(sizeOf(t.shape), 99, 'positive')
  const cost = costs[description.cost](description.cost === 'crossEntropy' ? y : activation(y), t)

  const directions = parameters.map(({ shape }, k) => {
    fed(`v_${k}`, shape)
    return graph.input(`v_${k}`, shape)
  })
  const gradients = grad(cost, parameters)
  const hessianVector = hvp(cost, parameters, directions)
  return { cost, parameters, gradients, hessianVector, feeds }
}
