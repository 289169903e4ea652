// What docs/ops.md says of compositions: functions that record ops of the graph and none of their
// own. Each is called with arrays of these shapes, and the formulas are put to the verifier.
import * as g from '@backprove/graph'

export interface Composition {
  /** The operands' names, and their shapes. */
  readonly args: Readonly<Record<string, readonly number[]>>
  /** What the function is given besides. */
  readonly options?: object
  /** How it is called, where not by the operands one by one. */
  readonly call?: (args: readonly g.Node[], options?: object) => g.Node
  /** The value, named y with these letters, or C where it is a number. */
  readonly letters?: string
  readonly says: readonly string[]
}

const x = { x_i: [3] }
const rows = { 'x_{ij}': [2, 3] }
const pair = { y_i: [3], t_i: [3] }

/** The cotangent of y is g; a cost is C itself. */
export const COMPOSITIONS: Readonly<Record<string, Composition>> = {
  silu: { args: x, says: ['y_i = x_i σ(x_i)', '∂C/∂x_i = g_i σ(x_i) (1 + x_i (1 - σ(x_i)))'] },
  gelu: {
    args: x,
    says: [
      'y_i = (x_i/2) (1 + erf(x_i/√2))',
      '∂C/∂x_i = g_i ((1 + erf(x_i/√2))/2 + x_i e^{-x_i^2/2}/√(2 π))',
    ],
  },
  selu: {
    args: x,
    says: ['∂C/∂x_i = 1.0507009873554805 g_i ([x_i > 0] + [x_i ≤ 0] 1.6732632423543772 e^{x_i})'],
  },
  mish: {
    args: x,
    says: [
      'y_i = x_i tanh(log(1 + e^{x_i}))',
      '∂C/∂x_i = g_i (tanh(log(1 + e^{x_i})) + x_i (1 - tanh(log(1 + e^{x_i}))^2) σ(x_i))',
    ],
  },
  softsign: {
    args: x,
    says: ['y_i = x_i/(1 + |x_i|)', '∂C/∂x_i = g_i (1 - y_i sign(x_i))/(1 + |x_i|)'],
  },
  logSigmoid: { args: x, says: ['y_i = -log(1 + e^{-x_i})', '∂C/∂x_i = g_i (1 - σ(x_i))'] },
  relu6: { args: x, says: ['y_i = min(max(x_i, 0), 6)', '∂C/∂x_i = [0 ≤ x_i ≤ 6] g_i'] },
  hardTanh: { args: x, says: ['y_i = min(max(x_i, -1), 1)', '∂C/∂x_i = [-1 ≤ x_i ≤ 1] g_i'] },
  hardSigmoid: {
    args: x,
    says: ['y_i = min(max(x_i + 3, 0), 6)/6', '∂C/∂x_i = [-3 ≤ x_i ≤ 3] g_i/6'],
  },
  hardSwish: {
    args: x,
    says: [
      'y_i = x_i min(max(x_i + 3, 0), 6)/6',
      '∂C/∂x_i = g_i (min(max(x_i + 3, 0), 6) + [-3 ≤ x_i ≤ 3] x_i)/6',
    ],
  },
  clamp: { args: x, says: ['y_i = min(max(x_i, -1), 2)', '∂C/∂x_i = [-1 ≤ x_i ≤ 2] g_i'] },
  min: {
    args: rows,
    options: { axes: 1 },
    says: ['y_i = min_j x_{ij}', '∂C/∂x_{ij} = [j = argmin_k x_{ik}] g_i'],
  },
  variance: {
    args: x,
    letters: '',
    says: ['y = 1/3 Σ_i (x_i - 1/3 Σ_k x_k)^2', '∂C/∂x_i = 2/3 g (x_i - 1/3 Σ_k x_k)'],
  },
  std: {
    args: x,
    letters: '',
    says: ['y = √(1/3 Σ_i (x_i - 1/3 Σ_k x_k)^2)', '∂C/∂x_i = g (x_i - 1/3 Σ_k x_k)/(3 y)'],
  },
  prod: { args: x, letters: '', says: ['y = x_1 x_2 x_3', '∂C/∂x_1 = g x_2 x_3'] },
  einsum: {
    args: { 'a_{ij}': [2, 3], 'b_{kj}': [2, 3] },
    letters: 'ik',
    call: (args) => g.einsum('ij,kj->ik', ...args),
    says: ['y_{ik} = Σ_j a_{ij} b_{kj}', '∂C/∂a_{ij} = Σ_k g_{ik} b_{kj}'],
  },
  pick: {
    args: { 'x_{ij}': [2, 3], n_i: [2] },
    says: ['y_i = Σ_j [j = n_i + 1] x_{ij}', '∂C/∂x_{ij} = [j = n_i + 1] g_i'],
  },
  stack: {
    args: { a_i: [3], b_i: [3] },
    letters: 'ki',
    call: (args, options) => g.stack(args, options),
    says: ['y_{1i} = a_i', 'y_{2i} = b_i', '∂C/∂b_i = g_{2i}'],
  },
  split: {
    args: { x_i: [4] },
    options: { parts: 2 },
    call: ([of], options) => g.split(of!, options as g.SplitOptions)[1]!,
    says: ['y_i = x_{i+2}', '∂C/∂x_3 = g_1'],
  },
  expandDims: {
    args: x,
    options: { axis: 0 },
    letters: 'ki',
    says: ['y_{1i} = x_i', '∂C/∂x_i = g_{1i}'],
  },
  squeeze: {
    args: { 'x_{ij}': [3, 1] },
    says: ['y_i = x_{i1}', '∂C/∂x_{i1} = g_i'],
  },
  tile: {
    args: x,
    options: { times: 2 },
    says: ['y_4 = x_1', '∂C/∂x_1 = g_1 + g_4'],
  },
  roll: { args: x, options: { shift: 1 }, says: ['y_1 = x_3', 'y_2 = x_1', '∂C/∂x_3 = g_1'] },
  cosineSimilarity: {
    args: { a_i: [3], b_i: [3] },
    letters: '',
    says: [
      'y = Σ_i a_i b_i/(√(Σ_j a_j^2) √(Σ_k b_k^2))',
      '∂C/∂a_i = g (b_i/(√(Σ_j a_j^2) √(Σ_k b_k^2)) - y a_i/Σ_j a_j^2)',
    ],
  },
  convTranspose2d: {
    args: { 'x_{kij}': [1, 2, 2], 'w_{kfuv}': [1, 1, 2, 2] },
    letters: 'fij',
    says: ['∂C/∂x_{kij} = Σ_{f,u,v} g_{f,i+u-1,j+v-1} w_{kfuv}'],
  },
  conv1d: {
    args: { 'x_{ci}': [2, 4], 'w_{fcu}': [2, 2, 2] },
    letters: 'fi',
    says: ['y_{fi} = Σ_{c,u} x_{c,i+u-1} w_{fcu}', '∂C/∂w_{fcu} = Σ_i g_{fi} x_{c,i+u-1}'],
  },
  bilinear: {
    args: { 'x_{ij}': [1, 2] },
    options: { size: [1, 4] },
    letters: 'ij',
    says: ['y_{12} = 3/4 x_{11} + 1/4 x_{12}'],
  },
  meanSquaredError: {
    args: pair,
    says: ['C = 1/3 Σ_i (y_i - t_i)^2', '∂C/∂y_i = 2/3 (y_i - t_i)'],
  },
  meanAbsoluteError: {
    args: pair,
    says: ['C = 1/3 Σ_i |y_i - t_i|', '∂C/∂y_i = 1/3 sign(y_i - t_i)'],
  },
  huber: { args: pair, says: ['∂C/∂y_i = 1/3 min(max(y_i - t_i, -1), 1)'] },
  logCosh: { args: pair, says: ['∂C/∂y_i = 1/3 tanh(y_i - t_i)'] },
  hinge: {
    args: pair,
    says: ['C = 1/3 Σ_i max(0, 1 - t_i y_i)', '∂C/∂y_i = -1/3 [t_i y_i < 1] t_i'],
  },
  binaryCrossEntropy: { args: { z_i: [3], t_i: [3] }, says: ['∂C/∂z_i = 1/3 (σ(z_i) - t_i)'] },
  klDivergence: {
    args: { z_i: [3], t_i: [3] },
    says: ['∂C/∂z_i = Σ_k t_k e^{z_i}/Σ_k e^{z_k} - t_i'],
  },
}
