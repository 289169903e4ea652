// The rules of what walks along one axis.
import { type ArgmaxParams, type CumsumParams, type Shape, sizeOf } from '@backprove/graph'
import { placeOfLargest, runningSum, type Walk } from '../linear/along.ts'
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
