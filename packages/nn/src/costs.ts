// The costs that a network knows by name, and what it makes of them over a batch.
import {
  binaryCrossEntropy,
  crossEntropy,
  hinge,
  huber,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanSquaredError,
  mul,
  Node,
  nearNames,
  show,
  squaredError,
} from '@backprove/graph'
import { NetworkError } from './layers/errors.ts'
import type { Cost, NetworkSpec } from './model.ts'

const MEANS = { binaryCrossEntropy, hinge, huber, logCosh, meanAbsoluteError, meanSquaredError }

/** By name: thus a cost is saved. */
export const COSTS: Readonly<Record<string, Cost>> = {
  ...{ crossEntropy, klDivergence, squaredError },
  ...MEANS,
}

/** What others call them, letters alone. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  ...{ mse: 'meanSquaredError', mae: 'meanAbsoluteError', l1: 'meanAbsoluteError' },
  ...{ bce: 'binaryCrossEntropy', bcewithlogits: 'binaryCrossEntropy' },
  ...{ ce: 'crossEntropy', nll: 'crossEntropy', kl: 'klDivergence', kldiv: 'klDivergence' },
  ...{ smoothl1: 'huber', quadratic: 'squaredError', squared: 'squaredError', svm: 'hinge' },
}

/** The cost that a text may mean. */
export function costNamed(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined
  const plain = text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  const named = (wanted: string) => Object.keys(COSTS).find((name) => name.toLowerCase() === wanted)
  const short = plain.replace(/loss$/, '')
  // Categorical, sparse, of a softmax.
  const own = named(plain) ?? named(short.replace(/^\w+(?=crossentropy$)/, ''))
  return own ?? (Object.hasOwn(ELSEWHERE, short) ? ELSEWHERE[short] : costNear(text))
}

const costNear = (text: string): string | undefined => {
  const [near] = nearNames(text, Object.keys(COSTS))
  return near
}

/** How a cost is called: by its name here, or that of a user's own function. */
export const nameOfCost = (cost: Cost): string | undefined =>
  Object.keys(COSTS).find((name) => COSTS[name] === cost) ?? (cost.name || undefined)

/** Without options. */
const PLAIN = new Set<Cost>([squaredError, klDivergence])
const means = new Set<Cost>(Object.values(MEANS))

type CostWithOptions = (y: Node, t: Node, options: object) => Node

/** @throws NetworkError where options are given to a cost that takes none */
export function checkCostOptions({ cost, costOptions }: NetworkSpec): void {
  if (costOptions === undefined) return
  const name = Object.keys(COSTS).find((each) => COSTS[each] === cost)
  if (name === undefined || PLAIN.has(cost)) {
    const who = name ?? 'a cost of your own'
    throw new NetworkError(`network: ${who} takes no costOptions; write (y, t) => … around it`)
  }
  if (Object.hasOwn(costOptions, 'reduction')) {
    const what = 'a sample costs the mean over its outputs, a batch the sum over its samples'
    throw new NetworkError(`network: costOptions has no reduction: ${what}`)
  }
}

/**
 * The cost of a batch is the sum of what its samples cost. A mean over all entries becomes that,
 * the mean over each sample's own entries, by the number of samples.
 */
export function costOverBatch(
  { cost, costOptions }: Pick<NetworkSpec, 'cost' | 'costOptions'>,
  y: Node,
  t: Node,
  batch: number | null,
): Node {
  const recorded = costOptions ? (cost as CostWithOptions)(y, t, costOptions) : cost(y, t)
  if (!((recorded as unknown) instanceof Node)) {
    throw new NetworkError(`network: the cost makes ${show(recorded)} of y and t, and no node`)
  }
  return batch !== null && means.has(cost) ? mul(batch, recorded) : recorded
}

/** The activation whose input a cost takes, where the two are better recorded as one. */
const FROM_LOGITS = new Map<Cost, string>([
  [crossEntropy, 'softmax'],
  [klDivergence, 'softmax'],
  [binaryCrossEntropy, 'sigmoid'],
])

/** Whether the cost takes what a last layer of that kind is given, and not what it makes. */
export const takesLogits = (cost: Cost, kind: string): boolean => FROM_LOGITS.get(cost) === kind
