// Products, quotients, derivatives and stars, as text or LaTeX: where a dot or parentheses are
// needed.

import { stepsText } from '../read/star-steps.ts'
import type { Expression, Style } from '../syntax.ts'
import { at, expressionText } from './print.ts'
import { type Level, wrap } from './style.ts'

/** Two factors side by side read as a number, or as a call, where the first sign is not needed. */
const needsDot = (left: Expression, right: Expression, text: string): boolean =>
  /^\d/.test(text) ||
  text.startsWith('[') ||
  (left.kind === 'name' && text.startsWith('(')) ||
  (left.kind === 'name' && /^\\left\(/.test(text)) ||
  (left.kind === 'call' && /^(?:\\left)?\(/.test(text) && right.kind !== 'name') ||
  (left.kind === 'derivative' && text.startsWith('(')) ||
  (left.kind === 'name' && left.base === 'd')

type Product = Extract<Expression, { kind: 'product' }>

/** The d of dW, written in one with it. */
const isDifferential = (left: Expression, right: Expression): boolean =>
  left.kind === 'name' &&
  left.base === 'd' &&
  right.kind === 'name' &&
  left.span.end - left.span.start === 1 &&
  left.span.end === right.span.start

export const productText = ({ factors, dots }: Product, style: Style): string =>
  factors
    .map((factor, position) => {
      const previous = factors[position - 1]
      const isLast = position === factors.length - 1
      const place = isLast && factor.kind === 'reduction' ? 'reduction' : 'factor'
      const text = factorText(factor, place, position, style)
      if (!previous) return text
      if (isDifferential(previous, factor)) return text
      const dot = dots?.includes(position) || needsDot(previous, factor, text)
      return dot ? ` ${style === 'latex' ? '\\cdot' : '·'} ${text}` : ` ${text}`
    })
    .join('')

/** A fraction of numerals may lead a product in text; elsewhere it needs parentheses. */
const factorText = (factor: Expression, place: Level, position: number, style: Style): string => {
  const leads = position === 0 && factor.kind === 'numeral'
  return leads ? expressionText(factor, style) : at(factor, place, style)
}

const differential = (total: boolean, style: Style) =>
  total ? 'd' : style === 'latex' ? '\\partial' : '∂'

type Derivative = Extract<Expression, { kind: 'derivative' }>

export const derivativeText = ({ of, by, total }: Derivative, style: Style): string => {
  const sign = differential(total, style)
  const operand = (node: Expression): string => {
    const isSimple = node.kind === 'name' || node.kind === 'application'
    return isSimple ? expressionText(node, style) : wrap(expressionText(node, style), style)
  }
  const order = by.length > 1 ? `^${by.length}` : ''
  // ∂C needs no space; a command of LaTeX and the letter d would run into what follows.
  const space = sign === '∂' ? '' : ' '
  const above = `${sign}${order}${space}${operand(of)}`
  const below = by.map((each) => `${sign}${space}${operand(each)}`).join(' ')
  if (style === 'latex') return `\\frac{${above}}{${below}}`
  return by.length > 1 ? `${above}/(${below})` : `${above}/${below}`
}

type Star = Extract<Expression, { kind: 'star' }>

export const starText = (node: Star, style: Style): string => {
  const { operation, mode, steps, left, right } = node
  if (steps) return steppingText(node, style)
  const suffix = mode ? (style === 'latex' ? `_{\\mathrm{${mode}}}` : mode) : ''
  const latexSign =
    operation === 'convolution' ? `\\mathbin{\\mathrm{conv}${suffix}}` : `\\ast${suffix}`
  const textSign = operation === 'convolution' ? `conv ${suffix}`.trimEnd() : `*${suffix}`
  const sign = style === 'latex' ? latexSign : textSign
  return `${at(left, 'star', style)} ${sign} ${at(right, 'quotient', style)}`
}

/** ∗_{full,d=2}. */
const steppingText = ({ operation, mode, steps, left, right }: Star, style: Style): string => {
  const named = mode && mode !== 'valid' && !steps!.padding ? [mode] : []
  const isLatex = style === 'latex'
  const below = [...named.map((each) => (isLatex ? `\\mathrm{${each}}` : each)), stepsText(steps!)]
  const suffix = `_{${below.join(',')}}`
  const conv = isLatex ? `\\mathbin{\\mathrm{conv}${suffix}}` : `conv${suffix}`
  const sign = operation === 'convolution' ? conv : `${isLatex ? '\\ast' : '*'}${suffix}`
  return `${at(left, 'star', style)} ${sign} ${at(right, 'quotient', style)}`
}

export const additionText = (terms: readonly Expression[], style: Style): string =>
  terms
    .map((term, position) => {
      if (position > 0 && term.kind === 'negation')
        return `- ${at(term.operand, 'reduction', style)}`
      const isPlain = term.kind === 'ellipsis' || term.kind === 'negation'
      const text = isPlain ? expressionText(term, style) : at(term, 'reduction', style)
      return position === 0 ? text : `+ ${text}`
    })
    .join(' ')

/**
 * A numeral beside the slash would be read as half of a number; ∂ ends what is divided by.
 */
export const apart = (node: Expression, place: Level, edge: 0 | -1): string => {
  const touches = node.kind === 'product' && node.factors.at(edge)?.kind === 'numeral'
  const ends =
    edge === 0 &&
    node.kind === 'product' &&
    node.factors.slice(1).some((factor) => factor.kind === 'derivative')
  return touches || ends ? `(${expressionText(node, 'text')})` : at(node, place, 'text')
}
