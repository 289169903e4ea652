// Formulas as lecturers write them and these sources do not: matrices with transposes and diag,
// other letters, shifted indices, Iverson's brackets, chain rules, LaTeX of every taste. Each true
// one is proved, or agrees where that is said; each false one is refuted.
import { checkLectures, type Lecture } from './lecture.fixture.ts'
import * as networks from './lecturers.fixture.ts'

const { raw } = String
const one = 'Σ_k t_k = 1'

const lectures: readonly Lecture[] = [
  {
    name: 'two dense layers',
    network: networks.dense2,
    proved: [
      "δ^2 = σ'(z^2) ⊙ (a^2 - t)",
      "δ^2 = diag(σ'(z^2)) (a^2 - t)",
      "δ^1 = diag(σ'(z^1)) (W^2)^T δ^2",
      'δ^1 = W^{2T} δ^2 ⊙ a^1 ⊙ (1 - a^1)',
      '∂C/∂W_{pq}^2 = (a_p^2 - t_p) a_p^2 (1 - a_p^2) a_q^1',
      "δ^1_j = (Σ_k W^2_{kj} δ^2_k) σ'(z^1_j)",
      'δ^1_j = Σ_k ∂C/∂z^2_k ∂z^2_k/∂z^1_j',
      '∂C/∂a^1 = (∂z^2/∂a^1)^T δ^2',
      "∂z^2/∂z^1 = W^2 diag(σ'(z^1))",
      '∂z^2_k/∂W^2_{ij} = [k = i] a^1_j',
      '∂a^2/∂z^2 = diag(a^2 ⊙ (1 - a^2))',
      "(δ^1)^T = (δ^2)^T W^2 diag(σ'(z^1))",
      '(δ^2)^T W^2 = (∂C/∂a^1)^T',
      '(∂C/∂W^2)^T = a^1 (δ^2)^T',
      '∂C/∂x_m = Σ_j W^1_{jm} a^1_j (1-a^1_j) Σ_k W^2_{kj} δ^2_k',
      "σ''(z^1) = σ'(z^1) ⊙ (1 - 2σ(z^1))",
      '∂²C/∂a^2_i∂a^2_j = [i = j]',
      "∂^2C/∂b^2_i∂b^2_j = [i=j] (σ'(z^2_i)^2 + (a^2_i - t_i) σ''(z^2_i))",
      'C = ½‖a^2 − t‖²',
      'ℒ = ½‖a^2 − t‖²',
      'dE/dW^1_{ij} = δ^1_i x_j',
      '∂C/∂W^1_{ij} = δ^1_i x_j for all i, j',
      '∂C/∂W^1_{ij} = δ^1_i x_j, ∀ i, j',
      raw`\frac{\partial C}{\partial W^{2}} = \delta^{2} \left(a^{1}\right)^{\top}`,
      raw`\frac{\partial \mathcal{L}}{\partial \mathbf{W}^{2}} =
        \boldsymbol{\delta}^{2} (\mathbf{a}^{1})^{\mathsf{T}}`,
      raw`\frac{\partial \ell}{\partial W^{2}} = \delta^{2} (a^{1})^{T}`,
      raw`\begin{aligned}
        \delta^{1} &= \left( (W^{2})^{\mathrm{T}} \delta^{2} \right) \odot \sigma'(z^{1}) \\
        &= (W^{2})^{T}\delta^{2} \odot a^{1} \odot (1-a^{1})
      \end{aligned}`,
      raw`\delta^{1}_j = \sigma'(z^{1}_j) \cdot
        \sum\limits_{k=1}^{3} W^{2}_{kj} \cdot \delta^{2}_k`,
      raw`\nabla_{W^2} C = \delta^2 (a^1)^T`,
      raw`\frac{dC}{dW^1_{ij}} = \delta^1_i x_j \quad \text{for all } i, j`,
    ],
    refuted: [
      '∂C/∂W^2 = (δ^2)^T a^1',
      '∂C/∂W^2 = a^1 (δ^2)^T',
      "δ^1 = diag(σ'(z^2)) (W^2)^T δ^2",
      "∂z^2/∂z^1 = diag(σ'(z^1)) W^2",
      '∂z^2_k/∂W^2_{ij} = a^1_j',
      "σ''(z^1) = σ'(z^1) ⊙ (1 - σ(z^1))",
      "δ^1_j = Σ_k W^2_{jk} δ^2_k σ'(z^1_j)",
      'C = ‖a^2 − t‖²',
      "(δ^1)^T = W^2 (δ^2)^T diag(σ'(z^1))",
    ],
  },
  {
    name: 'a batch under tanh',
    network: networks.batch,
    proved: [
      '∂C/∂W = (∂C/∂Z)^T X',
      '∂C/∂b_k = Σ_n δ_{nk}',
      '∂C/∂W_{ki} = Σ_{n=1}^{N} X_{ni} δ_{nk}',
      '∂C/∂Z = (A - T) ⊙ (1 - A ⊙ A)',
      '1/N ∂C/∂b_k = 1/N Σ_{n=1}^N ∂C/∂Z_{nk}',
      'Z = X W^T + b',
      "∂C/∂W_{ki} = Σ_n (A_{nk} - T_{nk}) tanh'(Z_{nk}) X_{ni}",
      'C = ½‖A − T‖²',
      raw`\frac{\partial C}{\partial b_k} = \sum_{n} (A_{nk} - T_{nk}) \tanh'(Z_{nk})`,
    ],
    refuted: [
      '∂C/∂W = X^T ∂C/∂Z',
      '∂C/∂b_k = 1/N Σ_n ∂C/∂Z_{nk}',
      '∂C/∂X = ∂C/∂Z W^T',
      '∂C/∂Z = (A - T) ⊙ (1 - A)',
    ],
  },
  {
    name: 'softmax under cross-entropy',
    network: networks.soft,
    proved: [
      'Σ_k y_k = 1',
      'C = -Σ_k t_k z_k + Σ_k t_k log(Σ_j e^{z_j})',
      '∂y_i/∂z_j = y_i (δ_{ij} - y_j)',
      '∂y/∂z = diag(y) - y y^T',
      '∂C/∂z_k = y_k Σ_j t_j - t_k',
      ['∂C/∂z_k = y_k - t_k', one],
      '∂y_i/∂z_i = y_i (1 - y_i)',
      'C = -Σ_k t_k log(y_k)',
      '∂C/∂z_k = -Σ_j t_j ([j=k] - y_k)',
      ['∂²C/(∂z_i ∂z_j) = y_i([i=j] - y_j)', one],
      raw`y_k = \frac{e^{z_k}}{\sum_{k'=1}^{K} e^{z_{k'}}}`,
    ],
    refuted: ['∂y_i/∂z_j = y_i (1 - y_j)', '∂y/∂z = diag(y) + y y^T', 'C = Σ_k t_k log(y_k)'],
    holdsIf: ['∂C/∂z_k = y_k - t_k'],
  },
  {
    name: 'channels under relu',
    network: networks.convch,
    proved: [
      '∂C/∂w_{fcuv} = Σ_{p,q} δ_{f,p-u+1,q-v+1} x_{c,p,q}',
      '∂C/∂x_{cij} = Σ_f Σ_{u,v} w_{fcuv} δ_{f,i-u+1,j-v+1}',
      '∂C/∂x_{cpq} = Σ_{f,i,j,u,v} [i+u-1 = p] [j+v-1 = q] w_{fcuv} δ_{fij}',
      'δ_{fij} = (a_{fij} - t_{fij}) [z_{fij} > 0]',
      'δ = (a - t) ⊙ [z > 0]',
      "δ = (a - t) ⊙ relu'(z)",
      'z_f = b_f + Σ_c x_c *valid w_{fc}',
      '∂C/∂x_c = Σ_f δ_f *full rot180(w_{fc})',
      '∂C/∂x_c = Σ_f δ_f conv full w_{fc}',
      '∂C/∂w_{fc} = x_c *valid δ_f',
      '∂z_{fij}/∂w_{gcuv} = [f = g] x_{c,i+u-1,j+v-1}',
      '∂C/∂w_{fcuv} = Σ_{g,i,j} ∂C/∂z_{gij} ∂z_{gij}/∂w_{fcuv}',
    ],
    refuted: [
      '∂C/∂x_{cij} = Σ_{u,v} w_{fcuv} δ_{f,i-u+1,j-v+1}',
      'δ = (a - t) ⊙ [z < 0]',
      '∂C/∂x_c = Σ_f δ_f *full w_{fc}',
      '∂z_{fij}/∂w_{gcuv} = x_{c,i+u-1,j+v-1}',
    ],
    holdsIf: ['∂C/∂w_{fcuv} = Σ_{i,j} δ_{fij} x_{c,i+u,j+v}'],
  },
  {
    name: 'one convolution',
    network: networks.conv1,
    proved: [
      'z_{ij} = Σ_{u=0}^{2} Σ_{v=0}^{1} w_{u+1,v+1} x_{i+u,j+v} + b',
      'z_{ij} = Σ_{p,q} w_{p-i+1,q-j+1} x_{pq} + b',
      '∂C/∂b = sum(δ)',
      '∂C/∂w = rot180(rot180(x) conv valid δ)',
      '∂C/∂x = rot180(rot180(δ) *full w)',
      '∂C/∂x = pad(δ, [2,1]) *valid rot180(w)',
      '∂C/∂x_{pq} = (δ conv full w)_{pq}',
      "∂²C/(∂z_{ij} ∂z_{kl}) = [i=k] [j=l] (σ'(z_{ij})^2 + (a_{ij}-t_{ij}) σ''(z_{ij}))",
      "∂δ_{ij}/∂t_{kl} = -[i=k][j=l] σ'(z_{ij})",
    ],
    refuted: [
      '∂C/∂x = w *full δ',
      'z_{ij} = Σ_{p,q} w_{i-p+1,j-q+1} x_{pq} + b',
      '∂C/∂w_{uv} = Σ_{i=1}^3 Σ_{j=1}^6 δ_{ij} x_{i+u-1,j+v-1}',
      '∂C/∂x = pad(δ, [1,2]) *valid rot180(w)',
      "∂δ_{ij}/∂t_{kl} = -σ'(z_{ij})",
    ],
  },
  {
    name: 'stride 2 under tanh',
    network: networks.strided,
    proved: [
      'z_{ij} = Σ_{u,v} w_{uv} x_{2i+u-2,2j+v-2}',
      '∂C/∂x_{pq} = Σ_{i,j} δ_{ij} w_{p-2i+2,q-2j+2}',
      '∂C/∂x_{pq} = Σ_{i,j,u,v} δ_{ij} w_{uv} [p = 2i+u-2, q = 2j+v-2]',
      'δ_{ij} = (a_{ij} - t_{ij})(1 - tanh(z_{ij})^2)',
    ],
    refuted: [
      '∂C/∂w_{uv} = Σ_{i,j} δ_{ij} x_{i+u-1,j+v-1}',
      '∂C/∂x_{pq} = Σ_{i,j} δ_{ij} w_{p-i+1,q-j+1}',
      'δ_{ij} = (a_{ij} - t_{ij})(1 - tanh(z_{ij}))',
    ],
  },
  {
    name: 'dilation 2',
    network: networks.dilated,
    proved: [
      'z_{ij} = Σ_{u,v} w_{uv} x_{i+2(u-1),j+2(v-1)}',
      '∂C/∂x_{pq} = Σ_{u,v} w_{uv} δ_{p-2u+2,q-2v+2}',
    ],
    refuted: ['∂C/∂x_{pq} = Σ_{u,v} w_{uv} δ_{p-u+1,q-v+1}'],
  },
  {
    name: 'two groups',
    network: networks.grouped,
    proved: [
      'z_{fij} = Σ_{c,u,v} w_{fcuv} x_{2⌈f/2⌉-2+c,i+u-1,j+v-1}',
      '∂C/∂w_{fcuv} = Σ_{i,j} δ_{fij} x_{2⌊(f-1)/2⌋+c,i+u-1,j+v-1}',
    ],
    refuted: ['∂C/∂w_{fcuv} = Σ_{i,j} δ_{fij} x_{c,i+u-1,j+v-1}'],
  },
  {
    name: 'mean pooling',
    network: networks.pooled('avgPool2d(a, size=2)'),
    proved: [
      'p_{kij} = 1/4 (a_{k,2i-1,2j-1} + a_{k,2i-1,2j} + a_{k,2i,2j-1} + a_{k,2i,2j})',
      '∂C/∂a = 1/4 up(∂C/∂p)',
      '∂C/∂x_{kij} = 1/4 (p_{kpq} - t_{kpq}) a_{kij} (1 - a_{kij}) where p = ⌈i/2⌉, q = ⌈j/2⌉',
      '∂p_{kij}/∂a_{lmn} = 1/4 [k=l] [i = ⌈m/2⌉] [j = ⌈n/2⌉]',
    ],
    refuted: ['∂C/∂a = up(∂C/∂p)', '∂C/∂a_{kij} = 1/4 ∂C/∂p_{kij}'],
  },
  {
    name: 'max pooling',
    network: networks.pooled('maxPool2d(a, size=2)'),
    proved: [
      '∂C/∂a = up(∂C/∂p) ⊙ [a = max]',
      '∂C/∂a = up(∂C/∂p) ⊙ [a = up(p)]',
      'p_{kij} = max_{u≤2,v≤2} a_{k,2i+u-2,2j+v-2}',
      "∂C/∂x_{kij} = [a_{kij} = max] ∂C/∂p_{k,⌈i/2⌉,⌈j/2⌉} σ'(x_{kij})",
    ],
    refuted: ['∂C/∂a = up(∂C/∂p)', '∂C/∂a = up(∂C/∂p) ⊙ [a = min]'],
  },
  {
    name: 'a residual connection',
    network: networks.resid,
    proved: [
      'h = x + σ(Wx)',
      "∂C/∂x = (h - t) + W^T ((h - t) ⊙ σ'(z))",
      "∂h_i/∂x_j = [i=j] + σ'(z_i) W_{ij}",
      '∂C/∂x = (∂h/∂x)^T (h - t)',
    ],
    refuted: ["∂C/∂x = W^T ((h - t) ⊙ σ'(z))", "∂C/∂x = (h-t) + W ((h - t) ⊙ σ'(z))"],
  },
  {
    name: 'two maps joined',
    network: networks.cat,
    proved: [
      'y_{kij} = [k=1] p_{1ij} + [k=2] q_{1ij}',
      '∂C/∂q_{1ij} = y_{2ij} - t_{2ij}',
      '∂C/∂x = ∂C/∂p *full rot180(u) + ∂C/∂q *full rot180(v)',
    ],
    refuted: ['∂C/∂q_{1ij} = y_{1ij} - t_{1ij}', '∂C/∂x = ∂C/∂p *full rot180(u)'],
  },
]

checkLectures(lectures)
