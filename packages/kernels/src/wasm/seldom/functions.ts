// Functions that few networks apply entry by entry.
import type { Rule, SeldomArithmetic } from '../elementwise/formula.ts'
import { erf } from '../math/error-function.ts'
import { powerOf } from '../math/real-power.ts'
import { cos, sin } from '../math/sine.ts'

export const functions: Readonly<Record<SeldomArithmetic, Rule>> = {
  ...{ sin, cos, erf },
  power: (f, lanes, a, b) => powerOf(f, lanes, a!, b!),
}
