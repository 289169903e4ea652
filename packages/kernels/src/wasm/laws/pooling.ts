// Laws of max-pooling: what is increasing moves behind it, and what multiplies its gradient is read
// at the winners alone. Equations between ops of the graph; no kernel is named here.
//
// They hold for real numbers. In floating point φ may round two unequal numbers to one: then the
// first of the two is the winner before the law, and the larger one after it.
import {
  equal,
  isOp,
  type Node,
  opNamed,
  type ReduceParams,
  sameShape,
  sum,
  type TiedPoolParams,
  where,
} from '@backprove/graph'
import { familyOf } from '../../plan/families.ts'
import type { Law, LawContext } from '../../plan/laws/law.ts'
import { uniformValue } from '../../plan/uniform.ts'
import { innermost, isPrivate, keepsWinners, passed, pool, withoutBias } from './chain.ts'

const firstWins = ({ params }: Node): boolean => (params as TiedPoolParams).ties === 'first'

/** Entrywise functions deeper than this are left where they are. */
const MOST_NODES = 24

/** e(x), entry by entry, with `from` replaced by `to`; undefined where it reads something else. */
function atWinners(e: Node, swaps: ReadonlyMap<Node, Node>): Node | undefined {
  let left = MOST_NODES
  const swap = (node: Node): Node | undefined => {
    const known = swaps.get(node)
    if (known) return known
    const value = uniformValue(node)
    if (value !== undefined) return node.graph.constant(value)
    if (familyOf(node.op) !== 'elementwise' || left-- === 0) return undefined
    const args = node.args.map(swap)
    if (args.some((arg) => arg === undefined)) return undefined
    return node.graph.record(node.op, args as Node[], node.params)
  }
  return swap(e)
}

/** Everything on the way from the pooled array inwards, and its values at the winners. */
function valuesAtWinners(x: Node, params: TiedPoolParams): Map<Node, Node> {
  const swaps = new Map<Node, Node>()
  for (let node: Node | undefined = x; node; node = passed(node)) {
    swaps.set(node, pool(node, params))
  }
  return swaps
}

/** maxPool2dInput(x, g) of which x is made only for the pooling, as recorded and as rewritten. */
function sentBack(position: number, node: Node, context: LawContext) {
  const scatter = node.args[position]!
  const recorded = context.original.args[position]
  const fits = [scatter, recorded].every((each) => isOp(each?.op, 'maxPool2dInput'))
  if (!recorded || !fits || !firstWins(scatter) || !sameShape(scatter.shape, node.shape))
    return undefined
  const [x, g] = scatter.args as [Node, Node]
  if (!passed(x) || !isPrivate(recorded.args[0]!, context)) return undefined
  return { x, g, params: scatter.params as TiedPoolParams }
}

const send = (x: Node, g: Node, params: TiedPoolParams): Node =>
  x.graph.record(opNamed('maxPool2dInput')!, [innermost(x), g], params)

/** Where all cells of a window are NaN nobody wins, and nothing flows. */
function unlessNaN(pooled: Node, g: Node): Node {
  const isGuarded = isOp(g.op, 'where') && isOp(g.args[0]!.op, 'equal')
  return isGuarded ? g : where(equal(pooled, pooled), g, 0)
}

export const poolingLaws: readonly Law[] = [
  {
    op: 'maxPool2d',
    statement: 'maxpool(φ(x) + b) = φ(maxpool(x)) + b, φ increasing',
    rewrite: (node, context) => {
      const x = node.args[0]!
      const isBiased = isOp(x.op, 'conv2d') && x.args.length === 3
      if (!firstWins(node) || !(passed(x) || isBiased)) return undefined
      const recorded = context.original.args[0]!
      return isPrivate(recorded, context) ? pool(x, node.params as TiedPoolParams) : undefined
    },
  },
  {
    op: 'mul',
    statement: 'maxpool′(φ(x))g · φ′(x) = maxpool′(x)(g · φ′(maxpool(x))), φ strictly increasing',
    rewrite: (node, context) => {
      for (const position of [0, 1]) {
        const sent = sentBack(position, node, context)
        if (!sent || !keepsWinners(sent.x)) continue
        const { x, g, params } = sent
        const e = atWinners(node.args[1 - position]!, valuesAtWinners(x, params))
        if (e) return send(x, node.graph.record(node.op, [g, e], {}), params)
      }
      return undefined
    },
  },
  {
    op: 'where',
    statement: 'maxpool′(relu(x))g · [x > 0] = maxpool′(x)(g · [maxpool(x) > 0])',
    rewrite: (node, context) => {
      const [condition, , other] = node.args as [Node, Node, Node]
      const sent = sentBack(1, node, context)
      if (!sent || uniformValue(other) !== 0 || !isOp(condition.op, 'greater')) return undefined
      const { x, g, params } = sent
      const [compared, bound] = condition.args as [Node, Node]
      // Where relu is 0 every cell ties, but nothing is sent there.
      const masks = isOp(x.op, 'relu') && keepsWinners(x.args[0]!)
      const isMask = (compared === x || compared === x.args[0]) && uniformValue(bound) === 0
      if (!masks || !isMask) return undefined
      const mask = atWinners(condition, valuesAtWinners(x, params))
      return mask && send(x, where(mask, g, 0), params)
    },
  },
  {
    op: 'maxPool2dInput',
    statement: 'maxpool′(x + b)g = maxpool′(x)(g where maxpool(x + b) is a number)',
    rewrite: (node, context) => {
      const [x, g] = node.args as [Node, Node]
      const recorded = context.original
      const inner = withoutBias(x)
      const isConvolution = isOp(inner.op, 'conv2d')
      if (inner === x && !isConvolution) return undefined
      if (!isOp(recorded.op, 'maxPool2dInput') || !firstWins(node)) return undefined
      if (!isPrivate(recorded.args[0]!, context)) return undefined
      // A NaN bias leaves no number; kernels at winners count on one in every window.
      const sent = unlessNaN(pool(x, node.params as TiedPoolParams), g)
      if (sent === g && inner === x) return undefined
      return node.graph.record(node.op, [inner, sent], node.params)
    },
  },
  {
    op: 'sum',
    statement: 'Σ maxpool′(x)g over a plane = Σ g where maxpool(x) is a number',
    rewrite: (node, { original }) => {
      const scatter = node.args[0]!
      if (!isOp(scatter.op, 'maxPool2dInput')) return undefined
      const { axes, keepDims } = node.params as ReduceParams
      const rank = scatter.shape.length
      if (!axes.includes(rank - 1) || !axes.includes(rank - 2)) return undefined
      const [x, g] = scatter.args as [Node, Node]
      // Behind an activation g is made with its slope, which a NaN window has made NaN or masked.
      const isBare = isOp(original.args[0]!.op, 'maxPool2dInput')
      const params = scatter.params as TiedPoolParams
      return sum(isBare ? unlessNaN(pool(x, params), g) : g, { axes, keepDims })
    },
  },
]
