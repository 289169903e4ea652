// Functions of one number or two in WebAssembly, by the vector code of each.
import type { FunctionName } from '@backprove/graph/notation'
import { type Body, f64, f64x2, i32, select, type V128 } from '../encoder/index.ts'
import { type Lanes, lanesOf } from '../lanes.ts'
import { erf } from '../math/error-function.ts'
import { exp, tanh } from '../math/exponential.ts'
import { log } from '../math/logarithm.ts'
import { power, powerOf } from '../math/real-power.ts'
import { cos, sin } from '../math/sine.ts'
import type { F64 } from './context.ts'

const number = f64.constant
const doubles = lanesOf('float64')

/** A function of vectors, of one number. */
const ofVector = (value: F64, compute: (x: V128) => V128): F64 =>
  f64x2.extract(compute(f64x2.splat(value)), 0)

/** The exponent where it is known, or as it is computed. */
export function powerCode(f: Body, base: F64, exponent: number | F64): F64 {
  if (typeof exponent === 'number') return ofVector(base, (x) => power(f, doubles, x, exponent))
  const times = f64x2.splat(exponent)
  return ofVector(base, (x) => powerOf(f, doubles, x, times))
}

export function callCode(f: Body, name: FunctionName, [a, b]: readonly F64[]): F64 {
  const along = (compute: (f: Body, lanes: Lanes, x: V128) => V128): F64 =>
    ofVector(a!, (x) => compute(f, doubles, x))
  switch (name) {
    case 'exp':
      return along(exp)
    case 'log':
      return along(log)
    case 'tanh':
      return along(tanh)
    case 'sin':
      return along(sin)
    case 'cos':
      return along(cos)
    case 'erf':
      return along(erf)
    case 'log1p': {
      // log(1 + x) x / ((1 + x) − 1), in which the rounding of 1 + x cancels.
      const x = f.let(a!)
      const sum = f.let(f64.add(number(1), x))
      const more = f.let(f64.sub(sum, number(1)))
      const logarithm = f.let(ofVector(sum, (v) => log(f, doubles, v)))
      const exact = f64.div(f64.mul(logarithm, x), more)
      const isPlain = i32.and(f64.ne(more, number(0)), f64.lt(sum, number(Infinity)))
      return select(isPlain, exact, select(f64.eq(more, number(0)), x, logarithm))
    }
    case 'π':
      return f64.mul(number(Math.PI), a!)
    case '√':
      return f64.sqrt(a!)
    case 'abs':
      return f64.abs(a!)
    case 'floor':
      return f64.floor(a!)
    case 'ceil':
      return f64.ceil(a!)
    case 'max':
      return f64.max(a!, b!)
    case 'min':
      return f64.min(a!, b!)
    case 'sign': {
      const x = f.let(a!)
      const other = select(f64.lt(x, number(0)), number(-1), x)
      return select(f64.gt(x, number(0)), number(1), other)
    }
  }
}
