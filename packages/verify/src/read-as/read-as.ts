// What a claim was read as: its core, in letters with ranges, as text and LaTeX. At the recorded
// sizes; what only their shapes settle is settled.

import { BudgetExceeded, type Work } from '../arithmetic/budget.ts'
import { letterOf, type Scalar, type Table } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import type { StarReading, Statement } from '../core/statement.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { statementOf } from '../lower/claims/claim.ts'
import { names } from '../lower/value.ts'
import { recordedLengths } from '../network/lengths.ts'
import type { Network } from '../network/network.ts'
import { constant, spellLinear } from './indices.ts'
import { entered, print } from './print.ts'
import { latex, type Style, text } from './style.ts'
import { allKnown } from './unknowns.ts'

/** What the claim was read as, every letter with its range, at the recorded sizes. */
export interface ReadAs {
  readonly text: string
  readonly latex: string
}

/** Longer ones help nobody. */
export const longest = 2000

/** Undefined where the claim has no meaning, or one that is too long to be read. */
export const readAs = (
  claim: ResolvedClaim,
  network: Network,
  {
    reading,
    budget,
  }: { readonly reading: readonly StarReading[] | undefined; readonly budget: Work },
): ReadAs | undefined => {
  try {
    const statement = statementOf(claim, { network, budget, reading })
    const [plain, typeset] = [text, latex].map((style) => spelled(statement, network, style))
    return plain!.length > longest ? undefined : { text: plain!, latex: typeset! }
  } catch (error) {
    if (error instanceof ConcreteError || error instanceof BudgetExceeded) return undefined
    throw error
  }
}

const one = constant(1, allKnown)

const isLong = (length: number): boolean => length !== 1

const shapeOf = (side: Scalar | Table): readonly number[] =>
  side.kind === 'table' ? side.axes.map(({ length }) => recordedLengths.recorded(length)) : []

const spelled = ({ free, sides }: Statement, { cost }: Network, style: Style): string => {
  const outer = entered(
    free.map(({ letter, range: { low, high } }) => ({ letter, low: [low], high: [high] })),
    { values: new Map(), taken: new Set(), style, unknowns: allKnown, cost },
  )
  const lengths = sides
    .map((side) => shapeOf(side).filter(isLong))
    .reduce((a, b) => (b.length > a.length ? b : a))
  // The axes of whole arrays get letters that are the same on every side.
  const axes = lengths.map((high, axis) => ({ letter: letterOf(names[axis] ?? 'i'), low: 1, high }))
  const inner = entered(
    axes.map(({ letter, high }) => ({ letter, low: [1], high: [high] })),
    outer,
  )
  const written = sides.map((side) => {
    if (side.kind !== 'table') return print(side, inner).spelling
    const values = new Map(inner.values)
    let next = 0
    shapeOf(side).forEach((length, axis) => {
      const shared = isLong(length) ? inner.values.get(axes[next++]!.letter)! : one
      values.set(side.axes[axis]!.letter, shared)
    })
    return print(side.body, { ...inner, values }).spelling
  })
  const ranges = [...free.map(({ letter, range }) => ({ letter, ...range })), ...axes].map(
    ({ letter, low, high }) => {
      const name = spellLinear(inner.values.get(letter)!)
      return low === high ? `${name} = ${low}` : `${name} = ${low}, ${style.dots}, ${high}`
    },
  )
  return written.join(' = ') + style.where(ranges)
}
