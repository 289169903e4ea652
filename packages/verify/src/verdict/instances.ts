// One reading at every layer that it speaks of: all must hold, and what is left out is said.
import type { LayerValues, ResolvedClaim, SuperscriptReading } from '../language/resolved.ts'
import type { Network } from '../network/network.ts'
import { conjunction } from './combine.ts'
import type { JudgeOptions } from './judge.ts'
import { judgeLinks } from './links.ts'
import { demandPlaces } from './places.ts'
import { demandSelected } from './readings/selection.ts'
import type { LayersJudged, Verdict } from './verdict.ts'

/**
 * @throws ClaimError where a condition selects nothing
 */
export const judgeInstances = (
  { instances, leftOut = [] }: SuperscriptReading,
  network: Network,
  options: JudgeOptions,
): Verdict => {
  const verdicts: Verdict[] = []
  const judged: LayerValues[] = []
  for (const [k, { claim, layers }] of instances.entries()) {
    const { work } = options
    const share = { ...options, work: work.part(work.left() / (instances.length - k)) }
    const verdict = judgeSelected(claim, network, share)
    verdicts.push(verdict)
    judged.push(layers)
    if (verdict.kind === 'refuted') break
  }
  const isOfLayers = judged.some((layers) => Object.keys(layers).length > 0)
  return isOfLayers ? withLayers(conjunction(verdicts), { judged, leftOut }) : conjunction(verdicts)
}

const judgeSelected = (claim: ResolvedClaim, network: Network, options: JudgeOptions): Verdict => {
  const { reading, assumptions, work } = options
  demandPlaces(claim, network)
  demandSelected(claim, network, work, { ...(reading && { reading }), assumptions })
  return judgeLinks(claim, network, options)
}

const withLayers = (verdict: Verdict, layers: LayersJudged): Verdict =>
  verdict.kind === 'proved' || verdict.kind === 'agrees' || verdict.kind === 'refuted'
    ? { ...verdict, layers }
    : verdict
