// Every mistake of the list in every true formula of the notes: is it refuted, and is its name the
// first that the diagnosis says? Prints a table and every miss; exits 1 where a mistake that is one
// was proved.
// `node test/mistakes/main.ts [--deadline 8000] [--slice 1/2] [--name sign] [--results FILE]`
// Results are appended to FILE as lines of JSON; what is there is not asked again, so that a run
// may be stopped, and several processes may share the work with a slice each.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createWork } from '../../packages/verify/src/arithmetic/budget.ts'
import {
  mistakes,
  type Outcome,
  outcomeOf,
} from '../../packages/verify/src/repair/mistakes.fixture.ts'
import { report } from './report.ts'

const { values } = parseArgs({
  options: {
    deadline: { type: 'string', default: '8000' },
    slice: { type: 'string', default: '1/1' },
    name: { type: 'string' },
    formula: { type: 'string' },
    results: { type: 'string' },
  },
})
const deadline = Number(values.deadline)
const [slice, slices] = values.slice.split('/').map(Number)

const keyOf = ({ system, wrong, name }: Pick<Outcome, 'system' | 'wrong' | 'name'>): string =>
  `${system}: ${name}: ${wrong}`

const known = new Map<string, Outcome>()
const { results } = values
if (results && existsSync(results))
  for (const line of readFileSync(results, 'utf8').trim().split('\n').filter(Boolean)) {
    const outcome = JSON.parse(line) as Outcome
    known.set(keyOf(outcome), outcome)
  }

const chosen = mistakes()
  .filter(({ name }) => values.name === undefined || name === values.name)
  .filter(({ truth }) => values.formula === undefined || truth.includes(values.formula))
const mine = chosen.filter((_, at) => at % slices! === slice! - 1)
for (const mistake of mine) {
  if (known.has(keyOf(mistake))) continue
  const outcome = outcomeOf(mistake, createWork(deadline))
  known.set(keyOf(mistake), outcome)
  if (results) appendFileSync(results, `${JSON.stringify(outcome)}\n`)
}
const outcomes = chosen.flatMap((mistake) => known.get(keyOf(mistake)) ?? [])
console.log(report(outcomes))
process.exitCode = outcomes.some(({ kind, equal }) => kind === 'proved' && !equal) ? 1 : 0
