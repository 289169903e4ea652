// Small constructors with the simplifications that a reader expects: no 1·x, no (a b) c, one sign.

import type { Expression, Guard } from './syntax.ts'

export function number(value: number): Expression {
  return { kind: 'number', value }
}

/** π, which is what the function of that name makes of 1. */
export const PI: Expression = { kind: 'call', name: 'π', operands: [number(1)] }

export function symbol(name: string): Expression {
  return { kind: 'symbol', name }
}

export function negate(expression: Expression): Expression {
  if (expression.kind === 'negation') return expression.operand
  if (expression.kind === 'number' && expression.value === 0) return expression
  return { kind: 'negation', operand: expression }
}

export function sumOf(terms: readonly Expression[]): Expression {
  const flat = terms
    .flatMap((term) => (term.kind === 'sum' ? term.terms : [term]))
    .filter((term) => !(term.kind === 'number' && term.value === 0))
  if (flat.length === 0) return number(0)
  return flat.length === 1 ? flat[0]! : { kind: 'sum', terms: flat }
}

export function productOf(factors: readonly Expression[]): Expression {
  const flat = factors
    .flatMap((factor) => (factor.kind === 'product' ? factor.factors : [factor]))
    .filter((factor) => !(factor.kind === 'number' && factor.value === 1))
  if (flat.length === 0) return number(1)
  return flat.length === 1 ? flat[0]! : { kind: 'product', factors: flat }
}

export function quotientOf(numerator: Expression, denominator: Expression): Expression {
  return { kind: 'quotient', numerator, denominator }
}

export function powerOf(base: Expression, exponent: Expression): Expression {
  if (exponent.kind === 'number' && exponent.value === 1) return base
  return { kind: 'power', base, exponent }
}

export function iverson(guards: readonly Guard[]): Expression {
  return { kind: 'iverson', guards }
}

export function relation(
  left: Expression,
  sign: '=' | '≤' | '≥' | '<' | '>',
  right: Expression,
): Guard {
  return { kind: 'relation', relations: [sign], operands: [left, right] }
}

/** Whether a product of numbers is what its decimals say: 0.1 · 3 is not 0.30000000000000004. */
export function isExactProduct(values: readonly number[]): boolean {
  const parts = [...values, values.reduce((product, value) => product * value, 1)].map(decimalOf)
  if (parts.includes(undefined)) return false
  const [whole, ...factors] = (parts as (readonly [bigint, number])[]).toReversed()
  const [digits, places] = factors.reduce(([a, k], [b, n]) => [a * b, k + n] as const, [
    1n,
    0,
  ] as readonly [bigint, number])
  return digits * 10n ** BigInt(whole![1]) === whole![0] * 10n ** BigInt(places)
}

/** Digits and how many of them stand behind the point; undefined for what has an exponent. */
function decimalOf(value: number): readonly [bigint, number] | undefined {
  const match = /^(-?\d+)(?:\.(\d+))?$/.exec(String(value))
  if (!match) return undefined
  const [, before = '', after = ''] = match
  return [BigInt(before + after), after.length]
}

/** Of whole numbers their greatest common divisor; 1 of any others. */
function commonDivisor(a: number, b: number): number {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) return 1
  let [large, small] = [Math.abs(a), Math.abs(b)]
  while (small > 0) [large, small] = [small, large % small]
  return large
}

/**
 * A product as a reader writes it: masks, one numeral, the rest over one denominator; sign apart.
 * Masks come first because their 0 is strong.
 */
export function tidyProduct(factors: readonly Expression[]): {
  readonly isNegative: boolean
  readonly product: Expression
} {
  const masks: Expression[] = []
  const above: Expression[] = []
  const below: Expression[] = []
  let numerator = 1
  let denominator = 1
  const multiply = (factor: Expression): void => {
    if (factor.kind === 'iverson') masks.push(factor)
    else if (factor.kind === 'number') numerator *= factor.value
    else if (factor.kind === 'product') factor.factors.forEach(multiply)
    else if (factor.kind === 'negation') {
      numerator = -numerator
      multiply(factor.operand)
    } else if (factor.kind === 'quotient') {
      multiply(factor.numerator)
      divide(factor.denominator)
    } else above.push(factor)
  }
  const divide = (factor: Expression): void => {
    if (factor.kind === 'number') denominator *= factor.value
    else if (factor.kind === 'product') factor.factors.forEach(divide)
    else if (factor.kind === 'quotient') {
      divide(factor.numerator)
      multiply(factor.denominator)
    } else below.push(factor)
  }
  factors.forEach(multiply)
  if (numerator === 0) return { isNegative: false, product: number(0) }
  const isNegative = numerator < 0
  const common = commonDivisor(numerator, denominator)
  numerator /= common
  denominator /= common
  const isWhole = Number.isInteger(numerator / denominator)
  const over = isWhole ? 1 : denominator
  const numeral = number(Math.abs(isWhole ? numerator / denominator : numerator))
  const top = productOf([...masks, numeral, ...above])
  const bottom = productOf([number(over), ...below])
  const isOne = bottom.kind === 'number' && bottom.value === 1
  return { isNegative, product: isOne ? top : quotientOf(top, bottom) }
}
