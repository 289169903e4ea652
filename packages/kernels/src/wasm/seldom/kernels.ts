// The WebAssembly kernels of ops that few networks use.
import {
  type ArgmaxParams,
  type CumsumParams,
  type GatherParams,
  type MaxParams,
  type Op,
  type Shape,
  sizeOf,
} from '@backprove/graph'
import { entryFor, type SeldomKernelName } from '../../plan/families.ts'
import { type Call, poolOf } from '../backend/call.ts'
import { type Rule, ruleOf } from '../backend/rule.ts'
import { selecting } from '../backend/selecting.ts'
import { lineRule } from '../line/kernel.ts'
import { placeOfLargest, runningSum, type Walk } from '../linear/along.ts'
import { addedAt, type PlacesShape, rowsAt } from '../linear/places.ts'
import { type AxesMaximum, axesMaximumGather, axesMaximumInput } from '../pool/along-axes.ts'
import { l2Pool } from '../pool/l2.ts'
import { median } from '../pool/median.ts'
import { selectPool, selectPoolInput } from '../pool/select.ts'
import { selectPoolGather } from '../pool/select-gather.ts'
import { maximum } from '../pool/selectors.ts'

const axesMaximum = ({ params, inputs: [x] }: Call): AxesMaximum => {
  const { axes, ties } = params as MaxParams
  return { shape: x!, axes, ties }
}

const walkOf = (shape: Shape, axis: number): Walk => ({
  outer: sizeOf(shape.slice(0, axis)),
  length: shape[axis]!,
  inner: sizeOf(shape.slice(axis + 1)),
})

/** Rows of `table`, which the places count in. */
const placesOf = (table: Shape, { params, inputs }: Call): PlacesShape => ({
  walk: walkOf(table, (params as GatherParams).axis),
  count: sizeOf(inputs[1]!),
})

const kernels: { readonly [K in SeldomKernelName]: Rule } = {
  medianPool2d: selecting(median, ['x', 'y'], 'y', selectPool),
  medianPool2dInput: selecting(median, ['x', 'g', 'dx'], 'dx', selectPoolInput),
  medianPool2dGather: selecting(median, ['x', 'h', 'y'], 'y', selectPoolGather),
  maxPool2dGather: selecting(maximum, ['x', 'h', 'y'], 'y', selectPoolGather),
  l2Pool2d: ruleOf(poolOf, ['x', 'y'], 'y', l2Pool),
  maxInput: ruleOf(axesMaximum, ['x', 'g', 'dx'], 'dx', axesMaximumInput),
  maxGather: ruleOf(axesMaximum, ['x', 'h', 'y'], 'y', axesMaximumGather),
  cumsum: ruleOf(
    ({ params, output }) => {
      const { axis, reverse } = params as CumsumParams
      return { walk: walkOf(output, axis), reverse }
    },
    ['x', 'y'],
    'y',
    (lanes, { walk, reverse }, at) => runningSum(lanes, walk, reverse, at),
  ),
  argmax: ruleOf(
    ({ params, inputs: [shape] }) => walkOf(shape!, (params as ArgmaxParams).axis),
    ['x', 'y'],
    'y',
    placeOfLargest,
  ),
  gather: ruleOf(
    (call) => placesOf(call.inputs[0]!, call),
    ['from', 'places', 'to'],
    'to',
    (lanes, shape, at) => rowsAt(lanes, shape, at, at.refusal),
  ),
  gatherInput: ruleOf(
    (call) => placesOf(call.output, call),
    ['from', 'places', 'to'],
    'to',
    (lanes, shape, at) => addedAt(lanes, shape, at, at.refusal),
  ),
}

/** Of an op from elsewhere the rule that its line makes. */
export const kernelOf = (op: Op): Rule => entryFor(kernels, op) ?? lineRule(op)
