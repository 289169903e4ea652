// How much arithmetic a step is: additions and multiplications, any other function counted as one.
import { opName, type PoolParams, sizeOf } from '@backprove/graph'
import { lines, needed } from '../needed.ts'
import { entryFor, type KernelName } from '../plan/families.ts'
import { type KernelStep, type Place, readsOf, type Step } from '../plan/plan.ts'

type Count = (step: KernelStep) => number

const entries = (place: Place | undefined): number => (place ? sizeOf(place.shape) : 0)
/** Every entry of y meets every weight of its filter, and each meeting is a product and a sum. */
const convolution =
  (y: (step: KernelStep) => Place, w: (step: KernelStep) => Place): Count =>
  (step) => {
    const [filters = 1] = w(step).shape
    return (2 * entries(y(step)) * entries(w(step))) / filters
  }
const input =
  (k: number) =>
  ({ inputs }: KernelStep): Place =>
    inputs[k]!
const output = (step: KernelStep): Place => step.output

const windows =
  (pooled: (step: KernelStep) => Place): Count =>
  (step) => {
    const { size } = step.params as PoolParams
    return entries(pooled(step)) * size[0] * size[1]
  }
/** y_{n,k} = Σ w_k x_n: each weight meets each sample. */
const linear =
  (w: (step: KernelStep) => Place, y: (step: KernelStep) => Place): Count =>
  (step) =>
    (2 * entries(w(step)) * entries(y(step))) / w(step).shape[0]!

const counts: { readonly [K in KernelName]?: Count } = {
  conv2d: convolution(output, input(1)),
  convolve2d: convolution(output, input(1)),
  conv2dInput: convolution(input(0), input(1)),
  conv2dFilter: convolution(input(1), output),
  dense: linear(input(1), output),
  denseInput: linear(input(1), input(0)),
  denseWeight: linear(output, input(1)),
  matmul: ({ inputs, output: y }) => 2 * entries(y) * inputs[0]!.shape.at(-1)!,
  maxPool2d: windows(output),
  maxPool2dInput: windows(input(1)),
  maxPool2dGather: windows(output),
  medianPool2d: windows(output),
  medianPool2dInput: windows(input(1)),
  medianPool2dGather: windows(output),
  avgPool2d: windows(output),
  avgPool2dInput: windows(input(0)),
  l2Pool2d: windows(output),
  gather: () => 0,
}
/** Of any other op of the library: what laws rewrite is met without them alone. */
const onceEach: Count = ({ inputs }) => entries(inputs[0])

const byLine = ({ op, params, inputs, output }: KernelStep): number => {
  const call = { op, params, inputs: inputs.map(({ shape }) => shape), output: output.shape }
  return needed(lines.known, op.name).flopsOf(call) ?? entries(output)
}

export function flopsOf(step: Step): number {
  if (step.kind === 'kernel' && step.epilogue) {
    const { epilogue, ...kernel } = step
    return flopsOf(kernel) + epilogue.code.length * entries(step.output)
  }
  if (step.kind === 'kernel') {
    const count = opName(step.op) && (entryFor(counts, step.op) ?? onceEach)
    if (count) return count(step)
    // Ops that a backend's laws record say it themselves, and those from elsewhere by their line.
    const { flops } = step.params as { readonly flops?: unknown }
    return typeof flops === 'number' ? flops : byLine(step)
  }
  const reduction = step.kind === 'reduction' ? (step.results?.length ?? 1) : 0
  return (step.code.length + reduction) * sizeOf(step.shape)
}

/** Entries that a step reads and writes, repeated ones once. */
export function trafficOf(step: Step): number {
  const distinct = ({ shape, strides }: Place): number =>
    shape.reduce((size, length, axis) => (strides[axis] === 0 ? size : size * length), 1)
  return [...readsOf(step), step.output].reduce((total, place) => total + distinct(place), 0)
}
