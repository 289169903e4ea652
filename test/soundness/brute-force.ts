// The long run of a kind of claim: every verdict compared with brute force that shares nothing with
// the verifier.
//
//   node test/soundness/brute-force.ts KIND [count = 1000] [first seed = 1]
//
// of the kinds claims, arrays, graphs, sizes, brackets, statements, kinds and rows.
import { judgeClaims } from './oracle/judge/judge.ts'
import { judgeArrays } from './oracle/judge/judge-array.ts'
import { judgeBrackets } from './oracle/judge/judge-brackets.ts'
import { judgeGraphs } from './oracle/judge/judge-graphs.ts'
import { judgeKinds } from './oracle/judge/judge-kinds.ts'
import { judgeRows } from './oracle/judge/judge-rows.ts'
import { judgeSizes } from './oracle/judge/judge-sizes.ts'
import { judgeStatements } from './oracle/judge/judge-statements.ts'
import type { Judge } from './oracle/judge/judged.ts'
import { bruteForce } from './oracle/run.ts'

const judges: Readonly<Record<string, Judge>> = {
  claims: judgeClaims,
  arrays: judgeArrays,
  graphs: judgeGraphs,
  sizes: judgeSizes,
  brackets: judgeBrackets,
  statements: judgeStatements,
  kinds: judgeKinds,
  rows: judgeRows,
}
const [kind = 'claims', count = '1000', first = '1'] = process.argv.slice(2)
const judge = judges[kind]
if (!judge) throw new Error(`one of ${Object.keys(judges).join(', ')}, not ${kind}`)
const { outcomes, wrong } = bruteForce(judge, Number(count), Number(first))
console.log(outcomes.join('\n'))
if (wrong.length > 0) console.log(wrong.join('\n'))
console.log(`${count} ${kind}, ${wrong.length} wrong verdicts`)
process.exitCode = wrong.length > 0 ? 1 : 0
