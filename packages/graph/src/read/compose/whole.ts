// Where a formula over whole arrays would not say what it means: an array spread over axes that
// nothing beside it has, and a star whose maps are summed over the other way round.
import { reshapeOp } from '../../ops/movement/reshape.ts'
import { conv2dFilterOp, conv2dInputOp, conv2dOp } from '../../ops/product/conv2d.ts'
import { broadcastToOp } from '../../ops/reduction/sum.ts'
import type { Node } from '../../record/node.ts'
import { type Shape, sizeOf } from '../../shape.ts'
import type { Labelling } from '../label/labels.ts'

/** What is written down for a node: the shape that a reader sees, and whether errors are in it. */
interface Seen {
  readonly shape: Shape
  readonly hasErrors: boolean
}

/** Looks at the nodes of a formula, arguments first; false where one is not said by its text. */
export function wholeArrays(root: Node, { label, stops }: Labelling): (node: Node) => boolean {
  const seen = new Map<Node, Seen>()
  return (node) => {
    const isStop = (node !== root && stops(node)) || node.args.length === 0
    const args = isStop ? [] : node.args.map((arg) => seen.get(arg) ?? { ...arg, hasErrors: false })
    const kind = label(node)?.kind
    const isError = node !== root && (kind === 'delta' || kind === 'partial')
    const shape = isStop ? node.shape : shapeSeen(node, args)
    seen.set(node, { shape, hasErrors: isError || args.some(({ hasErrors }) => hasErrors) })
    if (isStop) return true
    const isEntrywise = node.op.traits?.elementwise === true
    const areWhole = args.every(({ shape: own }, k) =>
      isEntrywise ? isBeside(own, node.shape) : isMover(node) || isRead(node, own, k),
    )
    return areWhole && !isTurned(node, args) && (node !== root || isSame(node.shape, shape))
  }
}

const isMover = ({ op }: Node): boolean => op === broadcastToOp || op === reshapeOp

/** Of an array that is spread or has axes of length 1 put in, what it was before. */
function shapeSeen(node: Node, args: readonly Seen[]): Shape {
  if (isMover(node)) return args[0]!.shape
  if (!node.op.traits?.elementwise) return node.shape
  const [longest] = args.toSorted((a, b) => sizeOf(b.shape) - sizeOf(a.shape))
  return longest?.shape ?? node.shape
}

/** One number, or an array of the same shape: a row beside a matrix is a convention. */
const isBeside = (own: Shape, shape: Shape): boolean => sizeOf(own) === 1 || isAs(own, shape)

/** The same but for axes of length 1. */
const isSame = (a: Shape, b: Shape): boolean => wide(a).join() === wide(b).join()
const wide = (shape: Shape): Shape => shape.filter((length) => length > 1)

/** A vector may be a column; of images an axis of length 1 would move maps and rows. */
const isRead = ({ op, args }: Node, own: Shape, k: number): boolean =>
  (slides.has(op) ? isAs : isSame)(own, args[k]!.shape)

const slides: ReadonlySet<unknown> = new Set([conv2dOp, conv2dInputOp, conv2dFilterOp])

/** The same but for axes of length 1 at the left. */
const isAs = (a: Shape, b: Shape): boolean => trimmed(a).join() === trimmed(b).join()
const trimmed = (shape: Shape): Shape => {
  const first = shape.findIndex((length) => length > 1)
  return first < 0 ? [] : shape.slice(first)
}

/** A transposed convolution: δ ∗ w is summed over the maps of w, and x ∗ w over its channels. */
const isTurned = ({ op }: Node, [first]: readonly Seen[]): boolean =>
  (op === conv2dInputOp && !first!.hasErrors) || (op === conv2dOp && first!.hasErrors)
