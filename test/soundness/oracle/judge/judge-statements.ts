// Claims whose letters could run through this or that, and whose sides may have no value, against
// brute force in every reading: what is said to hold has to hold in all of them, what is refuted in
// none.
import {
  add,
  concat,
  exp,
  Graph,
  type Node,
  relu,
  sigmoid,
  square,
  sum,
  tanh,
} from '../../../../packages/graph/src/index.ts'
import type { Verdict } from '../../../../packages/verify/src/verdict/verdict.ts'
import { verify } from '../../../../packages/verify/src/verify.ts'
import { randomStatement, type Statement } from '../draw/random-statement.ts'
import { type Random, seededRandom } from '../random.ts'
import {
  type Arrays,
  bareReads,
  childrenOf,
  type Ending,
  type Expression,
  functions,
  Unclear,
  valueAt,
  written,
} from '../statements.ts'
import type { Judge } from './judged.ts'

export interface Lengths {
  readonly x: number
  readonly t: number
}

const graphFunctions = { σ: sigmoid, tanh, exp, relu }

/** a = f(x), b = tanh(t), h = a and b behind one another. */
export const recorded = ({ f }: Statement, { x: n, t: m }: Lengths): Node => {
  const g = new Graph()
  const a = graphFunctions[f](g.input('x_i', [n])).as('a_i')
  const b = tanh(g.input('t_j', [m])).as('b_j')
  const h = concat([a, b], { axis: 0 }).as('h_k')
  return add(sum(square(h)), sum(square(a))).as('C')
}

const arraysOf = ({ f }: Statement, x: readonly number[], t: readonly number[]): Arrays => {
  const [a, b] = [x.map(functions[f]), t.map(Math.tanh)]
  return { x, t, a, b, h: [...a, ...b] }
}

type Choice = 'common' | 'any' | 'left' | 'right'

/** h of a and b, a of x: what an equation of two entries defines. */
const order = ['x', 't', 'a', 'b', 'h']

/** A product of one factor is the factor. */
const alone = (side: Expression): Expression =>
  side.kind === 'product' && side.parts.length === 1 ? alone(side.parts[0]!) : side

const isEntry = (side: Expression): boolean => alone(side).kind === 'read'

/** How the free letter may run. */
const choicesFor = ({ left, right }: Statement, arrays: Arrays): readonly Choice[] => {
  const [single, other] = [left, right].map(isEntry) as [boolean, boolean]
  if (single !== other) {
    const own = bareReads(single ? left : right, 'i')
    return own.length > 0 ? [single ? 'left' : 'right'] : ['common', 'any']
  }
  const [a, b] = [alone(left), alone(right)]
  if (a.kind !== 'read' || b.kind !== 'read') return ['common', 'any']
  const isLeft = order.indexOf(a.array) > order.indexOf(b.array)
  const [later, earlier] = isLeft ? [a, b] : [b, a]
  const isOne = arrays[later.array]!.length <= arrays[earlier.array]!.length
  return isOne && later.shift === 0 && dependsOn(later.array, earlier.array)
    ? [isLeft ? 'left' : 'right']
    : ['common', 'any']
}

const dependsOn = (later: string, earlier: string): boolean =>
  later === 'h' || (later === 'a' && earlier === 'x') || (later === 'b' && earlier === 't')

const rangeOf = (
  { left, right }: Statement,
  arrays: Arrays,
  choice: Choice,
): number | undefined => {
  const sides = choice === 'left' ? [left] : choice === 'right' ? [right] : [left, right]
  const reads = sides.flatMap((side) => bareReads(side, 'i'))
  const lengths = reads.map(([array]) => arrays[array]!.length)
  if (lengths.length === 0) return undefined
  return choice === 'any' ? Math.max(...lengths) : Math.min(...lengths)
}

/** `partly`: of some entries, the others have no value. */
type Truth = 'equal' | 'different' | 'partly' | 'no value' | 'unclear'

const truthIn = (statement: Statement, arrays: Arrays, choice: Choice, ending: Ending): Truth => {
  const last = statement.isFree ? rangeOf(statement, arrays, choice) : 1
  if (last === undefined) return 'unclear'
  let [hasHole, hasValue] = [false, false]
  try {
    for (let i = 1; i <= last; i++) {
      const at = new Map([['i', i]])
      const [a, b] = [statement.left, statement.right].map((side) =>
        valueAt(side, at, arrays, ending),
      ) as [number, number]
      if (!Number.isFinite(a) || !Number.isFinite(b)) hasHole = true
      else if (Math.abs(a - b) > 1e-7 * Math.max(1, Math.abs(a), Math.abs(b))) return 'different'
      else hasValue = true
    }
  } catch (error) {
    if (error instanceof Unclear) return 'unclear'
    throw error
  }
  if (!hasHole) return 'equal'
  return hasValue ? 'partly' : 'no value'
}

