// The long run: random networks with random claims about them, each proof compared with brute
// force.
//
//   node test/claims/main.ts [pairs = 100000] [first seed = 1] [other shapes = 4]

import { judge, newTally, summary } from './judge.ts'

const [pairs = 100_000, first = 1, others = 4] = process.argv.slice(2).map(Number)
const tally = newTally()
const started = performance.now()
const wrong = () => [...tally.falseProofs, ...tally.falseAgreements, ...tally.falseRefutations]

const report = () => {
  const seconds = (performance.now() - started) / 1000
  console.log(`${summary(tally)}\n${seconds.toFixed(0)} s\n`)
}

for (let seed = first; seed < first + pairs; seed++) {
  const before = wrong().length
  judge(tally, seed, others)
  if (wrong().length > before) console.log(wrong().join('\n'))
  if (tally.pairs % 1000 === 0) report()
}
report()
const byCount = [...tally.refused].toSorted(([, a], [, b]) => b.length - a.length)
for (const [category, cases] of byCount.slice(0, 40)) {
  console.log(`${cases.length} × ${category}\n    ${cases[0]}`)
}
process.exitCode = wrong().length > 0 ? 1 : 0
