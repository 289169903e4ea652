// What arrays are for, seen from the operations: what enters an activation is a pre-activation, and
// (x − μ)/σ is the standardised x.
import { type Node, ops, type PoolParams, topologicalOrder } from '@backprove/graph'
import { predictionsOf } from './predictions.ts'

export interface Roles {
  readonly activated: ReadonlySet<Node>
  /** An activation → what enters it. */
  readonly activates: ReadonlyMap<Node, Node>
  /** What enters an activation → the arrays that it is computed from, parameters apart. */
  readonly after: ReadonlyMap<Node, readonly Node[]>
  /** What enters a pooling. */
  readonly pooled: ReadonlySet<Node>
  /** The standardised array → the name of what it standardises. */
  readonly standardised: ReadonlyMap<Node, string>
  /** Whether something slides over something. */
  readonly slides: boolean
  /** Whether matrices are multiplied. */
  readonly multiplies: boolean
  readonly hasSigmoid: boolean
  /** A vector stands left of a matrix: x W. */
  readonly hasRowVectors: boolean
  /** A row and a column make a matrix, entry by entry. */
  readonly crosses: boolean
  /** The one stride of what slides by more than 1; of what is pooled, where nothing slides. */
  readonly stride?: number
  /** The one size of the square windows that are pooled, where nothing slides. */
  readonly window?: number
  /** The one size of windows that are pooled side by side. */
  readonly tiles?: number
  /** Spellings of functions that the graph applies and claims have no word for → their names. */
  readonly functions: ReadonlyMap<string, string>
  /** What the network says a target is → the names of the targets. */
  readonly predictions: ReadonlyMap<Node, readonly string[]>
}

const activations: ReadonlySet<unknown> = new Set([
  ops.sigmoid,
  ops.tanh,
  ops.relu,
  ops.leakyRelu,
  ops.elu,
  ops.softplus,
  ops.softmax,
])

const sliding: ReadonlySet<unknown> = new Set([
  ops.conv2d,
  ops.conv2dInput,
  ops.conv2dFilter,
  ops.convolve2d,
])

const multiplying: ReadonlySet<unknown> = new Set([ops.dense, ops.matmul])

/** x W of a vector x is recorded as Wᵀ x. */
const isRowTimesMatrix = ({ op, args: [x, w] }: Node): boolean =>
  op === ops.dense && x?.shape.length === 1 && w?.op === ops.transpose

const isCrossed = ({ op, shape, args }: Node): boolean =>
  !multiplying.has(op) &&
  args.length === 2 &&
  args.every((each) => each.shape.length === 2 && each.shape.join() !== shape.join())

const stridesOf = ({ params }: Node): readonly number[] => {
  const { stride } = params as { stride?: number | readonly number[] }
  return typeof stride === 'number' ? [stride] : (stride ?? [])
}

/** The length of square windows that neither overlap nor leave gaps, one for all poolings. */
const tilesOf = (poolings: readonly Node[]): { readonly tiles?: number } => {
  const lengths = poolings.map(({ params }) => {
    const { size, stride, dilation, padding } = params as PoolParams
    const isPlain = typeof padding !== 'string' && padding.flat().every((each) => each === 0)
    const all = new Set([...size, ...stride])
    return isPlain && all.size === 1 && dilation.every((each) => each === 1) ? size[0] : 0
  })
  const [tiles = 0, ...others] = new Set(lengths)
  return tiles > 0 && others.length === 0 ? { tiles } : {}
}

/** The x of (x − μ)/σ, in the operations that record it. */
const standardisedBy = (node: Node): Node | undefined => {
  if (node.op !== ops.div && node.op !== ops.mul) return undefined
  const [above] = node.args
  return above?.op === ops.sub ? above.args[0] : undefined
}

/** What enters the activation that a node is. */
export const activatedBy = (node: Node): Node | undefined => {
  const application = node.graph.applicationOf(node)
  if (application) return application.argument
  return activations.has(node.op) ? node.args[0] : undefined
}

/** The nearest arrays with a name that a node is computed from, parameters apart. */
const nearest = (node: Node): Node[] => {
  const found = new Set<Node>()
  const seen = new Set<Node>()
  const open = [...node.args]
  for (let each = open.pop(); each; each = open.pop()) {
    if (seen.has(each) || each.op === ops.parameter) continue
    seen.add(each)
    if (each.name === undefined) open.push(...each.args)
    else found.add(each)
  }
  return [...found]
}

/** As formulas print them, and as people write them. */
const spellings: ReadonlyMap<unknown, readonly string[]> = new Map([
  [ops.elu, ['elu', 'ELU']],
  [ops.leakyRelu, ['leakyrelu', 'LeakyReLU', 'LeakyRelu', 'leakyReLU', 'leakyRelu', 'LReLU']],
])

const functionsOf = (nodes: readonly Node[]): ReadonlyMap<string, string> =>
  new Map(
    nodes.flatMap((node) => {
      const application = node.graph.applicationOf(node)
      const known = spellings.get(node.op) ?? []
      const { name } = application ?? node.op
      return [...known, ...(application ? [name] : [])].map((each) => [each, name] as const)
    }),
  )

export const rolesOf = (cost: Node): Roles => {
  const all = topologicalOrder([...cost.graph.named.values(), cost])
  const activates = new Map(
    all.flatMap((node) => {
      const argument = activatedBy(node)
      return argument ? [[node, argument] as const] : []
    }),
  )
  const activated = new Set(activates.values())
  const after = new Map([...activated].map((node) => [node, nearest(node)] as const))
  const pooled = new Set(
    all.flatMap(({ op, args }) => (op.traits?.window && args[0] ? [args[0]] : [])),
  )
  const standardised = new Map(
    all.flatMap((node) => {
      const name = standardisedBy(node)?.name
      return name === undefined ? [] : [[node, name] as const]
    }),
  )
  const slides = all.some(({ op }) => sliding.has(op))
  const pools = slides ? [] : all.filter(({ op }) => op.traits?.window)
  const moving = slides ? all.filter(({ op }) => sliding.has(op)) : pools
  const strides = new Set(moving.flatMap(stridesOf))
  strides.delete(1)
  const [stride] = strides
  const windows = new Set(pools.flatMap(({ params }) => (params as { size: number[] }).size))
  const [window] = windows
  return {
    ...(strides.size === 1 && { stride: stride! }),
    ...(windows.size === 1 && { window: window! }),
    ...tilesOf(all.filter(({ op }) => op.traits?.window)),
    activated,
    activates,
    after,
    pooled,
    standardised,
    slides,
    multiplies: all.some(({ op }) => multiplying.has(op)),
    hasRowVectors: all.some(isRowTimesMatrix),
    crosses: all.some(isCrossed),
    hasSigmoid: all.some(({ op }) => op === ops.sigmoid),
    functions: functionsOf(all),
    predictions: predictionsOf(all),
  }
}
