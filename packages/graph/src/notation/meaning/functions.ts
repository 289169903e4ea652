// What the functions and relations of the notation mean in float64. Kinks: the first operand wins.

import type { FunctionName, Relation } from '../syntax.ts'
import { erf } from './erf.ts'

type Real = (a: number, b: number) => number

/** Functions of one operand ignore the second. */
export const FUNCTION_VALUES: Readonly<Record<FunctionName, Real>> = {
  exp: (a) => Math.exp(a),
  log: (a) => Math.log(a),
  log1p: (a) => Math.log1p(a),
  tanh: (a) => Math.tanh(a),
  sin: (a) => Math.sin(a),
  cos: (a) => Math.cos(a),
  erf: (a) => erf(a),
  π: (a) => Math.PI * a,
  sign: (a) => Math.sign(a),
  '√': (a) => Math.sqrt(a),
  abs: (a) => Math.abs(a),
  floor: (a) => Math.floor(a),
  ceil: (a) => Math.ceil(a),
  max: (a, b) => Math.max(a, b),
  min: (a, b) => Math.min(a, b),
}

/** Their values are rounded nowhere. */
export const EXACT: ReadonlySet<FunctionName> = new Set([
  'sign',
  'abs',
  'floor',
  'ceil',
  'max',
  'min',
])

export const PERIODIC: ReadonlySet<FunctionName> = new Set(['sin', 'cos'])

/** What each relation says of two numbers. */
export const RELATION_VALUES: Readonly<Record<Relation, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '≠': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '≤': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '≥': (a, b) => a >= b,
}

/** The remainder of the floored quotient: 0 ≤ a mod b < b for b > 0. */
export function modulo(a: number, b: number): number {
  return a - b * Math.floor(a / b)
}
