// What of a network varies while a claim is tried, the most first: lengths and windows, lengths,
// those lengths that the claim does not write out, nothing.

import type { ResolvedClaim } from '../language/resolved.ts'
import { nodesOf } from '../network/copy.ts'
import type { Network } from '../network/network.ts'
import { type IsFixed, type SymbolicNetwork, symbolicNetwork } from './shapes.ts'
import { windowsMayVary } from './windows.ts'
import { writtenOut } from './written-out.ts'

export interface Stage {
  readonly isFixed: IsFixed
  /** Strides and windows as well as lengths. */
  readonly windowsVary?: boolean
  readonly expands: boolean
  /** As a person reads them. */
  readonly fixed: readonly string[]
}

/** In the order in which they are tried. */
export const stagesOf = (
  claim: ResolvedClaim,
  network: Network,
  recordedOnly: boolean,
): Stage[] => {
  const { axes, isWrittenOut } = writtenOut(claim, network)
  const all: Stage = { isFixed: () => false, expands: false, fixed: [] }
  const none: Stage = { isFixed: () => true, expands: axes.length > 0, fixed: [] }
  const some: Stage = { isFixed: isWrittenOut, expands: true, fixed: axes }
  if (recordedOnly) return [none]
  if (axes.length > 0) return [some, none]
  const every: Stage = { ...all, windowsVary: true }
  return windowsMayVary(claim, network) ? [every, all, none] : [all, none]
}

export const networkIn = (stage: Stage, { cost, scope }: Network): SymbolicNetwork =>
  symbolicNetwork(nodesOf(cost), scope.sizes, stage.isFixed, stage.windowsVary)

/** Whether some length is still an unknown. */
export const hasUnknowns = (symbolic: SymbolicNetwork, network: Network): boolean =>
  nodesOf(network.cost).some((node) =>
    symbolic.shapeOf(node).shape.some((length) => [...length.keys()].some((key) => key !== '')),
  )
