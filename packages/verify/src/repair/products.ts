// δ^l (a^{l-1})^T is read as δ^l before parentheses, which only the graph can tell from a function.
// Edits want the product that it is.
import type { Claim, Expression, Name } from '../language/syntax.ts'
import { mapped } from '../language/walk.ts'

const functions = /^[σafghφCJ]$/

const isIndex = (node: Expression | undefined): boolean =>
  node?.kind === 'numeral' ||
  (node?.kind === 'name' && /^\p{Ll}$/u.test(node.base) && !node.superscript && !node.subscript)

/** The name and what stands in the parentheses, with the scripts behind them. */
const split = (node: Expression): readonly [Name, Expression] | undefined => {
  if (node.kind === 'application') {
    const { head, operands, bar } = node
    const [operand] = operands
    const isBare = !head.superscript && !head.subscript
    // h_θ(x^{(i)}) and f_{W,b}(x); σ'^{(l)}(z), whose prime says what it is.
    const isOfParameters = /^[fhp]$/.test(head.base) && head.subscript && operand?.kind === 'name'
    const isFunction = (functions.test(head.base) && (isBare || head.primes > 0)) || isOfParameters
    if (bar || operands.length !== 1 || isFunction || isIndex(operand)) return undefined
    return [head, operand!]
  }
  if (node.kind === 'transposed') {
    const inner = split(node.operand)
    return inner && [inner[0], { ...node, operand: inner[1] }]
  }
  if (node.kind !== 'power') return undefined
  const inner = split(node.base)
  return inner && [inner[0], { ...node, base: inner[1] }]
}

const visit = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(visit)
  const parts = split(value as Expression)
  if (parts) return { kind: 'product', factors: parts.map(visit), span: (value as Expression).span }
  const node = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, visit(each)]))
  if (node.kind !== 'product') return node
  const factors = (node.factors as Expression[]).flatMap((factor) =>
    factor.kind === 'product' && !isDifferential(factor) ? factor.factors : [factor],
  )
  return { ...node, factors: withDifferentials(factors) }
}

/** dZ, whose d and Z are one. */
export const isDifferential = (node: Expression): boolean => {
  if (node.kind !== 'product' || node.factors.length !== 2) return false
  const [d, of] = node.factors as [Expression, Expression]
  const isBare = d.kind === 'name' && d.base === 'd' && !d.superscript && !d.subscript
  return isBare && d.primes === 0 && of.kind === 'name' && d.span.end === of.span.start
}

/** X dZᵀ is a product of two, not of three. */
const withDifferentials = (factors: readonly Expression[]): readonly Expression[] => {
  const result: Expression[] = []
  for (const factor of factors) {
    const d = result.at(-1)
    const span = { start: d?.span.start ?? 0, end: factor.span.end }
    const made: Expression = { kind: 'product', factors: d ? [d, factor] : [factor], span }
    if (factors.length > 2 && isDifferential(made)) result[result.length - 1] = made
    else result.push(factor)
  }
  return result
}

/** As it is written: d and Z among the factors. What has none stays the same object. */
export const withoutGroups = (claim: Claim): Claim => {
  const flat = (node: object): object | undefined => {
    const each = node as Expression
    if (each.kind !== 'product') return undefined
    const factors = each.factors.flatMap((factor) => {
      const inner = mapped(factor, flat)
      return inner.kind === 'product' && isDifferential(inner) ? inner.factors : [inner]
    })
    const isSame =
      factors.length === each.factors.length && factors.every((f, k) => f === each.factors[k])
    return isSame ? each : { ...each, factors }
  }
  return mapped(claim, flat)
}

/** The claim with products where they were read as functions, and each dZ as one factor of them. */
export const withProducts = (claim: Claim): Claim => visit(claim) as Claim
