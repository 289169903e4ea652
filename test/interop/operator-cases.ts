// Operators of ONNX, each with operands of small shapes and settings that are not the usual ones.
import { sizeOf } from '@backprove/graph'
import { type FileAttribute, type FileTensor, modelFile } from './model-file.ts'
import { WINDOWS } from './window-cases.ts'

export interface OperatorCase {
  readonly title?: string
  readonly op: string
  /** Shapes are inputs, tensors initialisers, undefined is left out. */
  readonly of: readonly (readonly number[] | FileTensor | undefined)[]
  readonly with?: Readonly<Record<string, FileAttribute>>
  readonly out?: number
  readonly opset?: number
  /** Its values change by steps, or are places. */
  readonly isStepwise?: true
}
const whole = (...data: number[]): FileTensor => ({ type: 'int64', shape: [data.length], data })
const table = (shape: readonly number[], data: readonly number[]): FileTensor => ({
  type: 'int64',
  shape,
  data,
})
const truth = (...data: number[]): FileTensor => ({ type: 'bool', shape: [data.length], data })
const numbers = (...data: number[]): FileTensor => ({ shape: [data.length], data })
const lone = (data: number): FileTensor => ({ shape: [], data: [data] })

const recurrent = (op: string, gates: number, hidden = 3, ways = 1) => ({
  op,
  of: [
    [4, 2, 2],
    [ways, gates * hidden, 2],
    [ways, gates * hidden, hidden],
  ] as const,
  with: { hidden_size: hidden },
  out: op === 'LSTM' ? 3 : 2,
})
const resize = (how: Record<string, FileAttribute>, ...rest: (FileTensor | undefined)[]) => ({
  op: 'Resize',
  of: [[1, 2, 4, 5], undefined, ...rest],
  with: how,
})

