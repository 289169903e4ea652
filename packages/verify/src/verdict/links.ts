// A claim link by link, each in every way in which its letters may run.

import type { ResolvedClaim } from '../language/resolved.ts'
import { spellingOf } from '../language/walk.ts'
import type { Given } from '../lower/claims/claim.ts'
import type { Network } from '../network/network.ts'
import { conditionsAsRead } from '../read-as/conditions.ts'
import { readAs } from '../read-as/read-as.ts'
import { linksOf } from '../statement/links.ts'
import { rangeReadings } from '../statement/ranges.ts'
import { demandValues, withPolicy } from '../statement/values.ts'
import { conjunction, overReadings } from './combine.ts'
import { type JudgeOptions, judge, unshown } from './judge.ts'
import type { Reading, Verdict } from './verdict.ts'

/** The verdict of a chain: of all its links. */
export const judgeLinks = (
  claim: ResolvedClaim,
  network: Network,
  options: JudgeOptions,
): Verdict => {
  // x = x = x says one thing twice.
  const links = [...new Map(linksOf(claim).map((link) => [spellingOf(link), link])).values()]
  const verdicts: Verdict[] = []
  for (const [k, link] of links.entries()) {
    const verdict = judgeLink(link, network, sharing(options, links.length - k))
    verdicts.push(verdict)
    if (verdict.kind === 'refuted') break
  }
  return conjunction(verdicts)
}

/** What was judged has a reading; a table has one for each of its rows. */
const canBeRead = ({ kind }: Verdict): boolean => kind !== 'ill-formed' && kind !== 'ambiguous'

const sharing = (options: JudgeOptions, parts: number): JudgeOptions => ({
  ...options,
  work: options.work.part(options.work.left() / parts),
})

/** In words, where the sides of what holds have a value. */
const askedOf = (held: Verdict, claim: ResolvedClaim, given: Given) => {
  const isHeld = held.kind === 'proved' || held.kind === 'agrees'
  const where = isHeld && held.excluded.includes('poles') ? conditionsAsRead(claim, given) : []
  return where.length > 0 ? { where } : {}
}

const judgeLink = (written: ResolvedClaim, network: Network, options: JudgeOptions): Verdict => {
  const { reading, work } = options
  const settling = { reading, budget: work }
  const link = withPolicy(written, network, settling)
  demandValues(link, network, settling)
  const given = { network, ...settling }
  const readings = rangeReadings(link, network, settling)
  const rows = readings.map(({ claim, description, letters, isHere }, k) => {
    const share = sharing(options, readings.length - k)
    const judged = judge(claim, network, isHere ? { ...share, recordedOnly: true } : share)
    if (judged === unshown) return { row: [reading ?? [], judged] as const, description }
    const isHeld = judged.kind === 'proved' || judged.kind === 'agrees'
    const held = isHeld && letters.length > 0 ? { ...judged, letters } : judged
    const own = 'readAs' in held ? held.readAs : undefined
    const read = own ?? (canBeRead(held) ? readAs(claim, network, settling) : undefined)
    const verdict = { ...held, ...(read && { readAs: read }), ...askedOf(held, claim, given) }
    return { row: [reading ?? [], verdict] as readonly [Reading, Verdict], description }
  })
  const [first] = rows as [(typeof rows)[0]]
  if (rows.length === 1) return first.row[1]
  const holds = ({ row: [, { kind }] }: typeof first) => kind === 'proved' || kind === 'agrees'
  const sorted = [...rows.filter(holds), ...rows.filter((each) => !holds(each))]
  return overReadings(
    sorted.map(({ row }) => row),
    sorted.map(({ description }) => description),
  )
}
