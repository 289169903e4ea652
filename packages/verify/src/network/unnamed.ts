// Names for what enters activations where the network gives none: h_1 = σ(W_1 x + b_1) has a z_1.
import { type Node, ops, topologicalOrder } from '@backprove/graph'
import { copyGraph } from './copy.ts'
import { describe, type Network } from './network.ts'
import { activatedBy } from './roles.ts'

/** 2 of x_2, h^{(2)} and W2. */
const numberOf = (node: Node): string | undefined =>
  node.graph
    .namesOf(node)
    .map(({ bare }) => /^\p{L}\p{M}*[_^]?[{[(]*(\d+)[\])}]*$/u.exec(bare)?.[1])
    .find((number) => number !== undefined)

/** The parameters of an array, down to what has a name. */
const parametersOf = (node: Node): Node[] =>
  node.args.flatMap((each) => {
    if (each.op === ops.parameter) return [each]
    return each.name === undefined ? parametersOf(each) : []
  })

/** The layer of an activation: its own number, or that of all its parameters. */
const layerOf = (activation: Node, argument: Node): string | undefined => {
  const numbers = new Set(parametersOf(argument).map(numberOf))
  const [number] = numbers
  return numberOf(activation) ?? (numbers.size === 1 ? number : undefined)
}

/** The network with z_1, z_2, …; undefined where it has a name for one, or layers no numbers. */
export const withPreActivations = ({ cost, scope }: Network): Network | undefined => {
  if (scope.names.some(({ base, activated }) => activated || /^[zδ]/i.test(base))) return undefined
  const predicts = ({ name }: Node) =>
    scope.names.some((each) => each.name === name && each.predicts && !each.activates)
  const copy = copyGraph(cost)
  const layers = topologicalOrder([copy]).flatMap((node) => {
    const argument = node.name === undefined ? undefined : activatedBy(node)
    // The last layer has no activation, as often as not.
    const entered = argument ?? (predicts(node) ? node : undefined)
    return entered ? [{ entered, layer: layerOf(node, entered) }] : []
  })
  const numbers = new Set(layers.map(({ layer }) => layer))
  if (layers.length === 0 || numbers.size < layers.length || numbers.has(undefined))
    return undefined
  for (const { entered, layer } of layers) entered.as(`z_${layer}`)
  return describe(copy, scope.sizes)
}
