// The chain rule as a list of steps from the cost down to one array, each a formula that is
// verified.
import { formula, grad, latex, type Node, topologicalOrder } from '@backprove/graph'
import type { Verdict } from '../verdict/verdict.ts'
import { verify } from '../verify.ts'
import { bookForm } from './book-form.ts'

export interface DerivationStep {
  /** Which operation the chain rule passes: `through z^O = dense(a^P, w^O, b^O)`. */
  readonly rule: string
  /** The derivative that the step is about: `∂C/∂w^{On}_{k-ij}`. */
  readonly before: string
  /** What it is, in derivatives of earlier steps. */
  readonly after: string
  /** Both, as LaTeX. */
  readonly latex: string
  /** Of `before = after`. */
  readonly verdict: Verdict
}

/** Milliseconds for each step. */
const mostForStep = 2000

const isGood = ({ kind }: Verdict) => kind === 'proved' || kind === 'agrees'

/** Named nodes between the cost and the array, the nearest to the cost first. */
const stations = (cost: Node, wrt: Node): Node[] => {
  const order = topologicalOrder([cost])
  const dependent = new Set<Node>([wrt])
  for (const node of order) if (node.args.some((arg) => dependent.has(arg))) dependent.add(node)
  const between = order.filter(
    (node) => node === wrt || (node !== cost && node.name !== undefined && dependent.has(node)),
  )
  return order.includes(wrt) ? between.reverse() : [wrt]
}

/** `z^O = dense(a^P, w^O, b^O)` for every operation that reads the array. */
const consumersOf = (node: Node, cost: Node): string[] =>
  topologicalOrder([cost])
    .filter((each) => each.args.includes(node))
    .map((each) => {
      const operands = each.args.map((arg) => arg.name ?? arg.op.name).join(', ')
      const call = `${each.op.name}(${operands})`
      return each.name === undefined ? call : `${each.name} = ${call}`
    })

/**
 * The formula in indices, and over whole arrays where its indices are beyond the claim language.
 */
const forms = ['index', 'layer'] as const

const stepTo = (node: Node, cost: Node): DerivationStep => {
  const derivative = grad(cost, node)
  const inIndices = formula(derivative, { form: 'index' })
  const texts = [bookForm(inIndices) ?? inIndices, formula(derivative, { form: 'layer' })]
  const judged = (at: 0 | 1) => ({
    form: forms[at],
    text: texts[at]!,
    verdict: verify(cost, texts[at]!, { deadline: mostForStep }),
  })
  const first = judged(0)
  const other = isGood(first.verdict) ? first : judged(1)
  const chosen = isGood(other.verdict) ? other : first
  const equals = chosen.text.indexOf(' = ')
  const consumers = consumersOf(node, cost)
  return {
    rule: consumers.length > 0 ? `through ${consumers.join(' and ')}` : 'not in the cost',
    before: chosen.text.slice(0, equals),
    after: chosen.text.slice(equals + 3),
    latex: latex(derivative, { form: chosen.form }),
    verdict: chosen.verdict,
  }
}

/**
 * The derivation of ∂cost/∂wrt, backwards through every named array that the cost reaches it by.
 * The last step is about `wrt` itself; each is verified by itself.
 */
export const derivation = (cost: Node, wrt: Node): DerivationStep[] =>
  stations(cost, wrt).map((node) => stepTo(node, cost))
