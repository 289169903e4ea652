// One random pair of a network and a claim: what `verify` says of it, and whether brute force at
// the recorded and at other small shapes says so too.
import type { Node } from '@backprove/graph'
import { createBudget } from '../../packages/verify/src/arithmetic/budget.ts'
import { identityTest, numericTest } from '../../packages/verify/src/concrete/sample/tests.ts'
import {
  type Random,
  seededRandom,
} from '../../packages/verify/src/index-terms/fixtures/random.fixture.ts'
import { printClaim } from '../../packages/verify/src/language/print/print.ts'
import { parseClaim } from '../../packages/verify/src/language/read/claim.ts'
import { resolve } from '../../packages/verify/src/language/resolve/resolve.ts'
import { ClaimError } from '../../packages/verify/src/language/syntax.ts'
import { type Network, networkOf } from '../../packages/verify/src/network/network.ts'
import { sizesOf } from '../../packages/verify/src/network/sizes.ts'
import { contextOf } from '../../packages/verify/src/repair/diagnose-refuted.ts'
import { mutations } from '../../packages/verify/src/repair/mutations.ts'
import type { Verdict } from '../../packages/verify/src/verdict/verdict.ts'
import { verify } from '../../packages/verify/src/verify.ts'
import { type Formula, formulaText } from './formulas.ts'
import { randomSample } from './networks.ts'
import { damages, rewritten } from './rewritings.ts'

export interface Case {
  readonly seed: number
  readonly cost: Node
  readonly claim: string
  /** Which formula it was, and what was done to it. */
  readonly origin: string
  readonly isTrue: boolean
}

/** Half of the claims are true in an unfamiliar form, half are damaged in one place. */
export const caseOf = (seed: number): Case => {
  const random = seededRandom(seed)
  const { cost, truths, error } = randomSample(random)
  const { name, formula } = random.pick(truths)
  const form = rewritten(random, formula, error, random.below(4))
  if (random.chance(0.5)) {
    const claim = formulaText(random.chance(0.1) ? turned(form) : form)
    return { seed, cost, claim, origin: name, isTrue: true }
  }
  const [damage, claim] = random.chance(0.3)
    ? mistaken(random, cost, formulaText(form))
    : damaged(random, form)
  return { seed, cost, claim, origin: `${name}: ${damage}`, isTrue: false }
}

const turned = ({ left, right }: Formula): Formula => ({ left: right, right: left })

const damaged = (random: Random, form: Formula): [string, string] => {
  for (;;) {
    const [damage, change] = random.pick(Object.entries(damages))
    const claim = formulaText({ ...form, right: change(random, form.right, undefined) })
    if (claim !== formulaText(form)) return [damage, claim]
  }
}

/** One of the mistakes that diagnoses know. */
const mistaken = (random: Random, cost: Node, claim: string): [string, string] => {
  const all = mutations(parseClaim(claim), contextOf(networkOf(cost)))
  if (all.length === 0) return ['nothing', claim]
  const { name, claim: mutant } = random.pick(all)
  return [name, printClaim(mutant)]
}

export type Truth = 'true' | 'false' | 'unknown'

/** Every reading of a claim; none where a mistake made what is no formula. */
const readingsAt = (network: Network, claim: string) => {
  try {
    return resolve(parseClaim(claim), network.scope)
  } catch (error) {
    if (error instanceof ClaimError) return []
    throw error
  }
}

/** Both sides by the evaluator of claims, which shares nothing with the prover. */
export const truthAt = (network: Network, claim: string, seed: number): Truth => {
  const results = readingsAt(network, claim).flatMap(({ instances }) =>
    instances.flatMap((instance) => {
      const budget = () => createBudget({ milliseconds: 5000 })
      const exact = identityTest(instance.claim, network, budget(), { seed })
      const float = numericTest(instance.claim, network, budget(), { seed: seed + 1 })
      return [exact.kind, float.kind]
    }),
  )
  if (results.some((kind) => kind === 'differs' || kind === 'shapes')) return 'false'
  return results.includes('agrees') ? 'true' : 'unknown'
}

