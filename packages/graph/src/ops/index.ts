// Every op, by name: the one list that documents, kernels and tests are checked against.
import { addOp } from './add.ts'
import { broadcastToOp } from './broadcast-to.ts'
import { conv2dFilterOp, conv2dInputOp, conv2dOp } from './conv2d.ts'
import { constantOp, inputOp, parameterOp } from './leaves.ts'
import { mulOp } from './mul.ts'
import { negOp } from './neg.ts'
import { reshapeOp } from './reshape.ts'
import { sigmoidOp, sigmoidPrimeOp } from './sigmoid.ts'
import { subOp } from './sub.ts'
import { sumOp } from './sum.ts'

export const ops = {
  input: inputOp,
  parameter: parameterOp,
  constant: constantOp,
  add: addOp,
  sub: subOp,
  mul: mulOp,
  neg: negOp,
  sigmoid: sigmoidOp,
  sigmoidPrime: sigmoidPrimeOp,
  conv2d: conv2dOp,
  conv2dInput: conv2dInputOp,
  conv2dFilter: conv2dFilterOp,
  sum: sumOp,
  broadcastTo: broadcastToOp,
  reshape: reshapeOp,
} as const
