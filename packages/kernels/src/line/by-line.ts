// What the planner asks of an op from elsewhere: it is linked with whatever runs such ops.
import { hasLineFormula } from '../plan/line-formula.ts'
import { effortOf } from './effort.ts'
import { type LineCall, lowerLine } from './lower.ts'

function flopsOf(call: LineCall): number | undefined {
  const program = lowerLine(call)
  return program && effortOf(program)
}

export const byLine = { hasLineFormula, flopsOf }
