// What arrays are for, seen from the operations: what enters an activation is a pre-activation, and
// (x − μ)/σ is the standardised x.
import { type Node, ops, topologicalOrder } from '@backprove/graph'

export interface Roles {
  readonly activated: ReadonlySet<Node>
  /** The standardised array → the name of what it standardises. */
  readonly standardised: ReadonlyMap<Node, string>
  /** Whether something slides over something. */
  readonly slides: boolean
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

/** The x of (x − μ)/σ, in the operations that record it. */
const standardisedBy = (node: Node): Node | undefined => {
  if (node.op !== ops.div && node.op !== ops.mul) return undefined
  const [above] = node.args
  return above?.op === ops.sub ? above.args[0] : undefined
}

export const rolesOf = (cost: Node): Roles => {
  const all = topologicalOrder([...cost.graph.named.values(), cost])
  const activated = new Set(
    all.flatMap((node) => {
      const application = node.graph.applicationOf(node)
      if (application) return [application.argument]
      return activations.has(node.op) && node.args[0] ? [node.args[0]] : []
    }),
  )
  const standardised = new Map(
    all.flatMap((node) => {
      const name = standardisedBy(node)?.name
      return name === undefined ? [] : [[node, name] as const]
    }),
  )
  return { activated, standardised, slides: all.some(({ op }) => sliding.has(op)) }
}
