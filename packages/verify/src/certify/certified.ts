// What a proof is worth to someone who does not trust it: its statement as data, and a certificate
// that the checker accepts with that statement and no other.

import type { Work } from '../arithmetic/budget.ts'
import type { ClaimCertificate, PlainClaim, PlainView } from '../certificate/grammar.ts'
import { UnsupportedError } from '../core/errors.ts'
import type { Network } from '../network/network.ts'
import type { IndexOutcome } from '../proof/prove-claim.ts'
import { certify } from './certify.ts'
import { leftOut, plainClaim } from './plain-claim.ts'

export interface Certified {
  readonly statement: PlainClaim
  readonly certificate: ClaimCertificate
}

/** The certificate, or why there is none. */
export const certified = (
  { of, excluded }: Extract<IndexOutcome, { kind: 'proved' }>,
  network: Network,
  work: Work,
): Certified | { readonly why: string } => {
  try {
    const { stated, symbolic, views, expands } = of
    const inWays = [...new Set(views.map(({ functions }) => functions === 'written'))]
    const reasons: string[] = []
    for (const isWritten of inWays) {
      const { claim, indexOf } = plainClaim(stated, network.cost, symbolic, excluded, {
        isWritten,
        expands,
      })
      const plain = views
        .filter(({ functions }) => (functions === 'written') === isWritten)
        .map(
          ({ atoms, deltas }): PlainView => ({
            atoms: [...atoms].map((node) => indexOf.get(node)!),
            deltas: [...deltas].map((node) => indexOf.get(node)!),
          }),
        )
      const distinct = [...new Map(plain.map((view) => [JSON.stringify(view), view])).values()]
      const found = certify(claim, distinct, work)
      if ('certificate' in found && found.check.ok)
        return { statement: claim, certificate: found.certificate }
      reasons.push('why' in found ? found.why : 'reason' in found.check ? found.check.reason : '')
    }
    const without = leftOut(stated)
      ? ', without an assumption of which the checker has no word'
      : ''
    return { why: `${[...new Set(reasons)].join('; ')}${without}` }
  } catch (error) {
    if (error instanceof UnsupportedError) return { why: error.message }
    throw error
  }
}
