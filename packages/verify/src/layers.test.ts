// Layers as slides count them: in subscripts, in names of the code, two stages of convolution deep,
// with a residual beside. Each true formula has a twin that is refuted.
import { checkLectures } from './lecture.fixture.ts'
import * as networks from './lecturers.fixture.ts'

const { raw } = String

checkLectures([
  {
    name: 'layers counted below',
    network: networks.dense2,
    proved: [
      raw`\delta_1 = W_2^T \delta_2 \odot \sigma'(z_1)`,
      raw`\delta_{1,j} = \sigma'(z_{1,j}) \sum_k W_{2,kj} \delta_{2,k}`,
      raw`\frac{\partial C}{\partial W_2} = \delta_2 a_1^\top`,
      'δ_2^T W_2 = (∂C/∂a_1)^T',
    ],
    refuted: [
      raw`\delta_1 = W_1^T \delta_2 \odot \sigma'(z_1)`,
      raw`\delta_{1,j} = \sigma'(z_{1,j}) \sum_k W_{2,jk} \delta_{2,k}`,
      raw`\frac{\partial C}{\partial W_2} = \delta_2 a_2^\top`,
    ],
    illFormed: [raw`\delta_3 = W_3^T \delta_2`],
  },
  {
    name: 'names of the code',
    network: networks.coded,
    proved: [
      'dloss/dW2 = dloss/dlogits a1^T',
      'dL/dW2 = dL/dlogits a1^T',
      raw`\frac{\partial \mathrm{loss}}{\partial W_2} =
        \frac{\partial \mathrm{loss}}{\partial \mathrm{logits}} a_1^\top`,
      '∂loss/∂z1 = (W2^T ∂loss/∂logits) ⊙ [z1 > 0]',
      raw`\frac{\partial L}{\partial b_1} =
        (W_2^\top (\mathrm{probs} \cdot \mathbf{1}^\top y - y)) \odot \mathbb{1}[z_1 > 0]`,
      'δ_1 = (W2^T ∂loss/∂logits) ⊙ [z1 > 0]',
      '∂loss/∂logits_k = probs_k Σ_j y_j - y_k',
    ],
    refuted: [
      'dloss/dW2 = dloss/dlogits x^T',
      '∂loss/∂z1 = (W2^T ∂loss/∂logits) ⊙ [z1 < 0]',
      'δ_1 = W2^T ∂loss/∂logits',
    ],
    illFormed: ['dloss/dW3 = x', 'dlosses/dW2 = x'],
  },
  {
    name: 'a residual around a padded convolution',
    network: networks.residconv,
    proved: [
      raw`\frac{\partial C}{\partial x} = (h - t) + ((h-t) \odot [z>0]) *same rot180(w)`,
      raw`z_{ij} = \sum_{u=-1}^{1}\sum_{v=-1}^{1} w_{u+2,v+2} x_{i+u,j+v}`,
      '∂C/∂w = pad(x, 1) *valid δ',
      '∂h_{ij}/∂x_{pq} = [i=p][j=q] + [z_{ij}>0] w_{p-i+2,q-j+2}',
    ],
    refuted: [
      raw`\frac{\partial C}{\partial x} = (h - t) + ((h-t) \odot [z>0]) *same w`,
      raw`z_{ij} = \sum_{u=-1}^{1}\sum_{v=-1}^{1} w_{u+2,v+2} x_{i-u,j-v}`,
      '∂C/∂w = x *valid δ',
      '∂h_{ij}/∂x_{pq} = [z_{ij}>0] w_{p-i+2,q-j+2}',
    ],
  },
  {
    name: 'two stages of convolution',
    network: networks.twoStages,
    proved: [
      raw`\delta^{2g}_{ij} = \left(\sum_{n=1}^{2} \delta^3_n w^{3n}_{g-ij}\right)
        \sigma'(z^{2g}_{ij})`,
      '∂C/∂p^{1f}_{ij} = Σ_g Σ_{u,v} δ^{2g}_{i-u+1,j-v+1} w^{2g}_{fuv}',
      '∂C/∂p^{1f} = Σ_g δ^{2g} conv full w^{2g}_f',
      raw`\delta^{1f}_{ij} = \frac{\partial C}{\partial p^{1f}_{\lceil i/2\rceil \lceil j/2 \rceil}}
        [a^{1f}_{ij} = \max] \mathbf{1}[z^{1f}_{ij} > 0]`,
      '∂C/∂w^{2g}_f = p^{1f} *valid δ^{2g}',
      raw`\frac{\partial C}{\partial w^{3n}_{g-ij}} = \delta^3_n a^{2g}_{ij}`,
    ],
    agrees: [
      raw`p^{1f}_{ij} = \max\{a^{1f}_{2i-1,2j-1}, a^{1f}_{2i-1,2j},
        a^{1f}_{2i,2j-1}, a^{1f}_{2i,2j}\}`,
    ],
    refuted: [
      '∂C/∂p^{1f}_{ij} = Σ_{u,v} δ^{2g}_{i-u+1,j-v+1} w^{2g}_{fuv}',
      '∂C/∂p^{1f} = Σ_g δ^{2g} *full w^{2g}_f',
      "δ^{1f}_{ij} = (∂C/∂p^{1f}_{i'j'}) [z^{1f}_{ij} > 0], i' = ⌈i/2⌉, j' = ⌈j/2⌉",
      '∂C/∂w^{2g}_{fuv} = Σ_{i,j} δ^{2g}_{ij} a^{1f}_{i+u-1,j+v-1}',
      raw`p^{1f}_{ij} = \max\{a^{1f}_{2i-1,2j-1}, a^{1f}_{2i-1,2j}\}`,
    ],
  },
  {
    name: 'stars that step',
    network: networks.strided,
    proved: [],
    agrees: [
      'z = x *_{s=2} w',
      raw`z = x \ast_{s=2} w`,
      'z = x ∗_{s=2,p=0} w',
      '∂C/∂w = x *_{d=2} δ',
      'z_{ij} = (x *_{s=(2,2)} w)_{ij}',
    ],
    refuted: [
      'z = x *_{s=1} w',
      'z = x *_{s=2} rot180(w)',
      '∂C/∂w = x *valid δ',
      '∂C/∂w = x *_{d=2,p=1} δ',
    ],
    illFormed: [
      'z = x *_{s=0} w',
      'z = x *_{q=2} w',
      'z = x *_{s=2,s=2} w',
      'z = x *_{full,p=1} w',
    ],
  },
])
