// Indices in normal form, i + 2u − 1, and what is known of them where they are rounded.

import { negate, number, productOf, sumOf } from '../algebra.ts'
import type { Expression } from '../syntax.ts'
import { children, mapChildren } from '../traverse.ts'
import { formatExpression } from './format.ts'

/** 1 ≤ letter ≤ size. */
export type Ranges = ReadonlyMap<string, number>

/** constant + Σ coefficient · atom */
export interface LinearForm {
  readonly constant: number
  readonly terms: ReadonlyMap<string, { readonly atom: Expression; readonly coefficient: number }>
}

/** An index in normal form: i + 2u − 1. */
export const linear = (expression: Expression, ranges: Ranges): Expression =>
  written(linearForm(expression, ranges))

function written({ constant, terms }: LinearForm): Expression {
  const parts = [...terms.values()]
    .toSorted((a, b) => Math.sign(b.coefficient) - Math.sign(a.coefficient))
    .map(({ atom, coefficient }) => {
      const size = productOf([number(Math.abs(coefficient)), atom])
      return coefficient < 0 ? negate(size) : size
    })
  // 4 − j, not −j + 4.
  const startsNegative = parts[0]?.kind === 'negation'
  const last = constant < 0 ? negate(number(-constant)) : number(constant)
  return sumOf(startsNegative && constant > 0 ? [last, ...parts] : [...parts, last])
}

export function linearForm(expression: Expression, ranges: Ranges): LinearForm {
  const form = (part: Expression): LinearForm => linearForm(part, ranges)
  switch (expression.kind) {
    case 'number':
      return { constant: expression.value, terms: new Map() }
    case 'negation':
      return scaled(form(expression.operand), -1)
    case 'sum':
      return expression.terms.map(form).reduce(added)
    case 'product': {
      const forms = expression.factors.map(form)
      const numbers = forms.filter(({ terms }) => terms.size === 0)
      const value = numbers.reduce((product, { constant }) => product * constant, 1)
      const others = forms.filter(({ terms }) => terms.size > 0)
      if (others.length <= 1) return scaled(others[0] ?? { constant: 1, terms: new Map() }, value)
      const rest = expression.factors.filter((_, position) => forms[position]!.terms.size > 0)
      return atomic(productOf(rest.map((factor) => linear(factor, ranges))), value)
    }
    case 'quotient': {
      const divisor = form(expression.denominator)
      if (divisor.terms.size === 0 && divisor.constant === 1) return form(expression.numerator)
      break
    }
    case 'call': {
      const value = roundedValue(expression, ranges)
      if (value) return value
      break
    }
    default:
  }
  return atomic(mapChildren(expression, (part) => linear(part, ranges)))
}

/** ⌊n⌋ = n, ⌊(f−1)/F⌋ = 0 while f ≤ F, and ⌊(8t + j − 9)/4⌋ = 2t − 2 + ⌊(j−1)/4⌋. */
function roundedValue(
  { name, operands }: Extract<Expression, { kind: 'call' }>,
  ranges: Ranges,
): LinearForm | undefined {
  const [operand] = operands
  if (!operand || (name !== 'floor' && name !== 'ceil')) return undefined
  const whole = linear(operand, ranges)
  if (isIntegral(whole)) return linearForm(whole, ranges)
  if (operand.kind !== 'quotient') return undefined
  const divisor = linearForm(operand.denominator, ranges)
  if (divisor.terms.size > 0 || !(divisor.constant > 0)) return undefined
  const d = divisor.constant
  const { constant, terms } = linearForm(operand.numerator, ranges)
  if (![d, constant].every(Number.isInteger)) return undefined
  const coarser = name === 'floor' ? coarsened({ constant, terms }, d, ranges) : undefined
  if (coarser) return linearForm(coarser, ranges)
  const isOut = ({ atom, coefficient }: Term) => coefficient % d === 0 && isIntegral(atom)
  const out = [...terms].filter(([, term]) => isOut(term))
  const left = [...terms].filter(([, term]) => !isOut(term))
  const round = name === 'floor' ? Math.floor : Math.ceil
  const bounds = rangeOf(
    left.map(([, term]) => term),
    ranges,
  )?.map((value) => round((value + constant) / d))
  const [least, greatest] = bounds ?? []
  const taken = new Map(
    out.map(([key, term]) => [key, { ...term, coefficient: term.coefficient / d }]),
  )
  if (least !== undefined && least === greatest) return { constant: least, terms: taken }
  // What is left is counted from where it begins: ⌊(j−1)/4⌋ from 0, ⌈j/4⌉ from 1.
  const shift = least === undefined ? 0 : least - (name === 'floor' ? 0 : 1)
  if (out.length === 0 && shift === 0 && constant !== -1) return undefined
  return added(
    { constant: shift, terms: taken },
    rounded(name, { constant: constant - shift * d, terms: new Map(left) }, d),
  )
}

