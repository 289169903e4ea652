// What is said first of each wrong formula in by-hand.txt: prints every miss and the share that is
// named first. `node test/mistakes/by-hand.ts [--deadline 8000]`
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { helpFor, wrongFormulas } from '../../packages/verify/src/repair/by-hand.fixture.ts'

const { values } = parseArgs({ options: { deadline: { type: 'string', default: '8000' } } })
const all = wrongFormulas(readFileSync(new URL('by-hand.txt', import.meta.url), 'utf8'))
const helped = all.map((each) => ({ each, help: helpFor(each, Number(values.deadline)) }))
for (const { each, help } of helped.filter(({ help: { isWanted } }) => !isWanted))
  console.log(
    `${each.about}: ${each.claim}\n  ${help.kind}, ${help.first ?? 'no help'}: ${help.formula ?? ''}`,
  )
const named = helped.filter(({ help }) => help.isWanted).length
const times = helped.map(({ help }) => help.milliseconds).sort((a, b) => a - b)
const at = (share: number) => times[Math.floor(times.length * share)]
console.log(
  `${named} of ${all.length} named first; median ${at(0.5)} ms, nine of ten ${at(0.9)} ms`,
)
process.exitCode = helped.some(({ help: { kind } }) => kind === 'proved') ? 1 : 0
