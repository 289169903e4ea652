// Indices of a claim: whole numbers made of index letters, sizes and ⌊ ⌋.

import { ConcreteError } from '../../core/errors.ts'
import { addIndices, type LinearIndex, scaleIndex } from '../../evaluate/contraction.ts'
import { freeIndices } from '../../language/free.ts'
import type { Resolved } from '../../language/resolved.ts'
import type { Word } from '../../language/syntax.ts'
import type { IndexScope } from './compiled.ts'

const functions: Partial<Record<Word, (values: readonly number[]) => number>> = {
  floor: ([a]) => Math.floor(a!),
  ceil: ([a]) => Math.ceil(a!),
  abs: ([a]) => Math.abs(a!),
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
}

/** Whether it is made of indices, sizes and numbers alone. */
export const isIndexValue = (node: Resolved): boolean => {
  switch (node.kind) {
    case 'numeral':
    case 'index':
    case 'size':
      return true
    case 'product':
      return node.factors.every(isIndexValue)
    case 'addition':
      return node.terms.every(isIndexValue)
    case 'negation':
      return isIndexValue(node.operand)
    case 'quotient':
      return isIndexValue(node.numerator) && isIndexValue(node.denominator)
    case 'power':
      return isIndexValue(node.base) && isIndexValue(node.exponent)
    case 'call':
      return functions[node.word] !== undefined && node.operands.every(isIndexValue)
    default:
      return false
  }
}

/** `slots` holds the values of the scope's indices. @throws ConcreteError where it is no index */
export const indexValue = (
  node: Resolved,
  scope: IndexScope,
  slots: readonly number[],
  size: (name: string) => number | undefined,
): (() => number) => {
  const part = (inner: Resolved) => indexValue(inner, scope, slots, size)
  switch (node.kind) {
    case 'numeral': {
      const value = numberOf(node)
      return () => value
    }
    case 'index': {
      const slot = scope.get(node.name)
      if (slot === undefined) throw new ConcreteError(`Nothing bounds the index ${node.name}`)
      return () => slots[slot]!
    }
    case 'size': {
      const value = size(node.name)
      if (value === undefined) throw new ConcreteError(`${node.name} is no size of the graph`)
      return () => value
    }
    case 'product': {
      const factors = node.factors.map(part)
      return () => factors.reduce((product, factor) => product * factor(), 1)
    }
    case 'addition': {
      const terms = node.terms.map(part)
      return () => terms.reduce((sum, term) => sum + term(), 0)
    }
    case 'negation': {
      const operand = part(node.operand)
      return () => -operand()
    }
    case 'quotient': {
      const [above, below] = [part(node.numerator), part(node.denominator)]
      return () => above() / below()
    }
    case 'power': {
      const [base, exponent] = [part(node.base), part(node.exponent)]
      return () => base() ** exponent()
    }
    case 'call': {
      const apply = functions[node.word]
      if (!apply) break
      const operands = node.operands.map(part)
      return () => apply(operands.map((operand) => operand()))
    }
  }
  throw new ConcreteError('An index is made of whole numbers, index letters and sizes')
}

/** An index as base + Σ steps · loops; undefined where it is not linear in the loops. */
export const linearIndexValue = (
  node: Resolved,
  loops: readonly string[],
  base: (node: Resolved) => () => number,
): LinearIndex | undefined => {
  const linear = (part: Resolved): LinearIndex | undefined => {
    const letters = freeIndices(part)
    if (!loops.some((name) => letters.includes(name)))
      return { base: base(part), steps: loops.map(() => 0) }
    switch (part.kind) {
      case 'index':
        return { base: () => 0, steps: loops.map((name) => (name === part.name ? 1 : 0)) }
      case 'addition': {
        const parts = part.terms.flatMap((term) => linear(term) ?? [])
        return parts.length === part.terms.length ? addIndices(parts, loops.length) : undefined
      }
      case 'negation': {
        const inner = linear(part.operand)
        return inner && scaleIndex(inner, -1)
      }
      case 'product': {
        const [only, second] = part.factors.filter(({ kind }) => kind !== 'numeral')
        const inner = only && !second ? linear(only) : undefined
        const by = part.factors.reduce((p, f) => (f.kind === 'numeral' ? p * numberOf(f) : p), 1)
        return inner && scaleIndex(inner, by)
      }
      default:
        return undefined
    }
  }
  return linear(node)
}

const numberOf = ({ value }: Extract<Resolved, { kind: 'numeral' }>): number =>
  Number(value.numerator) / Number(value.denominator)
