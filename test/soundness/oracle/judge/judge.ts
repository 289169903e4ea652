// One random claim about one random network: what `verify` says, and what brute force says at the
// recorded and at other lengths. They must not contradict one another.

import type { Verdict } from '../../../../packages/verify/src/verdict/verdict.ts'
import { verify } from '../../../../packages/verify/src/verify.ts'
import { randomPlan } from '../draw/networks.ts'
import { type Made, randomClaim } from '../draw/random-claim.ts'
import type { World } from '../expressions.ts'
import type { Lengths, Plan, Recorded } from '../plan.ts'
import { type Random, seededRandom } from '../random.ts'
import { scalarText } from '../text.ts'
import { worldAt } from '../world.ts'
import { type Comparison, compareBoth, comparedAt, ranges } from './compare.ts'
import type { Judge } from './judged.ts'

export interface Case {
  readonly seed: number
  readonly plan: Plan
  readonly recorded: Recorded
  readonly claim: Made
  readonly text: string
}

const gradient = /^(∂C\/∂)?(.*)$/

/** As the graph names them: its bare names. */
export const spelling =
  ({ nodes }: Recorded) =>
  (array: string): string => {
    const bare = (name: string) => nodes.get(name)?.name ?? name
    if (array === 'δ') return bare('z') === 'z' ? 'δ' : `∂C/∂${bare('z')}`
    const [, by = '', name = ''] = gradient.exec(array) ?? []
    return `${by}${bare(name)}`
  }

export const caseOf = (seed: number): Case | undefined => {
  const random = seededRandom(seed)
  const plan = randomPlan(random)
  const recorded = recordedAt(plan, plan.lengths)
  const claim = recorded && randomClaim(random, plan, recorded)
  if (!recorded || !claim) return undefined
  const spell = spelling(recorded)
  const text = `${scalarText(claim.left, spell)} = ${scalarText(claim.right, spell)}`
  return { seed, plan, recorded, claim, text }
}

export const recordedAt = (plan: Plan, lengths: Lengths): Recorded | undefined => {
  try {
    return plan.record(lengths)
  } catch (error) {
    if ((error as Error).name === 'ShapeError') return undefined
    throw error
  }
}

/** Other lengths: those that were recorded as 1 stay, the others are any from 1. */
export const otherLengths = (random: Random, { lengths, kind, parameters }: Plan): Lengths =>
  Object.fromEntries(
    Object.entries(lengths).map(([name, length]) => {
      // Equal width needs odd kernels.
      const odd = kind === 'plane' && parameters.padding === 2 && (name === 'm' || name === 'n')
      if (length === 1) return [name, 1]
      return [name, odd ? random.pick([1, 3, 5]) : 1 + random.below(6)]
    }),
  )

export interface Outcome {
  readonly verdict: Verdict
  /** Of the claim at all points that were tried. */
  readonly truth: Comparison
  readonly contradiction?: string
}

/** Where 1 − a² and 1 − a are what rounding leaves: float64 sees no difference that they make. */
const isSaturated = ({ activation }: Plan, { nodes }: Recorded, world: World): boolean =>
  ['sigmoid', 'tanh'].includes(activation) &&
  nodes.has('a') &&
  world.array('a').data.some((value) => Math.abs(value) > 1 - 1e-5)

/** At e^{36} a difference of e^{12} is one: of a counterexample no more is forgiven. */
const leastRounding = 1e-13

/** What a counterexample is: none; one as some usual reading has it, or in every reading. */
type Witnessed = 'no' | 'in some reading' | 'in every reading'

