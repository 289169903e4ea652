// Rewrites a graph by laws, from the leaves up, and works out what depends on constants alone. The
// laws themselves are in laws.ts. What they make is recorded in a graph of its own: the user's is
// left as it was.
import { describeNode, evaluate, Graph, isOp, type Node, sizeOf } from '@backprove/graph'
import { familyOf, keyOf, type OpKey } from '../families.ts'
import type { Family } from '../family-table.ts'
import type { AppliedLaw } from '../plan.ts'
import { uniformValue } from '../uniform.ts'
import type { Law, LawContext } from './law.ts'

export interface Lowered {
  /** What each root has become. */
  readonly roots: readonly Node[]
  /** What a node of the order has become. */
  readonly become: (original: Node) => Node
  /** All nodes that the new roots need, arguments first, in an order close to the recorded one. */
  readonly order: readonly Node[]
  readonly applied: readonly AppliedLaw[]
  /** How people call the original of a node that laws have recorded. */
  readonly labels: ReadonlyMap<Node, string>
}

/** A node that laws keep rewriting is left alone after so many times. */
const MOST_REWRITES = 16
/** Larger arrays are computed in the program, where they cost no compile time. */
const MOST_FOLDED = 1024

export function lower(
  order: readonly Node[],
  roots: readonly Node[],
  laws: readonly Law[],
  format: Pick<LawContext, 'dtype' | 'precision'>,
): Lowered {
  const graph = emptyLike(order[0]?.graph)
  const byOp = lawsByOp(laws)
  const replaced = new Map<Node, Node>()
  const normal = new Map<Node, Node>()
  const applied: AppliedLaw[] = []
  const labels = new Map<Node, string>()
  const done = new Set<Node>()
  const ranked: Node[] = []
  const present = (node: Node): boolean => done.has(normal.get(node) ?? node)
  const usedOnlyBy = usesOf(order, roots)

  /** Ranks a node that laws have recorded, after the nodes that it is made from. */
  const settle = (start: Node): void => {
    const waiting = [start]
    for (let node = waiting.at(-1); node; node = waiting.at(-1)) {
      const missing = done.has(node) ? [] : node.args.filter((arg) => !done.has(arg))
      if (missing.length > 0) {
        waiting.push(...missing)
        continue
      }
      waiting.pop()
      if (!done.has(node)) ranked.push(node)
      done.add(node)
    }
  }

  /** A node and whatever new nodes it is made from, rewritten until no law applies. */
  const normalise = (made: Node, original: Node): Node => {
    const known = normal.get(made)
    if (known) return known
    const withNormalArgs = (node: Node): Node => {
      const args = node.args.map((arg) => (done.has(arg) ? arg : normalise(arg, original)))
      const changed = args.some((arg, k) => arg !== node.args[k])
      return changed ? graph.record(node.op, args, node.params) : node
    }
    let node = withNormalArgs(made)
    for (let turn = 0; turn < MOST_REWRITES; turn++) {
      const next = rewriteOnce(node, byOp, { present, original, usedOnlyBy, ...format })
      if (!next) break
      applied.push({ law: next.law, node: describeNode(original) })
      node = withNormalArgs(next.node)
    }
    settle(node)
    if (!labels.has(node)) labels.set(node, describeNode(original))
    normal.set(made, node)
    return node
  }

  for (const original of order) {
    graph.recordingFor(original, () => {
      const become = (node: Node): Node => replaced.get(node)!
      const copy = graph.record(original.op, original.args.map(become), original.params)
      replaced.set(original, normalise(copy, original))
    })
  }
  const newRoots = roots.map((root) => replaced.get(root)!)
  const reached = reachable(newRoots)
  const kept = ranked.filter((node) => reached.has(node))
  const become = (original: Node): Node => replaced.get(original)!
  return { roots: newRoots, become, order: kept, applied, labels }
}

function rewriteOnce(
  node: Node,
  byOp: ReadonlyMap<OpKey, readonly Law[]>,
  context: LawContext,
): { law: string; node: Node } | undefined {
  const folded = foldConstant(node)
  if (folded) return { law: 'constants are worked out beforehand', node: folded }
  for (const law of byOp.get(keyOf(node.op)) ?? []) {
    const rewritten = law.rewrite(node, context)
    if (rewritten && rewritten !== node) return { law: law.statement, node: rewritten }
  }
  return undefined
}

function lawsByOp(laws: readonly Law[]): ReadonlyMap<OpKey, readonly Law[]> {
  const byOp = new Map<OpKey, Law[]>()
  for (const law of laws) byOp.set(law.op, [...(byOp.get(law.op) ?? []), law])
  return byOp
}

const emptyLike = (graph: Graph | undefined): Graph =>
  graph ? new Graph({ ties: graph.ties, reluAtZero: graph.reluAtZero }) : new Graph()

/** Whether every use of a node is of that kind; being asked for is a use of another kind. */
function usesOf(order: readonly Node[], roots: readonly Node[]): LawContext['usedOnlyBy'] {
  const uses = new Map<Node, Node[]>()
  for (const node of order) {
    for (const arg of node.args) {
      const known = uses.get(arg)
      if (known) known.push(node)
      else uses.set(arg, [node])
    }
  }
  const asked = new Set(roots)
  return (original, kind) => !asked.has(original) && (uses.get(original) ?? []).every(kind)
}

/** The interpreter takes its time over anything whose work is more than its entries. */
const foldable: ReadonlySet<Family> = new Set(['elementwise', 'reduction'])

function foldConstant(node: Node): Node | undefined {
  const { args, shape, graph } = node
  if (!foldable.has(familyOf(node.op))) return undefined
  const small = [node, ...args].every((each) => sizeOf(each.shape) <= MOST_FOLDED)
  const fixed = args.every((arg) => isOp(arg.op, 'constant') || uniformValue(arg) !== undefined)
  return small && fixed ? graph.constant(evaluate(node), shape) : undefined
}

function reachable(roots: readonly Node[]): Set<Node> {
  const reached = new Set<Node>()
  const waiting = [...roots]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (reached.has(node)) continue
    reached.add(node)
    waiting.push(...node.args)
  }
  return reached
}
