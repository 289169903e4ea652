// The JavaScript kernels, by op: a total table. null is a hole: the interpreter runs such an op,
// and `explain` says so.
import type { KernelName } from '../plan/families.ts'
import { dense, denseInput, denseWeight } from './linear/dense.ts'
import { matmul } from './linear/matmul.ts'
import { argmax, cumsum, gather, gatherInput } from './linear/places.ts'
import type { Kernel } from './task.ts'
import { conv2d, conv2dFilter, conv2dInput } from './windows/conv.ts'
import { avgPool2d, avgPool2dInput, l2Pool2d, maxPool2d, medianPool2d } from './windows/pool.ts'
import {
  maxGather,
  maxInput,
  maxPool2dGather,
  maxPool2dInput,
  medianPool2dGather,
  medianPool2dInput,
} from './windows/winners.ts'

export const kernels: { readonly [K in KernelName]: Kernel | null } = {
  conv2d,
  conv2dInput,
  conv2dFilter,
  dense,
  denseInput,
  denseWeight,
  matmul,
  maxInput,
  maxGather,
  maxPool2d,
  maxPool2dInput,
  maxPool2dGather,
  medianPool2d,
  medianPool2dInput,
  medianPool2dGather,
  avgPool2d,
  avgPool2dInput,
  l2Pool2d,
  cumsum,
  argmax,
  gather,
  gatherInput,
  // Laws rewrite these before they are planned.
  convolve2d: null,
  mean: null,
  squaredError: null,
  crossEntropy: null,
  softmax: null,
  logSoftmax: null,
  logSumExp: null,
  norm: null,
  tril: null,
  triu: null,
}
