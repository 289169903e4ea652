// @backprove/graph: record networks as graphs, differentiate them, read the derivative.
export { activation } from './activation/activation.ts'
export { type BoundRules, type Bounds, boundRules, evaluateBounds } from './bounds.ts'
export { hardSigmoid, hardSwish, hardTanh, relu6 } from './composed/activation/clamped.ts'
export { type GeluOptions, gelu } from './composed/activation/gelu.ts'
export { silu } from './composed/activation/silu.ts'
export { logSigmoid, mish, selu, softsign } from './composed/activation/smooth.ts'
export { type BilinearOptions, bilinear } from './composed/bilinear.ts'
export { type ConvTransposeOptions, convTranspose2d } from './composed/conv-transpose2d.ts'
export { type Conv1dOptions, conv1d } from './composed/conv1d.ts'
export { type CosineOptions, cosineSimilarity } from './composed/cosine-similarity.ts'
export {
  type BinaryCrossEntropyOptions,
  binaryCrossEntropy,
} from './composed/cost/binary-cross-entropy.ts'
export type { CostOptions } from './composed/cost/cost.ts'
export { type HingeOptions, hinge } from './composed/cost/hinge.ts'
export { type HuberOptions, huber } from './composed/cost/huber.ts'
export { klDivergence } from './composed/cost/kl-divergence.ts'
export { logCosh } from './composed/cost/log-cosh.ts'
export { meanAbsoluteError } from './composed/cost/mean-absolute-error.ts'
export { meanSquaredError } from './composed/cost/mean-squared-error.ts'
export { einsum } from './composed/einsum.ts'
export { min } from './composed/min.ts'
export {
  expandDims,
  type NewAxisOptions,
  type SqueezeOptions,
  squeeze,
  stack,
} from './composed/movement/axes.ts'
export { type RollOptions, roll, type SplitOptions, split } from './composed/movement/parts.ts'
export { type PickOptions, pick } from './composed/movement/pick.ts'
export { type TileOptions, tile } from './composed/movement/tile.ts'
export { prod } from './composed/prod.ts'
export { std, type VarianceOptions, variance } from './composed/variance.ts'
export { type Display, displayed, INSPECT, JUPYTER, mediaOf } from './display.ts'
export type { GraphDocument, NodeDocument } from './document/format.ts'
export { graphFromJSON } from './document/read.ts'
export { type Hints, withHints, withoutProperties } from './elsewhere.ts'
export * from './errors.ts'
export { evaluate, type Feeds } from './evaluate.ts'
export { type GradOptions, grad, hvp, jvp, vjp } from './grad.ts'
export { type Law, match, type Pattern, patternOf } from './laws/law.ts'
export { LAWS } from './laws/table.ts'
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
} from './names/names.ts'
export { flattenNumbers } from './nested.ts'
export { abs } from './ops/arithmetic/abs.ts'
export { add } from './ops/arithmetic/add.ts'
export { div } from './ops/arithmetic/div.ts'
export { divideOrZero } from './ops/arithmetic/divide-or-zero.ts'
export { mul } from './ops/arithmetic/mul.ts'
export { mulOrZero } from './ops/arithmetic/mul-or-zero.ts'
export { neg } from './ops/arithmetic/neg.ts'
export { pow } from './ops/arithmetic/pow.ts'
export { sign } from './ops/arithmetic/sign.ts'
export { sqrt } from './ops/arithmetic/sqrt.ts'
export { square } from './ops/arithmetic/square.ts'
export { sub } from './ops/arithmetic/sub.ts'
export { timesPi } from './ops/arithmetic/times-pi.ts'
export { type CrossEntropyOptions, crossEntropy } from './ops/cost/cross-entropy.ts'
export { squaredError } from './ops/cost/squared-error.ts'
export { elu } from './ops/entrywise/elu.ts'
export { erf } from './ops/entrywise/erf.ts'
export { exp } from './ops/entrywise/exp.ts'
export { log } from './ops/entrywise/log.ts'
export { leakyRelu, relu } from './ops/entrywise/relu.ts'
export { sigmoid, sigmoidPrime } from './ops/entrywise/sigmoid.ts'
export { cos, sin } from './ops/entrywise/sine.ts'
export { softplus } from './ops/entrywise/softplus.ts'
export { tanh, tanhPrime } from './ops/entrywise/tanh.ts'
export { identity } from './ops/identity.ts'
export { ops } from './ops/index.ts'
export type { ConstantParams, FedParams } from './ops/leaves.ts'
export { type ConcatOptions, type ConcatParams, concat } from './ops/movement/concat.ts'
export { flatten } from './ops/movement/flatten.ts'
export { type FlipOptions, type FlipParams, flip } from './ops/movement/flip.ts'
export {
  type GatherInputParams,
  type GatherOptions,
  type GatherParams,
  gather,
} from './ops/movement/gather.ts'
export { type PadOptions, type PadParams, pad } from './ops/movement/pad.ts'
export { reshape, type ShapeParams } from './ops/movement/reshape.ts'
export { rot180 } from './ops/movement/rot180.ts'
export {
  type SliceOptions,
  type SliceParams,
  type SliceScatterParams,
  slice,
} from './ops/movement/slice.ts'
export { type TransposeOptions, type TransposeParams, transpose } from './ops/movement/transpose.ts'
export {
  type TriangleOptions,
  type TriangleParams,
  tril,
  triu,
} from './ops/movement/triangle.ts'
export { type UpsampleOptions, type UpsampleParams, upsample } from './ops/movement/upsample.ts'
export { isOp, type OpName, opName, opNamed } from './ops/named.ts'
export {
  type AvgPoolInputParams,
  type AvgPoolOptions,
  type AvgPoolParams,
  avgPool2d,
  type Divisor,
  sumPool2d,
} from './ops/pooling/avg-pool2d.ts'
export { l2Pool2d } from './ops/pooling/l2-pool2d.ts'
export { maxPool2d } from './ops/pooling/max-pool2d.ts'
export { medianPool2d } from './ops/pooling/median-pool2d.ts'
export {
  checkWindows,
  type PoolOptions,
  type PoolParams,
  pooledSize,
  type TiedPoolParams,
  type Ties,
} from './ops/pooling/pool-window.ts'
export {
  type ConvOptions,
  type ConvParams,
  conv2d,
  type SizedConvParams,
} from './ops/product/conv2d.ts'
export { convolve2d } from './ops/product/convolve2d.ts'
export { type DenseWeightParams, dense } from './ops/product/dense.ts'
export { matmul } from './ops/product/matmul.ts'
export { type ArgmaxOptions, type ArgmaxParams, argmax } from './ops/reduction/argmax.ts'
export { type CumsumOptions, type CumsumParams, cumsum } from './ops/reduction/cumsum.ts'
export { expDifference, logSumExp } from './ops/reduction/log-sum-exp.ts'
export { type MaxParams, max } from './ops/reduction/max.ts'
export { mean } from './ops/reduction/mean.ts'
export { norm } from './ops/reduction/norm.ts'
export type { ReduceOptions, ReduceParams } from './ops/reduction/reduction.ts'
export { type AxisOptions, logSoftmax, softmax } from './ops/reduction/softmax.ts'
export { broadcastTo, sum } from './ops/reduction/sum.ts'
export { clamp } from './ops/selection/clamp.ts'
export { equal } from './ops/selection/equal.ts'
export { greater } from './ops/selection/greater.ts'
export { less } from './ops/selection/less.ts'
export { maximum } from './ops/selection/maximum.ts'
export { minimum } from './ops/selection/minimum.ts'
export { where } from './ops/selection/where.ts'
export { stopGradient } from './ops/stop-gradient.ts'
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
} from './ops/window.ts'
export { noMore, optionError, readOptions } from './options.ts'
export { dependents, topologicalOrder } from './order.ts'
export type { GraphOptions, TiePolicy } from './policy.ts'
export { type ChainStep, chainStep, type Written } from './read/compose/chain-step.ts'
export {
  constantName,
  consumersOf,
  type LocalCopy,
  localCopy,
  slopedArgs,
} from './read/compose/local.ts'
export {
  type DrawnEdge,
  type DrawnNode,
  type DrawOptions,
  dot,
  toGraphlib,
} from './read/dot.ts'
export { type Form, type FormulaOptions, formula, latex } from './read/formula.ts'
export { type LabelTexts, label } from './read/label/label.ts'
export { display } from './read/shown.ts'
export { type TextOptions, text } from './read/text.ts'
export { Graph } from './record/graph.ts'
export { axisLetters, bindAxes, shapesOf, symbolValues } from './record/infer-shape.ts'
export { type Applied, instanceOf, type LineForm, lineOf, lineText } from './record/line-of.ts'
export { type Application, describeNode, Node } from './record/node.ts'
export {
  type Op,
  type OpDefinition,
  type OpTraits,
  operandNames,
  type Printed,
  type Shapes,
  type Symbols,
} from './record/op.ts'
export { apply, type Operand } from './record/operand.ts'
export { defineOp } from './record/own-op.ts'
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
