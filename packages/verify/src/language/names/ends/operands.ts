// Where an operand without parentheses ends: a/b c is divided by b or by b c, √d (x) is the root of
// d or of d (x), log y (1 − t) the logarithm of y or of a product.
import { splitApplication } from '../../read/split-application.ts'
import type { Scope } from '../../resolved.ts'
import type { Expression } from '../../syntax.ts'
import { childNodes } from '../../walk.ts'

/** b c, of which the first may stand before a bracket: b (c)^2 d of a letter b. */
const factorsOf = (node: Expression): readonly Expression[] => {
  const [first, ...others] = node.kind === 'product' ? node.factors : [node]
  const split = splitApplication(first!)
  const apart = split ? [split.head, split.rest, ...others] : [first!, ...others]
  return apart.length > 1 ? apart : []
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

/** X, Xᵀ and (∂C/∂X)ᵀ of a matrix: what they begin is no number. */
const isMatrix = (node: Expression | undefined, scope: Scope): boolean => {
  const whole = node?.kind === 'transposed' ? node.operand : node
  if (whole?.kind === 'derivative') return isMatrix(whole.by[0], scope)
  if (whole?.kind !== 'name' || whole.subscript) return false
  return scope.names.some(({ base, rank }) => base === whole.base && rank === 2)
}

/** A length, an array of one number, or the root of one. */
export const isNumber = (node: Expression, scope: Scope): boolean => {
  if (node.kind === 'call' && node.word === 'sqrt') return isNumber(node.operands[0]!, scope)
  if (node.kind !== 'name') return false
  const isLength = scope.sizes?.some(({ name }) => name === node.base) === true
  return isLength || scope.names.some(({ base, rank }) => base === node.base && rank === 0)
}

/** 1/s (I − r rᵀ), 1/m Xᵀ e: nobody divides by a sum of arrays, or by a product of matrices. */
export const dividesByArray = (node: Expression, scope: Scope): boolean => {
  if (node.kind !== 'quotient' || !dividedFirst(node)) return false
  const [head, ...rest] = factorsOf(node.denominator)
  if (!head || !isNumber(head, scope)) return false
  const all = rest.flatMap((each) => (factorsOf(each).length > 0 ? factorsOf(each) : [each]))
  const isSum = rest.some((each) => each.kind === 'addition' && hasWholeArray(each, scope))
  const isProduct = all.slice(1).some((each) => hasWholeArray(each, scope))
  return isSum || (isProduct && isMatrix(all[0], scope))
}

/** A * B · W: (A * B) · W instead of A * (B · W), where a matrix stands behind the dot. */
export const starFirst = (node: Expression): Expression | undefined => {
  if (node.kind !== 'star' || node.operation !== 'bare' || node.right.kind !== 'product')
    return undefined
  const { factors, dots: [dot, ...dots] = [], span } = node.right
  const isTurned = (each: Expression) => each.kind === 'name' && /^\p{Lu}$/u.test(each.base)
  if (!dot || node.right.span.start !== factors[0]!.span.start) return undefined
  if (!factors.slice(dot).some(isTurned)) return undefined
  const [first, ...others] = factors.slice(0, dot)
  const right: Expression =
    others.length === 0 ? first! : { kind: 'product', factors: [first!, ...others], span }
  const moved = [dot, ...dots].map((each) => each - dot + 1)
  const star = { ...node, right }
  return { kind: 'product', factors: [star, ...factors.slice(dot)], dots: moved, span: node.span }
}

/** \sum_i {a_i + b}: braces that nobody sees. The sum ends before its +. */
export const endsAtPlus = (node: Expression): Expression | undefined => {
  const [first, ...others] = unseenTerms(node)
  return others.length > 0
    ? { kind: 'addition', terms: [first!, ...others], span: node.span }
    : undefined
}

/** What is summed, and what stands behind it in the braces. */
const unseenTerms = (node: Expression): readonly Expression[] => {
  if (node.kind === 'addition') return node.unseen ? node.terms : []
  const isProduct = node.kind === 'product'
  const inner = isProduct ? node.factors.at(-1)! : node.kind === 'negation' ? node.operand : node
  if (inner.kind !== 'reduction') return []
  const { body } = inner
  const isOne = body.kind === 'reduction' || body.kind === 'addition'
  const [first, ...others] = isOne ? unseenTerms(body) : []
  if (!first) return []
  const sum = { ...inner, body: first }
  if (isProduct) return [{ ...node, factors: [...node.factors.slice(0, -1), sum] }, ...others]
  return [node.kind === 'negation' ? { ...node, operand: sum } : sum, ...others]
}

/** √d and (x + y) of √d (x + y). What has a name alone, log h(x), is a function's value. */
const argumentAndRest = (node: Expression): readonly Expression[] => {
  if (node.kind !== 'call' || !node.bare) return [node]
  const [operand] = node.operands
  const split = operand && splitApplication(operand)
  if (!split || (node.word !== 'sqrt' && split.rest.kind === 'name')) return [node]
  const { bare: _, ...call } = node
  return [{ ...call, operands: [split.head] }, split.rest]
}

/** √d · (x + y) instead of √(d(x + y)). */
export const argumentFirst = (node: Expression): Expression | undefined => {
  const before = node.kind === 'product' ? node.factors : [node]
  const factors = before.flatMap(argumentAndRest)
  if (factors.length === before.length) return undefined
  if (node.kind !== 'product') return { kind: 'product', factors, span: node.span }
  const moved = (dot: number) => before.slice(0, dot).flatMap(argumentAndRest).length
  return { ...node, factors, ...(node.dots && { dots: node.dots.map(moved) }) }
}

/** √n (x − μ) of a length or a number n: what a root stands before is one letter. */
export const isRootOfNumber = (node: Expression, scope: Scope): boolean => {
  if (node.kind === 'product')
    return node.factors.every(
      (each) => argumentAndRest(each).length === 1 || isRootOfNumber(each, scope),
    )
  if (node.kind !== 'call' || node.word !== 'sqrt') return false
  const head = node.operands[0] && splitApplication(node.operands[0])?.head
  return head !== undefined && !head.superscript && isNumber(head, scope)
}
