// @backprove/graph: record networks as graphs, differentiate them, read the derivative.
export * from './errors.ts'
export { evaluate, type Feeds } from './evaluate.ts'
export { grad, hvp, jvp, vjp } from './grad.ts'
export { type Application, Graph, type GraphOptions, type TiePolicy } from './graph.ts'
export { axisLetters, bindAxes, shapesOf, symbolValues } from './infer-shape.ts'
export { type ArrayName, bareName, nearNames, parseName } from './names.ts'
export { flattenNumbers } from './nested.ts'
export { describeNode, Node } from './node.ts'
export * as notation from './notation/index.ts'
export { type Op, type OpDefinition, operandNames, type Shapes, type Symbols } from './op.ts'
export type { Operand } from './operand.ts'
export { add } from './ops/add.ts'
export { broadcastTo } from './ops/broadcast-to.ts'
export { type ConvOptions, type ConvParams, conv2d, type SizedConvParams } from './ops/conv2d.ts'
export { ops } from './ops/index.ts'
export type { ConstantParams, FedParams } from './ops/leaves.ts'
export { mul } from './ops/mul.ts'
export { neg } from './ops/neg.ts'
export { reshape } from './ops/reshape.ts'
export { sigmoid, sigmoidPrime } from './ops/sigmoid.ts'
export { sub } from './ops/sub.ts'
export { sum } from './ops/sum.ts'
export { dependents, topologicalOrder } from './order.ts'
export {
  broadcastShapes,
  formatShape,
  type NestedNumbers,
  type Shape,
  sameShape,
  sizeOf,
  stridesOf,
  type TypedArray,
} from './shape.ts'
export {
  NO_PADDING,
  outputSize,
  type Padding,
  type Pads,
  type Pair,
  resolvePads,
  type WindowParams,
} from './window.ts'
