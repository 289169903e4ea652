// The WebAssembly kernels by op: a total table. null is a hole, and so is a rule that gives null
// for what it is asked: such a step runs in JavaScript, and `explain` says so.
import type { MaxParams, TiedPoolParams } from '@backprove/graph'
import type { KernelName } from '../../plan/families.ts'
import { logSoftmax, type SoftmaxShape, softmax, softmaxScratch } from '../costs/softmax.ts'
import type { Lanes } from '../lanes.ts'
import {
  dense,
  denseInput,
  denseInputScratch,
  denseScratch,
  denseWeight,
  denseWeightScratch,
} from '../linear/dense.ts'
import { type MatrixProduct, matmul, matmulScratch } from '../linear/matmul.ts'
import {
  type AxesMaximum,
  axesMaximumGather,
  axesMaximumInput,
  axesMaximumScratch,
} from '../pool/along-axes.ts'
import {
  averagePool,
  averagePoolInput,
  averagePoolScratch,
  l2Pool,
  l2PoolScratch,
} from '../pool/average.ts'
import {
  selectPool,
  selectPoolGather,
  selectPoolInput,
  selectPoolScratch,
  type Ties,
} from '../pool/select.ts'
import { maximum, median, type Selector } from '../pool/selectors.ts'
import type { PoolShape } from '../pool/window.ts'
import {
  conv2d,
  conv2dFilter,
  conv2dFilterScratch,
  conv2dInput,
  conv2dInputScratch,
  conv2dScratch,
  finishesBack,
  finishesForward,
} from '../winograd/conv2d.ts'
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
import type { Addresses, Prepared, Rule } from './rule.ts'

const biased = ({ inputs: [x, w, b], output: y, scratch }: Addresses) => ({
  x: x!,
  w: w!,
  ...(b === undefined ? {} : { b }),
  y,
  scratch,
})

const conv2dRule: Rule = (lanes, call) => {
  const shape = conv2dShape(call)
  return {
    scratch: conv2dScratch(lanes, shape),
    finishes: finishesForward(lanes, shape),
    write: (at) => conv2d(lanes, shape, { ...biased(at), epilogue: at.epilogue }),
  }
}
const conv2dInputRule: Rule = (lanes, call) => {
  const shape = conv2dInputShape(call)
  return {
    scratch: conv2dInputScratch(lanes, shape),
    finishes: finishesBack(lanes, shape),
    write: ({ inputs: [y, w], output: x, scratch, epilogue }) =>
      conv2dInput(lanes, shape, { x, w: w!, y: y!, scratch, epilogue }),
  }
}
const conv2dFilterRule: Rule = (lanes, call) => {
  const shape = conv2dFilterShape(call)
  return {
    scratch: conv2dFilterScratch(lanes, shape),
    write: ({ inputs: [x, y], output: w, scratch }) =>
      conv2dFilter(lanes, shape, { x: x!, w, y: y!, scratch }),
  }
}

const denseRule: Rule = (lanes, call) => {
  const shape = denseForward(call)
  return { scratch: denseScratch(lanes, shape), write: (at) => dense(lanes, shape, biased(at)) }
}
const denseInputRule: Rule = (lanes, call) => {
  const shape = denseBackward(call)
  return {
    scratch: denseInputScratch(lanes, shape),
    write: ({ inputs: [y, w], output: x, scratch }) =>
      denseInput(lanes, shape, { x, w: w!, y: y!, scratch }),
  }
}
const denseWeightRule: Rule = (lanes, call) => {
  const shape = denseWeights(call)
  return {
    scratch: denseWeightScratch(lanes, shape),
    write: ({ inputs: [x, y], output: w, scratch }) =>
      denseWeight(lanes, shape, { x: x!, w, y: y!, scratch }),
  }
}

const matmulRule: Rule = (lanes, { inputs: [a, b], output }) => {
  const [m, k] = a!.slice(-2) as [number, number]
  const n = output.at(-1)!
  const product = (inA: number, inB: number, c: number): MatrixProduct => ({
    m,
    n,
    k,
    batch: output.slice(0, -2),
    a: { address: inA, row: k, column: 1, batch: stackStrides(a!, output) },
    b: { address: inB, row: n, column: 1, batch: stackStrides(b!, output) },
    c,
  })
  return {
    scratch: matmulScratch(lanes, product(0, 0, 0)),
    write: ({ inputs, output: c, scratch }) =>
      matmul(lanes, product(inputs[0]!, inputs[1]!, c), scratch),
  }
}

