// Sums, extrema and Iverson’s brackets, as text or LaTeX.

import type { Binder, Comparison, Condition, Expression, Style } from '../syntax.ts'
import { at, expressionText, list } from './print.ts'
import { braced, relation, wordText } from './style.ts'

const binderText = ({ name, lower, upper }: Binder, style: Style): string => {
  const less = relation('≤', style)
  const above = upper ? ` ${less} ${expressionText(upper, style)}` : ''
  if (!lower) return name + above
  if (!upper) return `${name} ${relation('≥', style)} ${expressionText(lower, style)}`
  return `${expressionText(lower, style)} ${less} ${name}${above}`
}

type Reduction = Extract<Expression, { kind: 'reduction' }>

export const reductionText = (node: Reduction, style: Style): string => {
  const isLatex = style === 'latex'
  const word = isLatex ? `\\operatorname{${node.operator}}` : node.operator
  const large = { sum: ['Σ', '\\sum'], product: ['∏', '\\prod'] } as const
  const sign =
    node.operator === 'sum' || node.operator === 'product' ? large[node.operator][+isLatex]! : word
  const body = at(node.body, 'reduction', style)
  if (node.implicit) return `${sign} ${body}`
  return `${sign}${underText(node.binders, node.conditions, style)} ${body}`
}

/** Σ_{i=1}^n where one index has both bounds, otherwise everything below the sign. */
const underText = (
  binders: readonly Binder[],
  conditions: readonly Comparison[],
  style: Style,
): string => {
  const [only] = binders
  if (binders.length === 1 && only?.lower && only.upper && conditions.length === 0) {
    const below = `${only.name} = ${expressionText(only.lower, style)}`
    return `_{${below}}${braced('^', expressionText(only.upper, style), style)}`
  }
  const under = [
    ...binders.filter((each) => !isPlaced(each, conditions)).map((each) => binderText(each, style)),
    ...conditions.map((condition) => comparisonText(condition, style)),
  ]
  return braced('_', under.join(','), style)
}

/** The m of (m, n) ∈ R_{ij}, which stands there. */
const isPlaced = ({ name }: Binder, conditions: readonly Comparison[]): boolean =>
  conditions.some(
    ({ operands: [place] }) =>
      place?.kind === 'list' &&
      place.items.some((each) => each.kind === 'name' && each.base === name),
  )

const comparisonText = ({ operands, relations }: Comparison, style: Style): string =>
  operands
    .map((operand, position) => {
      const isPlace = operand.kind === 'list' && relations[0] === '∈'
      const text = isPlace ? `(${list(operand.items, style)})` : expressionText(operand, style)
      return position === 0 ? text : `${relation(relations[position - 1]!, style)} ${text}`
    })
    .join(' ')

export const conditionText = (node: Condition, style: Style): string => {
  switch (node.kind) {
    case 'comparison':
      return comparisonText(node, style)
    case 'extremum':
      return `${expressionText(node.operand, style)} = ${wordText(node.which, style)}`
    case 'first': {
      const first =
        style === 'latex' ? `\\text{first }${wordText(node.which, style)}` : `first ${node.which}`
      return node.operand ? `${expressionText(node.operand, style)} = ${first}` : first
    }
    case 'winner': {
      const word = style === 'latex' ? `\\operatorname{arg${node.which}}` : `arg${node.which}`
      const body = at(node.body, 'reduction', style)
      return `${list(node.at, style)} = ${word}${underText(node.binders, node.conditions, style)} ${body}`
    }
  }
}
