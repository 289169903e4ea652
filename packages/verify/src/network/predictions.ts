// What a network says its targets are: the y that squaredError(y, t), (y − t)² and t log y compare
// with an input t. Authors call it ŷ, or h_θ(x), whatever the graph calls it.
import { type Node, ops, topologicalOrder } from '@backprove/graph'

const isTarget = ({ op }: Node): boolean => op === ops.input

/** The two that are compared, where one of them is an input and the other is computed. */
const pairOf = (a: Node | undefined, b: Node | undefined): [Node, Node][] => {
  if (!a || !b || isTarget(a) === isTarget(b)) return []
  const [prediction, target] = isTarget(a) ? [b, a] : [a, b]
  // (x − μ)² of a variance: x is what μ is computed from.
  const isMade = prediction.op.traits?.leaf || topologicalOrder([prediction]).includes(target)
  return isMade ? [] : [[prediction, target]]
}

/** Of logits, softmax(z); of anything else the node itself. */
const ofLogits = (logits: Node, all: readonly Node[]): Node =>
  all.find(({ op, args }) => op === ops.softmax && args[0] === logits) ?? logits

const compared = ({ op, args }: Node, all: readonly Node[]): [Node, Node][] => {
  const [a, b] = args
  if (op === ops.squaredError) return pairOf(a, b)
  if (op === ops.square && a?.op === ops.sub) return pairOf(a.args[0], a.args[1])
  if (op === ops.crossEntropy && a && b) return [[ofLogits(a, all), b]]
  if (op !== ops.mul) return []
  const isLog = (node: Node | undefined) => node?.op === ops.log
  if (isLog(a)) return pairOf(a!.args[0], b)
  return isLog(b) ? pairOf(b!.args[0], a) : []
}

/** Only named ones, with the names of the targets that they stand against. */
export const predictionsOf = (all: readonly Node[]): Map<Node, string[]> => {
  const found = new Map<Node, string[]>()
  for (const [prediction, target] of all.flatMap((node) => compared(node, all))) {
    if (prediction.name === undefined || target.name === undefined) continue
    const names = found.get(prediction) ?? []
    if (!names.includes(target.name)) names.push(target.name)
    found.set(prediction, names)
  }
  return found
}
