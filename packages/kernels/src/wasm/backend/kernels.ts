// The WebAssembly kernels by op: a total table, together with that of ops that few networks use.
// null is a hole, and so is a rule that gives null for what it is asked: such a step runs in
// JavaScript, and `explain` says so.
import type { Op } from '@backprove/graph'
import type { KernelName, SeldomKernelName } from '../../plan/families.ts'
import { conv2d, conv2dFilter, conv2dInput, finishesBack, finishesForward } from '../conv/family.ts'
import { dense, denseInput, denseWeight } from '../linear/dense.ts'
import { finishesProduct, matmul } from '../linear/matmul.ts'
import type { MatrixProduct } from '../linear/matrix-product.ts'
import { averagePool, averagePoolInput } from '../pool/average.ts'
import { selectPool, selectPoolInput } from '../pool/select.ts'
import { maximum } from '../pool/selectors.ts'
import {
  averageInputOf,
  averageOf,
  type Call,
  convShapeOf,
  denseShapeOf,
  stackStrides,
} from './call.ts'
import { type Rule, ruleOf } from './rule.ts'
import { selecting } from './selecting.ts'

/** A matrix product of operands and a result at these addresses. */
type ProductOf = (call: Call, inputs: readonly number[], output: number) => MatrixProduct

const productRule =
  (of: ProductOf): Rule =>
  (lanes, call) => {
    const shape = of(call, [0, 0], 0)
    return {
      finishes: finishesProduct(shape),
      write: ({ inputs, output, scratch, epilogue }) =>
        matmul(lanes, { ...of(call, inputs, output), epilogue }, scratch),
    }
  }

const stacked: ProductOf = ({ inputs: [a, b], output }, [atA, atB], c) => {
  const [m, k] = a!.slice(-2) as [number, number]
  const n = output.at(-1)!
  return {
    m,
    n,
    k,
    batch: output.slice(0, -2),
    a: { address: atA!, row: k, column: 1, batch: stackStrides(a!, output) },
    b: { address: atB!, row: n, column: 1, batch: stackStrides(b!, output) },
    c,
  }
}

/** What `linkEveryOp` fills in: for ops that few networks use, and those from elsewhere. */
export const seldomKernels: { of?: (op: Op) => Rule } = {}

export const kernels: { readonly [K in Exclude<KernelName, SeldomKernelName>]: Rule | null } = {
  conv2d: ruleOf(convShapeOf('forward'), ['x', 'w', 'b', 'y'], 'y', conv2d, finishesForward),
  conv2dInput: ruleOf(convShapeOf('input'), ['y', 'w', 'x'], 'x', conv2dInput, finishesBack),
  conv2dFilter: ruleOf(convShapeOf('filter'), ['x', 'y', 'w'], 'w', conv2dFilter),
  dense: productRule((call, ...at) => dense(denseShapeOf('forward')(call), ...at)),
  denseInput: productRule((call, ...at) => denseInput(denseShapeOf('input')(call), ...at)),
  denseWeight: productRule((call, ...at) => denseWeight(denseShapeOf('filter')(call), ...at)),
  matmul: productRule(stacked),
  maxPool2d: selecting(maximum, ['x', 'y'], 'y', selectPool),
  maxPool2dInput: selecting(maximum, ['x', 'g', 'dx'], 'dx', selectPoolInput),
  avgPool2d: ruleOf(averageOf, ['x', 'y'], 'y', averagePool),
  avgPool2dInput: ruleOf(averageInputOf, ['g', 'x'], 'x', averagePoolInput),
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
