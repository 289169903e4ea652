// a/b c: what is divided by b alone, and what by b c.
import type { Scope } from '../resolved.ts'
import type { Expression } from '../syntax.ts'
import { childNodes } from '../walk.ts'

/** b c; and b (c) of a letter before a bracket, where it is no function. */
const factorsOf = (node: Expression): readonly Expression[] => {
  if (node.kind === 'product') return node.factors
  if (node.kind !== 'application' || node.bar || node.head.primes > 0) return []
  return node.operands.length === 1 ? [node.head, ...node.operands] : []
}

/** a/b c: (a/b) c instead of a/(b c). */
export const dividedFirst = (node: Expression): Expression | undefined => {
  if (node.kind !== 'quotient' || !(node.loose || node.beside)) return undefined
  const { numerator, denominator, span } = node
  const [divisor, ...rest] = factorsOf(denominator)
  if (!divisor || rest.length === 0) return undefined
  const divided: Expression = {
    kind: 'quotient',
    numerator: dividedFirst(numerator) ?? numerator,
    denominator: divisor!,
    span,
  }
  return { kind: 'product', factors: [divided, ...rest], span }
}

const hasWholeArray = (node: Expression, scope: Scope): boolean =>
  (node.kind === 'name' &&
    !node.subscript &&
    scope.names.some(({ base, rank }) => base === node.base && rank > 0)) ||
  childNodes<Expression>(node).some((child) => hasWholeArray(child, scope))

/** Xᵀ of a matrix: what it begins is no number. */
const isTurnedMatrix = (node: Expression | undefined, scope: Scope): boolean => {
  const name = node?.kind === 'transposed' ? node.operand : node
  if (name?.kind !== 'name') return false
  const last = name.superscript?.parts.at(-1)
  const isTurned = last?.kind === 'name' && last.base === 'T' && !last.subscript
  const isMatrix = scope.names.some(({ base, rank }) => base === name.base && rank === 2)
  return isMatrix && !name.subscript && (name !== node || isTurned)
}

/** 1/s (I − r rᵀ), 1/m Xᵀ e: nobody divides by a sum of arrays, or by a product of matrices. */
export const dividesByArray = (node: Expression, scope: Scope): boolean => {
  if (node.kind !== 'quotient' || !dividedFirst(node)) return false
  const [head, ...rest] = factorsOf(node.denominator)
  if (head?.kind !== 'name') return false
  const isLength = scope.sizes?.some(({ name }) => name === head.base)
  const isNumber = scope.names.some(({ base, rank }) => base === head.base && rank === 0)
  if (!isLength && !isNumber) return false
  const all = rest.flatMap((each) => (each.kind === 'application' ? factorsOf(each) : [each]))
  const isSum = rest.some((each) => each.kind === 'addition' && hasWholeArray(each, scope))
  return isSum || (all.length > 1 && isTurnedMatrix(all[0], scope))
}
