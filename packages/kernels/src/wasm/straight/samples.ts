// Which steps of a plan work on each sample of a batch for itself: a loop over samples can run them
// all, one sample after the other, and what it adds up is there after it.
import type { MaxParams } from '@backprove/graph'
import { keyOf, type OpKey } from '../../plan/families.ts'
import type { KernelStep, Place, Plan, Step } from '../../plan/plan.ts'
import { reachOf } from '../../plan/views.ts'
import {
  convolvePoolOp,
  filterAtWinnersOp,
  inputAtWinnersOp,
  shapeOfSizes,
  sizesOf,
} from '../laws/winner-ops.ts'
import { pooledSize } from '../winners/shape.ts'
import type { Region } from './vertical.ts'

/** A step as it is for one sample: the first. */
export interface Slice {
  readonly step: Step
  /** Added up over samples, or one result for each. */
  readonly isTotal: boolean
  /** Entries between the result's samples; of a total 0. */
  readonly stride: number
  /** What it reads, by block. */
  readonly reads: readonly { readonly block: number; readonly region: Region }[]
}

/** Which operands have samples along their first axis, and whether the result has. */
interface Batched {
  readonly operands: readonly number[]
  readonly isTotal?: true
  readonly when?: (step: KernelStep) => boolean
}

const rankFrom =
  (least: number) =>
  ({ inputs: [x] }: KernelStep): boolean =>
    x!.shape.length >= least
const alone = { operands: [0], when: rankFrom(3) }
const both = { operands: [0, 1], when: rankFrom(3) }
const besideAxes = (step: KernelStep): boolean => !(step.params as MaxParams).axes.includes(0)

const batched: ReadonlyMap<OpKey, Batched> = new Map<OpKey, Batched>([
  ['conv2d', { operands: [0], when: rankFrom(4) }],
  ['conv2dInput', { operands: [0], when: rankFrom(4) }],
  ['conv2dFilter', { operands: [0, 1], isTotal: true, when: rankFrom(4) }],
  ['dense', { operands: [0], when: ({ output }) => output.shape.length === 2 }],
  ['denseInput', { operands: [0], when: rankFrom(2) }],
  [
    'denseWeight',
    { operands: [0, 1], isTotal: true, when: ({ inputs }) => inputs[1]!.shape.length === 2 },
  ],
  ['matmul', { operands: [0], when: ({ inputs }) => inputs.every((i) => i.shape.length === 2) }],
  ['maxPool2d', alone],
  ['maxPool2dInput', both],
  ['maxPool2dGather', both],
  ['medianPool2d', alone],
  ['medianPool2dInput', both],
  ['medianPool2dGather', both],
  ['avgPool2d', alone],
  ['avgPool2dInput', alone],
  ['l2Pool2d', alone],
  ['maxInput', { operands: [0, 1], when: besideAxes }],
  ['maxGather', { operands: [0, 1], when: besideAxes }],
  [convolvePoolOp, { operands: [0] }],
  [filterAtWinnersOp, { operands: [1], isTotal: true }],
  [inputAtWinnersOp, { operands: [1] }],
])

/** What a step does for each of `samples`; undefined where it is not that kind of step. */
export function sliceOf(plan: Plan, step: Step, samples: number): Slice | undefined {
  if (step.kind === 'kernel') return kernelSlice(step, samples)
  const { shape } = step
  if (shape[0] !== samples) return undefined
  const inputs = step.inputs.map((place) => tailOf(place))
  const reads = step.inputs.map((place, k) => readOf(inputs[k]!, place.strides[0]!))
  if (step.kind === 'elementwise') {
    const stride = plan.blocks[step.output.block]!.length / samples
    if (step.output.strides[0] !== stride) return undefined
    const output = tailOf(step.output)
    return {
      step: { ...step, shape: shape.slice(1), inputs, output },
      isTotal: false,
      stride,
      reads,
    }
  }
  const isTotal = step.axes.includes(0)
  if (isTotal && step.combine !== 'sum') return undefined
  const axes = step.axes.filter((axis) => axis > 0).map((axis) => axis - 1)
  const output = isTotal ? step.output : tailOf(step.output)
  const stride = isTotal ? 0 : step.output.strides[0]!
  return { step: { ...step, shape: shape.slice(1), axes, inputs, output }, isTotal, stride, reads }
}

const tailOf = (place: Place): Place => ({
  ...place,
  shape: place.shape.slice(1),
  strides: place.strides.slice(1),
})
const headOf = (place: Place): Place => ({ ...place, shape: [1, ...place.shape.slice(1)] })

function readOf(first: Place, step: number) {
  const { least, most } = reachOf(first)
  return { block: first.block, region: { from: least, to: most + 1, step } }
}

function kernelSlice(step: KernelStep, samples: number): Slice | undefined {
  const how = batched.get(keyOf(step.op))
  if (!how || how.when?.(step) === false) return undefined
  const { operands, isTotal = false } = how
  if (!operands.every((k) => step.inputs[k]!.shape[0] === samples)) return undefined
  const isFlat = step.op === convolvePoolOp
  if (!isTotal && !isFlat && step.output.shape[0] !== samples) return undefined
  const inputs = step.inputs.map((place, k) => (operands.includes(k) ? headOf(place) : place))
  const reads = inputs.flatMap((place, k) => {
    // The flat array of a convolution and its winners is read as what was noted of it.
    const isNoted = k === 0 && (step.op === filterAtWinnersOp || step.op === inputAtWinnersOp)
    if (isNoted) return []
    return [readOf(place, operands.includes(k) ? step.inputs[k]!.strides[0]! : 0)]
  })
  const output = isTotal || isFlat ? step.output : headOf(step.output)
  const stride = isTotal ? 0 : isFlat ? pooledEntries(step) : step.output.strides[0]!
  const params = 'sizes' in step.params ? ofOneSample(step.params) : step.params
  return { step: { ...step, params, inputs, output }, isTotal, stride, reads }
}

const ofOneSample = (params: object): object => {
  const { sizes } = params as { readonly sizes: readonly number[] }
  return { ...params, sizes: sizesOf({ ...shapeOfSizes(sizes), batch: 1 }) }
}

function pooledEntries({ params }: KernelStep): number {
  const shape = shapeOfSizes((params as { readonly sizes: readonly number[] }).sizes)
  const [rows, columns] = pooledSize(shape)
  return shape.filters * rows * columns
}
