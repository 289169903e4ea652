// Every op, by name: the one list that documents, kernels and tests are checked against.
import { absOp } from './abs.ts'
import { addOp } from './add.ts'
import { broadcastToOp } from './broadcast-to.ts'
import { conv2dFilterOp, conv2dInputOp, conv2dOp } from './conv2d.ts'
import { crossEntropyOp } from './cross-entropy.ts'
import { divOp } from './div.ts'
import { eluOp, eluTailOp } from './elu.ts'
import { equalOp } from './equal.ts'
import { expOp } from './exp.ts'
import { greaterOp } from './greater.ts'
import { identityOp } from './identity.ts'
import { constantOp, inputOp, parameterOp } from './leaves.ts'
import { lessOp } from './less.ts'
import { logOp } from './log.ts'
import { maximumOp } from './maximum.ts'
import { minimumOp } from './minimum.ts'
import { mulOp } from './mul.ts'
import { negOp } from './neg.ts'
import { powerOp, powOp } from './pow.ts'
import { leakyReluOp, reluOp } from './relu.ts'
import { reshapeOp } from './reshape.ts'
import { sigmoidOp, sigmoidPrimeOp } from './sigmoid.ts'
import { signOp } from './sign.ts'
import { logSoftmaxOp, softmaxOp } from './softmax.ts'
import { softplusOp } from './softplus.ts'
import { sqrtOp } from './sqrt.ts'
import { squareOp } from './square.ts'
import { squaredErrorOp } from './squared-error.ts'
import { subOp } from './sub.ts'
import { sumOp } from './sum.ts'
import { tanhOp, tanhPrimeOp } from './tanh.ts'
import { whereOp } from './where.ts'

export const ops = {
  input: inputOp,
  parameter: parameterOp,
  constant: constantOp,
  add: addOp,
  sub: subOp,
  mul: mulOp,
  div: divOp,
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
  broadcastTo: broadcastToOp,
  reshape: reshapeOp,
  sum: sumOp,
  squaredError: squaredErrorOp,
  crossEntropy: crossEntropyOp,
} as const
