// The WebAssembly kernels by op: a total table. null is a hole, and so is a rule that gives null
// for what it is asked: such a step runs in JavaScript, and `explain` says so.
import type { MaxParams, TiedPoolParams } from '@backprove/graph'
import type { KernelName } from '../../plan/families.ts'
import { conv2d, conv2dFilter, conv2dInput, finishesBack, finishesForward } from '../conv/family.ts'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { dense, denseInput, denseWeight } from '../linear/dense.ts'
import { finishesProduct, matmul } from '../linear/matmul.ts'
import type { MatrixProduct } from '../linear/matrix-product.ts'
import { type AxesMaximum, axesMaximumGather, axesMaximumInput } from '../pool/along-axes.ts'
import { averagePool, averagePoolInput, l2Pool } from '../pool/average.ts'
import { selectPool, selectPoolGather, selectPoolInput, type Ties } from '../pool/select.ts'
import { maximum, median, type Selector } from '../pool/selectors.ts'
import type { PoolShape } from '../pool/window.ts'
import { argmaxRule, cumsumRule, gatherInputRule, gatherRule } from './along.ts'
import {
  averageInputOf,
  averageOf,
  type Call,
  conv2dFilterShape,
  conv2dInputShape,
  conv2dShape,
  denseBackward,
  denseForward,
  denseWeights,
  poolOf,
  stackStrides,
} from './call.ts'
import { type Rule, ruleOf } from './rule.ts'

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

type Selecting<Name extends string> = (
  lanes: Lanes,
  shape: PoolShape,
  by: readonly [Selector, Ties],
  at: Readonly<Record<Name | 'scratch', number>>,
) => Kernel

const selecting = <Name extends string>(
  selector: Selector,
  names: readonly Name[],
  result: Name,
  write: Selecting<Name>,
): Rule =>
  ruleOf(
    (call) => ({ shape: poolOf(call), ties: (call.params as TiedPoolParams).ties }),
    names,
    result,
    (lanes, { shape, ties }, at) => write(lanes, shape, [selector, ties], at),
  )
/** Forward, back, and the gather that reads another array where the forward one selects. */
const selectors = (selector: Selector) =>
  [
    selecting(selector, ['x', 'y'], 'y', selectPool),
    selecting(selector, ['x', 'g', 'dx'], 'dx', selectPoolInput),
    selecting(selector, ['x', 'h', 'y'], 'y', selectPoolGather),
  ] as const
const [maxPool2d, maxPool2dInput, maxPool2dGather] = selectors(maximum)
const [medianPool2d, medianPool2dInput, medianPool2dGather] = selectors(median)

const axesMaximum = ({ params, inputs: [x] }: Call): AxesMaximum => {
  const { axes, ties } = params as MaxParams
  return { shape: x!, axes, ties }
}
export const kernels: { readonly [K in KernelName]: Rule | null } = {
  conv2d: ruleOf(conv2dShape, ['x', 'w', 'b', 'y'], 'y', conv2d, finishesForward),
  conv2dInput: ruleOf(conv2dInputShape, ['y', 'w', 'x'], 'x', conv2dInput, finishesBack),
  conv2dFilter: ruleOf(conv2dFilterShape, ['x', 'y', 'w'], 'w', conv2dFilter),
  dense: productRule((call, ...at) => dense(denseForward(call), ...at)),
  denseInput: productRule((call, ...at) => denseInput(denseBackward(call), ...at)),
  denseWeight: productRule((call, ...at) => denseWeight(denseWeights(call), ...at)),
  matmul: productRule(stacked),
  maxInput: ruleOf(axesMaximum, ['x', 'g', 'dx'], 'dx', axesMaximumInput),
  maxGather: ruleOf(axesMaximum, ['x', 'h', 'y'], 'y', axesMaximumGather),
  maxPool2d,
  maxPool2dInput,
  maxPool2dGather,
  medianPool2d,
  medianPool2dInput,
  medianPool2dGather,
  avgPool2d: ruleOf(averageOf, ['x', 'y'], 'y', averagePool),
  avgPool2dInput: ruleOf(averageInputOf, ['g', 'x'], 'x', averagePoolInput),
  l2Pool2d: ruleOf(poolOf, ['x', 'y'], 'y', l2Pool),
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
  cumsum: cumsumRule,
  argmax: argmaxRule,
  gather: gatherRule,
  gatherInput: gatherInputRule,
}
