// Every op, by name: the one list that documents, kernels and tests are checked against.

import { absOp } from './abs.ts'
import { addOp } from './add.ts'
import { argmaxOp } from './argmax.ts'
import { avgPool2dInputOp, avgPool2dOp } from './avg-pool2d.ts'
import { concatOp } from './concat.ts'
import { conv2dFilterOp, conv2dInputOp, conv2dOp } from './conv2d.ts'
import { convolve2dOp } from './convolve2d.ts'
import { crossEntropyOp } from './cross-entropy.ts'
import { cumsumOp } from './cumsum.ts'
import { denseInputOp, denseOp, denseWeightOp } from './dense.ts'
import { divOp } from './div.ts'
import { divideOrZeroOp } from './divide-or-zero.ts'
import { eluOp, eluTailOp } from './elu.ts'
import { equalOp } from './equal.ts'
import { erfOp } from './erf.ts'
import { expOp } from './exp.ts'
import { flattenOp } from './flatten.ts'
import { flipOp } from './flip.ts'
import { gatherInputOp, gatherOp } from './gather.ts'
import { greaterOp } from './greater.ts'
import { identityOp } from './identity.ts'
import { l2Pool2dOp } from './l2-pool2d.ts'
import { constantOp, inputOp, parameterOp } from './leaves.ts'
import { lessOp } from './less.ts'
import { logOp } from './log.ts'
import { expDifferenceOp, logSumExpOp } from './log-sum-exp.ts'
import { matmulOp } from './matmul.ts'
import { maxGatherOp, maxInputOp, maxOp } from './max.ts'
import { maxPool2dGatherOp, maxPool2dInputOp, maxPool2dOp } from './max-pool2d.ts'
import { maximumOp } from './maximum.ts'
import { meanOp } from './mean.ts'
import { medianPool2dGatherOp, medianPool2dInputOp, medianPool2dOp } from './median-pool2d.ts'
import { minimumOp } from './minimum.ts'
import { mulOp } from './mul.ts'
import { mulOrZeroOp } from './mul-or-zero.ts'
import { negOp } from './neg.ts'
import { padOp } from './pad.ts'
import { powerOp, powOp } from './pow.ts'
import { leakyReluOp, reluOp } from './relu.ts'
import { reshapeOp } from './reshape.ts'
import { rot180Op } from './rot180.ts'
import { sigmoidOp, sigmoidPrimeOp } from './sigmoid.ts'
import { signOp } from './sign.ts'
import { cosOp, sinOp } from './sine.ts'
import { sliceOp, sliceScatterOp } from './slice.ts'
import { logSoftmaxOp, softmaxOp } from './softmax.ts'
import { softplusOp } from './softplus.ts'
import { sqrtOp } from './sqrt.ts'
import { squareOp } from './square.ts'
import { squaredErrorOp } from './squared-error.ts'
import { subOp } from './sub.ts'
import { broadcastToOp, sumOp } from './sum.ts'
import { tanhOp, tanhPrimeOp } from './tanh.ts'
import { timesPiOp } from './times-pi.ts'
import { transposeOp } from './transpose.ts'
import { upsampleOp } from './upsample.ts'
import { whereOp } from './where.ts'

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
  sum: sumOp,
  mean: meanOp,
  max: maxOp,
  logSumExp: logSumExpOp,
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
