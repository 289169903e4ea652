// The numbers that a claim writes: one of them may speak of a length or of a window.

import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'
import { nodesOf } from '../network/copy.ts'
import type { Network } from '../network/network.ts'
import { varyingOf } from '../network/symbolic/windows.ts'

/** Numbers that stand in indices and conditions, and those that scale values. */
export const numeralsOf = (claim: ResolvedClaim) => {
  const inIndices = new Set<bigint>()
  const factors = new Set<bigint>()
  const visit = (node: Resolved, isIndex: boolean): void => {
    if (node.kind === 'numeral') {
      const { numerator, denominator } = node.value
      for (const n of [numerator, denominator]) (isIndex ? inIndices : factors).add(n)
    }
    const inner = isIndex || node.kind === 'iverson' || isRounding(node)
    if (node.kind === 'entry') {
      visit(node.array, isIndex)
      for (const index of node.indices) if (index) visit(index, true)
    } else for (const child of childNodes<Resolved>(node)) visit(child, inner)
  }
  for (const operand of claim.operands) visit(operand, false)
  return { inIndices, factors }
}

const isRounding = (node: Resolved): boolean =>
  node.kind === 'call' && (node.word === 'ceil' || node.word === 'floor')

/** Whether there are windows, and no number of the claim is likely to be one of them. */
export const windowsMayVary = (claim: ResolvedClaim, { cost }: Network): boolean => {
  const lengths = nodesOf(cost).flatMap((node) => varyingOf(node).map((each) => each.recorded))
  if (lengths.length === 0) return false
  const { inIndices, factors } = numeralsOf(claim)
  const isNamed = (p: number) =>
    inIndices.has(BigInt(p)) || lengths.some((q) => factors.has(BigInt(p * q)))
  return !lengths.some(isNamed)
}
