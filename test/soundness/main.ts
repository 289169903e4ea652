// The long soundness run: random pairs of sums, half equal by construction and half minimal
// mutants; every proof is checked independently and compared with brute force at all small shapes.
//
//   node test/soundness/main.ts [pairs = 100000] [first seed = 1] [largest size = 4]

import {
  judge,
  newTally,
} from '../../packages/verify/src/index-terms/fixtures/soundness.fixture.ts'
import { formatTerm } from '../../packages/verify/src/index-terms/terms.ts'

const [pairs = 100_000, first = 1, largest = 4] = process.argv.slice(2).map(Number)
const tally = newTally()
const started = performance.now()

const report = () => {
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  const complete = ((100 * tally.provedEqual) / Math.max(1, tally.equal)).toFixed(2)
  const counts = [
    `${tally.pairs} pairs in ${seconds} s: ${tally.proved} proved`,
    `${complete} % of the equal ones`,
    `${tally.budget} over budget`,
    `${tally.falseProofs.length} false proofs`,
    `${tally.rejected.length} certificates rejected`,
  ]
  console.log(counts.join(', '))
}

for (let seed = first; seed < first + pairs; seed++) {
  const wrong = tally.falseProofs.length + tally.rejected.length
  const { left, right } = judge(tally, seed, largest)
  if (tally.falseProofs.length + tally.rejected.length > wrong) {
    const [l, r] = [left, right].map((terms) => terms.map(formatTerm).join('\n'))
    console.log(`seed ${seed} is wrong:\n${l}\n=\n${r}`)
  }
  if (tally.pairs % 10_000 === 0) report()
}
report()
process.exitCode = tally.falseProofs.length + tally.rejected.length > 0 ? 1 : 0
