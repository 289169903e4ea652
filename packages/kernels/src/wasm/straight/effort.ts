// How much code a step becomes when every operation is written out: instructions, about.
import { isOp, type OpName, sizeOf } from '@backprove/graph'
import { flopsOf } from '../../explain/flops.ts'
import { keyOf, type OpKey } from '../../plan/families.ts'
import type { Instruction, Step } from '../../plan/plan.ts'
import {
  convolvePoolOp,
  filterAtWinnersOp,
  inputAtWinnersOp,
  shapeOfSizes,
} from '../laws/winner-ops.ts'

const functions: ReadonlySet<OpKey> = new Set<OpName>([
  ...([
    'exp',
    'log',
    'sigmoid',
    'tanh',
    'sin',
    'cos',
    'erf',
    'softplus',
    'elu',
    'eluTail',
  ] as const),
])
/** A power of arrays is a logarithm and an exponential, each in two parts. */
const instructions = ({ op }: Instruction): number =>
  isOp(op, 'power') ? 150 : functions.has(keyOf(op)) ? 25 : 1

const atWinners = [convolvePoolOp, filterAtWinnersOp, inputAtWinnersOp]

/** For `samples` of which the step's arrays hold a whole batch, one after another: of one. */
export function effortOf(step: Step, width: number): number {
  if (step.kind !== 'kernel') {
    const each = step.code.reduce((sum, one) => sum + instructions(one), 2 + step.inputs.length)
    return (sizeOf(step.shape) * each) / width
  }
  if (!atWinners.includes(step.op)) return (2 * flopsOf(step)) / width
  const { batch, channels, filters, window, output } = shapeOfSizes(
    (step.params as { sizes: readonly number[] }).sizes,
  )
  const cells = batch * filters * output[0] * output[1]
  return (2 * cells * (2 + 2 * channels * window[0] * window[1])) / width
}
