// The chain rule as a list of steps from the cost down to one array, each a formula that is
// verified.
import {
  chainStep,
  consumersOf,
  formula,
  latex,
  type Node,
  ops,
  slopedArgs,
  topologicalOrder,
  type Written,
} from '@backprove/graph'
import type { Verdict } from '../verdict/verdict.ts'
import { verify } from '../verify.ts'
import { stepNetwork } from './local.ts'

/** A step of a derivation: what is derived, what it comes to, and whether that was proved. */
export interface DerivationStep {
  /** What the chain rule passes: `through z^O = w^O vec(a^P) + b^O`; `paths join: …` where several. */
  readonly rule: string
  /** The derivative that the step is about: `∂C/∂w^{On}_{k-ij}`. */
  readonly before: string
  /** What it is, in derivatives of earlier steps. */
  readonly after: string
  /** Both, as LaTeX. */
  readonly latex: string
  /** Of `before = after`, whatever the derivatives of earlier steps are. */
  readonly verdict: Verdict
  /** What parts are that `after` has by number, too long to be read in place: v^{(12)}_n = …. */
  readonly definitions: readonly Written[]
  /** What `after` is where targets sum to 1: `a_n - t_n if Σ_{n′} t_{n′} = 1`, proved as well. */
  readonly underTargets?: Written
  /** The sides of `before = after`. */
  readonly equation: { readonly left: Written; readonly right: Written }
  /** The name of the array differentiated by. */
  readonly by: string
  /** The arrays computed from it that the step passes, and what each is. */
  readonly passes: readonly (Written & { readonly name: string })[]
  /** `Σ_n ∂C/∂z^O_n ∂z^O_n/∂a^{Pk}_{ij}`, where a named array lies before the cost. */
  readonly chain?: Written
}

/** Milliseconds for each step. */
const mostForStep = 2000

const isGood = ({ kind }: Verdict) => kind === 'proved' || kind === 'agrees'

/** Named nodes between the cost and the arrays, the nearest to the cost first. */
const stations = (cost: Node, wrt: readonly Node[]): Node[] => {
  const order = topologicalOrder([cost])
  const dependent = new Set<Node>(wrt)
  for (const node of order)
    if (slopedArgs(node).some((arg) => dependent.has(arg))) dependent.add(node)
  const between = order.filter(
    (node) =>
      wrt.includes(node) || (node !== cost && node.name !== undefined && dependent.has(node)),
  )
  return [...between.reverse(), ...wrt.filter((node) => !order.includes(node))]
}

/** `z^O = w^O vec(a^P) + b^O`, the first name and what it is. */
const forward = (node: Node): Written => {
  const [text, tex] = [formula(node), latex(node)].map((each) => each.split('\n')[0]!)
  return { text: text!, latex: tex! }
}

const ruleOf = (passes: readonly Written[], isInCost: boolean): string => {
  const all = passes.map(({ text }) => text).join(' and ')
  if (passes.length === 0) return isInCost ? 'no gradient passes' : 'not in the cost'
  return passes.length === 1 ? `through ${all}` : `${passes.length} paths join: ${all}`
}

/**
 * The formula in indices, and over whole arrays where its indices are beyond the claim language.
 */
const forms = ['index', 'layer'] as const

const stepTo = (node: Node, cost: Node): DerivationStep => {
  const consumers = consumersOf(cost, node)
  const passes = consumers.map((each) => ({ name: each.name ?? '', ...forward(each) }))
  const local = stepNetwork(cost, node)
  const judged = (form: (typeof forms)[number]) => {
    const { left, right, chain, definitions } = chainStep(cost, node, consumers, form)
    const claim = [`${left.text} = ${right.text}`, ...definitions.map(({ text }) => text)]
    return {
      chain,
      definitions,
      equation: { left, right },
      latex: `${left.latex} = ${right.latex}`,
      verdict: verify(local, claim.join('\n  where '), { deadline: mostForStep }),
    }
  }
  const first = judged('index')
  const other = isGood(first.verdict) ? first : judged('layer')
  const chosen = isGood(other.verdict) ? other : first
  return {
    rule: ruleOf(passes, topologicalOrder([cost]).includes(node)),
    before: chosen.equation.left.text,
    after: chosen.equation.right.text,
    latex: chosen.latex,
    verdict: chosen.verdict,
    definitions: chosen.definitions,
    equation: chosen.equation,
    by: node.name ?? '',
    passes,
    ...(chosen.chain && { chain: chosen.chain }),
    ...underTargets(chosen.equation, local),
  }
}

/** y − t of (Σ t) y − t, where the targets t sum to 1; nothing where that is not proved. */
const underTargets = ({ left, right }: DerivationStep['equation'], local: Node) => {
  const [, total, letter, error, target] =
    /^\((Σ\S* (\p{L})\S*)\) (\S+ - (\p{L})\S*)$/u.exec(right.text) ?? []
  const [, sum, difference] = /^\\left\((\\sum.*?)\\right\) (?:\\, )?(.*)$/.exec(right.latex) ?? []
  if (total === undefined || sum === undefined || letter !== target) return {}
  const text = `${error} if ${total} = 1`
  const { kind } = verify(local, `${left.text} = ${text}`, { deadline: mostForStep })
  if (kind !== 'proved') return {}
  return { underTargets: { text, latex: `${difference} \\quad \\text{if } ${sum} = 1` } }
}

/** Parameters that stand beside a parameter in the layer: the bias beside the weights. */
const siblings = (cost: Node, wrt: Node): Node[] => {
  if (wrt.op !== ops.parameter) return []
  const consumers = consumersOf(cost, wrt)
  const beside = consumers.flatMap(({ args }) => args)
  return [...new Set(beside)].filter(
    (each) => each !== wrt && each.op === ops.parameter && each.shape.length < wrt.shape.length,
  )
}

/** The parameters that a cost is computed from, in the order of the layers. */
export const parametersOf = (cost: Node): Node[] =>
  topologicalOrder([cost]).filter(({ op, name }) => op === ops.parameter && name !== undefined)

/**
 * The derivation of ∂cost/∂wrt, backwards through every named array that the cost reaches it by;
 * of weights, the bias beside them comes last. Without an array it is by every parameter. Each step
 * is verified by itself.
 */
export const derivation = (cost: Node, wrt?: Node): DerivationStep[] => {
  const nodes =
    wrt === undefined
      ? stations(cost, parametersOf(cost))
      : [...stations(cost, [wrt]), ...siblings(cost, wrt)]
  return nodes.map((node) => stepTo(node, cost))
}
