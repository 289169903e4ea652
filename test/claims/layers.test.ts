// What the layers of @backprove/nn, and transposed convolutions in all their options, compute and
// hand back, as textbooks write it: each is proved. Ops and costs are in the tables of docs/ops.md.
import * as graph from '@backprove/graph'
import * as nn from '@backprove/nn'
import { verify } from '@backprove/verify'
import { describe, expect, it } from 'vitest'

const layer = (input: number[], ...layers: nn.Layer[]): graph.Node =>
  nn.network({ input, layers, cost: graph.squaredError }).cost

/** C = Σ g y, so that ∂C/∂y is any g. */
function transposed(
  x: number[],
  w: number[],
  options: graph.ConvTransposeOptions,
  bias = false,
): graph.Node {
  const net = new graph.Graph()
  const [image, filter] = [net.input('x_{kij}', x), net.parameter('w_{kfuv}', w)]
  const b = bias ? { bias: net.parameter('b_f', [w[1]! * (options.groups ?? 1)]) } : {}
  const y = graph.convTranspose2d(image, filter, { ...options, ...b }).as('y_{fij}')
  return graph.sum(graph.mul(y, net.input('g_{fij}', y.shape))).as('C')
}

const placed = (p: number) => `[i = 2(h-1)+u-${p}] [j = 2(l-1)+v-${p}]`

describe.each<[string, graph.Node, string[]]>([
  [
    'convTranspose2d, strided, with a bias',
    transposed([1, 3, 3], [1, 1, 3, 3], { stride: 2 }, true),
    [
      `y_{fij} = b_f + Σ_{k,h,l,u,v} ${placed(0)} x_{khl} w_{kfuv}`,
      '∂C/∂x_{kij} = Σ_{f,u,v} g_{f,2(i-1)+u,2(j-1)+v} w_{kfuv}',
      '∂C/∂w_{kfuv} = Σ_{i,j} x_{kij} g_{f,2(i-1)+u,2(j-1)+v}',
      '∂C/∂b_f = Σ_{i,j} g_{fij}',
    ],
  ],
  [
    'convTranspose2d, padded on both sides of its stride',
    transposed([1, 3, 3], [1, 1, 3, 3], { stride: 2, padding: 1, outputPadding: 1 }),
    [
      `y_{fij} = Σ_{k,h,l,u,v} ${placed(1)} x_{khl} w_{kfuv}`,
      '∂C/∂x_{kij} = Σ_{f,u,v} g_{f,2(i-1)+u-1,2(j-1)+v-1} w_{kfuv}',
      '∂C/∂w_{kfuv} = Σ_{i,j} x_{kij} g_{f,2(i-1)+u-1,2(j-1)+v-1}',
    ],
  ],
  [
    'convTranspose2d in groups',
    transposed([2, 2, 2], [2, 1, 2, 2], { groups: 2 }),
    [
      'y_{fij} = Σ_{u,v} x_{f,i-u+1,j-v+1} w_{f1uv}',
      '∂C/∂x_{kij} = Σ_{u,v} g_{k,i+u-1,j+v-1} w_{k1uv}',
      '∂C/∂w_{k1uv} = Σ_{i,j} x_{kij} g_{k,i+u-1,j+v-1}',
    ],
  ],
  [
    'convTranspose',
    layer([1, 2, 2], nn.convTranspose({ filters: 1, kernel: 2 })),
    ['z^1 = x *full rot180(w^1) + b^1', '∂C/∂x = δ^1 *valid w^1'],
  ],
  [
    'layerNorm',
    layer([4], nn.layerNorm()),
    [
      'μ^1 = 1/4 Σ_i x_i',
      'v^1 = 1/4 Σ_i (x_i - μ^1)^2',
      'ẑ^1_i = (x_i - μ^1)/√(v^1 + ε)',
      '∂C/∂γ^1_i = δ^1_i ẑ^1_i',
    ],
  ],
  [
    'groupNorm',
    layer([2, 1, 2], nn.groupNorm({ groups: 2 })),
    ['v^1_{k1} = 1/2 Σ_j (x_{k1j} - μ^1_{k1})^2', '∂C/∂β^1_k = Σ_{i,j} δ^1_{kij}'],
  ],
  [
    'globalAvgPool',
    layer([2, 2, 2], nn.globalAvgPool()),
    ['p^0_k = 1/4 Σ_{i,j} x_{kij}', '∂C/∂x_{kij} = 1/4 ∂C/∂p^0_k'],
  ],
  [
    'embedding',
    layer([3], nn.embedding({ symbols: 4, units: 2 })),
    ['z^1_{ij} = Σ_v [v = x_i + 1] w^1_{vj}', '∂C/∂w^1_{vj} = Σ_i [v = x_i + 1] δ^1_{ij}'],
  ],
  [
    'attention',
    layer([3, 2], nn.attention()),
    [
      'α^1 = softmax(q^1 (k^1)^T / √2)',
      'z^1 = α^1 v^1 w^{1O}',
      '∂C/∂v^1 = (α^1)^T δ^1 (w^{1O})^T',
      '∂C/∂w^{1V} = x^T ∂C/∂v^1',
      '∂C/∂q^1_{ij} = 1/√2 Σ_k α^1_{ik} (∂C/∂α^1_{ik} - Σ_l ∂C/∂α^1_{il} α^1_{il}) k^1_{kj}',
    ],
  ],
  [
    'attention of two heads',
    layer([3, 2], nn.attention({ heads: 2 })),
    [
      'α^1_{hij} = e^{Σ_d q^1_{hid} k^1_{hjd}} / Σ_l e^{Σ_d q^1_{hid} k^1_{hld}}',
      '∂C/∂v^1_{hjd} = Σ_i α^1_{hij} Σ_c δ^1_{ic} w^{1O}_{hc}',
    ],
  ],
  [
    'simpleRnn',
    layer([2, 2], nn.simpleRnn({ units: 2 })),
    [
      'h^{1,2}_i = tanh(Σ_j w^1_{ij} x_{2j} + Σ_k u^1_{ik} h^{1,1}_k + b^1_i)',
      '∂C/∂h^{1,1}_k = Σ_i ∂C/∂h^{1,2}_i (1 - (h^{1,2}_i)^2) u^1_{ik}',
    ],
  ],
  [
    'lstm',
    layer([2, 2], nn.lstm({ units: 1 })),
    [
      'c^{1,2}_i = a^{1F,2}_i c^{1,1}_i + a^{1I,2}_i a^{1G,2}_i',
      'h^{1,2}_i = a^{1O,2}_i tanh(c^{1,2}_i)',
      '∂C/∂c^{1,2}_i = ∂C/∂h^{1,2}_i a^{1O,2}_i (1 - tanh(c^{1,2}_i)^2)',
    ],
  ],
  [
    'upsample',
    layer([1, 2, 2], nn.upsample({ size: 2 })),
    ['∂C/∂x_{ij} = Σ_{u≤2,v≤2} (x_{ij} - t_{2(i-1)+u,2(j-1)+v})'],
  ],
])('%s', (_, cost, claims) => {
  it.each(claims)('%s', (claim) => {
    expect(verify(cost, claim, { diagnose: () => [], deadline: 20_000 }).kind).toBe('proved')
  })
})

it('attention of another width, or without a transpose, is refuted', () => {
  const cost = layer([3, 2], nn.attention())
  for (const claim of ['α^1 = softmax(q^1 (k^1)^T / √3)', '∂C/∂v^1 = α^1 δ^1 (w^{1O})^T'])
    expect(verify(cost, claim, { diagnose: () => [] }).kind).toBe('refuted')
})
