// node test/printed/round-trip.ts [--only NAME] [--random COUNT] [--part 1/2] [--deadline 4000]
// [--list]: whatever is printed of the networks is read and judged; what is not proved is listed.
import { parseArgs } from 'node:util'
import { verify } from '@backprove/verify'
import { networks, randomNetwork } from './nets.ts'
import { derivedOf, printedOf } from './printed.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    random: { type: 'string', default: '0' },
    part: { type: 'string', default: '1/1' },
    deadline: { type: 'string', default: '4000' },
    list: { type: 'boolean' },
  },
})
const deadline = Number(values.deadline)
const [part = 1, parts = 1] = values.part.split('/').map(Number)

const wanted = [
  ...networks,
  ...Array.from(
    { length: Number(values.random) },
    (_, k) => [`random ${k + 1}`, () => randomNetwork(k + 1)] as const,
  ),
].filter(([name], k) =>
  values.only === undefined ? k % parts === part - 1 : new RegExp(values.only).test(name),
)

const totals: Record<string, number> = {}
for (const [name, make] of wanted) {
  if (values.list) {
    console.log(name)
    continue
  }
  const counts: Record<string, number> = {}
  const bad: string[] = []
  const seen = new Set<string>()
  try {
    const cost = make()
    for (const { what, claim } of [...printedOf(cost), ...derivedOf(cost)]) {
      if (seen.has(claim)) continue
      seen.add(claim)
      const verdict = verify(cost, claim, { deadline })
      const { kind } = verdict
      counts[kind] = (counts[kind] ?? 0) + 1
      totals[kind] = (totals[kind] ?? 0) + 1
      if (kind === 'proved') continue
      const why =
        'reason' in verdict
          ? verdict.reason
          : 'tried' in verdict
            ? verdict.tried.join('; ')
            : 'why' in verdict
              ? verdict.why
              : ''
      bad.push(`  ${kind} [${what}] ${claim}\n    ${why}`)
    }
  } catch (error) {
    bad.push(`  ERROR ${(error as Error).stack}`)
  }
  console.log(`${name}: ${JSON.stringify(counts)}`)
  for (const line of bad) console.log(line)
}
console.log(JSON.stringify(totals))
