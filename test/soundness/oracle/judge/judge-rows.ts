// One random claim of a kind that was once answered wrongly, against its truth at many points, in
// every usual reading, and at other sizes.
import type { Verdict } from '../../../../packages/verify/src/verdict/verdict.ts'
import { verify } from '../../../../packages/verify/src/verify.ts'
import type { Drawn, Leaves } from '../draw/drawn.ts'
import { bends } from '../draw/rows/bends.ts'
import { givens } from '../draw/rows/givens.ts'
import { planes } from '../draw/rows/planes.ts'
import { sliding } from '../draw/rows/sliding.ts'
import { stacks } from '../draw/rows/stacks.ts'
import { winners } from '../draw/rows/winners.ts'
import { words } from '../draw/rows/words.ts'
import { type Random, seededRandom } from '../random.ts'
import type { Judge } from './judged.ts'
import { witnessOf } from './witness.ts'

const makers: readonly ((random: Random) => Drawn)[] = [
  sliding,
  bends,
  winners,
  planes,
  words,
  givens,
  stacks,
]

const ranges = [1.4, 1.4, 3, 12, 60] as const

/** Numbers of every size and of one sign or two; where chance may make them equal, a few. */
const pointAt = (drawn: Drawn, random: Random, k: number): Leaves => {
  const few = [0, 1, -1, 2, ...drawn.constants]
  const most = Math.min(ranges[k % ranges.length]!, drawn.largest ?? Number.POSITIVE_INFINITY)
  const lean = random.pick([0, 0, 1, -1])
  const anywhere = () => {
    const value = ((random.below(400_001) - 200_000.37) / 200_000) * most
    return lean === 0 ? value : lean * Math.abs(value)
  }
  const isFew = !drawn.isGeneric && k % 3 === 0
  const leaves: Leaves = Object.fromEntries(
    Object.entries(drawn.leaves).map(([name, count]) => [
      name,
      Array.from({ length: count }, isFew ? () => random.pick(few) : anywhere),
    ]),
  )
  const moved = k % 2 === 0 && drawn.moved ? drawn.moved(leaves, random) : leaves
  return drawn.within ? drawn.within(moved) : moved
}

/** One number in every leaf: log log x of many x at once. */
const alikeAt = ({ leaves, largest = 8, within = (at) => at }: Drawn, random: Random): Leaves => {
  const number = () => ((random.below(4001) - 2000.37) / 2000) * largest
  return within(
    Object.fromEntries(
      Object.entries(leaves).map(([name, count]) => [name, Array<number>(count).fill(number())]),
    ),
  )
}

type Truth = boolean | undefined

const truthsAt = ({ holds, readings = [] }: Drawn, leaves: Leaves): readonly Truth[] =>
  [holds, ...readings].map((reading) => reading(leaves))

const points = 60
const pointsElsewhere = 8
const sizesElsewhere = 4
/** Where nobody names a point at which it fails, or has a value at all. */
const morePoints = 1500

const affirmedWrongly = (
  drawn: Drawn,
  verdict: Extract<Verdict, { kind: 'proved' | 'agrees' }>,
  random: Random,
): string | undefined => {
  const { kind } = verdict
  let hasValue = false
  const look = (at: Drawn, count: number, where: string): string | undefined => {
    for (let k = 0; k < count; k++) {
      const leaves = pointAt(at, random, k)
      const truths = truthsAt(at, leaves)
      if (truths.includes(false)) return `${kind}, and false${where} at ${JSON.stringify(leaves)}`
      hasValue ||= truths.includes(true)
      if (truths.includes(undefined) && !at.isGeneric && !verdict.excluded.includes('poles'))
        return `${kind} without poles, and no number${where} at ${JSON.stringify(leaves)}`
    }
    return undefined
  }
  const here = look(drawn, points, '')
  if (here) return here
  if (kind === 'proved' && verdict.scope === 'all-sizes')
    for (let k = 0; k < sizesElsewhere; k++) {
      const other = drawn.others?.(random)
      const found = other && look(other, pointsElsewhere, ' at other sizes')
      if (found) return found
    }
  for (let k = 0; k < morePoints && !hasValue; k++)
    hasValue = truthsAt(drawn, k % 2 ? pointAt(drawn, random, k) : alikeAt(drawn, random)).includes(
      true,
    )
  return hasValue ? undefined : `${kind}, of what has no value`
}

const contradictionOf = (drawn: Drawn, verdict: Verdict, random: Random): string | undefined => {
  const { kind } = verdict
  if (kind !== 'proved' && kind !== 'agrees' && kind !== 'refuted') return undefined
  if (drawn.isEmpty) return `${kind}, of what claims nothing`
  if (kind !== 'refuted') return affirmedWrongly(drawn, verdict, random)
  const witness = witnessOf(drawn, verdict)
  const strictly = { ...drawn, holds: drawn.strictly ?? drawn.holds }
  const isFalse = (leaves: Leaves) =>
    [drawn, strictly].some((each) => truthsAt(each, leaves).every((truth) => truth === false))
  if (witness && truthsAt(drawn, witness).every((truth) => truth === true))
    return 'the counterexample is none'
  if (witness && isFalse(witness)) return undefined
  const elsewhere = () => {
    for (let k = 0; k < sizesElsewhere * 4; k++) {
      const other = drawn.others?.(random)
      const all = other && { ...other, holds: other.strictly ?? other.holds }
      if (all && truthsAt(all, pointAt(all, random, k)).every((truth) => truth === false))
        return true
    }
    return false
  }
  for (let k = 0; k < morePoints; k++) if (isFalse(pointAt(drawn, random, k))) return undefined
  if (!witness && elsewhere()) return undefined
  return 'refuted, and true wherever it was tried'
}

const said = (verdict: Verdict): string =>
  verdict.kind === 'proved' ? `proved ${verdict.scope}` : verdict.kind

/** One sentence has one verdict, however it is written. */
const otherwise = ({ cost, alike }: Drawn, verdict: Verdict): string | undefined => {
  const other = alike === undefined ? verdict : verify(cost(), alike, { deadline: 3000 })
  if ([verdict, other].some(({ kind }) => kind === 'budget')) return undefined
  return said(other) === said(verdict)
    ? undefined
    : `${said(verdict)}, but ${said(other)}: ${alike}`
}

export const judgeRows: Judge = (seed) => {
  const random = seededRandom(seed)
  const maker = random.pick(makers)
  const drawn = maker(random)
  const verdict =
    drawn.ask?.() ??
    verify(drawn.cost(), drawn.text, { deadline: 3000, assume: drawn.assume ?? [] })
  return {
    shown: `${drawn.text} (${JSON.stringify(drawn.leaves)})`,
    outcome: `${maker.name} → ${said(verdict)}`,
    wrong: contradictionOf(drawn, verdict, random) ?? otherwise(drawn, verdict),
  }
}
