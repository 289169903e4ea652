// What a proof is worth to someone who does not trust it: its statement as data, and a certificate
// that the checker accepts with that statement and no other.

import type { Work } from '../arithmetic/budget.ts'
import type { ClaimCertificate, PlainClaim, PlainView } from '../certificate/statement.ts'
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
    const { claim, indexOf } = plainClaim(stated, network.cost, symbolic, excluded)
    const plain = views.map(
      ({ atoms, deltas, functions }): PlainView => ({
        atoms: [...atoms].map((node) => indexOf.get(node)!),
        deltas: [...deltas].map((node) => indexOf.get(node)!),
        functions,
        ...(expands && { expands }),
      }),
    )
    const found = certify(claim, plain, work)
    const without = leftOut(stated)
      ? ', without an assumption of which the checker has no word'
      : ''
    if ('why' in found) return { why: `${found.why}${without}` }
    if (!found.check.ok) return { why: `${found.check.reason}${without}` }
    return { statement: claim, certificate: found.certificate }
  } catch (error) {
    if (error instanceof UnsupportedError) return { why: error.message }
    throw error
  }
}
