// Certificates against changes of one part: of the statement, of the certificate, and certificates
// of other claims. Whatever is accepted must still be true in numbers; what is not proved by the
// old certificate is tried to be proved by a new one, which must not succeed where it is false.
// `node --import tsx test/certificates/main.ts [--count 10000] [--seed 1] [--again 300]`
import { parseArgs } from 'node:util'
import { createWork } from '../../packages/verify/src/arithmetic/budget.ts'
import { check } from '../../packages/verify/src/certificate/claim.ts'
import { certify } from '../../packages/verify/src/certify/certify.ts'
import {
  isSeenFalse,
  provedPairs,
  spoiledCertificate,
  spoiledStatement,
} from '../../packages/verify/src/certify/pairs.fixture.ts'
import { seededRandom } from '../../packages/verify/src/index-terms/fixtures/random.fixture.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    again: { type: 'string', default: '300' },
  },
})
const random = seededRandom(Number(values.seed))
const pairs = provedPairs()
const counts = { statements: 0, certificates: 0, swaps: 0, accepted: 0, false: 0, wrong: 0 }
const falseOnes: (typeof pairs)[number][] = []

const wrong = (formula: string, what: string): void => {
  counts.wrong++
  console.log(`WRONG: ${what} of ${formula}`)
}

for (let k = 0; k < Number(values.count); k++) {
  const pair = random.pick(pairs)
  const { formula, statement, certificate } = pair
  const which = random.below(10)
  if (which < 6) {
    counts.statements++
    const other = spoiledStatement(statement, random)
    const isAccepted = check(other, certificate).ok
    if (isAccepted) counts.accepted++
    if (!isAccepted && falseOnes.length >= Number(values.again)) continue
    const isFalse = isSeenFalse(other, random)
    if (isFalse) counts.false++
    if (isFalse && isAccepted) {
      wrong(formula, 'a false statement accepted')
      console.log(JSON.stringify(other.equations), JSON.stringify(statement.equations))
    }
    if (isFalse && !isAccepted) falseOnes.push({ ...pair, statement: other })
  } else if (which < 9) {
    counts.certificates++
    const other = spoiledCertificate(certificate, random)
    // Accepted: another proof of the same, which is true. Then of a false one it must be none.
    if (!check(statement, other).ok) continue
    counts.accepted++
    const lie = falseOnes.length > 0 ? random.pick(falseOnes) : undefined
    if (lie && check(lie.statement, other).ok) wrong(lie.formula, 'a false statement accepted')
  } else {
    counts.swaps++
    const other = random.pick(pairs)
    if (JSON.stringify(other.statement) === JSON.stringify(statement)) continue
    if (check(statement, other.certificate).ok) {
      counts.accepted++
      console.log(`proves another too: ${other.formula} / ${formula}`)
    }
  }
}
console.log(JSON.stringify(counts))

let proved = 0
for (const { formula, statement, certificate } of falseOnes) {
  const views = certificate.proofs.map(({ view }) => view)
  let found: ReturnType<typeof certify> | undefined
  try {
    found = certify(statement, views, createWork(2000))
  } catch {
    // What is no statement is no input of the prover.
  }
  if (found && 'certificate' in found && found.check.ok) {
    proved++
    wrong(formula, 'a new certificate of a false statement')
    console.log(JSON.stringify(statement.equations))
  }
}
console.log(`${falseOnes.length} false statements tried again, ${proved} proved`)
process.exitCode = counts.wrong > 0 ? 1 : 0