export const CASES: readonly OperatorCase[] = [
  { ...recurrent('LSTM', 4) },
  {
    ...recurrent('LSTM', 4, 3, 2),
    title: 'LSTM both ways, with biases, states, peepholes and lengths',
    of: [
      ...[
        [4, 2, 2],
        [2, 12, 2],
        [2, 12, 3],
        [2, 24],
      ],
      { type: 'int32', shape: [2], data: [4, 2] },
      ...[
        [2, 2, 3],
        [2, 2, 3],
        [2, 9],
      ],
    ],
    with: { hidden_size: 3, direction: 'bidirectional' },
  },
  {
    ...recurrent('LSTM', 4),
    title: 'LSTM with other gates, backwards',
    with: {
      ...{ hidden_size: 3, direction: 'reverse', activation_alpha: { floats: [0.3] } },
      activations: ['HardSigmoid', 'Softsign', 'Relu'],
    },
  },
  { ...recurrent('GRU', 3), of: [...recurrent('GRU', 3).of, [1, 18]] },
  {
    ...recurrent('GRU', 3, 3, 2),
    title: 'GRU both ways, linear before reset',
    of: [...recurrent('GRU', 3, 3, 2).of, [2, 18], undefined, [2, 2, 3]],
    with: { hidden_size: 3, linear_before_reset: 1, direction: 'bidirectional' },
  },
  { ...recurrent('RNN', 1), of: [...recurrent('RNN', 1).of, [1, 6]] },
  ...WINDOWS,
  { op: 'LpPool', of: [[1, 2, 6, 6]], with: { kernel_shape: [2, 2], p: 3 } },
  { op: 'LpPool', of: [[1, 2, 6, 6]], with: { kernel_shape: [2, 2], p: 1 } },
  { op: 'GlobalLpPool', of: [[1, 2, 4, 4]], with: { p: 3 } },
  { op: 'LRN', of: [[1, 6, 2, 2]], with: { size: 3, alpha: 0.5, beta: 0.6, bias: 1.5 } },
  { op: 'GroupNormalization', opset: 21, of: [[2, 4, 3], [4], [4]], with: { num_groups: 2 } },
  { op: 'InstanceNormalization', of: [[2, 3, 4], [3], [3]] },
  { op: 'LayerNormalization', of: [[2, 3, 4], [4], [4]] },
  { op: 'MeanVarianceNormalization', of: [[2, 3, 2, 2]] },
  {
    ...{ op: 'BatchNormalization', of: [[3, 2, 2], [2], [2], [2], [2]], out: 3, opset: 15 },
    with: { training_mode: 1, momentum: 0.7 },
  },
  { op: 'Pad', of: [[2, 3, 4], whole(0, 2, 3, 0, 1, 2)], with: { mode: 'reflect' } },
  { op: 'Pad', of: [[2, 3, 4], whole(0, 2, 3, 1, 1, 2)], with: { mode: 'edge' } },
  { op: 'Pad', opset: 19, of: [[2, 3, 4], whole(0, 2, 3, 1, 1, 2)], with: { mode: 'wrap' } },
  { op: 'Pad', of: [[2, 3], whole(1, -1, 0, 2), lone(0.5)] },
  resize({ mode: 'linear' }, numbers(1, 1, 2, 1.6)),
  resize({ mode: 'linear' }, numbers(1, 1, 0.5, 0.7)),
  resize({ mode: 'linear', coordinate_transformation_mode: 'align_corners' }, undefined, {
    ...whole(1, 2, 7, 3),
  }),
  resize({ mode: 'cubic', cubic_coeff_a: -0.5 }, numbers(1, 1, 1.7, 2)),
  resize({ mode: 'cubic', exclude_outside: 1 }, undefined, whole(1, 2, 3, 9)),
  resize({ mode: 'linear', antialias: 1 }, numbers(1, 1, 0.6, 0.5)),
  resize({ mode: 'nearest', nearest_mode: 'ceil' }, numbers(1, 1, 1.6, 2)),
  resize(
    { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
    numbers(1, 1, 3, 2),
  ),
  {
    ...resize({ mode: 'linear', axes: [3] }, numbers(2)),
    opset: 18,
    title: 'Resize of one axis',
  },
  { op: 'Resize', opset: 10, of: [[1, 1, 2, 3], numbers(1, 1, 2, 2)] },
  { op: 'Upsample', opset: 9, of: [[1, 1, 2, 3], numbers(1, 1, 2, 3)], with: { mode: 'linear' } },
  { op: 'Gather', of: [[4, 3], whole(2, 0, 0, -1)], with: { axis: 0 } },
  { op: 'GatherElements', of: [[3, 3], table([2, 3], [1, -1, 0, 2, 1, 0])] },
  { op: 'GatherND', of: [[2, 3, 2], table([2, 1], [1, 0])], with: { batch_dims: 1 } },
  { op: 'GatherND', of: [[2, 3, 2], table([3, 2], [1, 0, 0, -1, 1, 2])] },
  { op: 'ScatterElements', of: [[3, 3], table([2, 2], [2, 0, 1, -1]), [2, 2]], with: { axis: 1 } },
  {
    op: 'ScatterElements',
    of: [[3, 3], table([2, 2], [2, 2, 1, 1]), [2, 2]],
    with: { axis: 1, reduction: 'add' },
  },
  { op: 'ScatterND', of: [[4, 3], table([2, 1], [3, 1]), [2, 3]] },
  { op: 'ScatterND', of: [[4, 3], table([2, 1], [3, 3]), [2, 3]], with: { reduction: 'add' } },
  { op: 'TopK', of: [[3, 5], whole(2)], out: 2, with: { axis: 1 } },
  { op: 'TopK', of: [[5, 2], whole(5)], out: 2, with: { axis: 0, largest: 0 } },
  { op: 'ArgMin', of: [[3, 4]], with: { axis: 1, select_last_index: 1 }, isStepwise: true },
  { op: 'Hardmax', of: [[3, 4]], isStepwise: true },
  {
    op: 'OneHot',
    of: [table([2, 2], [1, -1, 0, 5]), { type: 'int64', shape: [], data: [4] }, numbers(0.5, 2)],
    with: { axis: 1 },
  },
  { op: 'Trilu', of: [[2, 3, 4], { type: 'int64', shape: [], data: [1] }] },
  { op: 'Trilu', of: [[3, 3]], with: { upper: 0 } },
  { op: 'ReverseSequence', of: [[4, 3], whole(2, 4, 1)] },
  { op: 'Compress', of: [[4, 3], truth(1, 0, 1, 0)], with: { axis: 0 } },
  { op: 'CumSum', of: [[3, 4], { type: 'int64', shape: [], data: [1] }], with: { exclusive: 1 } },
  { op: 'ReduceProd', of: [[3, 7], whole(1)] },
  {
    op: 'Einsum',
    of: [
      [2, 3],
      [3, 4],
    ],
    with: { equation: 'ij,jk' },
  },
  { op: 'Einsum', of: [[2, 3, 3]], with: { equation: 'bii->bi' } },
  {
    op: 'Einsum',
    of: [
      [4, 2, 5],
      [4, 5, 2],
    ],
    with: { equation: '...ij,...ji->...' },
  },
  { op: 'Einsum', of: [[2, 3], [4], [2, 4]], with: { equation: 'ab,c,ac->cb' } },
  { op: 'Einsum', of: [[2, 3]], with: { equation: 'ba' } },
  {
    op: 'NegativeLogLikelihoodLoss',
    of: [[2, 3, 4], table([2, 4], [0, 2, 1, 1, 2, 2, 0, 1]), [3]],
  },
  {
    ...{ op: 'SoftmaxCrossEntropyLoss', of: [[4, 3], whole(0, 2, 1, 2), [3]], out: 2 },
    with: { ignore_index: 1 },
  },
  { op: 'SoftmaxCrossEntropyLoss', of: [[4, 3], whole(0, 2, 1, 2)], with: { reduction: 'none' } },
  { op: 'Tan', of: [[5]] },
  { op: 'Sinh', of: [[5]] },
  { op: 'Cosh', of: [[5]] },
  { op: 'Asinh', of: [[5]] },
  { op: 'Acosh', of: [{ shape: [3], data: [1.5, 2, 9] }] },
  { op: 'Atanh', of: [{ shape: [3], data: [-0.9, 0.1, 0.5] }] },
  { op: 'Shrink', of: [[6]], with: { lambd: 0.3, bias: 0.1 } },
  { op: 'Celu', of: [[6]], with: { alpha: 0.7 } },
  { op: 'ThresholdedRelu', of: [[6]], with: { alpha: 0.3 } },
  { op: 'Floor', of: [[6]], isStepwise: true },
  { op: 'Ceil', of: [[6]], isStepwise: true },
  {
    op: 'QuantizeLinear',
    of: [[3, 4], lone(0.0071), { type: 'int8', shape: [], data: [-7] }],
    isStepwise: true,
  },
  {
    ...{ title: 'QuantizeLinear of each row', op: 'QuantizeLinear', isStepwise: true },
    of: [[3, 4], numbers(0.003, 0.02, 0.5), { type: 'uint8', shape: [3], data: [128, 0, 9] }],
    with: { axis: 0 },
  },
  {
    op: 'DequantizeLinear',
    of: [
      { type: 'int8', shape: [2, 3], data: [-128, 5, 0, 127, -1, 64] },
      numbers(0.1, 0.02, 3),
      { type: 'int8', shape: [3], data: [-3, 0, 7] },
    ],
  },
  { op: 'Round', of: [numbers(0.5, 1.5, 2.5, -0.5, -1.5, 1.2)], isStepwise: true },
  { op: 'Mod', of: [[6], numbers(0.3, -0.3, 0.7, 2, -2, 1)], with: { fmod: 1 } },
  { op: 'Div', title: 'Div of whole numbers', of: [whole(-7, 7, 8), whole(2, -2, 3)] },
  {
    op: 'Attention',
    opset: 23,
    of: [
      [2, 2, 3, 4],
      [2, 2, 5, 4],
      [2, 2, 5, 4],
    ],
  },
  {
    ...{ op: 'Attention', opset: 23, title: 'Attention of joined heads, causal, shared keys' },
    of: [
      [2, 3, 8],
      [2, 3, 4],
      [2, 3, 4],
    ],
    with: { q_num_heads: 4, kv_num_heads: 2, is_causal: 1, softcap: { float: 2 } },
  },
]

/** The case as a file; inputs are numbers of one fixed row. */
export function fileOf({ op, of, with: given = {}, out = 1, opset = 18 }: OperatorCase) {
  const inputs: Record<string, { shape: readonly number[] }> = {}
  const values: Record<string, FileTensor> = {}
  const feeds: Record<string, Float32Array> = {}
  const names = of.map((each, k) => {
    const name = `x${k}`
    if (!each) return ''
    if ('shape' in each) values[name] = each
    else {
      inputs[name] = { shape: each }
      feeds[name] = Float32Array.from({ length: sizeOf(each) }, (_, n) => entry(n, k))
    }
    return name
  })
  const outputs = Array.from({ length: out }, (_, k) => `y${k}`)
  const nodes = [{ op, in: names, out: outputs, with: given }]
  return { bytes: modelFile({ inputs, values, nodes, outputs }, opset), inputs, feeds, outputs }
}
/** Numbers between −1 and 1, no two the same; every fourth operand is a variance, above 0. */
const entry = (n: number, k: number): number =>
  k === 4 ? 0.5 + Math.abs(Math.sin(n + 1)) : Math.sin(2.3 * n + 1.1 * k + 0.4) * 0.9
