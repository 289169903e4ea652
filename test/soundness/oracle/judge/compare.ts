// Both sides of an equation at one point, for all values of its free letters: brute force.
import { freeOf } from '../draw/trees.ts'
import { evaluate, type Index, type Scalar, Unbounded, type World } from '../expressions.ts'
import type { Plan, Recorded } from '../plan.ts'
import { type Random, seededRandom } from '../random.ts'
import type { Equation } from '../scalars.ts'
import { worldAt } from '../world.ts'

/** Of the axes that the letter indexes bare. */
const bareLengths = (e: Scalar, name: string, world: World): readonly number[] => {
  const own = (shape: readonly number[], at: readonly Index[]) =>
    at.flatMap(({ constant, terms }, axis) => {
      const [[coefficient, atom] = [0, '']] = terms
      const isIt = constant === 0 && terms.length === 1 && coefficient === 1 && atom === name
      return isIt ? [shape[axis]!] : []
    })
  const all = (parts: readonly Scalar[]) => parts.flatMap((part) => bareLengths(part, name, world))
  switch (e.kind) {
    case 'entry':
    case 'sign':
      return own(world.array(e.array).shape, e.at)
    case 'jacobian':
      return own(world.jacobian(e.of, e.by).shape, [...e.at, ...e.place])
    case 'sum':
      return e.over.some((b) => b.name === name) ? [] : all([e.body])
    case 'product':
      return all(e.factors)
    case 'addition':
      return all(e.terms)
    case 'power':
      return all([e.base])
    default:
      return []
  }
}

const isSingle = ({ kind }: Scalar): boolean => kind === 'entry' || kind === 'jacobian'

/** A free letter runs through the box of the side that is one entry; else through this or that. */
const lastOf = (
  { left, right }: Equation,
  name: string,
  world: World,
  range: Range,
): number | undefined => {
  const [own, other] = [left, right].map((side) => bareLengths(side, name, world))
  const single = isSingle(left) ? own! : other!
  const isOne = isSingle(left) !== isSingle(right) && single.length > 0
  const lengths = isOne ? single : [...own!, ...other!]
  if (lengths.length === 0) return undefined
  return range === 'common' ? Math.min(...lengths) : Math.max(...lengths)
}

export const ranges = ['common', 'any'] as const
type Range = (typeof ranges)[number]

export type Comparison = 'equal' | 'different' | 'unclear'

/** Both sides at all values of the free letters; alike where rounding may have left the gap. */
const compareAt = (
  equation: Equation,
  world: World,
  range: Range,
  rounding: number,
): Comparison => {
  const { left, right } = equation
  const names = [...new Set([...freeOf(left), ...freeOf(right)])]
  const last = names.map((name) => lastOf(equation, name, world, range))
  if (last.includes(undefined)) return 'unclear'
  let result: Comparison = 'equal'
  const letters = new Map<string, number>()
  const visit = (k: number): void => {
    if (result === 'different') return
    if (k < names.length) {
      for (let value = 1; value <= last[k]!; value++) {
        letters.set(names[k]!, value)
        visit(k + 1)
      }
      return
    }
    const [a, b] = [evaluate(left, letters, world), evaluate(right, letters, world)]
    const gap = Math.abs(a.value - b.value)
    const size = Math.max(a.size, b.size)
    if (!Number.isFinite(size)) result = 'unclear'
    else if (gap > 1e-6 * size) result = 'different'
    else if (gap > rounding * size) result = 'unclear'
  }
  visit(0)
  return result
}

/** As `compareAt`; a sum without an end has no value. */
export const comparedAt = (
  equation: Equation,
  world: World,
  range: Range,
  rounding = 1e-10,
): Comparison => {
  try {
    return compareAt(equation, world, range, rounding)
  } catch (error) {
    if (error instanceof Unbounded) return 'unclear'
    throw error
  }
}

const drawn = (random: Random, { isSmooth, activation }: Plan): (() => number) => {
  if (activation !== 'none' || !isSmooth) return () => (random.below(4001) - 2000) / 1500
  const largest = random.pick([2, 3, 9])
  return () => random.below(2 * largest + 1) - largest
}

/** In all readings of σ(z_{ij}) outside of z, and of ranges: what holds in none contradicts. */
export const compareBoth = (
  plan: Plan,
  recorded: Recorded,
  equation: Equation,
  seed: number,
): readonly Comparison[] => {
  const found = new Set<Comparison>()
  for (const outside of ['value', 'zero'] as const) {
    const world = worldAt(recorded, drawn(seededRandom(seed), plan), outside)
    for (const range of ranges) found.add(comparedAt(equation, world, range))
  }
  return [...found]
}