type Selecting = (
  lanes: Lanes,
  shape: PoolShape,
  selector: Selector,
  ties: Ties,
) => Prepared['write']
const forward: Selecting =
  (lanes, shape, selector) =>
  ({ inputs: [x], output: y, scratch }) =>
    selectPool(lanes, shape, selector, { x: x!, y, scratch })
const scatter: Selecting =
  (lanes, shape, selector, ties) =>
  ({ inputs: [x, g], output: dx, scratch }) =>
    selectPoolInput(lanes, shape, [selector, ties], { x: x!, g: g!, dx, scratch })
const gather: Selecting =
  (lanes, shape, selector, ties) =>
  ({ inputs: [x, h], output: y, scratch }) =>
    selectPoolGather(lanes, shape, [selector, ties], { x: x!, h: h!, y, scratch })

const selecting =
  (selector: Selector, write: Selecting): Rule =>
  (lanes, call) => {
    const { ties } = call.params as TiedPoolParams
    const shape = poolOf(call)
    return { scratch: selectPoolScratch(lanes, shape), write: write(lanes, shape, selector, ties) }
  }

const axesMaximum = ({ params, inputs: [x] }: Call): AxesMaximum => {
  const { axes, ties } = params as MaxParams
  return { shape: x!, axes, ties }
}
const maxInputRule: Rule = (lanes, call) => {
  const maximum = axesMaximum(call)
  return {
    scratch: axesMaximumScratch(lanes, maximum),
    write: ({ inputs: [x, g], output: dx, scratch }) =>
      axesMaximumInput(lanes, maximum, { x: x!, g: g!, dx, scratch }),
  }
}
const maxGatherRule: Rule = (lanes, call) => {
  const maximum = axesMaximum(call)
  return {
    scratch: axesMaximumScratch(lanes, maximum),
    write: ({ inputs: [x, h], output: y, scratch }) =>
      axesMaximumGather(lanes, maximum, { x: x!, h: h!, y, scratch }),
  }
}

const avgPool2dRule: Rule = (lanes, call) => {
  const shape = averageOf(call)
  return {
    scratch: averagePoolScratch(lanes, shape),
    write: ({ inputs: [x], output: y, scratch }) =>
      averagePool(lanes, shape, { x: x!, y, scratch }),
  }
}
const avgPool2dInputRule: Rule = (lanes, call) => {
  const shape = averageInputOf(call)
  return {
    scratch: averagePoolScratch(lanes, shape),
    write: ({ inputs: [g], output: x, scratch }) =>
      averagePoolInput(lanes, shape, { g: g!, x, scratch }),
  }
}
const l2Pool2dRule: Rule = (lanes, call) => {
  const shape = poolOf(call)
  return {
    scratch: l2PoolScratch(lanes, shape),
    write: ({ inputs: [x], output: y, scratch }) => l2Pool(lanes, shape, { x: x!, y, scratch }),
  }
}

const alongAxis =
  (write: typeof softmax): Rule =>
  (lanes, { params, output }) => {
    const shape: SoftmaxShape = { shape: output, axis: (params as { axis: number }).axis }
    return {
      scratch: softmaxScratch(lanes, shape),
      write: ({ inputs: [x], output: y, scratch }) => write(lanes, shape, { x: x!, y, scratch }),
    }
  }

export const kernels: { readonly [K in KernelName]: Rule | null } = {
  conv2d: conv2dRule,
  conv2dInput: conv2dInputRule,
  conv2dFilter: conv2dFilterRule,
  dense: denseRule,
  denseInput: denseInputRule,
  denseWeight: denseWeightRule,
  matmul: matmulRule,
  maxInput: maxInputRule,
  maxGather: maxGatherRule,
  maxPool2d: selecting(maximum, forward),
  maxPool2dInput: selecting(maximum, scatter),
  maxPool2dGather: selecting(maximum, gather),
  medianPool2d: selecting(median, forward),
  medianPool2dInput: selecting(median, scatter),
  medianPool2dGather: selecting(median, gather),
  avgPool2d: avgPool2dRule,
  avgPool2dInput: avgPool2dInputRule,
  l2Pool2d: l2Pool2dRule,
  softmax: alongAxis(softmax),
  logSoftmax: alongAxis(logSoftmax),
  // Laws rewrite these before they are planned.
  convolve2d: null,
  mean: null,
  squaredError: null,
  crossEntropy: null,
  logSumExp: null,
  norm: null,
  tril: null,
  triu: null,
  cumsum: cumsumRule,
  argmax: argmaxRule,
  gather: gatherRule,
  gatherInput: gatherInputRule,
}
