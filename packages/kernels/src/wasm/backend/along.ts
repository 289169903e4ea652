// The rules of what walks along one axis.
import {
  type ArgmaxParams,
  type CumsumParams,
  type GatherParams,
  type Shape,
  sizeOf,
} from '@backprove/graph'
import { placeOfLargest, runningSum, type Walk } from '../linear/along.ts'
import { addedAt, type PlacesShape, rowsAt } from '../linear/places.ts'
import type { Call } from './call.ts'
import { ruleOf } from './rule.ts'

const walkOf = (shape: Shape, axis: number): Walk => ({
  outer: sizeOf(shape.slice(0, axis)),
  length: shape[axis]!,
  inner: sizeOf(shape.slice(axis + 1)),
})

export const cumsumRule = ruleOf(
  ({ params, output }) => {
    const { axis, reverse } = params as CumsumParams
    return { walk: walkOf(output, axis), reverse }
  },
  ['x', 'y'],
  'y',
  (lanes, { walk, reverse }, at) => runningSum(lanes, walk, reverse, at),
)

export const argmaxRule = ruleOf(
  ({ params, inputs: [shape] }) => walkOf(shape!, (params as ArgmaxParams).axis),
  ['x', 'y'],
  'y',
  placeOfLargest,
)

/** Rows of `table`, which the places count in. */
const placesOf = (table: Shape, { params, inputs }: Call): PlacesShape => ({
  walk: walkOf(table, (params as GatherParams).axis),
  count: sizeOf(inputs[1]!),
})

export const gatherRule = ruleOf(
  (call) => placesOf(call.inputs[0]!, call),
  ['from', 'places', 'to'],
  'to',
  (lanes, shape, at) => rowsAt(lanes, shape, at, at.refusal),
)

export const gatherInputRule = ruleOf(
  (call) => placesOf(call.output, call),
  ['from', 'places', 'to'],
  'to',
  (lanes, shape, at) => addedAt(lanes, shape, at, at.refusal),
)
