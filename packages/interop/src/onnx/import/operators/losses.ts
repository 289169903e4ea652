// Costs by class: the logarithms at the labels, weighted.
import {
  div,
  equal,
  logSoftmax,
  mul,
  type Node,
  neg,
  reshape,
  sub,
  sum,
  where,
} from '@backprove/graph'
import { type Call, isKnown, node, type Operator, optional, text } from '../context.ts'
import { counted } from './places.ts'

/** −Σ w_t log p_t over all labels t, divided by Σ w_t for a mean; a label that is ignored has w = 0. */
function atLabels(call: Call, logarithms: Node): Node {
  const { shape } = logarithms
  const rank = shape.length
  const given = node(call, 1)
  const labels = reshape(given, given.shape.toSpliced(1, 0, 1))
  const isLabel = equal(labels, counted(call, shape[1]!, 1, rank))
  const picked = (x: Node): Node => sum(where(isLabel, x, 0), { axes: [1], keepDims: false })
  const own = optional(call, 2)
  const ones = logarithms.graph.constant(1, [1, shape[1]!, ...new Array<number>(rank - 2).fill(1)])
  const perClass = own ? reshape(own, ones.shape) : ones
  const ignored = call.node.attributes.get('ignore_index')
  const all = picked(perClass)
  const weights = typeof ignored === 'number' ? mul(all, sub(1, equal(given, ignored))) : all
  const isPlain = !own && typeof ignored !== 'number' && isKnown(call.inputs[1]!)
  const costs = neg(isPlain ? picked(logarithms) : mul(picked(logarithms), weights))
  const how = text(call, 'reduction', 'mean')
  if (how === 'none') return costs
  return how === 'sum' ? sum(costs) : div(sum(costs), sum(weights))
}

export const losses: Readonly<Record<string, Operator>> = {
  NegativeLogLikelihoodLoss: (call) => atLabels(call, node(call, 0)),
  SoftmaxCrossEntropyLoss: (call) => {
    const logarithms = logSoftmax(node(call, 0), { axis: 1 })
    return [atLabels(call, logarithms), logarithms]
  },
}
