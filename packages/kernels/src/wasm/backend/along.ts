// The rule of what finds its result along one axis.
import { type ArgmaxParams, type Shape, sizeOf } from '@backprove/graph'
import { placeOfLargest, type Walk } from '../linear/along.ts'
import { ruleOf } from './rule.ts'

export const walkOf = (shape: Shape, axis: number): Walk => ({
  outer: sizeOf(shape.slice(0, axis)),
  length: shape[axis]!,
  inner: sizeOf(shape.slice(axis + 1)),
})

export const argmaxRule = ruleOf(
  ({ params, inputs: [shape] }) => walkOf(shape!, (params as ArgmaxParams).axis),
  ['x', 'y'],
  'y',
  placeOfLargest,
)
