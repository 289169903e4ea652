// What a condition selects: z_i = 5 for i = 7, of four entries, claims nothing, and so does a
// condition that no value meets. From nothing everything would follow.
import { BudgetExceeded, type Work } from '../arithmetic/budget.ts'
import { floatDomain } from '../concrete/domains/float.ts'
import { randomFrom } from '../concrete/domains/random.ts'
import { realOf, seedOfClaim } from '../concrete/sample/agreement.ts'
import { claimAt, drawPoint, samplerOf, type TestOptions } from '../concrete/sample/point.ts'
import type { Resolved, ResolvedClaim, ResolvedComparison } from '../language/resolved.ts'
import { ClaimError } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'
import type { Network } from '../network/network.ts'
import { attempt } from '../witness/at-point.ts'
import { corners } from '../witness/corners.ts'

/**
 * @throws ClaimError where the conditions of a claim hold nowhere at the recorded lengths, or no
 * point was found at which they do
 */
export const demandSelected = (
  claim: ResolvedClaim,
  network: Network,
  work: Work,
  options: TestOptions,
): void => {
  const { when } = claim
  if (!when || when.length === 0) return
  const [condition, ...others] = when
  const bracket: Resolved =
    others.length === 0 ? condition! : { kind: 'product', factors: when, span: condition!.span }
  // The sides stand beside it, so that letters have the ranges that they have in the claim.
  const operands = [bracket, ...claim.operands]
  const selecting: ResolvedClaim = {
    ...claim,
    operands,
    relations: operands.slice(1).map(() => '='),
  }
  if (isMet(selecting, network, work, options)) return
  const what = isOfValues(when)
    ? 'No point was found at which the condition holds'
    : 'The condition holds for no index'
  throw new ClaimError(`${what}: nothing is claimed`, condition!.span)
}

const randomPoints = 12

const isMet = (
  claim: ResolvedClaim,
  network: Network,
  work: Work,
  options: TestOptions,
): boolean => {
  const budget = work.part(work.left() / 4)
  const random = randomFrom(seedOfClaim(claim))
  const sampler = samplerOf(floatDomain(), () => realOf(random), budget)
  const isOne = (draw: () => number, assumptions = options.assumptions ?? []): boolean =>
    attempt(() => {
      const world = drawPoint(network, { ...sampler, draw }, budget, { ...options, assumptions })
      for (const { link, left } of claimAt(claim, world).entries('skip poles'))
        if (link === 0 && left !== 0) return true
      return false
    }) ?? false
  try {
    if (!isOfValues(claim.when ?? [])) return isOne(sampler.draw)
    for (let k = 0; k < randomPoints; k++) if (isOne(sampler.draw)) return true
    for (const draw of corners(claim, network, seedOfClaim(claim))) if (isOne(draw)) return true
    const own = conditionsOf(claim)
    return own.length > 0 && isOne(sampler.draw, [...(options.assumptions ?? []), ...own])
  } catch (error) {
    if (error instanceof BudgetExceeded) return false
    throw error
  }
}

/** Conditions as assumptions: where they are equations, they are solved. */
const conditionsOf = ({ when = [], free, span }: ResolvedClaim): ResolvedClaim[] =>
  when.flatMap((bracket) =>
    bracket.kind === 'iverson'
      ? bracket.conditions
          .filter((each): each is ResolvedComparison => each.kind === 'comparison')
          .map(({ operands, relations }) => ({ operands, relations, free, span }))
      : [],
  )

const isOfValues = (nodes: readonly Resolved[]): boolean =>
  nodes.some((node) => {
    const { kind } = node
    const isValue = kind === 'array' || kind === 'cost' || kind === 'variable'
    return isValue || isOfValues(childNodes<Resolved>(node))
  })
