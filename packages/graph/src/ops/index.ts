// Every op, by name: the one list that documents, kernels and tests are checked against.

import { absOp } from './arithmetic/abs.ts'
import { addOp } from './arithmetic/add.ts'
import { divOp } from './arithmetic/div.ts'
import { divideOrZeroOp } from './arithmetic/divide-or-zero.ts'
import { mulOp } from './arithmetic/mul.ts'
import { mulOrZeroOp } from './arithmetic/mul-or-zero.ts'
import { negOp } from './arithmetic/neg.ts'
import { powerOp, powOp } from './arithmetic/pow.ts'
import { signOp } from './arithmetic/sign.ts'
import { sqrtOp } from './arithmetic/sqrt.ts'
import { squareOp } from './arithmetic/square.ts'
import { subOp } from './arithmetic/sub.ts'
import { timesPiOp } from './arithmetic/times-pi.ts'
import { crossEntropyOp } from './cost/cross-entropy.ts'
import { squaredErrorOp } from './cost/squared-error.ts'
import { eluOp, eluTailOp } from './entrywise/elu.ts'
import { erfOp } from './entrywise/erf.ts'
import { expOp } from './entrywise/exp.ts'
import { logOp } from './entrywise/log.ts'
import { leakyReluOp, reluOp } from './entrywise/relu.ts'
import { sigmoidOp, sigmoidPrimeOp } from './entrywise/sigmoid.ts'
import { cosOp, sinOp } from './entrywise/sine.ts'
import { softplusOp } from './entrywise/softplus.ts'
import { tanhOp, tanhPrimeOp } from './entrywise/tanh.ts'
import { identityOp } from './identity.ts'
import { constantOp, inputOp, parameterOp } from './leaves.ts'
import { concatOp } from './movement/concat.ts'
import { flattenOp } from './movement/flatten.ts'
import { flipOp } from './movement/flip.ts'
import { gatherInputOp, gatherOp } from './movement/gather.ts'
import { padOp } from './movement/pad.ts'
import { reshapeOp } from './movement/reshape.ts'
import { rot180Op } from './movement/rot180.ts'
import { sliceOp, sliceScatterOp } from './movement/slice.ts'
import { transposeOp } from './movement/transpose.ts'
import { trilOp, triuOp } from './movement/triangle.ts'
import { upsampleOp } from './movement/upsample.ts'
import { avgPool2dInputOp, avgPool2dOp } from './pooling/avg-pool2d.ts'
import { l2Pool2dOp } from './pooling/l2-pool2d.ts'
import { maxPool2dGatherOp, maxPool2dInputOp, maxPool2dOp } from './pooling/max-pool2d.ts'
import {
  medianPool2dGatherOp,
  medianPool2dInputOp,
  medianPool2dOp,
} from './pooling/median-pool2d.ts'
import { conv2dFilterOp, conv2dInputOp, conv2dOp } from './product/conv2d.ts'
import { convolve2dOp } from './product/convolve2d.ts'
import { denseInputOp, denseOp, denseWeightOp } from './product/dense.ts'
import { matmulOp } from './product/matmul.ts'
import { argmaxOp } from './reduction/argmax.ts'
import { cumsumOp } from './reduction/cumsum.ts'
import { expDifferenceOp, logSumExpOp } from './reduction/log-sum-exp.ts'
import { maxGatherOp, maxInputOp, maxOp } from './reduction/max.ts'
import { meanOp } from './reduction/mean.ts'
import { normOp } from './reduction/norm.ts'
import { logSoftmaxOp, softmaxOp } from './reduction/softmax.ts'
import { broadcastToOp, sumOp } from './reduction/sum.ts'
import { equalOp } from './selection/equal.ts'
import { greaterOp } from './selection/greater.ts'
import { lessOp } from './selection/less.ts'
import { maximumOp } from './selection/maximum.ts'
import { minimumOp } from './selection/minimum.ts'
import { whereOp } from './selection/where.ts'
import { stopGradientOp } from './stop-gradient.ts'

/** Every op by its name: what documents, kernels and exporters look ops up in. */
export const ops = {
  input: inputOp,
  parameter: parameterOp,
  constant: constantOp,
  add: addOp,
  sub: subOp,
  mul: mulOp,
  mulOrZero: mulOrZeroOp,
  div: divOp,
  divideOrZero: divideOrZeroOp,
  neg: negOp,
  exp: expOp,
  log: logOp,
  sqrt: sqrtOp,
  square: squareOp,
  abs: absOp,
  sign: signOp,
  pow: powOp,
  power: powerOp,
  maximum: maximumOp,
  minimum: minimumOp,
  where: whereOp,
  greater: greaterOp,
  less: lessOp,
  equal: equalOp,
  sigmoid: sigmoidOp,
  sigmoidPrime: sigmoidPrimeOp,
  tanh: tanhOp,
  tanhPrime: tanhPrimeOp,
  sin: sinOp,
  cos: cosOp,
  erf: erfOp,
  timesPi: timesPiOp,
  relu: reluOp,
  leakyRelu: leakyReluOp,
  elu: eluOp,
  eluTail: eluTailOp,
  softplus: softplusOp,
  identity: identityOp,
  stopGradient: stopGradientOp,
  softmax: softmaxOp,
  logSoftmax: logSoftmaxOp,
  conv2d: conv2dOp,
  conv2dInput: conv2dInputOp,
  conv2dFilter: conv2dFilterOp,
  convolve2d: convolve2dOp,
  dense: denseOp,
  denseInput: denseInputOp,
  denseWeight: denseWeightOp,
  matmul: matmulOp,
  maxPool2d: maxPool2dOp,
  maxPool2dInput: maxPool2dInputOp,
  maxPool2dGather: maxPool2dGatherOp,
  medianPool2d: medianPool2dOp,
  medianPool2dInput: medianPool2dInputOp,
  medianPool2dGather: medianPool2dGatherOp,
  avgPool2d: avgPool2dOp,
  avgPool2dInput: avgPool2dInputOp,
  l2Pool2d: l2Pool2dOp,
  broadcastTo: broadcastToOp,
  reshape: reshapeOp,
  flatten: flattenOp,
  concat: concatOp,
  slice: sliceOp,
  sliceScatter: sliceScatterOp,
  pad: padOp,
  transpose: transposeOp,
  flip: flipOp,
  rot180: rot180Op,
  upsample: upsampleOp,
  tril: trilOp,
  triu: triuOp,
  sum: sumOp,
  mean: meanOp,
  max: maxOp,
  logSumExp: logSumExpOp,
  norm: normOp,
  expDifference: expDifferenceOp,
  cumsum: cumsumOp,
  argmax: argmaxOp,
  gather: gatherOp,
  gatherInput: gatherInputOp,
  maxInput: maxInputOp,
  maxGather: maxGatherOp,
  squaredError: squaredErrorOp,
  crossEntropy: crossEntropyOp,
} as const
