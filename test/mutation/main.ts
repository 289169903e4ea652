// Breaks every vjp rule of every op in every way of the list, and demands that the checks see it:
// the mechanical adjoint of the op's line and central differences, at orders 1 and 2.
// Prints a table; exits 1 when a broken rule passes, or a sound one does not.
// `node test/mutation/main.ts [--samples 30] [--op conv2d]`
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { ops } from '../../packages/graph/src/ops/index.ts'
import { checkOp } from '../../packages/graph/src/testing/check-op.ts'
import { type Recorded, recordInstance } from '../../packages/graph/src/testing/instance.ts'
import { instances, type OpName, opNames } from '../../packages/graph/src/testing/instances.ts'
import { complaintAbout, type Mutant, mutantsOf } from '../../packages/graph/src/testing/mutants.ts'

interface Verdict {
  readonly what: string
  /** In how many of the samples the checks went red; 0 is a survivor. */
  readonly seen: number
  readonly samples: number
  readonly complaint: string
}

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '30' },
    op: { type: 'string' },
  },
})
const samples = Number(values.samples)
if (!Number.isInteger(samples) || samples < 1) {
  throw new Error(`--samples ${values.samples}: it must be a whole number from 1`)
}

const chosen = opNames.filter((name) => values.op === undefined || name === values.op)
if (chosen.length === 0) throw new Error(`--op ${values.op}: there is no such op`)

const applicationsOf = (name: OpName): Recorded[] =>
  fc
    .sample(instances[name], { numRuns: samples, seed: 11 })
    .map((instance, seed) =>
      recordInstance(instance, seed, { ties: seed % 2 === 0 ? 'first' : 'split' }),
    )

function judge(mutant: Mutant, applications: readonly Recorded[]): Verdict {
  const complaints = applications.flatMap((application, k) => {
    // Order 2 costs much more, and order 1 already tells the rules apart: a sample of it will do.
    const complaint = complaintAbout(mutant, application, k < 3 ? 2 : 1)
    return complaint === undefined ? [] : [complaint]
  })
  const { what } = mutant
  return { what, seen: complaints.length, samples, complaint: complaints[0] ?? 'PASSED' }
}

const rows: Verdict[] = []
for (const name of chosen) {
  const applications = applicationsOf(name)
  for (const { node, feeds, jumps } of applications) checkOp(node, feeds, { jumps })
  for (const mutant of mutantsOf(ops[name])) rows.push(judge(mutant, applications))
}

const widest = Math.max(...rows.map(({ what }) => what.length))
for (const { what, seen, complaint } of rows) {
  const [first = ''] = complaint.split('\n')
  console.log(
    `${what.padEnd(widest)}  ${String(seen).padStart(4)}/${samples}  ${first.slice(0, 90)}`,
  )
}
const survivors = rows.filter(({ seen }) => seen === 0)
const rules = chosen.reduce((count, name) => count + Object.keys(ops[name].vjp).length, 0)
console.log(
  `\n${rows.length} mutants of ${rules} rules of ${chosen.length} ops: ` +
    `${rows.length - survivors.length} seen, ${survivors.length} passed`,
)
if (survivors.length > 0) process.exitCode = 1
