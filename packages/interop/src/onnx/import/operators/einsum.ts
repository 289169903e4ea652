// Sums of products by letters.
import { einsum, type Node } from '@backprove/graph'
import { type Call, node, spend, text } from '../context.ts'

export function summed(call: Call): Node {
  const equation = text(call, 'equation', '')
  const operands = call.inputs.map((_, k) => node(call, k))
  const terms = equation.split('->')[0]!.split(',')
  // A diagonal is found by numbers along both of its axes.
  for (const [k, { shape }] of operands.entries()) {
    const term = (terms[k] ?? '').replaceAll(/\s/g, '')
    if (new Set(term).size < term.length) spend(call, Math.max(0, ...shape))
  }
  return einsum(equation, ...operands)
}
