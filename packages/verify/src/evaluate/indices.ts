// Index expressions → whole numbers, which no domain touches; and those that are linear in loops.

import { constantValue } from '../arithmetic/polynomial.ts'
import type { Choice, Index, Letter } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import { lettersIn } from '../core/walk.ts'
import { addIndices, type LinearIndex, scaleIndex } from './contraction.ts'

/** Where the value of a letter is kept, and those values. */
export interface Slots {
  readonly slots: readonly number[]
  readonly slotOf: (letter: Letter) => number
}

const choices: Readonly<Record<Choice, (values: readonly number[]) => number>> = {
  floor: ([a]) => Math.floor(a!),
  ceil: ([a]) => Math.ceil(a!),
  abs: ([a]) => Math.abs(a!),
  sign: ([a]) => Math.sign(a!),
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
}

/** The number that an index without letters is. @throws ConcreteError where a size has no value */
const lengthOf = (index: Index & { kind: 'length' }): number => {
  const value = constantValue(index.of)
  if (value === undefined) throw new ConcreteError('a size without a value')
  return Number(value)
}

export const compileIndex = (index: Index, machine: Slots): (() => number) => {
  const part = (inner: Index) => compileIndex(inner, machine)
  switch (index.kind) {
    case 'length': {
      const value = lengthOf(index)
      return () => value
    }
    case 'letter': {
      const { slots } = machine
      const slot = machine.slotOf(index.letter)
      return () => slots[slot]!
    }
    case 'plus': {
      const [first, second, ...others] = index.terms.map(part) as [() => number, () => number]
      if (others.length === 0) return () => first() + second()
      const terms: (() => number)[] = [first, second, ...others]
      return () => {
        let total = 0
        for (const term of terms) total += term()
        return total
      }
    }
    case 'times': {
      const factors = index.factors.map(part)
      return () => {
        let total = 1
        for (const factor of factors) total *= factor()
        return total
      }
    }
    case 'over': {
      const [above, below] = [part(index.above), part(index.below)]
      return () => above() / below()
    }
    case 'raised': {
      const [base, exponent] = [part(index.base), part(index.exponent)]
      return () => base() ** exponent()
    }
    case 'choice': {
      const choose = choices[index.by]
      const of = index.of.map(part)
      return () => choose(of.map((each) => each()))
    }
  }
}

/** An index as base + Σ steps · loops; undefined where it is not linear in the loops. */
export const linearIndex = (
  index: Index,
  loops: readonly Letter[],
  machine: Slots,
): LinearIndex | undefined => {
  const linear = (part: Index): LinearIndex | undefined => {
    if (part.kind === 'letter' && loops.includes(part.letter))
      return { base: () => 0, steps: loops.map((letter) => (letter === part.letter ? 1 : 0)) }
    const letters = lettersIn(part)
    if (!loops.some((letter) => letters.has(letter)))
      return { base: compileIndex(part, machine), steps: loops.map(() => 0) }
    switch (part.kind) {
      case 'plus': {
        const parts = part.terms.flatMap((term) => linear(term) ?? [])
        return parts.length === part.terms.length ? addIndices(parts, loops.length) : undefined
      }
      case 'times': {
        const [only, second] = part.factors.filter(({ kind }) => kind !== 'length')
        const inner = only && !second ? linear(only) : undefined
        const by = part.factors.reduce((p, f) => (f.kind === 'length' ? p * lengthOf(f) : p), 1)
        return inner && scaleIndex(inner, by)
      }
      default:
        return undefined
    }
  }
  return linear(index)
}
