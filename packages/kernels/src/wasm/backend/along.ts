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
import type { Rule } from './rule.ts'

const walkOf = (shape: Shape, axis: number): Walk => ({
  outer: sizeOf(shape.slice(0, axis)),
  length: shape[axis]!,
  inner: sizeOf(shape.slice(axis + 1)),
})

export const cumsumRule: Rule = (lanes, { params, output }) => {
  const { axis, reverse } = params as CumsumParams
  return {
    scratch: 0,
    write: ({ inputs: [x], output: y }) =>
      runningSum(lanes, walkOf(output, axis), reverse, { x: x!, y }),
  }
}

export const argmaxRule: Rule = (lanes, { params, inputs: [shape] }) => {
  const walk = walkOf(shape!, (params as ArgmaxParams).axis)
  return {
    scratch: 0,
    write: ({ inputs: [x], output: y }) => placeOfLargest(lanes, walk, { x: x!, y }),
  }
}

/** Rows of `table`, which the places count in. */
const placesOf = (table: Shape, { params, inputs }: Call): PlacesShape => ({
  walk: walkOf(table, (params as GatherParams).axis),
  count: sizeOf(inputs[1]!),
})

export const gatherRule: Rule = (lanes, call) => {
  const shape = placesOf(call.inputs[0]!, call)
  return {
    scratch: 0,
    write: ({ inputs: [from, places], output: to, refusal }) =>
      rowsAt(lanes, shape, { from: from!, places: places!, to }, refusal),
  }
}

export const gatherInputRule: Rule = (lanes, call) => {
  const shape = placesOf(call.output, call)
  return {
    scratch: 0,
    write: ({ inputs: [from, places], output: to, refusal }) =>
      addedAt(lanes, shape, { from: from!, places: places!, to }, refusal),
  }
}