const endings = ['support', 'axis'] as const

/** In every reading at one point. */
const truthsAt = (statement: Statement, arrays: Arrays): readonly Truth[] =>
  (statement.isFree ? choicesFor(statement, arrays) : (['common'] as const)).flatMap((choice) =>
    endings.map((ending) => truthIn(statement, arrays, choice, ending)),
  )

const numbers = (random: Random, count: number): number[] =>
  Array.from({ length: count }, () => (random.chance(0.1) ? 0 : (random.below(4001) - 2000) / 900))

const pointAt = (statement: Statement, { x, t }: Lengths, random: Random): Arrays =>
  arraysOf(statement, numbers(random, x), numbers(random, t))

const lengthsFrom = (random: Random): Lengths => ({
  x: 1 + random.below(5),
  t: 1 + random.below(5),
})

type Refuted = Extract<Verdict, { entry: unknown }>

/** Exact numbers are written as fractions; leaves alone are fed. */
const witnessOf = (statement: Statement, { inputs }: Refuted): Arrays => {
  const read = (name: string) =>
    (inputs[name] ?? []).map((text) => {
      const [above, below = '1'] = text.split('/')
      return Number(above) / Number(below)
    })
  return arraysOf(statement, read('x'), read('t'))
}

/** Beyond, float64 does not tell tanh x from 1, nor σ(e^x) well enough. */
const largest = { exp: 1.5, others: 6 } as const

const mentionsExp = ({ f, left, right }: Statement): boolean => {
  const isIn = (e: Expression): boolean =>
    (e.kind === 'apply' && e.f === 'exp') || childrenOf(e).some(isIn)
  return f === 'exp' || isIn(left) || isIn(right)
}

/** Every reading fails somewhere, and one of them at the counterexample. */
const refutedWrongly = (
  statement: Statement,
  lengths: Lengths,
  verdict: Refuted,
  random: Random,
): string | undefined => {
  const arrays = witnessOf(statement, verdict)
  const most = mentionsExp(statement) ? largest.exp : largest.others
  const isSmall = [...arrays.x!, ...arrays.t!].every((value) => Math.abs(value) <= most)
  const truths = truthsAt(statement, arrays)
  if (isSmall && truths.every((truth) => truth === 'equal')) return 'the counterexample is none'
  const points = Array.from({ length: 80 }, (_, k) =>
    pointAt(statement, k % 2 === 0 ? lengths : lengthsFrom(random), random),
  )
  const holds = truths.some((truth, k) => {
    if (truth !== 'equal') return false
    return points.every((point) => truthsAt(statement, point)[k] === 'equal')
  })
  return holds ? 'refuted, and true in some reading wherever it was tried' : undefined
}

const contradictionOf = (
  statement: Statement,
  lengths: Lengths,
  verdict: Verdict,
  random: Random,
): string | undefined => {
  const isForAll = verdict.kind === 'proved' && verdict.scope === 'all-sizes'
  if (verdict.kind === 'refuted') {
    if ('shapes' in verdict) return 'numbers have no shapes that differ'
    return refutedWrongly(statement, lengths, verdict, random)
  }
  if (verdict.kind !== 'proved' && verdict.kind !== 'agrees') return undefined
  let hasValue = false
  for (let k = 0; k < 14; k++) {
    const here = isForAll && k >= 4 ? lengthsFrom(random) : lengths
    const arrays = pointAt(statement, here, random)
    const truths = truthsAt(statement, arrays)
    const where = JSON.stringify(here)
    if (truths.includes('different')) return `${verdict.kind}, and false at ${where}`
    if (truths.includes('unclear')) return `${verdict.kind}, though a sum does not end`
    hasValue ||= truths.includes('equal') || truths.includes('partly')
    const hasHole = truths.includes('no value') || truths.includes('partly')
    if (hasHole && !verdict.excluded.includes('poles'))
      return `${verdict.kind} without poles, and no number at ${where}`
  }
  return hasValue ? undefined : `${verdict.kind}, of what has no value`
}

export const judgeStatements: Judge = (seed) => {
  const random = seededRandom(seed)
  const statement = randomStatement(random)
  if (!statement) return undefined
  const lengths = lengthsFrom(random)
  const text = textOf(statement)
  const verdict = verify(recorded(statement, lengths), text, { deadline: 3000 })
  const scope = verdict.kind === 'proved' ? ` ${verdict.scope}` : ''
  return {
    shown: `${text} (a = ${statement.f}(x), ${JSON.stringify(lengths)})`,
    outcome: `${statement.origin} → ${verdict.kind}${scope}`,
    wrong: contradictionOf(statement, lengths, verdict, random),
  }
}

export const textOf = ({ left, right }: { left: Expression; right: Expression }): string =>
  `${written(left)} = ${written(right)}`
