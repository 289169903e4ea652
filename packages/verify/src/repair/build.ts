// Small pieces of formulas, as trees: what edits put in.

import { expressionText } from '../language/print/print.ts'
import { rational } from '../language/rational.ts'
import { parseClaim } from '../language/read/claim.ts'
import type { Claim, Expression, Name, Rational, Span, Word } from '../language/syntax.ts'
import { mapped } from '../language/walk.ts'

export type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>

const nowhere: Span = { start: 0, end: 0 }

/** The tree of a formula in the text language. */
export const tree = (text: string): Expression => parseClaim(text, { style: 'text' }).operands[0]!

/** As a message quotes it. */
export const quoted = (node: Expression): string => expressionText(node, 'text')

const longest = 70

/** As a message quotes what may be long: by its ends. */
export const brief = (node: Expression): string => {
  const text = quoted(node)
  const words = text.split(' ')
  if ([...text].length <= longest || words.length < 7) return text
  return [...words.slice(0, 3), '…', ...words.slice(-2)].join(' ')
}

/** `σ'(z) instead of σ(z)` */
export const insteadOf = (right: Expression, wrong: Expression): string =>
  `${brief(right)} instead of ${brief(wrong)}`

export const same = (a: Expression, b: Expression): boolean => quoted(a) === quoted(b)

export const call = (word: Word, operand: Expression): Expression => ({
  kind: 'call',
  word,
  operands: [operand],
  span: operand.span,
})

export const numeral = (value: Rational): Expression => ({
  kind: 'numeral',
  value,
  text: value.denominator === 1n ? `${value.numerator}` : `${value.numerator}/${value.denominator}`,
  span: nowhere,
})

export const integer = (value: number): Expression => numeral(rational(BigInt(value)))

/** A factor before all the others; a sum, a star or a ⊙ stays together. */
export const times = (factor: Expression, node: Expression): Expression => {
  if (node.kind === 'negation') return { ...node, operand: times(factor, node.operand) }
  const factors = node.kind === 'product' ? node.factors : [node]
  return { kind: 'product', factors: [factor, ...factors], span: node.span }
}

/** a factor after all the others, where it does not fall into the body of a Σ. */
export const timesAfter = (node: Expression, factor: Expression): Expression => {
  if (node.kind === 'negation') return { ...node, operand: timesAfter(node.operand, factor) }
  const factors = node.kind === 'product' ? node.factors : [node]
  return { kind: 'product', factors: [...factors, factor], span: node.span }
}

export const hadamard = (left: Expression, right: Expression): Expression => ({
  kind: 'hadamard',
  left,
  right,
  span: left.span,
})

export const plus = (node: Expression, term: Expression): Expression => {
  const terms = node.kind === 'addition' ? node.terms : [node]
  return { kind: 'addition', terms: [...terms, term], span: node.span }
}

/** −a of a, a of −a, and of every term of a sum of two or more: a − y of y − a. */
export const negated = (node: Expression): Expression => {
  if (node.kind === 'negation') return node.operand
  if (node.kind === 'addition') {
    const terms = node.terms.map(negated)
    const isFirst = ({ kind }: Expression) => kind !== 'negation'
    return { ...node, terms: [...terms.filter(isFirst), ...terms.filter((each) => !isFirst(each))] }
  }
  return { kind: 'negation', operand: node, span: node.span }
}

/** Another array wherever one stands on the right; the σ of σ(z) is called by a name. */
export const replaced = (claim: Claim, wrong: Name, right: Expression): Claim => {
  const visit = (node: object): object | undefined => {
    const each = node as Expression
    if (each.kind === 'application')
      return { ...each, operands: each.operands.map((operand) => mapped(operand, visit)) }
    return each.kind === 'name' && same(each, wrong) ? right : undefined
  }
  const [left, ...others] = claim.operands
  return { ...claim, operands: [left!, ...others.map((side) => mapped(side, visit))] }
}

/** Without the item at `at`; a list of one is the item itself. */
export const without = <Node extends Of<'product'> | Of<'addition'>>(
  node: Node,
  at: number,
): Expression => {
  const items = node.kind === 'product' ? node.factors : node.terms
  const left = items.toSpliced(at, 1)
  if (left.length === 1) return left[0]!
  return node.kind === 'product' ? { ...node, factors: left } : { ...node, terms: left }
}

/** All names of a claim, in order. */
export const namesOf = (value: unknown): Name[] => {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(namesOf)
  const own = (value as Expression).kind === 'name' ? [value as Name] : []
  return [...own, ...Object.values(value).flatMap(namesOf)]
}

/**
 * δ of a claim about δ^X or ∂C/∂z^X, on its left: the name whose scripts a factor beside it has.
 */
export const subject = (claim: Claim): Name | undefined => {
  const [left] = claim.operands
  if (left?.kind === 'name') return left
  const by = left?.kind === 'derivative' ? left.by[0] : undefined
  return by?.kind === 'name' ? by : undefined
}
