// @backprove/graph: record networks as graphs, differentiate them, read the derivative.
export { activation } from './activation/activation.ts'
export { type BoundRules, type Bounds, boundRules, evaluateBounds } from './bounds.ts'
export { binaryCrossEntropy } from './composed/binary-cross-entropy.ts'
export { type ConvTransposeOptions, convTranspose2d } from './composed/conv-transpose2d.ts'
export type { CostOptions } from './composed/cost.ts'
export { type GeluOptions, gelu } from './composed/gelu.ts'
export { type HuberOptions, huber } from './composed/huber.ts'
export { meanAbsoluteError } from './composed/mean-absolute-error.ts'
export { meanSquaredError } from './composed/mean-squared-error.ts'
export { min } from './composed/min.ts'
export { norm } from './composed/norm.ts'
export { silu } from './composed/silu.ts'
export { type VarianceOptions, variance } from './composed/variance.ts'
export { type Display, displayed, INSPECT, JUPYTER, mediaOf } from './display.ts'
export type { GraphDocument, NodeDocument } from './document/format.ts'
export { graphFromJSON } from './document/read.ts'
export * from './errors.ts'
export { evaluate, type Feeds } from './evaluate.ts'
export { grad, hvp, jvp, vjp } from './grad.ts'
export { Graph } from './graph.ts'
export { axisLetters, bindAxes, shapesOf, symbolValues } from './infer-shape.ts'
export { type Law, match, type Pattern, patternOf } from './laws/law.ts'
export { LAWS } from './laws/table.ts'
export { type Applied, instanceOf, type LineForm, lineOf, lineText } from './line-of.ts'
export {
  type ArrayName,
  asNamed,
  bareName,
  bareNameIn,
  isOneOfSome,
  letteredAxes,
  type NameOptions,
  nearNames,
  parseName,
} from './names.ts'
export { flattenNumbers } from './nested.ts'
export { type Application, describeNode, Node } from './node.ts'
export {
  defineOp,
  type Op,
  type OpDefinition,
  type OpTraits,
  operandNames,
  type Printed,
  type Shapes,
  type Symbols,
} from './op.ts'
export { apply, type Operand } from './operand.ts'
export { abs } from './ops/abs.ts'
export { add } from './ops/add.ts'
export { type ArgmaxOptions, type ArgmaxParams, argmax } from './ops/argmax.ts'
export {
  type AvgPoolInputParams,
  type AvgPoolOptions,
  type AvgPoolParams,
  avgPool2d,
  type Divisor,
  sumPool2d,
} from './ops/avg-pool2d.ts'
export { clamp } from './ops/clamp.ts'
export { type ConcatOptions, type ConcatParams, concat } from './ops/concat.ts'
export { type ConvOptions, type ConvParams, conv2d, type SizedConvParams } from './ops/conv2d.ts'
export { convolve2d } from './ops/convolve2d.ts'
export { crossEntropy } from './ops/cross-entropy.ts'
export { type CumsumOptions, type CumsumParams, cumsum } from './ops/cumsum.ts'
export { type DenseWeightParams, dense } from './ops/dense.ts'
export { div } from './ops/div.ts'
export { divideOrZero } from './ops/divide-or-zero.ts'
export { elu } from './ops/elu.ts'
export { equal } from './ops/equal.ts'
export { erf } from './ops/erf.ts'
export { exp } from './ops/exp.ts'
export { flatten } from './ops/flatten.ts'
export { type FlipOptions, type FlipParams, flip } from './ops/flip.ts'
export {
  type GatherInputParams,
  type GatherOptions,
  type GatherParams,
  gather,
} from './ops/gather.ts'
export { greater } from './ops/greater.ts'
export { identity } from './ops/identity.ts'
export { ops } from './ops/index.ts'
export { l2Pool2d } from './ops/l2-pool2d.ts'
export type { ConstantParams, FedParams } from './ops/leaves.ts'
export { less } from './ops/less.ts'
export { log } from './ops/log.ts'
export { expDifference, logSumExp } from './ops/log-sum-exp.ts'
export { matmul } from './ops/matmul.ts'
export { type MaxParams, max } from './ops/max.ts'
export { maxPool2d } from './ops/max-pool2d.ts'
export { maximum } from './ops/maximum.ts'
export { mean } from './ops/mean.ts'
export { medianPool2d } from './ops/median-pool2d.ts'
export { minimum } from './ops/minimum.ts'
export { mul } from './ops/mul.ts'
export { mulOrZero } from './ops/mul-or-zero.ts'
export { neg } from './ops/neg.ts'
export { type PadOptions, type PadParams, pad } from './ops/pad.ts'
export { pow } from './ops/pow.ts'
export type { ReduceOptions, ReduceParams } from './ops/reduction.ts'
export { leakyRelu, relu } from './ops/relu.ts'
export { reshape, type ShapeParams } from './ops/reshape.ts'
export { rot180 } from './ops/rot180.ts'
export { sigmoid, sigmoidPrime } from './ops/sigmoid.ts'
export { sign } from './ops/sign.ts'
export { cos, sin } from './ops/sine.ts'
export { type SliceOptions, type SliceParams, type SliceScatterParams, slice } from './ops/slice.ts'
export { type AxisOptions, logSoftmax, softmax } from './ops/softmax.ts'
export { softplus } from './ops/softplus.ts'
export { sqrt } from './ops/sqrt.ts'
export { square } from './ops/square.ts'
export { squaredError } from './ops/squared-error.ts'
export { sub } from './ops/sub.ts'
export { broadcastTo, sum } from './ops/sum.ts'
export { tanh, tanhPrime } from './ops/tanh.ts'
export { timesPi } from './ops/times-pi.ts'
export { type TransposeOptions, type TransposeParams, transpose } from './ops/transpose.ts'
export { type UpsampleOptions, type UpsampleParams, upsample } from './ops/upsample.ts'
export { where } from './ops/where.ts'
export { optionError, readOptions } from './options.ts'
export { dependents, topologicalOrder } from './order.ts'
export type { GraphOptions, TiePolicy } from './policy.ts'
export {
  checkWindows,
  type PoolOptions,
  type PoolParams,
  pooledSize,
  type TiedPoolParams,
  type Ties,
} from './pool-window.ts'
export { type ChainStep, chainStep, type Written } from './read/chain-step.ts'
export {
  type DrawnEdge,
  type DrawnNode,
  type DrawOptions,
  dot,
  toGraphlib,
} from './read/dot.ts'
export { type Form, type FormulaOptions, formula, latex } from './read/formula.ts'
export { type LabelTexts, label } from './read/label.ts'
export { consumersOf, type LocalCopy, localCopy } from './read/local.ts'
export { display } from './read/shown.ts'
export { type TextOptions, text } from './read/text.ts'
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
export { show } from './show.ts'
export { simplify } from './simplify.ts'
export {
  NO_PADDING,
  outputSize,
  type Padding,
  type PaddingOption,
  type Pads,
  type Pair,
  type PairOption,
  resolvePads,
  type WindowParams,
} from './window.ts'