const witnessed = (
  { plan, claim }: Case,
  verdict: Extract<Verdict, { entry: unknown }>,
): Witnessed => {
  const counts = (recorded: Recorded) =>
    [...recorded.nodes.values()]
      .filter((node) => node.op.traits?.leaf)
      .every((node) => {
        const given = verdict.inputs[node.name!]
        return !given || given.length === node.shape.reduce((a, b) => a * b, 1)
      })
  let isOne = false
  let tried = 0
  for (const lengths of everyLength(plan.lengths)) {
    const recorded = recordedAt(plan, lengths)
    if (!recorded || !counts(recorded)) continue
    tried++
    const found: (Comparison | 'saturated')[] = []
    for (const outside of ['value', 'zero'] as const) {
      const queue = [...recorded.nodes.values()]
        .filter((node) => node.op.traits?.leaf)
        .flatMap(
          (node) =>
            verdict.inputs[node.name!] ?? Array(node.shape.reduce((a, b) => a * b, 1)).fill('0'),
        )
        .map((text) => {
          const [above, below = '1'] = text.split('/')
          return Number(above) / Number(below)
        })
      const world = worldAt(recorded, () => queue.shift()!, outside)
      if (isSaturated(plan, recorded, world)) found.push('saturated')
      else for (const range of ranges) found.push(comparedAt(claim, world, range, leastRounding))
    }
    if (found.every((each) => each === 'different')) return 'in every reading'
    isOne ||= found.some((each) => each !== 'equal')
  }
  return isOne || tried === 0 ? 'in some reading' : 'no'
}

function* everyLength(lengths: Lengths): Generator<Lengths> {
  const [first, ...rest] = Object.entries(lengths)
  if (!first) {
    yield {}
    return
  }
  for (let n = 1; n <= first[1]; n++)
    for (const others of everyLength(Object.fromEntries(rest))) yield { [first[0]]: n, ...others }
}

export const judge = (it: Case, others: number, deadline = 3000): Outcome => {
  const { seed, plan, recorded, claim, text } = it
  const verdict = verify(recorded.cost, text, { deadline })
  const random = seededRandom(seed ^ 0x5eed)
  const isForAll =
    verdict.kind === 'proved' && verdict.scope === 'all-sizes' && !verdict.fixed?.length
  let truth = 'equal' as Comparison
  let where = ''
  const look = (lengths: Lengths, points: number) => {
    const other = recordedAt(plan, lengths)
    if (!other) return
    for (let k = 0; k < points; k++) {
      const found = compareBoth(plan, other, claim, random.below(2 ** 30))
      if (found.length === 1 && found[0] === 'different') {
        truth = 'different'
        where ||= JSON.stringify(lengths)
      } else if (truth === 'equal' && !found.every((each) => each === 'equal')) truth = 'unclear'
    }
  }
  look(plan.lengths, 2)
  if (isForAll || (verdict.kind === 'refuted' && truth === 'equal'))
    for (let k = 0; k < others; k++) look(otherLengths(random, plan), 1)
  const contradiction = ((): string | undefined => {
    if ((verdict.kind === 'proved' || verdict.kind === 'agrees') && truth === 'different')
      return `${verdict.kind}, and false at ${where}`
    if (verdict.kind !== 'refuted') return undefined
    if ('shapes' in verdict) return `refuted by shapes ${verdict.shapes}`
    const isOne = witnessed(it, verdict)
    // The few points of a claim with winners and dead units may all hide what its point shows.
    if (truth === 'equal' && isOne !== 'in every reading')
      return 'refuted, and true wherever it was tried'
    return isOne === 'no' ? 'the counterexample is none' : undefined
  })()
  return { verdict, truth, ...(contradiction !== undefined && { contradiction }) }
}

export const judgeClaims: Judge = (seed) => {
  const it = caseOf(seed)
  if (!it) return undefined
  const { verdict, truth, contradiction } = judge(it, 5)
  const scope = verdict.kind === 'proved' ? ` ${verdict.scope}` : ''
  return {
    shown: `${it.text} (${it.claim.origin})`,
    outcome: `${it.claim.isMutant ? 'damaged' : 'kept'} ${truth} → ${verdict.kind}${scope}`,
    wrong: contradiction,
  }
}
