// What docs/layers.md says of layers: one application of each, what it makes, what it is given.
import { inspect } from 'node:util'
import { squaredError } from '@backprove/graph'
import * as nn from '@backprove/nn'
import type * as layers from '../../packages/nn/src/layers/index.ts'
import { optionsOf, type Row } from './operations.ts'

type LayerName = Exclude<keyof typeof layers, 'NetworkError'>

const map = [2, 4, 4]
const sequence = [5, 4]
const vector = [4]

type Application = readonly [shape: readonly number[], given: readonly unknown[], written?: string]

/** The shape of a sample, what each layer is given, and how that is written where it is long. */
export const LAYERS: Readonly<Record<LayerName, Application>> = {
  dense: [map, [{ units: 3 }]],
  conv: [map, [{ filters: 3, kernel: 3 }]],
  conv1d: [sequence, [{ filters: 3, kernel: 2 }]],
  convTranspose: [map, [{ filters: 3, kernel: 2, stride: 2 }]],
  maxPool: [map, [{ size: 2 }]],
  avgPool: [map, [{ size: 2 }]],
  l2Pool: [map, [{ size: 2 }]],
  medianPool: [map, [{ size: 3 }]],
  globalAvgPool: [map, []],
  globalMaxPool: [map, []],
  adaptiveAvgPool: [map, [{ size: 2 }]],
  upsample: [map, [{ size: 2 }]],
  zeroPad: [map, [{ size: 1 }]],
  flatten: [map, []],
  reshape: [vector, [{ shape: [2, 2] }]],
  dropout: [vector, [{ rate: 0.5 }]],
  batchNorm: [map, []],
  layerNorm: [sequence, []],
  rmsNorm: [sequence, []],
  groupNorm: [map, [{ groups: 2 }]],
  instanceNorm: [map, []],
  embedding: [[5], [{ symbols: 9, units: 4 }]],
  positions: [sequence, []],
  attention: [sequence, [{ heads: 2 }]],
  simpleRnn: [sequence, [{ units: 3 }]],
  lstm: [sequence, [{ units: 3 }]],
  gru: [sequence, [{ units: 3 }]],
  residual: [
    map,
    [[nn.conv({ filters: 2, kernel: 3, padding: 'same' })]],
    "[conv({ filters: 2, kernel: 3, padding: 'same' })]",
  ],
  inception: [
    map,
    [[[nn.conv({ filters: 2, kernel: 1 })], [nn.conv({ filters: 3, kernel: 1 })]]],
    '[[conv({ filters: 2, kernel: 1 })], [conv({ filters: 3, kernel: 1 })]]',
  ],
  relu: [vector, []],
  leakyRelu: [vector, [{ slope: 0.2 }]],
  prelu: [map, []],
  relu6: [vector, []],
  elu: [vector, []],
  selu: [vector, []],
  gelu: [vector, []],
  silu: [vector, []],
  mish: [vector, []],
  hardSwish: [vector, []],
  softplus: [vector, []],
  softsign: [vector, []],
  sigmoid: [vector, []],
  hardSigmoid: [vector, []],
  logSigmoid: [vector, []],
  tanh: [vector, []],
  hardTanh: [vector, []],
  softmax: [vector, []],
  activate: [vector, ['bent', '(sqrt(x^2 + 1) - 1)/2 + x']],
}

const library = nn as unknown as Record<string, (...given: unknown[]) => nn.Layer>

const writtenAs = (given: readonly unknown[]): string =>
  given.map((each) => inspect(each, { breakLength: Number.POSITIVE_INFINITY })).join(', ')

export const layerRows = (): Row[] =>
  Object.entries(LAYERS).map(([name, [shape, given, written = writtenAs(given)]]) => {
    const spec = { input: shape, cost: squaredError, layers: [library[name]!(...given)] }
    const model = nn.network(spec)
    const [first] = model.summary().rows
    const counted = first?.parameters ? `${first.parameters}: ${first.counted ?? ''}` : ''
    const named = optionsOf(() => library[name]!({ ' ': 0 }))
    return {
      cells: [
        `\`${name}(${written})\``,
        `[${shape.join(', ')}] → [${model.y.shape.join(', ')}]`,
        counted.replace(/: $/, '') || '—',
        named ? `\`${named}\`` : '—',
      ],
    }
  })
