// A refuted claim of a network → the repairs that the ladder of proofs accepts.
import { type Node, topologicalOrder } from '@backprove/graph'
import { BudgetExceeded, type Work } from '../arithmetic/budget.ts'
import { isTooLarge } from '../concrete/sample/point.ts'
import { softmaxTargets } from '../conventions/targets.ts'
import { printClaim as printed } from '../language/print/print.ts'
import { rational } from '../language/rational.ts'
import { usualChoices } from '../language/resolve/context.ts'
import { claimReadings } from '../language/resolve/readings.ts'
import { type How, usually } from '../language/resolve/resolve.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { type Claim, ClaimError, type Rational } from '../language/syntax.ts'
import type { Network } from '../network/network.ts'
import { picksOf } from '../network/pooling.ts'
import type { Repair, Verdict } from '../verdict/verdict.ts'
import { type Acceptance, diagnose } from './diagnose.ts'
import type { EditContext } from './edit.ts'
import { ownNames } from './own-names.ts'
import { quickLook } from './quick-look.ts'
import { rightFormula } from './right/right-formula.ts'

export interface RefutedClaim {
  readonly claim: Claim
  readonly network: Network
  readonly refuted: Extract<Verdict, { kind: 'refuted' }>
  /** What the claim was judged under. */
  readonly assumptions?: readonly ResolvedClaim[]
  /** Of another claim in the same reading, under more if that is said, without a diagnosis. */
  readonly judge: (claim: Claim, work: Work, assume?: string) => Verdict
  readonly work: Work
  /** How many repairs are wanted at most. Default 3. */
  readonly most?: number
}

/** The share of the work for the formula that is true. */
const mostForRight = 0.5

/** What may stay of the work where the right formula is known. */
const leftWithRight = 0.85

/** No candidate may use up the work of all others. */
const mostForProof = 0.3

/** Numbers among the params of ops. */
const numbersIn = (
  nodes: readonly Node[],
  param: 'size' | 'stride' | 'dilation' | 'padding',
): number[] => {
  const found = nodes.flatMap(({ params }) => {
    const value = (params as Partial<Record<typeof param, unknown>>)[param]
    return Array.isArray(value) ? value.flat() : []
  })
  return [...new Set(found.filter((each) => Number.isInteger(each)))]
}

/** What the network tells about formulas beside the names. */
export const contextOf = (network: Network): EditContext => {
  const nodes = topologicalOrder([network.cost])
  const large = (...params: readonly ('size' | 'stride' | 'dilation')[]): number[] => {
    const all = params.flatMap((param) => numbersIn(nodes, param))
    return [...new Set(all)].filter((each) => each > 1)
  }
  return {
    scope: network.scope,
    windows: large('size'),
    strides: large('stride', 'dilation'),
    paddings: numbersIn(nodes, 'padding'),
    picks: picksOf(network),
    targets: softmaxTargets(network).map(({ name }) => name ?? ''),
  }
}

/** `3`, `-1/2`; undefined where the sides do not differ by a constant. */
const ratioOf = (text: string | undefined): Rational | undefined => {
  const match = /^(-?\d{1,30})(?:\/(\d{1,30}))?$/.exec(text ?? '')
  if (!match || /^-?0+$/.test(match[1]!)) return undefined
  const denominator = BigInt(match[2] ?? '1')
  return denominator === 0n ? undefined : rational(BigInt(match[1]!), denominator)
}

/** How far a verdict says that a claim holds; what is trivial repairs nothing. */
const acceptanceOf = (verdict: Verdict): Acceptance | undefined => {
  if (verdict.kind === 'agrees') return 'at these sizes'
  if (verdict.kind === 'ambiguous')
    return verdict.table.some(([, each]) => acceptanceOf(each)) ? 'at these sizes' : undefined
  if (verdict.kind !== 'proved' || verdict.trivial) return undefined
  return verdict.scope === 'shape' ? 'at these sizes' : 'for all sizes'
}

/** What it costs to make a candidate and to read it. */
const operationsForReading = 100

/** Candidates that the point says nothing of cost a proof each: so many are asked for. */
const mostUnseen = 12

/** Most candidates differ at a random point: false, without asking the prover. */
const looker = ({ network, refuted, work, assumptions = [] }: RefutedClaim) => {
  const look = quickLook(network, work, { reading: refuted.reading, assumptions })
  return (claim: Claim): 'false' | 'unseen' | 'open' => {
    try {
      work.tick(operationsForReading)
      const read = (how: How) => claimReadings(claim, network.scope, how, true)
      const usual = read(usually)
      const isOpen = usual.some(({ open }) => open.includes('deltas'))
      const choices = { ...usualChoices, deltas: 'kronecker' as const }
      const others = isOpen ? read({ origin: 1, choices }) : []
      const readings = [...usual, ...others].map(({ instances }) => {
        const looks = instances.map((instance) => look(instance.claim))
        return looks.find((each) => each === 'false') ?? looks.find((each) => each === 'unseen')
      })
      if (readings.includes(undefined)) return 'open'
      return readings.includes('unseen') ? 'unseen' : 'false'
    } catch (error) {
      if (error instanceof ClaimError || error instanceof BudgetExceeded) return 'false'
      throw error
    }
  }
}

/** The shortest repairs of a refuted claim, the likeliest first; none when the time is over. */
export const diagnoseRefuted = (request: RefutedClaim): Repair[] => {
  const { claim, network, refuted, judge, work } = request
  const look = looker(request)
  const forRight = work.left() * mostForRight
  // A single edit of theirs needs no other formula; a search that finds none leaves time for it.
  let right: Repair | undefined
  let reserve = work.left() - forRight
  let unseen = 0
  // Without a point to reject them at, candidates cost a proof each: the first that holds will do.
  const most = isTooLarge(network) ? 1 : request.most
  const ratio = ratioOf('ratio' in refuted ? refuted.ratio : undefined)
  const repairs = diagnose(claim, {
    ...contextOf(network),
    scope: ownNames(claim, network.scope).scope,
    ...(ratio && { ratio }),
    accepts: (other, assume) => {
      const share = () => work.part(work.left() * mostForProof)
      const seen = look(other)
      // What was not seen to be false needs no assumption.
      if (assume !== undefined && seen !== 'false') return undefined
      if (assume !== undefined) return acceptanceOf(judge(other, share(), assume))
      if (seen === 'false' || (seen === 'unseen' && unseen++ >= mostUnseen)) return undefined
      return acceptanceOf(judge(other, share()))
    },
    ...(most !== undefined && { most }),
    spent: () => work.left() <= reserve,
    isAnswered: () => {
      right = rightFormula({ claim, network, judge, look, work: work.part(forRight) })
      // With it at hand, a search that ends in nothing may end sooner.
      reserve = right ? work.left() * leftWithRight : 0
      return right !== undefined && right.name !== 'the right formula'
    },
  })
  if (!right) return repairs
  // What another left side would need is no repair of theirs.
  const isSame = ({ formula }: Repair) => formula.split(' = ')[0] === printed(claim).split(' = ')[0]
  const [first] = repairs
  if (!first || (first.edits.length > 1 && !isSame(first))) return [right]
  return first.edits.length > 1 ? [...repairs, right] : repairs
}
