// A refuted claim of a network → the repairs that the ladder of proofs accepts.
import { type Node, topologicalOrder } from '@backprove/graph'
import { createBudget } from '../arithmetic/budget.ts'
import { identityTest } from '../concrete/tests.ts'
import { rational } from '../language/rational.ts'
import { resolve } from '../language/resolve.ts'
import { type Claim, ClaimError, type Rational } from '../language/syntax.ts'
import type { Network } from '../network/network.ts'
import type { Repair, Verdict } from '../verdict/verdict.ts'
import { verifyParsed } from '../verify.ts'
import { diagnose } from './diagnose.ts'

export interface RefutedClaim {
  readonly claim: Claim
  readonly network: Network
  readonly refuted: Extract<Verdict, { kind: 'refuted' }>
  /** The verdict of another claim in the same reading, without a diagnosis of its own. */
  readonly judge: (claim: Claim, milliseconds: number) => Verdict
  readonly milliseconds: number
}

/** No candidate may use up the time of all others: milliseconds of the look, and of the proof. */
const mostForLook = 150
const mostForProof = 1500

/** Sides of windows and strides among the params of ops, larger than 1. */
const lengthsIn = (nodes: readonly Node[], param: 'size' | 'stride'): number[] => {
  const found = nodes.flatMap(({ params }) => {
    const value = (params as Partial<Record<typeof param, unknown>>)[param]
    return Array.isArray(value) ? value : []
  })
  return [...new Set(found.filter((each) => Number.isInteger(each) && each > 1))]
}

/** `3`, `-1/2`; undefined where the sides do not differ by a constant. */
const ratioOf = (text: string | undefined): Rational | undefined => {
  const match = /^(-?\d{1,30})(?:\/(\d{1,30}))?$/.exec(text ?? '')
  if (!match || /^-?0+$/.test(match[1]!)) return undefined
  const denominator = BigInt(match[2] ?? '1')
  return denominator === 0n ? undefined : rational(BigInt(match[1]!), denominator)
}

const isTrue = (verdict: Verdict): boolean =>
  verdict.kind === 'proved' ||
  verdict.kind === 'agrees' ||
  (verdict.kind === 'ambiguous' && verdict.table.some(([, each]) => isTrue(each)))

/** Most candidates differ at the first random point: false, without asking the prover. */
const couldBeTrue = (claim: Claim, { network, refuted }: RefutedClaim): boolean => {
  try {
    const reading = refuted.reading ? { reading: refuted.reading } : {}
    return resolve(claim, network.scope).some(({ instances }) =>
      instances.every((instance) => {
        const budget = createBudget({
          operations: Number.MAX_SAFE_INTEGER,
          milliseconds: mostForLook,
        })
        const { kind } = identityTest(instance.claim, network, budget, reading)
        return kind === 'agrees' || kind === 'unable'
      }),
    )
  } catch (error) {
    if (error instanceof ClaimError) return false
    throw error
  }
}

/** The shortest repairs of a refuted claim, the likeliest first; none when the time is over. */
export const diagnoseRefuted = (request: RefutedClaim): Repair[] => {
  const { claim, network, refuted, judge, milliseconds } = request
  const end = performance.now() + milliseconds
  const left = () => end - performance.now()
  const nodes = topologicalOrder([network.cost])
  const ratio = ratioOf('ratio' in refuted ? refuted.ratio : undefined)
  return diagnose(claim, {
    scope: network.scope,
    windows: lengthsIn(nodes, 'size'),
    strides: lengthsIn(nodes, 'stride'),
    ...(ratio && { ratio }),
    accepts: (other, assume) => {
      const deadline = Math.min(mostForProof, left())
      if (assume !== undefined)
        return isTrue(verifyParsed(network.cost, other, { assume: [assume], deadline }))
      return couldBeTrue(other, request) && isTrue(judge(other, deadline))
    },
    spent: () => left() <= 0,
  })
}
