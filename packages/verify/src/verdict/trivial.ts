// Claims that say nothing: both sides are the same tree, δ = δ.

import type { Resolved, ResolvedClaim } from '../language/resolved.ts'

const spelling = (node: Resolved): string =>
  JSON.stringify(node, (key, value) =>
    key === 'span' ? undefined : typeof value === 'bigint' ? `${value}` : value,
  )

/** Whether all operands of a chain are written alike. */
export const isTrivial = ({ operands }: ResolvedClaim): boolean =>
  new Set(operands.map(spelling)).size === 1
