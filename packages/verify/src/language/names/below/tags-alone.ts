// Names that are nothing without what stands beside them: h_1 and h_2 where nothing is called h.

import type { Scope } from '../../resolved.ts'

/**
 * Whether the base has arrays with tags alone, so that what stands below may be one. E beside E_1
 * and E_2 counts for none: a number has no entry.
 */
export const isOnlyTagged = ({ names }: Scope, base: string): boolean => {
  const own = names.filter((each) => each.base === base)
  const hasParts = own.some(({ isBelow }) => isBelow === true)
  return own.length > 0 && own.every(({ tag, rank }) => tag !== '' || (rank === 0 && hasParts))
}
