// What of a network varies while a claim is tried, the most first: lengths and windows, lengths,
// those lengths that the claim does not write out or name, nothing.

import { ops } from '@backprove/graph'
import type { ResolvedClaim } from '../language/resolved.ts'
import { nodesOf } from '../network/copy.ts'
import type { Network } from '../network/network.ts'
import { axisName } from '../network/sizes.ts'
import { type IsFixed, type SymbolicNetwork, symbolicNetwork } from '../network/symbolic/shapes.ts'
import { numeralsOf, windowsMayVary } from './numerals.ts'
import { writtenOut } from './written-out.ts'

export interface Stage {
  readonly isFixed: IsFixed
  /** Strides and windows as well as lengths. */
  readonly windowsVary?: boolean
  /** What was written out before, for more lengths, is not again. */
  readonly shallow?: boolean
  readonly expands: boolean
  /** Operations, where another stage is to have what is left. */
  readonly most?: number
  /** As a person reads them. */
  readonly fixed: readonly string[]
}

const operationsForWindows = 60_000
const operationsForAll = 150_000

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
  const every = windowsMayVary(claim, network)
    ? [{ ...all, windowsVary: true, most: operationsForWindows }]
    : []
  const named = besidesNamed(claim, network)
  const less = [...named, none].map((stage): Stage => ({ ...stage, shallow: true }))
  return [...every, { ...all, ...(named.length > 0 && { most: operationsForAll }) }, ...less]
}

/**
 * Numbers among the indices may speak of lengths: the 3 in Y_{k+3} = B_k of how much is put before,
 * the 2 in x_{s−u+2} of the border (m − 1)/2 of a kernel, ⌊k/3⌋ of the filters of a group. Such
 * lengths of parameters stay, the others vary.
 */
const besidesNamed = (claim: ResolvedClaim, { cost, scope }: Network): Stage[] => {
  const { inIndices } = numeralsOf(claim)
  const nodes = nodesOf(cost)
  const groups = new Map(
    nodes.flatMap(({ op, args, params }) =>
      'w' in op.operands ? [[args[1]!, (params as { groups?: number }).groups ?? 1] as const] : [],
    ),
  )
  const isNamed = (length: number) => length > 1 && inIndices.has(BigInt(length))
  const isFixed: IsFixed = (leaf, axis) => {
    const length = leaf.shape[axis]!
    if (leaf.op !== ops.parameter || length === 1) return false
    const slides = groups.has(leaf) && axis >= leaf.shape.length - 2
    const border = slides ? [length - 1, Math.ceil((length - 1) / 2), Math.ceil(length / 2)] : []
    const group = axis === 0 ? [length / (groups.get(leaf) ?? 1)] : []
    return [length, ...border, ...group].some(isNamed)
  }
  const fixed = nodes.flatMap((leaf) =>
    leaf.shape.flatMap((_, axis) =>
      isFixed(leaf, axis) ? [axisName(leaf, axis, scope.sizes)] : [],
    ),
  )
  return fixed.length > 0 ? [{ isFixed, expands: false, fixed }] : []
}

export const networkIn = (stage: Stage, { cost, scope }: Network): SymbolicNetwork =>
  symbolicNetwork(nodesOf(cost), scope.sizes, stage.isFixed, stage.windowsVary)

/** Whether some length is still an unknown. */
export const hasUnknowns = (symbolic: SymbolicNetwork, network: Network): boolean =>
  nodesOf(network.cost).some((node) =>
    symbolic.shapeOf(node).shape.some((length) => [...length.keys()].some((key) => key !== '')),
  )
