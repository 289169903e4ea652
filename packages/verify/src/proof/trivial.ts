// Claims that say nothing: both sides are the same tree, δ = δ.

import type { ResolvedClaim } from '../language/resolved.ts'
import { spellingOf } from '../language/walk.ts'

/** Whether all operands of a chain are written alike. */
export const isTrivial = ({ operands }: ResolvedClaim): boolean =>
  new Set(operands.map(spellingOf)).size === 1
