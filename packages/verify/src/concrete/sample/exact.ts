// Rung 2: a proof at the recorded shapes. Both sides of every entry are expanded over the leaves,
// with functions opaque; small networks without masks only.
import type { Budget } from '../../arithmetic/budget.ts'
import { hasPoles } from '../../conditions/conditions.ts'
import { PoleError } from '../../core/errors.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import { leavesOf, type Network } from '../../network/network.ts'
import { type Expansion, equalForms } from '../domains/form.ts'
import { formDomain } from '../domains/forms.ts'
import { randomFrom, uniform } from '../domains/random.ts'
import { type Step, type TraceDomain, traceDomain } from '../domains/trace.ts'
import { checkExpansion } from './check-expansion.ts'
import { claimAt, drawPoint, type Exclusion, samplerOf, type TestOptions } from './point.ts'
import { substitute } from './substituted.ts'
import { answered, seedOfClaim, type TestResult } from './tests.ts'

/** Plain data: how both sides of every entry are made, and what both come to. */
export interface ExpansionCertificate {
  readonly kind: 'expansion'
  readonly steps: readonly Step[]
  readonly entries: readonly {
    readonly link: number
    readonly entry: readonly number[]
    readonly left: number
    readonly right: number
    readonly form: Expansion
  }[]
}

export type ExactResult =
  | {
      readonly kind: 'proved'
      readonly certificate: ExpansionCertificate
      readonly excluded: readonly Exclusion[]
    }
  | Exclude<TestResult, { kind: 'agrees' | 'differs' }>

/** Functions that are not defined, or not smooth, everywhere. */
const mostSteps = 20_000

/**
 * Proves a claim by expansion, assumed equations substituted, or says why not: too large, masks, or
 * forms that differ (which does not refute it: functions may have laws that are not used). The
 * certificate has been checked.
 */
export const exactTest = (
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  options: TestOptions = {},
): ExactResult =>
  answered<ExactResult>(() => {
    try {
      return expandedAt(claim, network, budget, options, [-1, 1])
    } catch (error) {
      if (!(error instanceof PoleError)) throw error
      // The point only shows that both sides have a value: √v has one where v is positive.
      return expandedAt(claim, network, budget, options, [0.3, 1.3])
    }
  })

const expandedAt = (
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  { assumptions = [], ...options }: TestOptions,
  [least, greatest]: readonly [number, number],
): ExactResult => {
  const forms = formDomain({ derivatives: 'expanded', budget })
  const domain = traceDomain(forms, mostSteps)
  const random = randomFrom(options.seed ?? seedOfClaim(claim))
  let variables = 0
  const draw = () => domain.leaf(`variable ${++variables}`, uniform(random, 0.3, 1.3))
  const world = drawPoint(network, samplerOf(domain, draw, budget), budget, options)
  for (const leaf of leavesOf(network)) {
    const data = world.values
      .get(leaf)!
      .data.map((_, k) => domain.leaf(`${leaf.name}[${k + 1}]`, uniform(random, least, greatest)))
    world.values.set(leaf, { shape: leaf.shape, data })
  }
  substitute(assumptions, world, leavesOf(network))
  const entries: ExpansionCertificate['entries'][number][] = []
  for (const { link, entry, left, right } of claimAt(claim, world).entries()) {
    if (forms.masked()) return { kind: 'unable', why: 'an expansion knows no masks' }
    if (!equalForms(left.form, right.form))
      return { kind: 'unable', why: `the expansions of entry [${entry.join(', ')}] differ` }
    const form = forms.expansion(left.form)
    entries.push({ link, entry, left: left.step, right: right.step, form })
  }
  if (entries.length === 0) return { kind: 'unable', why: 'there is no entry to compare' }
  if (forms.masked()) return { kind: 'unable', why: 'an expansion knows no masks' }
  const certificate = certificateOf(domain, entries)
  const check = checkExpansion(certificate, budget)
  if (!check.ok) return { kind: 'unable', why: `the certificate was rejected: ${check.reason}` }
  return { kind: 'proved', certificate, excluded: hasPoles(claim, network) ? ['poles'] : [] }
}

/** Only the steps that the entries need, numbered anew. */
const certificateOf = (
  { steps }: TraceDomain,
  entries: ExpansionCertificate['entries'],
): ExpansionCertificate => {
  const needed = new Set(entries.flatMap(({ left, right }) => [left, right]))
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at]!
    if (needed.has(at) && 'of' in step) for (const each of step.of) needed.add(each)
  }
  const kept = [...needed].sort((a, b) => a - b)
  const renumbered = new Map(kept.map((step, at) => [step, at]))
  const number = (step: number): number => renumbered.get(step)!
  return {
    kind: 'expansion',
    steps: kept.map((at) => {
      const step = steps[at]!
      return 'of' in step ? ({ ...step, of: step.of.map(number) } as Step) : step
    }),
    entries: entries.map((each) => ({
      ...each,
      left: number(each.left),
      right: number(each.right),
    })),
  }
}
