// Wrong formulas as students and lecture notes have them, written by hand, and what a teacher would
// say first: none of them was made by the code that makes mistakes.
import * as networks from '../lecturers.fixture.ts'
import { usualNetworks } from '../notes/network/named-networks.ts'

const { raw } = String

const usual = (name: RegExp) => usualNetworks.find((each) => name.test(each.name))!.text

/** A mean over the batch, as most programs have it. */
const meanOfBatch = `
X_{ni}: input N=6 4
W_{ki}: parameter 3 4
b_k: parameter 3
Z_{nk} = dense(X, W, b)
T_{nk}: input 6 3
C = squaredError(Z, T) / 6`

const one = 'Σ_k t_k = 1'

type Row = [wrong: string, name: string, assume?: string]
export interface Lesson {
  readonly title: string
  readonly network: string
  readonly rows: readonly Row[]
}

export const lessons: readonly Lesson[] = [
  {
    title: 'two dense layers',
    network: networks.dense2,
    rows: [
      ['δ^2 = a^2 - t', "missing σ'"],
      ["δ^2 = (t - a^2) ⊙ σ'(z^2)", 'sign'],
      ['δ^2 = (a^2 - t) ⊙ σ(z^2)', "σ for σ'"],
      ['δ^2 = (a^2 - t) ⊙ a^2', "σ for σ'"],
      ['δ^2 = (a^2 - t) ⊙ z^2', "missing σ'"],
      ["δ^2 = (a^2 - t) ⊙ σ'(a^2)", "σ' of the wrong layer"],
      ["δ^2 = 2 (a^2 - t) ⊙ σ'(z^2)", 'factor'],
      ["δ^1 = W^2 δ^2 ⊙ σ'(z^1)", 'missing transpose'],
      ['δ^1 = (W^2)^T δ^2', "missing σ'"],
      ["δ^1 = (W^2)^T δ^2 ⊙ σ'(z^2)", "σ' of the wrong layer"],
      ["δ^1 = (W^1)^T δ^2 ⊙ σ'(z^1)", 'wrong layer tag'],
      ["δ^1 = (W^2)^T δ^1 ⊙ σ'(z^1)", 'wrong layer tag'],
      ["∂C/∂a^1 = (W^2)^T δ^2 ⊙ σ'(z^1)", "superfluous σ'"],
      ['∂C/∂W^2 = a^1 (δ^2)^T', 'operands of the outer product swapped'],
      ['∂C/∂W^2 = (δ^2)^T a^1', 'operands of the outer product swapped'],
      ['∂C/∂W^2 = δ^2 a^1', 'missing transpose'],
      ['∂C/∂W^2 = δ^2 (z^1)^T', 'missing activation'],
      ['∂C/∂W^2 = δ^2 (a^2)^T', 'wrong layer tag'],
      ['∂C/∂W^2_{ij} = δ^2_j a^1_i', 'operands of the outer product swapped'],
      ['∂C/∂b^2 = δ^1', 'wrong layer tag'],
      ["δ^1_j = Σ_k W^2_{jk} δ^2_k σ'(z^1_j)", 'missing transpose'],
      ["δ^1_j = W^2_{kj} δ^2_k σ'(z^1_j)", 'missing sum over paths'],
      ['∂z^2_k/∂z^1_j = W^2_{kj}', "missing σ'"],
      ['∂z^2_k/∂W^2_{ij} = a^1_j', 'missing Kronecker delta'],
      ["∂z^1/∂z^2 = W^2 diag(σ'(z^1))", 'inverted derivative'],
      ['C = Σ_k (a^2_k - t_k)^2', 'factor'],
      ['z^2 = W^2 z^1 + b^2', 'missing activation'],
      ['z^2 = W^2 a^1', 'missing term'],
      ['a^2 = W^2 a^1 + b^2', 'missing activation'],
      ['z^2 = σ(W^2 a^1 + b^2)', 'superfluous activation'],
      [raw`\delta^1 = \delta^2 W^2 \odot \sigma'(z^1)`, 'missing transpose'],
      [raw`\delta^1 = (W^2)^T (\delta^2 \odot \sigma'(z^1))`, "σ' of the wrong layer"],
      [raw`\frac{\partial C}{\partial W^1} = \delta^1 (a^1)^T`, 'wrong layer tag'],
      [
        raw`\frac{\partial C}{\partial W^2} = \delta^2 (a^1)^T \odot \sigma'(z^2)`,
        "superfluous σ'",
      ],
      ['δ^2 = (a^2 - t) ⊙ z^2 ⊙ (1 - z^2)', 'missing activation'],
      ['δ^2 = t - a^2', "missing σ' and sign"],
    ],
  },
  {
    title: 'a convolution after a sigmoid',
    network: usual(/after a sigmoid/),
    rows: [
      ["δ^{l-1} = δ^l *full W^l ⊙ σ'(z^{l-1})", 'missing rot180'],
      ["δ^{l-1} = δ^l *full (W^l)^T ⊙ σ'(z^{l-1})", 'transpose for rot180'],
      ["δ^{l-1} = δ^l *valid rot180(W^l) ⊙ σ'(z^{l-1})", 'valid for full'],
      ["δ^{l-1} = δ^l *same rot180(W^l) ⊙ σ'(z^{l-1})", 'same for full'],
      ["δ^{l-1} = rot180(W^l) *full δ^l ⊙ σ'(z^{l-1})", 'operands swapped'],
      ["δ^{l-1} = δ^l conv_full rot180(W^l) ⊙ σ'(z^{l-1})", 'convolution for correlation'],
      ['δ^{l-1} = δ^l *full rot180(W^l)', "missing σ'"],
      ["δ^{l-1} = δ^l *full rot180(W^l) ⊙ σ'(z^l)", "σ' of the wrong layer"],
      ['∂C/∂W^l = z^{l-1} *valid δ^l', 'missing activation'],
      ['∂C/∂W^l = δ^l *valid a^{l-1}', 'operands swapped'],
      ['∂C/∂W^l = a^{l-1} conv_valid δ^l', 'convolution for correlation'],
      ['∂C/∂W^l = a^{l-1} *full δ^l', 'full for valid'],
      ['∂C/∂W^l = rot180(a^{l-1}) *valid δ^l', 'superfluous rot180'],
      ['∂C/∂b^l = mean(δ^l)', 'mean for sum'],
      ['z^l = a^{l-1} conv_valid W^l + b^l', 'convolution for correlation'],
      ['∂C/∂W^l = δ^l *valid σ(z^l)', 'operands swapped and wrong layer tag'],
    ],
  },
  {
    title: "the book's network",
    network: 'bookCnn max',
    rows: [
      ['δ_n^O = a_n^O - t_n', "missing σ'"],
      ["δ_n^O = (t_n - a_n^O) a'(z_n^O)", 'sign'],
      ['∂C/∂w_{k-ij}^{On} = δ_n^O a_{ij}^{Fk}', 'wrong layer tag'],
      ["∂C/∂w_{ij}^{Fk} = Σ_{i',j'} δ_{i'j'}^{Fk} x_{i+i',j+j'}", 'index off by one'],
      ["∂C/∂w_{ij}^{Fk} = Σ_{i',j'} δ_{i'j'}^{Fk} x_{i+i'-2,j+j'-2}", 'padding off'],
      ["∂C/∂w_{ij}^{Fk} = δ_{i'j'}^{Fk} x_{i+i'-1,j+j'-1}", 'missing sum over paths'],
      [
        "δ_{ij}^{Fk} = (Σ_n δ^O_n w_{k-i'j'}^{On}) a'(z_{ij}^{Fk}), i' = ⌈i/2⌉, j' = ⌈j/2⌉",
        'missing max indicator',
      ],
      [
        "δ_{ij}^{Fk} = (Σ_n δ^O_n w_{k-ij}^{On}) [a_{ij}^{Fk} = max] a'(z_{ij}^{Fk})",
        'missing upsample',
      ],
      ["δ^F = up(δ^P) ⊙ [a^F = min] ⊙ a'(z^F)", 'wrong cell'],
      ["δ^F = δ^P ⊙ [a^F = max] ⊙ a'(z^F)", 'missing upsample'],
    ],
  },
  {
    title: "the book's network with mean pooling",
    network: 'bookCnn avg',
    rows: [
      ["δ^F = up(δ^P) ⊙ a'(z^F)", 'missing mean factor'],
      ["δ^F = 1/2 up(δ^P) ⊙ a'(z^F)", 'factor'],
      ["δ_{ij}^{Fk} = 1/4 δ_{i'j'}^{Pk} a(z_{ij}^{Fk}), i' = ⌈i/2⌉, j' = ⌈j/2⌉", "σ for σ'"],
      [
        "δ_{ij}^{Fk} = 1/4 δ_{i'j'}^{Pk} a'(z_{ij}^{Fk}), i' = ⌊i/2⌋, j' = ⌈j/2⌉",
        'index off by one',
      ],
    ],
  },
  {
    title: 'softmax and cross-entropy',
    network: networks.soft,
    rows: [
      ['∂C/∂z = y - t', 'missing assumption'],
      ['∂C/∂z = t - y', 'sign', one],
      ['∂C/∂z = (y - t) ⊙ y ⊙ (1 - y)', "superfluous σ'", one],
      ['∂y_i/∂z_j = y_i (1 - y_j)', 'missing Kronecker delta'],
      ['∂y_i/∂z_j = y_i ([i = j] + y_j)', 'sign'],
      ['∂y_i/∂z_j = -y_i y_j', 'missing term'],
      ['∂C/∂z_k = y_k Σ_j t_j', 'missing term'],
      ['C = Σ_k t_k log(y_k)', 'sign'],
      ['C = -Σ_k y_k log(t_k)', 'operands swapped'],
      ['C = -Σ_k t_k log(z_k)', 'missing activation'],
    ],
  },
  {
    title: 'a residual block',
    network: networks.resid,
    rows: [
      ["∂C/∂x = W^T ((h - t) ⊙ σ'(z))", 'missing term'],
      ["∂C/∂x = h - t + W ((h - t) ⊙ σ'(z))", 'missing transpose'],
      ["∂C/∂x = h - t - W^T ((h - t) ⊙ σ'(z))", 'sign'],
      ['h = a', 'missing term'],
    ],
  },
  {
    title: 'a batch',
    network: networks.batch,
    rows: [
      ['∂C/∂b_k = δ_{nk}', 'missing sum over paths'],
      ['∂C/∂b_k = 1/N Σ_n δ_{nk}', 'mean for sum'],
      ['∂C/∂W = X^T δ', 'operands of the outer product swapped'],
      ['Z = X W + b', 'missing transpose'],
      ['∂C/∂Z = (A - T) ⊙ (1 - A)', "σ for σ'"],
      ['∂C/∂W = δ^T X ⊙ (1 - A ⊙ A)', "superfluous σ'"],
    ],
  },
  {
    title: 'the mean over a batch',
    network: meanOfBatch,
    rows: [
      ['∂C/∂Z = Z - T', 'factor'],
      ['∂C/∂Z = 1/6 (T - Z)', 'sign'],
      ['∂C/∂b_k = 1/N Σ_n ∂C/∂Z_{nk}', 'mean for sum'],
    ],
  },
  {
    title: 'channels',
    network: networks.convch,
    rows: [
      ['∂C/∂x_c = Σ_f δ_f *full w_{fc}', 'missing rot180'],
      ['∂C/∂x_c = δ_f *full rot180(w_{fc})', 'missing sum over paths'],
      ['∂C/∂b_f = δ_{fij}', 'missing sum over paths'],
      ['δ = (a - t) ⊙ [z < 0]', 'wrong border guard'],
      ['∂C/∂x_{cij} = Σ_{f,u,v} w_{cfuv} δ_{f,i-u+1,j-v+1}', 'channels swapped'],
    ],
  },
  {
    title: 'max pooling of an activation',
    network: networks.pooled('maxPool2d(a, size=2)'),
    rows: [
      ['∂C/∂x = up(∂C/∂p) ⊙ [a = max]', "missing σ'"],
      ['∂C/∂a = ∂C/∂p ⊙ [a = max]', 'missing upsample'],
    ],
  },
  {
    title: 'stride 2',
    network: networks.strided,
    rows: [
      ['z_{ij} = Σ_{u,v} w_{uv} x_{i+u-1,j+v-1}', 'missing stride dilation'],
      ['∂C/∂w_{uv} = Σ_{i,j} δ_{ij} x_{i+u-1,j+v-1}', 'missing stride dilation'],
    ],
  },
]
