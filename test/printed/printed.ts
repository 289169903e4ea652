// Every formula that is printed of a network, as the claims that they are.
import {
  chainStep,
  consumersOf,
  type Form,
  formula,
  grad,
  latex,
  type Node,
  ops,
  topologicalOrder,
} from '@backprove/graph'

/** A formula as it was printed. */
export interface Printed {
  readonly what: string
  readonly claim: string
}

const forms: readonly Form[] = ['layer', 'index', 'element']

/** None by what the cost is not computed from, as a softmax beside its cross entropy. */
const derivativesOf = (cost: Node, node: Node): Node[] =>
  node !== cost && node.op !== ops.constant && topologicalOrder([cost]).includes(node)
    ? [grad(cost, node)]
    : []

/** The formulas of every named array and of the derivative by it, in every form and spelling. */
export function* printedOf(cost: Node): Generator<Printed> {
  const named = topologicalOrder([cost]).filter((node) => node.name !== undefined)
  for (const node of named) {
    const derivatives = derivativesOf(cost, node)
    const values = node.op.traits?.leaf ? [] : [node]
    for (const [k, each] of [...values, ...derivatives].entries())
      for (const form of forms)
        for (const [spelling, print] of Object.entries({ formula, latex })) {
          const isValue = k < values.length
          const what = `${isValue ? node.name : `∂/∂${node.name}`} ${form} ${spelling}`
          yield { what, claim: print(each, { form }) }
        }
  }
}

const WHERE = { text: '\n  where ', latex: '\\text{ where } ' } as const

/** The chain rule of every step, and what it comes to. */
export function* derivedOf(cost: Node): Generator<Printed> {
  for (const node of topologicalOrder([cost])) {
    if (node === cost || node.name === undefined || node.op === ops.constant) continue
    const { left, right, chain, definitions } = chainStep(cost, node, consumersOf(cost, node))
    for (const spelling of ['text', 'latex'] as const) {
      const what = `step ${node.name} ${spelling}`
      const step = `${left[spelling]} = ${right[spelling]}`
      const defined = definitions.map((each) => each[spelling])
      yield { what, claim: [step, ...defined].join(WHERE[spelling]) }
      if (chain) yield { what: `${what} chain`, claim: `${left[spelling]} = ${chain[spelling]}` }
    }
  }
}
