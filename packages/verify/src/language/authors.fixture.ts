// Tables of claims about a network's text, each with the verdict that it gets.
import { expect, it } from 'vitest'
import type { ConventionName } from '../conventions/names.ts'
import { readNetwork } from '../document/network-text.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { verify } from '../verify.ts'

/** What a claim about the network gets. */
export const judged = (
  network: string,
  conventions: readonly ConventionName[] = [],
): ((claim: string) => Verdict) => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  return (claim) => verify(cost, claim, { conventions, ...(sizes && { sizes }) })
}

/** A test for each row. */
export const table = (
  network: string,
  rows: readonly (readonly [kind: string, claim: string])[],
  conventions: readonly ConventionName[] = [],
): void => {
  const judge = judged(network, conventions)
  it.each(rows)('%s: %s', (kind, claim) => expect(judge(claim)).toMatchObject({ kind }))
}
