// The mistakes of `mutations.ts` in every true formula of the notes, and what is said of each: the
// rows of the table of `test/mistakes/main.ts`, a sample of which is a test.
import type { Node } from '@backprove/graph'
import { createBudget, type Work } from '../arithmetic/budget.ts'
import { numericTest, tiedEverywhere } from '../concrete/sample/tests.ts'
import { systems } from '../corpus.fixture.ts'
import { printClaim } from '../language/print/print.ts'
import { parseClaim } from '../language/read/claim.ts'
import { resolve } from '../language/resolve/resolve.ts'
import { type Claim, ClaimError } from '../language/syntax.ts'
import { type Network, networkOf } from '../network/network.ts'
import { sizesOf } from '../network/sizes.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { verifyParsed } from '../verify.ts'
import { contextOf, diagnoseRefuted } from './diagnose-refuted.ts'
import { mutations } from './mutations.ts'
import type { RepairName } from './table.ts'

export interface Mistake {
  readonly system: string
  readonly cost: () => Node
  readonly truth: string
  readonly name: RepairName
  /** The formula with the mistake in it. */
  readonly wrong: string
  readonly claim: Claim
  readonly assume: readonly string[]
}

/** One formula of the notes, with every mistake at every place where it can be made. */
const mistakesIn = (
  system: string,
  cost: () => Node,
  truth: string,
  assume: readonly string[],
): Mistake[] => {
  const claim = parseClaim(truth)
  const common = { system, cost, truth }
  const made = mutations(claim, contextOf(networkOf(cost()))).map(({ name, claim, formula }) => ({
    ...common,
    name,
    claim,
    wrong: formula,
    assume,
  }))
  const unsaid = { ...common, name: 'missing assumption', claim, wrong: printClaim(claim) } as const
  return assume.length > 0 ? [...made, { ...unsaid, assume: [] }] : made
}

/** Of every system the first formulas, or all. */
export const mistakes = (): Mistake[] =>
  systems.flatMap(({ name, cost, provedForAllSizes }) =>
    provedForAllSizes.flatMap(([truth, assume = []]) => mistakesIn(name, cost, truth, assume)),
  )

/** What was said of a mistake; plain data. */
export interface Outcome {
  readonly system: string
  readonly truth: string
  readonly name: string
  readonly wrong: string
  /** meaningless: the mistake made no formula about this network, which has no such name. */
  readonly kind: Verdict['kind'] | 'meaningless'
  /** Of what was not refuted: both sides agree at every shape that was tried, by brute force. */
  readonly equal: boolean
  /** The first diagnosis. */
  readonly first?: string
  readonly repaired?: string
  readonly message?: string
  readonly isNamed: boolean
  /** The first diagnosis gives back the right formula, whatever its name. */
  readonly isUndone: boolean
  readonly milliseconds: number
}

/** How a formula is spelt, brackets and order of writing aside. */
const spelt = (formula: string): string => formula.replace(/[()·,{} ]/g, '')

const shapesTried = 12

/** Small lengths, other ones in every round; the first round is as recorded. */
const shapeOf = (network: Network, round: number): Network | undefined => {
  if (round === 0) return network
  const sizes = sizesOf(network, 'ones stay')
  return sizes.at(sizes.free.map((_, k) => 1 + ((round * (k + 2) + round * round) % 5)))
}

/** Do both sides agree at small shapes? Undefined where the claim says nothing as recorded. */
const agreesEverywhere = ({ claim, cost, assume }: Mistake): boolean | undefined => {
  const recorded = networkOf(cost())
  let met = false
  for (let round = 0; round < shapesTried; round++) {
    const network = shapeOf(recorded, round)
    if (!network) continue
    const read = (each: Claim) => resolve(each, network.scope)[0]!.instances
    const assumptions = assume.flatMap((text) => read(parseClaim(text)).map((each) => each.claim))
    for (const { claim: instance } of read(claim)) {
      const budget = createBudget({ milliseconds: Number.POSITIVE_INFINITY })
      const result = numericTest(instance, network, budget, { assumptions, seed: round + 1 })
      if (result.kind === 'differs' || result.kind === 'shapes') return false
      if (result.kind === 'agrees') met = true
      else if (round === 0 && result.why !== tiedEverywhere) return undefined
    }
  }
  return met
}

const judged = (mistake: Mistake, kind: Verdict['kind']): Pick<Outcome, 'kind' | 'equal'> => {
  try {
    const agrees = agreesEverywhere(mistake)
    return { kind: agrees === undefined ? 'meaningless' : kind, equal: agrees === true }
  } catch (error) {
    if (error instanceof ClaimError) return { kind: 'meaningless', equal: false }
    throw error
  }
}

export const outcomeOf = (mistake: Mistake, work: Work): Outcome => {
  const { system, truth, name, wrong, cost, claim, assume } = mistake
  const start = performance.now()
  const verdict = verifyParsed(cost(), claim, { assume, work, diagnose: diagnoseRefuted })
  const milliseconds = Math.round(performance.now() - start)
  const [repair] = verdict.kind === 'refuted' ? verdict.diagnoses : []
  const isRefuted = verdict.kind === 'refuted'
  return {
    ...{ system, truth, name, wrong, milliseconds },
    ...(isRefuted ? { kind: 'refuted', equal: false } : judged(mistake, verdict.kind)),
    ...(repair && { first: repair.name, repaired: repair.formula, message: repair.message }),
    isNamed: repair?.name === name,
    isUndone:
      repair !== undefined && spelt(repair.formula) === spelt(printClaim(parseClaim(truth))),
  }
}
