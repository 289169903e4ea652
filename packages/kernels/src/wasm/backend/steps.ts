// One step of a plan as a kernel at byte addresses.
import type { Node, Op } from '@backprove/graph'
import { needed } from '../../needed.ts'
import { entryFor } from '../../plan/families.ts'
import {
  bytesPerEntry,
  type Finishing,
  type KernelStep,
  type Place,
  type Epilogue as PlannedEpilogue,
  type Step,
} from '../../plan/plan.ts'
import { elementwise } from '../elementwise/elementwise.ts'
import { constant } from '../elementwise/formula.ts'
import type { Operand } from '../elementwise/loops.ts'
import { reduce } from '../elementwise/reduce.ts'
import { type Kernel, scratchBytes } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import type { Refusal } from '../linear/places.ts'
import { formulaOf, formulasOf } from './formulas.ts'
import { fusedKernels } from './fused.ts'
import { kernels, seldomKernels } from './kernels.ts'
import type { Prepared, Rule } from './rule.ts'

const ruleFor = (op: Op): Rule | null => {
  const known = entryFor(kernels, op) ?? fusedKernels.get(op)
  return known === undefined ? needed(seldomKernels.of, op.name)(op) : known
}

const preparedOf = (lanes: Lanes, { op, params, args, shape }: Node) =>
  ruleFor(op)?.(lanes, { params, inputs: args.map((arg) => arg.shape), output: shape })

/** Memory of its own that a node's kernel wants, in entries. */
export function scratchOf(lanes: Lanes, node: Node): number {
  const prepared = preparedOf(lanes, node)
  const at = { inputs: node.args.map(() => 0), output: 0, refusal: { address: 0, code: 0 } }
  const bytes = prepared ? scratchBytes((scratch) => prepared.write({ ...at, scratch })) : 0
  return Math.ceil(bytes / lanes.bytes)
}

export const finishes = (lanes: Lanes, node: Node): Finishing =>
  preparedOf(lanes, node)?.finishes ?? false

/**
 * Code for a step of an arena that starts at byte `base`; null where there is no kernel. `doubt` as
 * that of an elementwise loop, for steps of that kind.
 */
export function writeStep(
  lanes: Lanes,
  step: Step,
  base: number,
  refusal: Refusal,
  doubt?: number,
): Kernel | null {
  const address = ({ offset }: Place): number => base + offset * bytesPerEntry[lanes.dtype]
  const operand = (place: Place): Operand => ({ address: address(place), strides: place.strides })
  if (step.kind === 'kernel') return writeKernel(lanes, step, address, refusal)
  const { shape, code } = step
  const inputs = step.inputs.map(operand)
  const formula = formulaOf(code)
  const name = code.map(({ op }) => op.name).join('·')
  if (step.kind === 'reduction') {
    const combine = step.combine === 'max' ? 'maximum' : step.combine
    const { axes } = step
    const to = address(step.output)
    const results = step.results ? formulasOf(code, step.results) : [formula]
    const called = [name, ...results.map(() => step.combine)].filter((part) => part !== '')
    return reduce(lanes, called.join('·'), { shape, inputs, results, combine, axes, to })
  }
  const filled = step.fill === undefined ? formula : constant(step.fill)
  const outputs = [{ to: operand(step.output), formula: filled }]
  return elementwise(lanes, name || 'copy', { shape, inputs, outputs, doubt })
}

const epilogueOf = ({ code, inputs }: PlannedEpilogue, address: (place: Place) => number) => ({
  formula: formulaOf(code),
  arrays: inputs.map(address),
})

function writeKernel(
  lanes: Lanes,
  step: KernelStep,
  address: (place: Place) => number,
  refusal: Refusal,
) {
  const inputs = step.inputs.map(({ shape }) => shape)
  const call = { params: step.params, inputs, output: step.output.shape }
  const prepared: Prepared | null | undefined = ruleFor(step.op)?.(lanes, call)
  if (!prepared) return null
  return prepared.write({
    inputs: step.inputs.map(address),
    output: address(step.output),
    scratch: step.scratch ? address(step.scratch) : 0,
    refusal,
    ...(step.epilogue ? { epilogue: epilogueOf(step.epilogue, address) } : {}),
  })
}
