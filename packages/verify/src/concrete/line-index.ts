// Index expressions of the notation: whole numbers, ranges and guards, which no domain touches.
import type { notation } from '@backprove/graph'
import { ConcreteError } from './domain.ts'

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
