// Random claims, most of them false: whatever gets a certificate must hold in numbers.
// `node --import tsx test/certificates/random.ts [--seconds 60] [--seed 1]`
import { parseArgs } from 'node:util'
import { createWork } from '../../packages/verify/src/arithmetic/budget.ts'
import type { PlainClaim, PlainView } from '../../packages/verify/src/certificate/grammar.ts'
import { certify } from '../../packages/verify/src/certify/certify.ts'
import { isSeenFalse } from '../../packages/verify/src/certify/pairs.fixture.ts'
import { seededRandom } from '../../packages/verify/src/index-terms/fixtures/random.fixture.ts'
import { createClaims } from './random-claims.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
})
const random = seededRandom(Number(values.seed))
const claims = createClaims(random)
const views: readonly PlainView[] = [
  { atoms: [], deltas: [] },
  { atoms: [4, 5, 6], deltas: [] },
  { atoms: [5], deltas: [5] },
]
const isCertified = (claim: PlainClaim): boolean => {
  try {
    const found = certify(claim, views, createWork(300))
    return 'certificate' in found && found.check.ok
  } catch {
    // What is no statement is no input of the prover.
    return false
  }
}

const counts = { claims: 0, certified: 0, wrong: 0 }
for (const end = Date.now() + 1000 * Number(values.seconds); Date.now() < end; ) {
  const claim = claims()
  counts.claims++
  if (!isCertified(claim)) continue
  counts.certified++
  if (!isSeenFalse(claim, random)) continue
  counts.wrong++
  console.log(`WRONG: ${JSON.stringify(claim.equations)}`)
}
console.log(JSON.stringify(counts))
process.exitCode = counts.wrong > 0 ? 1 : 0
