// erf on vectors: the two polynomials of the interpreter's own, the shorter ones for float32.
import { ERF_FITS } from '@backprove/graph/notation'
import { type Body, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import { exp, polynomial } from './exponential.ts'

/** x P(x²) up to 1, and 1 − e^{−x²} Q(1/(1 + x/2)) beyond, with the sign of x. */
export function erf(f: Body, lanes: Lanes, value: V128): V128 {
  const { near, far, centre, reach, one } = ERF_FITS[lanes.dtype]
  const { add, sub, mul, div, neg, constant, pmin } = lanes
  const x = f.let(value)
  // A NaN stays one: it does not compete with the bound.
  const size = f.let(pmin(lanes.abs(x), constant(one)))
  const z = f.let(mul(size, size))
  const inner = mul(size, polynomial(lanes, z, f.let(mul(z, z)), near))
  const t = div(constant(1), add(constant(1), mul(constant(0.5), size)))
  const s = f.let(mul(sub(t, constant(centre)), constant(1 / reach)))
  const rest = mul(exp(f, lanes, neg(z)), polynomial(lanes, s, f.let(mul(s, s)), far))
  const outer = sub(constant(1), rest)
  const positive = v128.bitselect(outer, inner, lanes.gt(size, constant(1)))
  return v128.or(positive, v128.and(x, constant(-0)))
}
