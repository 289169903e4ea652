// Fills in the code of ops that few networks use where this module is loaded.
import { byLine } from '../../line/by-line.ts'
import { lines } from '../../needed.ts'
import { ownFormula } from '../backend/formulas.ts'
import { seldomKernels } from '../backend/kernels.ts'
import { lineFormula } from '../backend/line-formula.ts'
import { seldom } from '../elementwise/formula.ts'
import { power } from '../math/real-power.ts'
import { writers } from '../straight/writers.ts'
import { functions } from './functions.ts'
import { kernelOf } from './kernels.ts'
import { seldomWriters } from './writers.ts'

/**
 * Puts the code of every op into a bundled page: median and L2 pooling, `argmax`, `gather`,
 * `cumsum`, sines, `erf`, powers, second derivatives of maxima, and ops of one's own. Where
 * packages are not bundled it always is there.
 */
export function linkEveryOp(): void {
  lines.known = byLine
  seldomKernels.of = kernelOf
  ownFormula.of = lineFormula
  Object.assign(seldom, { functions, power })
  for (const [key, writer] of seldomWriters) writers.set(key, writer)
}

linkEveryOp()