/** The recorded shapes, and for an all-sizes verdict `others` more, lengths 1 to 5. */
const counterexample = (
  { cost, claim, seed }: Case,
  verdict: Verdict,
  others: number,
): string | undefined => {
  const network = networkOf(cost)
  if (truthAt(network, claim, seed) === 'false') return 'the recorded shapes'
  if (verdict.kind !== 'proved' || verdict.scope !== 'all-sizes') return undefined
  const random = seededRandom(seed ^ 0x5eed)
  const { free, at } = sizesOf(network, 'ones stay')
  for (let k = 0; k < others; k++) {
    const lengths = free.map(() => 1 + random.below(5))
    const other = at(lengths)
    if (other && truthAt(other, claim, seed + k) === 'false')
      return free.map(({ name }, axis) => `${name} = ${lengths[axis]}`).join(', ')
  }
  return undefined
}

export interface Tally {
  pairs: number
  /** Claims that are true by construction, and those of them by verdict. */
  truths: number
  readonly ofTruths: Record<string, number>
  readonly ofMutants: Record<string, number>
  /** Proved or agreed to, and false. There should be none. */
  readonly falseProofs: string[]
  readonly falseAgreements: string[]
  /** Refuted, and true by construction. */
  readonly falseRefutations: string[]
  /** True by construction and not proved, by formula and by what the verdict says. */
  readonly refused: Map<string, string[]>
}

export const newTally = (): Tally => ({
  pairs: 0,
  truths: 0,
  ofTruths: {},
  ofMutants: {},
  falseProofs: [],
  falseAgreements: [],
  falseRefutations: [],
  refused: new Map(),
})

const scopeOf = (verdict: Verdict): string =>
  verdict.kind === 'proved' ? `proved, ${verdict.scope}` : verdict.kind

const reasonOf = (verdict: Verdict): string =>
  verdict.kind === 'budget'
    ? verdict.tried.join('; ')
    : verdict.kind === 'ill-formed'
      ? verdict.reason
      : ''

/** Judges the pair of a seed and enters the outcome. */
export const judge = (tally: Tally, seed: number, others = 4, deadline = 3000): Verdict => {
  const pair = caseOf(seed)
  const verdict = verify(pair.cost, pair.claim, { deadline })
  const count = pair.isTrue ? tally.ofTruths : tally.ofMutants
  const kind = scopeOf(verdict)
  count[kind] = (count[kind] ?? 0) + 1
  tally.pairs++
  if (pair.isTrue) tally.truths++
  const shown = `seed ${seed}: ${pair.claim} (${pair.origin})`
  if (verdict.kind === 'proved' || verdict.kind === 'agrees') {
    const where = counterexample(pair, verdict, others)
    const wrong = verdict.kind === 'proved' ? tally.falseProofs : tally.falseAgreements
    if (where) wrong.push(`${shown}, at ${where}`)
  }
  if (pair.isTrue && verdict.kind === 'refuted')
    tally.falseRefutations.push(`${shown}: ${JSON.stringify(verdict)}`)
  if (pair.isTrue && verdict.kind !== 'proved') {
    const category = `${pair.origin}: ${verdict.kind} ${reasonOf(verdict)}`
    tally.refused.set(category, [...(tally.refused.get(category) ?? []), shown])
  }
  return verdict
}

export const summary = (tally: Tally): string => {
  const proved = Object.entries(tally.ofTruths)
    .filter(([kind]) => kind.startsWith('proved'))
    .reduce((sum, [, count]) => sum + count, 0)
  const complete = ((100 * proved) / Math.max(1, tally.truths)).toFixed(1)
  const counts = (of: Record<string, number>) =>
    Object.entries(of)
      .toSorted(([, a], [, b]) => b - a)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(' · ')
  return [
    `${tally.pairs} pairs; of ${tally.truths} true claims ${complete} % proved`,
    `true claims: ${counts(tally.ofTruths)}`,
    `damaged claims: ${counts(tally.ofMutants)}`,
    `false proofs: ${tally.falseProofs.length}, false agreements: ${tally.falseAgreements.length}, ` +
      `false refutations: ${tally.falseRefutations.length}`,
  ].join('\n')
}
