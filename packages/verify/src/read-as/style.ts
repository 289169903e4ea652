// How the parts of a reading are spelled, in text and in LaTeX.

import type { Relation } from '../core/core.ts'

export interface Style {
  readonly minus: string
  readonly dot: string
  readonly relation: (relation: Relation) => string
  readonly subscript: (base: string, indices: readonly string[]) => string
  readonly power: (base: string, exponent: string) => string
  /** `above` and `below` with the parentheses that a slash needs. */
  readonly fraction: (above: string, below: string) => string
  readonly over: (sign: 'Σ' | 'max' | 'min' | 'med', under: string, above?: string) => string
  readonly range: (from: string, letter: string, to: string) => string
  readonly argmax: (by: string) => string
  readonly call: (name: string, primes: string, operands: readonly string[]) => string
  readonly floor: (inner: string) => string
  readonly ceil: (inner: string) => string
  readonly parentheses: (inner: string) => string
  readonly brackets: (inner: string) => string
  readonly partial: (above: string, below: string) => string
  /** ∂²C/(∂a ∂b) */
  readonly second: (of: string, first: string, then: string) => string
  readonly dots: string
  /** What stands behind an equation: the ranges of its letters. */
  readonly where: (ranges: readonly string[]) => string
}

const words: Readonly<Record<string, string>> = { sigmoid: 'σ', sqrt: '√', '√': '√' }

export const text: Style = {
  minus: ' - ',
  dot: ' ',
  relation: (relation) => relation,
  subscript: (base, indices) => `${base.includes('_') ? `(${base})` : base}_{${indices.join(',')}}`,
  power: (base, exponent) => `${base}^{${exponent}}`,
  fraction: (above, below) => `${above}/${below}`,
  over: (sign, under, above) => `${sign}_{${under}}${above === undefined ? '' : `^{${above}}`} `,
  range: (from, letter, to) => `${from}≤${letter}≤${to}`,
  argmax: (by) => `arg${by}`,
  call: (name, primes, operands) => `${words[name] ?? name}${primes}(${operands.join(', ')})`,
  floor: (inner) => `⌊${inner}⌋`,
  ceil: (inner) => `⌈${inner}⌉`,
  parentheses: (inner) => `(${inner})`,
  brackets: (inner) => `[${inner}]`,
  partial: (above, below) => `∂${above}/∂${below}`,
  second: (of, first, then) => `∂²${of}/(∂${first} ∂${then})`,
  dots: '…',
  where: (ranges) => (ranges.length === 0 ? '' : ` for ${ranges.join('; ')}`),
}

const signs: Readonly<Record<string, string>> = {
  Σ: '\\sum',
  max: '\\max',
  min: '\\min',
  med: '\\operatorname{med}',
}
const commands: Readonly<Record<string, string>> = {
  sigmoid: '\\sigma',
  exp: '\\exp',
  sin: '\\sin',
  cos: '\\cos',
  erf: '\\operatorname{erf}',
  log: '\\log',
  tanh: '\\tanh',
  max: '\\max',
  min: '\\min',
}
const relations: Partial<Record<Relation, string>> = { '≠': '\\neq', '≤': '\\le', '≥': '\\ge' }

export const latex: Style = {
  minus: ' - ',
  dot: ' \\, ',
  relation: (relation) => relations[relation] ?? relation,
  subscript: (base, indices) => `${base.includes('_') ? `{${base}}` : base}_{${indices.join(',')}}`,
  power: (base, exponent) => `${base}^{${exponent}}`,
  fraction: (above, below) => `\\frac{${above}}{${below}}`,
  over: (sign, under, above) =>
    `${signs[sign]}_{${under}}${above === undefined ? '' : `^{${above}}`} `,
  range: (from, letter, to) => `${from} \\le ${letter} \\le ${to}`,
  argmax: (by) => `\\operatorname{arg\\,${by}}`,
  call: (name, primes, operands) =>
    name === 'sqrt' || name === '√'
      ? `\\sqrt{${operands.join(', ')}}`
      : `${commands[name] ?? `\\operatorname{${name}}`}${primes}(${operands.join(', ')})`,
  floor: (inner) => `\\lfloor ${inner} \\rfloor`,
  ceil: (inner) => `\\lceil ${inner} \\rceil`,
  parentheses: (inner) => `\\left(${inner}\\right)`,
  brackets: (inner) => `[${inner}]`,
  partial: (above, below) => `\\frac{\\partial ${above}}{\\partial ${below}}`,
  second: (of, first, then) =>
    `\\frac{\\partial^2 ${of}}{\\partial ${first} \\, \\partial ${then}}`,
  dots: '\\dots',
  where: (ranges) => (ranges.length === 0 ? '' : ` \\quad ${ranges.join(';\\ ')}`),
}
