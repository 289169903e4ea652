// Index expressions of the notation: whole numbers, ranges and guards, which no domain touches.
import type { notation } from '@backprove/graph'
import { ConcreteError } from '../domains/domain.ts'
import { addIndices, type LinearIndex, scaleIndex } from './contraction.ts'

type Expression = notation.Expression

/** Where the value of a name is kept. */
export type Scope = ReadonlyMap<string, number>

const functions: Readonly<
  Partial<Record<notation.FunctionName, (a: number, b: number) => number>>
> = {
  floor: Math.floor,
  ceil: Math.ceil,
  abs: Math.abs,
  sign: Math.sign,
  max: Math.max,
  min: Math.min,
}

/** Whether it is made of indices and numbers alone. */
export const isIndex = (node: Expression): boolean => {
  switch (node.kind) {
    case 'number':
    case 'symbol':
      return true
    case 'sum':
      return node.terms.every(isIndex)
    case 'product':
      return node.factors.every(isIndex)
    case 'negation':
      return isIndex(node.operand)
    case 'quotient':
      return isIndex(node.numerator) && isIndex(node.denominator)
    case 'modulo':
      return isIndex(node.left) && isIndex(node.right)
    case 'call':
      return functions[node.name] !== undefined && node.operands.every(isIndex)
    default:
      return false
  }
}

export const indexOf = (
  node: Expression,
  scope: Scope,
  slots: readonly number[],
): (() => number) => {
  const part = (inner: Expression) => indexOf(inner, scope, slots)
  switch (node.kind) {
    case 'number': {
      const { value } = node
      return () => value
    }
    case 'symbol': {
      const slot = scope.get(node.name)
      if (slot === undefined) throw new ConcreteError(`“${node.name}” has no value`)
      return () => slots[slot]!
    }
    case 'sum': {
      const terms = node.terms.map(part)
      return () => {
        let total = 0
        for (const term of terms) total += term()
        return total
      }
    }
    case 'product': {
      const factors = node.factors.map(part)
      return () => {
        let total = 1
        for (const factor of factors) total *= factor()
        return total
      }
    }
    case 'negation': {
      const operand = part(node.operand)
      return () => -operand()
    }
    case 'quotient': {
      const [above, below] = [part(node.numerator), part(node.denominator)]
      return () => above() / below()
    }
    case 'modulo': {
      const [left, right] = [part(node.left), part(node.right)]
      return () => left() - right() * Math.floor(left() / right())
    }
    case 'call': {
      const apply = functions[node.name]
      const [a, b] = node.operands.map(part)
      if (apply && a) return () => apply(a(), b?.() ?? 0)
      break
    }
  }
  throw new ConcreteError('an index is made of whole numbers')
}

/** The letters of an index expression; false where it is none. */
export const collectIndices = (node: Expression, into: Set<string>): boolean => {
  switch (node.kind) {
    case 'number':
      return true
    case 'symbol':
      into.add(node.name)
      return true
    case 'sum':
      return node.terms.every((term) => collectIndices(term, into))
    case 'product':
      return node.factors.every((factor) => collectIndices(factor, into))
    case 'negation':
      return collectIndices(node.operand, into)
    case 'quotient':
      return collectIndices(node.numerator, into) && collectIndices(node.denominator, into)
    case 'modulo':
      return collectIndices(node.left, into) && collectIndices(node.right, into)
    case 'call':
      return node.operands.every((operand) => collectIndices(operand, into))
    default:
      return false
  }
}

/** An index as base + Σ steps · loops; undefined where it is not linear in the loops. */
export const linearIndexOf = (
  node: Expression,
  loops: readonly string[],
  scope: Scope,
  slots: readonly number[],
): LinearIndex | undefined => {
  const all = (nodes: readonly Expression[]): LinearIndex | undefined => {
    const parts = nodes.flatMap((each) => linear(each) ?? [])
    return parts.length === nodes.length ? addIndices(parts, loops.length) : undefined
  }
  const linear = (part: Expression): LinearIndex | undefined => {
    const letters = new Set<string>()
    if (!collectIndices(part, letters)) return undefined
    if (!loops.some((name) => letters.has(name)))
      return { base: indexOf(part, scope, slots), steps: loops.map(() => 0) }
    switch (part.kind) {
      case 'symbol':
        return { base: () => 0, steps: loops.map((name) => (name === part.name ? 1 : 0)) }
      case 'sum':
        return all(part.terms)
      case 'negation': {
        const inner = linear(part.operand)
        return inner && scaleIndex(inner, -1)
      }
      case 'product': {
        const [only, second] = part.factors.filter((factor) => factor.kind !== 'number')
        const inner = only && !second ? linear(only) : undefined
        const by = part.factors.reduce((p, f) => (f.kind === 'number' ? p * f.value : p), 1)
        return inner && scaleIndex(inner, by)
      }
      default:
        return undefined
    }
  }
  return linear(node)
}
