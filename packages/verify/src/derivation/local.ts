// The network in which one step of a derivation is proved: the arrays that are computed from one
// array, each with a free array for the derivative by it. So the proof is of the step alone, and
// holds in every network that has it.
import { add, consumersOf, localCopy, mul, type Node, sum } from '@backprove/graph'

/**
 * The cost Σ_f ⟨f, g_f⟩ over the consumers f, for which ∂C/∂f is g_f: any array. They may lie
 * further on, with what is computed inside of the step.
 */
export const stepNetwork = (
  cost: Node,
  node: Node,
  consumers: readonly Node[] = consumersOf(cost, node),
  inside: readonly Node[] = [],
): Node => {
  const made = [...inside, ...consumers].filter((each) => each !== cost && each !== node)
  const { graph, outputs } = localCopy(node, consumers, new Set(made))
  const letter = [...'gqrsuvpabcdefhklmno'].find((each) => isFree(each, cost)) ?? 'g'
  const terms = outputs.map((output, k) => {
    if (consumers[k] === cost) return output
    return sum(mul(output, graph.input(`${letter}^{${k + 1}}`, output.shape)))
  })
  const [first, ...others] = terms
  if (!first) return cost
  const total = others.reduce((all, each) => add(all, each), first)
  return total.as(cost.graph.namesOf(cost)[0]?.text ?? 'C')
}

const isFree = (letter: string, cost: Node): boolean =>
  [...cost.graph.named.keys()].every((name) => !name.startsWith(letter))
