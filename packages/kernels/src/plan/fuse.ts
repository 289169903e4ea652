// Which elementwise nodes are computed together, in one pass over one shape. A node joins the group
// of its consumers when all of them are in one group of its own shape: its value is then never
// written to memory. What costs less to work out than to write and to read is worked out in each of
// its consumers' groups: x − μ is never an array of its own.
import { type Node, type Shape, sameShape, sizeOf } from '@backprove/graph'
import { familyOf, keyOf, type OpKey } from './families.ts'
import { uniformValue } from './uniform.ts'

/** A group is compiled as straight-line code: longer ones are cut. */
const MOST_TOGETHER = 48
/** Fewer entries stay in the nearest cache: they cost little to write and to read. */
const LARGE = 1 << 13

/** An instruction or two. */
const cheap: ReadonlySet<OpKey> = new Set<OpKey>([
  ...(['add', 'sub', 'mul', 'div', 'neg', 'square', 'abs', 'relu', 'leakyRelu'] as const),
  ...(['greater', 'less', 'equal', 'maximum', 'minimum', 'where'] as const),
])

/** The shape that a fusible node passes over, or undefined for other nodes. */
export function passOver(node: Node): Shape | undefined {
  const family = familyOf(node.op)
  if (family === 'elementwise') return node.shape
  return family === 'reduction' ? node.args[0]!.shape : undefined
}

/**
 * Fusible node → the last nodes of the groups that work it out, which alone are written to memory.
 */
export type Groups = ReadonlyMap<Node, readonly Node[]>

export function fuse(order: readonly Node[], roots: readonly Node[]): Groups {
  const groups = new Map<Node, readonly Node[]>()
  const size = new Map<Node, number>()
  const consumers = new Map<Node, Node[]>()
  for (const node of order) {
    for (const arg of new Set(node.args)) {
      const known = consumers.get(arg)
      if (known) known.push(node)
      else consumers.set(arg, [node])
    }
  }
  const kept = new Set(roots)
  for (let k = order.length - 1; k >= 0; k--) {
    const node = order[k]!
    if (!passOver(node)) continue
    const wanted = kept.has(node) ? [] : groupsOf(node, consumers.get(node) ?? [], groups)
    const hasRoom = wanted.every((root) => size.get(root)! < MOST_TOGETHER)
    const joined = wanted.length > 0 && hasRoom ? wanted : [node]
    groups.set(node, joined)
    for (const root of joined) size.set(root, (size.get(root) ?? 0) + 1)
  }
  return groups
}

/** The groups that a node joins; none where its value is needed in memory. */
function groupsOf(node: Node, consumers: readonly Node[], groups: Groups): readonly Node[] {
  if (familyOf(node.op) !== 'elementwise') return []
  const found = new Set<Node>()
  for (const consumer of consumers) {
    const roots = groups.get(consumer)
    if (!roots || !sameShape(passOver(consumer)!, node.shape)) return []
    for (const root of roots) found.add(root)
  }
  return found.size < 2 || costsLess(node) ? [...found] : []
}

/** Whether each reader may as well read what it is made of: one array, and what is repeated. */
function costsLess({ op, args, shape }: Node): boolean {
  const arrays = args.filter((arg) => uniformValue(arg) === undefined && isAsLarge(arg, shape))
  return cheap.has(keyOf(op)) && arrays.length < 2 && sizeOf(shape) >= LARGE
}

/** Whether an operand has about as many entries of its own. */
function isAsLarge(arg: Node, shape: Shape): boolean {
  let source = arg
  while (familyOf(source.op) === 'view') source = source.args[0]!
  return 4 * sizeOf(source.shape) > sizeOf(shape)
}