/** ⌊(n−1)/d⌋ is ⌈n/d⌉ − 1. */
function rounded(name: 'floor' | 'ceil', inner: LinearForm, divisor: number): LinearForm {
  const isCeiling = name === 'floor' && inner.constant === -1
  const whole = written(isCeiling ? { ...inner, constant: 0 } : inner)
  // ⌈⌈k/2⌉/2⌉ is ⌈k/4⌉.
  const [within] = isCeiling && whole.kind === 'call' && whole.name === 'ceil' ? whole.operands : []
  const isNested = within?.kind === 'quotient' && within.denominator.kind === 'number'
  const numerator = isNested ? within.numerator : whole
  const by = isNested && within.denominator.kind === 'number' ? within.denominator.value : 1
  const quotient: Expression = { kind: 'quotient', numerator, denominator: number(divisor * by) }
  const own = atomic({ kind: 'call', name: isCeiling ? 'ceil' : name, operands: [quotient] })
  return isCeiling ? added({ constant: -1, terms: new Map() }, own) : own
}

/** ⌊(4k + 2i + j − 7)/8⌋ is ⌊(k−1)/2⌋ while 2i + j − 3 is less than 4. */
function coarsened(
  { constant, terms }: LinearForm,
  divisor: number,
  ranges: Ranges,
): Expression | undefined {
  for (let unit = divisor - 1; unit > 1; unit--) {
    if (divisor % unit !== 0) continue
    const isLarge = ({ atom, coefficient }: Term) => coefficient % unit === 0 && isIntegral(atom)
    const small = [...terms.values()].filter((term) => !isLarge(term))
    const large = [...terms].filter(([, term]) => isLarge(term))
    const bounds = rangeOf(small, ranges)
    if (!bounds || small.length === 0 || large.length === 0) continue
    const [least, greatest] = bounds
    const whole = Math.floor((constant + least) / unit)
    if (whole !== Math.floor((constant + greatest) / unit)) continue
    const scaledTerms = large.map(
      ([key, term]) => [key, { ...term, coefficient: term.coefficient / unit }] as const,
    )
    const numerator = written({ constant: whole, terms: new Map(scaledTerms) })
    const quotient: Expression = {
      kind: 'quotient',
      numerator,
      denominator: number(divisor / unit),
    }
    return { kind: 'call', name: 'floor', operands: [quotient] }
  }
  return undefined
}

type Term = { readonly atom: Expression; readonly coefficient: number }

/** The least and the greatest value of a sum of letters; undefined where one has no bounds. */
function rangeOf(terms: readonly Term[], ranges: Ranges): [number, number] | undefined {
  let [least, greatest] = [0, 0]
  for (const { atom, coefficient } of terms) {
    const range = atom.kind === 'symbol' ? ranges.get(atom.name) : undefined
    if (range === undefined) return undefined
    least += Math.min(coefficient, coefficient * range)
    greatest += Math.max(coefficient, coefficient * range)
  }
  return [least, greatest]
}

const isIntegral = (expression: Expression): boolean =>
  INTEGRAL.has(expression.kind)
    ? children(expression).every(isIntegral)
    : expression.kind === 'call' && (expression.name === 'floor' || expression.name === 'ceil')

/** Letters are integers, and so is what these make of them. */
const INTEGRAL = new Set<Expression['kind']>(['number', 'symbol', 'sum', 'product', 'negation'])

function atomic(atom: Expression, coefficient = 1): LinearForm {
  if (coefficient === 0) return { constant: 0, terms: new Map() }
  return { constant: 0, terms: new Map([[formatExpression(atom), { atom, coefficient }]]) }
}

function scaled({ constant, terms }: LinearForm, by: number): LinearForm {
  if (by === 0) return { constant: 0, terms: new Map() }
  const times = [...terms].map(
    ([key, { atom, coefficient }]) => [key, { atom, coefficient: coefficient * by }] as const,
  )
  return { constant: constant * by, terms: new Map(times) }
}

function added(a: LinearForm, b: LinearForm): LinearForm {
  const terms = new Map(a.terms)
  for (const [key, { atom, coefficient }] of b.terms) {
    const total = coefficient + (terms.get(key)?.coefficient ?? 0)
    if (total === 0) terms.delete(key)
    else terms.set(key, { atom, coefficient: total })
  }
  return { constant: a.constant + b.constant, terms }
}
