// The long soundness run: random pairs of sums, half equal by construction and half minimal mutants;
// every proof is checked independently and compared with brute force at all small shapes.
//
//   node test/soundness/main.ts [pairs = 100000] [first seed = 1] [largest size = 4]

import { randomPair, seededRandom } from '../../packages/verify/src/index-terms/random.fixture.ts'
import { judge, newTally } from '../../packages/verify/src/index-terms/soundness.fixture.ts'
import { formatTerm } from '../../packages/verify/src/index-terms/terms.ts'

const [pairs = 100_000, first = 1, largest = 4] = process.argv.slice(2).map(Number)
const tally = newTally()
const started = performance.now()

const report = () => {
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  const complete = ((100 * tally.provedEqual) / Math.max(1, tally.equal)).toFixed(2)
  console.log(
    `${tally.pairs} pairs in ${seconds} s: ${tally.proved} proved, ${complete} % of the equal ones, ` +
      `${tally.budget} over budget, ${tally.falseProofs.length} false proofs, ` +
      `${tally.rejected.length} certificates rejected`,
  )
}

for (let seed = first; seed < first + pairs; seed++) {
  judge(tally, seed, largest)
  if (tally.pairs % 10_000 === 0) report()
}
report()
for (const seed of [...tally.falseProofs, ...tally.rejected].slice(0, 5)) {
  const { left, right } = randomPair(seededRandom(seed))
  console.log(
    `seed ${seed}\n${left.map(formatTerm).join('\n')}\n=\n${right.map(formatTerm).join('\n')}`,
  )
}
process.exitCode = tally.falseProofs.length + tally.rejected.length > 0 ? 1 : 0
