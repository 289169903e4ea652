// One random claim about whole arrays, compared with evaluating both sides.

import { verify } from '../../../../packages/verify/src/verify.ts'
import { damages, laws, somewhere, truths } from '../array-laws.ts'
import { Misfit, type Tree, text, value } from '../draw/array-trees.ts'
import { planOf } from '../draw/networks.ts'
import type { World } from '../expressions.ts'
import type { Plan } from '../plan.ts'
import { seededRandom } from '../random.ts'
import { worldAt } from '../world.ts'
import { otherLengths, recordedAt } from './judge.ts'
import type { Judge } from './judged.ts'

type Comparison = 'equal' | 'different' | 'misfit' | 'a row and a column'
const isRow = (shape: readonly number[]): boolean =>
  shape.length === 2 && shape[0] === 1 && shape[1]! > 1

const compare = (left: Tree, right: Tree, world: World): Comparison => {
  try {
    const [a, c] = [value(left, world), value(right, world)]
    const bare = (shape: readonly number[]) => shape.filter((n) => n !== 1).join()
    if (bare(a.shape) !== bare(c.shape)) return 'misfit'
    if (isRow(a.shape) !== isRow(c.shape)) return 'a row and a column'
    const largest = Math.max(...[...a.data, ...c.data].map(Math.abs))
    return a.data.every((v, k) => Math.abs(v - c.data[k]!) <= 1e-7 * largest)
      ? 'equal'
      : 'different'
  } catch (error) {
    if (error instanceof Misfit) return 'misfit'
    throw error
  }
}

export const judgeArrays: Judge = (seed) => {
  const random = seededRandom(seed)
  const kind = random.pick(Object.keys(truths))
  const plan = planOf(random, kind)
  const recorded = recordedAt(plan, plan.lengths)
  if (!recorded) return undefined
  const [left, truth] = random.pick(truths[kind]!(plan))
  let right = truth
  for (let steps = random.below(4); steps > 0; steps--)
    right = somewhere(random, right, random.pick(laws)) ?? right
  const isDamaged = random.chance(0.5)
  if (isDamaged) right = somewhere(random, right, random.pick(damages)) ?? right
  const known = (e: Tree): boolean =>
    e.kind === 'array'
      ? recorded.nodes.has(e.name!.replace(/^∂C\/∂|^δ$/, '') || 'z')
      : e.of.every(known)
  if (!known(right)) return undefined
  const sides = [text(left), text(right)]
  const claim = (random.chance(0.1) ? sides.toReversed() : sides).join(' = ')
  const verdict = verify(recorded.cost, claim, { deadline: 2500 })
  const at = (lengths: Plan['lengths']): Comparison => {
    const other = recordedAt(plan, lengths)
    if (!other) return 'misfit'
    const isWhole = plan.activation === 'none'
    const draw = () => (isWhole ? random.below(11) - 5 : (random.below(4001) - 2000) / 1500)
    return compare(left, right, worldAt(other, draw, 'zero'))
  }
  const here = Array.from({ length: 5 }, () => at(plan.lengths))
  const isForAll =
    verdict.kind === 'proved' && verdict.scope === 'all-sizes' && !verdict.fixed?.length
  const others = isForAll ? Array.from({ length: 6 }, () => at(otherLengths(random, plan))) : []
  const truthHere = here.includes('different') ? 'different' : here[0]!
  const isAffirmed = verdict.kind === 'proved' || verdict.kind === 'agrees'
  // Axes of length 1 fit where they should not.
  const hasOnes = Object.values(plan.lengths).includes(1)
  const wrong = ((): string | undefined => {
    if (isAffirmed && truthHere === 'different') return `${verdict.kind}, and false`
    if (isAffirmed && truthHere === 'misfit' && !hasOnes) return 'affirmed, and the shapes differ'
    if (others.includes('different')) return 'proved for all sizes, and false at others'
    if (verdict.kind !== 'refuted' || truthHere !== 'equal') return undefined
    // A single unit of relu is dead at five points in a row once in 32.
    const isTrue = Array.from({ length: 60 }, () => at(plan.lengths)).every((c) => c === 'equal')
    return isTrue ? 'refuted, and true' : undefined
  })()
  const scope = verdict.kind === 'proved' ? ` ${verdict.scope}` : ''
  return {
    shown: `${claim} (${kind} ${JSON.stringify([plan.lengths, plan.parameters])})`,
    outcome: `${isDamaged ? 'damaged' : 'kept'} ${truthHere} → ${verdict.kind}${scope}`,
    wrong,
  }
}
