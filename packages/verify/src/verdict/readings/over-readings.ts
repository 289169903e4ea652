// One claim over everything that it can be read as: superscripts, layers, bare stars.
import type { Work } from '../../arithmetic/budget.ts'
import type { Choice, Choices } from '../../language/resolve/context.ts'
import type {
  Resolution,
  Resolved,
  ResolvedClaim,
  SuperscriptReading,
} from '../../language/resolved.ts'
import { childNodes } from '../../language/walk.ts'
import { bareStars } from '../../lower/claims/bare-stars.ts'
import type { Network } from '../../network/network.ts'
import { answered } from '../answered.ts'
import { overReadings } from '../combine.ts'
import { judgeInstances } from '../instances.ts'
import type { Reading, Verdict } from '../verdict.ts'
import { readingsOf } from './readings.ts'

interface Run {
  readonly network: Network
  readonly assumptions: readonly ResolvedClaim[]
  readonly work: Work
  readonly truthOnly?: boolean
  readonly options: {
    readonly reading?: Reading
    readonly assume?: readonly string[]
    readonly diagnose?: unknown
    readonly certify?: boolean
  }
}

export interface ReadingVerdict {
  readonly verdict: Verdict
  /** Choices that the claim leaves open. */
  readonly open: readonly Choice[]
}

/** The sides do not fit together as they were read. */
export const isMisfit = (verdict: Verdict): boolean =>
  verdict.kind === 'ill-formed' ||
  verdict.kind === 'budget' ||
  (verdict.kind === 'refuted' && 'shapes' in verdict)

const alternatives: { readonly [K in Choice]?: readonly Choices[K][] } = {
  dots: ['entrywise'],
  chains: ['entrywise'],
  rows: ['row'],
  axis: ['second of weights', 'second'],
  units: ['left out'],
  outers: ['matrix'],
  hadamards: ['first'],
  squares: ['inner'],
  turns: ['transposes'],
  predictions: ['outputs'],
}

/** Every other way to choose what is open: one at a time, then together. */
export const otherChoices = (usual: Choices, open: readonly Choice[]): readonly Choices[] => {
  const free = open.filter((choice) => alternatives[choice] !== undefined)
  const each = free.flatMap((choice) =>
    alternatives[choice]!.map((value) => ({ ...usual, [choice]: value })),
  )
  const last = free.map((choice) => [choice, alternatives[choice]!.at(-1)])
  const together = { ...usual, ...Object.fromEntries(last) }
  return free.length > 1 ? [...each, together] : each
}

const shareOf = (run: Run, parts: number): Run => ({
  ...run,
  work: run.work.part(run.work.left() / parts),
})

export const verifyReadings = (readings: Resolution, run: Run): ReadingVerdict => {
  const table = readings.map((reading, k): readonly [Reading, Verdict] => [
    [],
    answered(() => verifyReading(reading, shareOf(run, readings.length - k))),
  ])
  const fitting = table.flatMap(([, each], k) => (isMisfit(each) ? [] : [k]))
  const kept = [...table.keys()].filter(
    (k) => !readings[k]!.mustFit || fitting.length === 0 || fitting.includes(k),
  )
  const descriptions = kept.map((k) => readings[k]!.description)
  const verdict =
    kept.length === 1
      ? table[kept[0]!]![1]
      : overReadings(
          kept.map((k) => table[k]!),
          descriptions,
        )
  return { verdict, open: [...new Set(readings.flatMap(({ open }) => open))] }
}

const starCount = (node: Resolved): number =>
  (node.kind === 'star' && node.ordinal !== undefined ? 1 : 0) +
  childNodes<Resolved>(node).reduce((sum, child) => sum + starCount(child), 0)

/** One reading of the superscripts; every reading of its bare stars. */
const verifyReading = (reading: SuperscriptReading, run: Run): Verdict => {
  const { network, work } = run
  const [first] = reading.instances
  const count = first!.claim.operands.reduce((sum, operand) => sum + starCount(operand), 0)
  const given = run.options.reading
  const stars = () => reading.instances.flatMap(({ claim }) => bareStars(claim, network, work))
  const readings = given ? [given] : readingsOf(count, [...new Set(stars())])
  const table = readings.map((each, k): readonly [Reading, Verdict] => {
    const share = shareOf(run, readings.length - k)
    return [each, verifyInstances(reading, count > 0 ? each : undefined, share)]
  })
  return table.length === 1 ? table[0]![1] : overReadings(table)
}

const verifyInstances = (
  reading: SuperscriptReading,
  stars: Reading | undefined,
  { network, options, assumptions, work, truthOnly }: Run,
): Verdict =>
  judgeInstances(reading, network, {
    ...(stars && { reading: stars }),
    ...(reading.isOfEntries && { recordedOnly: true }),
    ...(options.certify && { certify: true }),
    ...(truthOnly && { truthOnly }),
    assumptions,
    assumed: options.assume ?? [],
    // Half of it for what would make the claim true.
    work: options.diagnose ? work.part(work.left() / 2) : work,
  })
