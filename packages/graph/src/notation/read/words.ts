// The words and signs of the notation that mean something by themselves.

import type { FunctionName } from '../syntax.ts'

export const FUNCTIONS: Readonly<Record<string, { name: FunctionName; arity: number }>> = {
  exp: { name: 'exp', arity: 1 },
  log: { name: 'log', arity: 1 },
  log1p: { name: 'log1p', arity: 1 },
  tanh: { name: 'tanh', arity: 1 },
  sin: { name: 'sin', arity: 1 },
  cos: { name: 'cos', arity: 1 },
  erf: { name: 'erf', arity: 1 },
  sign: { name: 'sign', arity: 1 },
  abs: { name: 'abs', arity: 1 },
  floor: { name: 'floor', arity: 1 },
  ceil: { name: 'ceil', arity: 1 },
  '√': { name: '√', arity: 1 },
  max: { name: 'max', arity: 2 },
  min: { name: 'min', arity: 2 },
}

export const RELATIONS: readonly string[] = ['=', '≠', '<', '≤', '>', '≥']
export const REDUCTIONS: readonly string[] = ['Σ', 'max', 'min', 'lomed', 'himed']
export const WINNERS: readonly string[] = ['argmax', 'argmin', 'arglomed', 'arghimed']
