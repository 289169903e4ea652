// Spellings of textbooks and slides: 𝟙 and I, cases, conditions after a claim, definitions before
// it, derivatives of expressions, ranges of indices. Each has a twin that is refuted or ill-formed.
import { checkLectures } from './lecture.fixture.ts'
import * as networks from './lecturers.fixture.ts'

const { raw } = String

checkLectures([
  {
    name: 'ones and the identity between two dense layers',
    network: networks.dense2,
    proved: [
      '∂z^2/∂a^1 = W^2 I',
      '∂z^2/∂a^1 = W^2 I_5',
      '∂z^1/∂b^1 = I',
      '∂z^2_i/∂b^2_j = I_{ij}',
      'δ^2 = (I - diag(a^2)) diag(a^2) (a^2 - t)',
      'δ^2 = diag(a^2) diag(𝟙 - a^2) (a^2 - t)',
      'Σ_k a^2_k = 𝟙^T a^2',
      'C = ½ 1^T ((a^2 - t) ⊙ (a^2 - t))',
      raw`\mathbf{1}^T (a^2 - t) = \sum_k (a^2_k - t_k)`,
      raw`\sum_k a^2_k = (a^2)^T \boldsymbol{1}`,
      '∂C/∂W^2 = δ^2 ⊗ a^1',
      "δ^1_i = σ'(z^1_i) Σ_k (W^2)^T_{ik} δ^2_k",
      "δ^1_i = σ'(z^1_i) Σ_k W^{2T}_{ik} δ^2_k",
      raw`\vec{\delta}^{\,2} = (\vec{a}^2 - \vec{t}) \odot \sigma'(\vec{z}^2)`,
      raw`\|\partial C/\partial W^2\|_F^2 = \|\delta^2\|^2 \|a^1\|^2`,
      raw`\operatorname{tr}(∂C/∂W^2 (∂C/∂W^2)^T) = Σ_{i,j} (δ^2_i a^1_j)^2`,
      raw`\langle a^2, t\rangle = Σ_k a^2_k t_k`,
      raw`\frac{\partial^2 C}{\partial (a^2_i)^2} = 1`,
      "σ'(z) = σ(z) (1 - σ(z))",
    ],
    refuted: [
      '∂z^2/∂a^1 = I',
      '∂z^2_i/∂a^1_j = I_{ij}',
      'δ^2 = (I + diag(a^2)) diag(a^2) (a^2 - t)',
      raw`\partial C/\partial W^2 = \mathbf{1} (a^1)^T`,
      '∂C/∂W^2 = a^1 ⊗ δ^2',
      "δ^1_i = σ'(z^1_i) Σ_k (W^2)^T_{ki} δ^2_k",
      "δ^1_i = σ'(z^1_i) Σ_k W^{2T}_{ki} δ^2_k",
      raw`\|\partial C/\partial W^2\|_F = \|\delta^2\|^2 \|a^1\|^2`,
      raw`\langle a^2, t\rangle = Σ_k a^2_k`,
      "σ'(z) = σ(z) (1 + σ(z))",
    ],
    illFormed: ['∂z^2/∂a^1 = W^2 I_4', '∂z^2/∂a^1 = W^2 I_q', 'C = 𝟙^T 𝟙', 'Σ_k 𝟙_k = 1'],
  },
  {
    name: 'conditions on the indices',
    network: networks.dense2,
    proved: [
      '∂C/∂W^2_{ij} = δ^2_i a^1_j for i = 1,…,3 and j = 1,…,5',
      '∂C/∂W^2_{ij} = δ^2_i a^1_j for i, j = 1, 2, …, 3',
      '∂C/∂W^2_{ij} = δ^2_i a^1_j, i ∈ {1, 2, 3}',
      '∂C/∂W^2_{ij} = [j ≤ 3] δ^2_i a^1_j for 1 ≤ j ≤ 3',
      '∂z^2_i/∂b^2_j = 0 (i ≠ j)',
      raw`\frac{\partial z^2_i}{\partial b^2_j} = 0 \quad \text{for } i \neq j`,
      '∂z^2_i/∂b^2_j = { 1 if i = j; 0 otherwise }',
      '∂z^2_i/∂b^2_j = { 0 if i > j; 1 if i ≥ j; 0 otherwise }',
    ],
    refuted: [
      '∂C/∂W^2_{ij} = δ^2_j a^1_i for i, j = 1, …, 3',
      '∂C/∂W^2_{ij} = [j ≤ 3] δ^2_i a^1_j for 1 ≤ j ≤ 4',
      '∂z^2_i/∂b^2_j = 1 (i ≠ j)',
      '∂z^2_i/∂b^2_j = { 1 if i ≠ j; 0 otherwise }',
    ],
    illFormed: [
      '∂C/∂W^2_{ij} = δ^2_i a^1_j for',
      '∂C/∂W^2_{ij} = δ^2_i a^1_j for ever',
      'for i ≠ j',
      '∂z^2_i/∂b^2_j = { 1 if i = j; 0 }',
      '∂z^2_i/∂b^2_j = { 1 if i = j; 0 otherwise i }',
    ],
  },
  {
    name: 'softmax by cases, and logarithms of it',
    network: networks.soft,
    proved: [
      raw`\mathbf{1}^T y = 1`,
      raw`\frac{\partial y_i}{\partial z_j} =
        \begin{cases} y_i(1-y_j) & i=j \\ -y_i y_j & i \neq j\end{cases}`,
      raw`\frac{\partial y_i}{\partial z_j} =
        \begin{cases} y_i(1-y_i) & \text{if } i=j, \\ -y_i y_j & \text{otherwise.}\end{cases}`,
      '∂y_i/∂z_j = -y_i y_j if i ≠ j',
      raw`\frac{\partial C}{\partial z_j} = -\sum_{i} t_i (\mathbb{1}\{i=j\} - y_j)`,
      raw`\frac{\partial C}{\partial z_j} = -\sum_{i} t_i (\mathbb{1}_{i=j} - y_j)`,
      raw`\nabla_z C = (\mathbf{1}^T t) y - t`,
      ['∂C/∂z = y - t', '𝟙^T t = 1'],
      raw`y = \frac{e^{z}}{\mathbf{1}^T e^{z}}`,
      raw`∂y/∂z = diag(y)(I - \mathbf{1} y^T)`,
      '∂log(y)/∂z = I - 1 y^T',
      '∂ log y_k/∂z_i = δ_{ik} - y_i',
      raw`\frac{\partial \log y_k}{\partial z_i} = \frac{1}{y_k}\frac{\partial y_k}{\partial z_i}`,
      raw`\frac{\partial}{\partial z_k}\left(-\sum_k t_k \log y_k\right) =
        \frac{\partial C}{\partial z_k}`,
      raw`\frac{\partial (y_i / y_j)}{\partial z_k} = (y_i/y_j)(\delta_{ik} - \delta_{jk})`,
      raw`\frac{\partial}{\partial z_k} \log \sum_j e^{z_j} = y_k`,
    ],
    refuted: [
      raw`\frac{\partial y_i}{\partial z_j} =
        \begin{cases} y_i(1-y_i) & \text{if } i=j \\ y_i y_j & \text{otherwise}\end{cases}`,
      '∂y_i/∂z_j = y_i y_j for i ≠ j',
      raw`\frac{\partial C}{\partial z_j} = -\sum_{i} t_i (\mathbb{1}\{i \neq j\} - y_j)`,
      raw`\mathbf{1}^T y = 2`,
      raw`∂y/∂z = diag(y)(I - y \mathbf{1}^T)`,
      '∂ log y_k/∂z_i = δ_{ik} - y_k',
      raw`\frac{\partial (1 / y_j)}{\partial z_k} = (1/y_j)(\delta_{jk} - y_k)`,
      raw`\frac{\partial}{\partial z_k} \log \sum_j e^{z_j} = 1 - y_k`,
    ],
    // In denominator layout.
    holdsIf: ['∂log(y)/∂z = I - y 1^T'],
  },
  {
    name: 'definitions',
    network: networks.resid,
    proved: [
      "Δ := (h - t), ∂C/∂x = Δ + W^T (Δ ⊙ σ'(z))",
      "Δ = h - t, ε = Δ ⊙ σ'(z), ∂C/∂x = Δ + W^T ε",
      "∂C/∂x = Δ + W^T ε where ε = Δ ⊙ σ'(z), Δ = h - t",
      "M_{ij} = [i=j] + σ'(z_i) W_{ij}, ∂C/∂x_i = Σ_k (h_k - t_k) M_{ki}",
      "δ := t - h, ∂C/∂x_j = - δ_j - Σ_k δ_k σ'(z_k) W_{kj}",
      "∂C/∂x_j = Σ_i (h_i - t_i) M_{ij} where M_{ij} = [i=j] + σ'(z_i) W_{ij}, z = W x",
      'z := W x',
    ],
    refuted: [
      "Δ := (h + t), ∂C/∂x = Δ + W^T (Δ ⊙ σ'(z))",
      "M_{ij} = [i=j] + σ'(z_i) W_{ij}, ∂C/∂x_i = Σ_k (h_k - t_k) M_{ik}",
      "∂C/∂x_j = Σ_i (h_i - t_i) M_{ij} where M_{ij} = [i=j] + σ'(z_i) W_{ij}, z = W^T x",
      'z := W^T x',
      's_i := Σ_k W_{ik} x_k, C = Σ_k s_k',
      'M_{ij} := W_{ij}, ∂C/∂x = M (h-t)',
    ],
    illFormed: ['Δ := h - t'],
  },
  {
    name: 'a batch, in matrices',
    network: networks.batch,
    proved: [
      'Z = X W^T + 𝟙 b^T',
      '∂C/∂b = (∂C/∂Z)^T 𝟙',
      raw`\frac{\partial C}{\partial b} = \Delta^\top \mathbf{1}_N,
        \Delta = (A-T) \odot (1 - A \odot A)`,
      'Δ^T = ∂C/∂Z, ∂C/∂W = Δ X',
      'Δ_{nk} := (A_{nk} - T_{nk})(1 - A_{nk}^2), ∂C/∂W_{ki} = Σ_n Δ_{nk} X_{ni}',
      '∂C/∂W_{ki} = Σ_{n ∈ {1,…,N}} ∂C/∂Z_{nk} X_{ni}',
    ],
    refuted: [
      'Z = X W^T + b 𝟙^T',
      '∂C/∂b = ∂C/∂Z 𝟙',
      'Δ_{nk} := (A_{nk} - T_{nk})(1 - A_{nk}), ∂C/∂W_{ki} = Σ_n Δ_{nk} X_{ni}',
      '∂C/∂W_{ki} = Σ_{n ∈ {1,2,3}} ∂C/∂Z_{nk} X_{ni}',
    ],
  },
  {
    name: 'indicators under relu',
    network: networks.convch,
    proved: [
      raw`\frac{\partial C}{\partial b_f} =
        \sum_{i,j} (a_{fij} - t_{fij}) \mathbb{1}\{z_{fij} > 0\}`,
      raw`δ_{fij} = \begin{cases} a_{fij}-t_{fij} & z_{fij} > 0 \\
        0 & \text{otherwise} \end{cases}`,
      raw`δ_{fij} = \mathbf{1}_{z_{fij} > 0} (a_{fij}-t_{fij})`,
      'a = z ⊙ 1_{z>0}',
      raw`\frac{\partial a_{fij}}{\partial z_{gkl}} =
        \delta_{fg}\delta_{ik}\delta_{jl}[z_{fij} > 0]`,
    ],
    refuted: [
      raw`δ_{fij} = \begin{cases} a_{fij}-t_{fij} & z_{fij} < 0 \\
        0 & \text{otherwise} \end{cases}`,
      'a = z ⊙ 1_{z<0}',
    ],
  },
  {
    name: 'windows of max pooling',
    network: networks.pooled('maxPool2d(a, size=2)'),
    proved: [
      raw`p_{kij} = \max_{1\le u,v\le 2} a_{k,2i+u-2,2j+v-2}`,
      raw`p_{kij} = \max_{u,v\in\{1,2\}} a_{k,2i+u-2,2j+v-2}`,
    ],
    refuted: [raw`p_{kij} = \max_{1\le u,v\le 3} a_{k,2i+u-2,2j+v-2}`],
  },
  {
    name: 'an array with a tag above beside one without',
    network: `
A_i: input 3
A^2_{ki}: parameter 2 3
z_k = dense(A, A^2)
t_k: input 2
C = squaredError(z, t)`,
    proved: [
      'z_k = Σ_i A^2_{ki} A_i',
      '∂z_k/∂A^2_{li} = [k = l] A_i',
      '∂C/∂A^2_{ki} = (z_k - t_k) A_i',
      '∂C/∂A_i = Σ_k A^2_{ki} (z_k - t_k)',
    ],
    refuted: ['∂z_k/∂A^2_{li} = [k = l + 1] A_i', '∂C/∂A^2_{ki} = (t_k - z_k) A_i'],
  },
  {
    name: 'W2 as W^{(2)} and δ2 as its error',
    network: networks.numbered,
    proved: [
      'δ^{(2)} = (a^{(2)} - t) ⊙ a^{(2)} ⊙ (1 - a^{(2)})',
      "δ^{[1]} = W^{[2]T} δ^{[2]} ⊙ σ'(z^{[1]})",
      raw`\delta^{(1)} = {W^{(2)}}^T \delta^{(2)} \odot \sigma'(z^{(1)})`,
      "δ^l = (W^{l+1})^T δ^{l+1} ⊙ σ'(z^l)",
      'δ2 = (a2 - t) ⊙ a2 ⊙ (1 - a2)',
      'delta1 = W2.T @ delta2 * a1 * (1 - a1)',
      'dW2 = delta2 a1^T',
      '∂C/∂a1 = W2^T δ2',
      'δ2^T W2 = (∂C/∂a1)^T',
      'δ1_i = Σ_j W2_{ji} δ2_j a1_i (1 - a1_i)',
      'δz2 = (a2 - t) ⊙ a2 ⊙ (1 - a2)',
      'a2_i^2 = σ(z2_i)^2',
    ],
    refuted: [
      "δ^{(1)} = (W^{(1)})^T δ^{(2)} ⊙ σ'(z^{(1)})",
      'δ2 = (a2 - t) ⊙ a2 ⊙ (1 + a2)',
      'delta1 = W2.T @ delta2 * a1 * (1 - z1)',
      'δ1_i = Σ_j W2_{ji} δ2_j',
      'δ1_i = Σ_j W2_{ji} δ1_j a1_i (1 - a1_i)',
      'a2_i^2 = a2_i',
    ],
    illFormed: ['δ3 = a2', 'δ^{(3)} = a2', 'δ22 = a2', 'W^{(2)}_i^{(1)} = 0'],
  },
  {
    name: 'no index for one channel',
    network: `
x: input 1 5 6
w: parameter 2 1 3 2
z = conv2d(x, w)
t: input 2 3 5
C = squaredError(z, t)`,
    proved: [
      'z_{kij} = Σ_{u,v} w_{kuv} x_{i+u-1,j+v-1}',
      'z_{kij} = Σ_{c,u,v} w_{kcuv} x_{c,i+u-1,j+v-1}',
      '∂C/∂w_{kuv} = Σ_{i,j} (z_{kij} - t_{kij}) x_{i+u-1,j+v-1}',
    ],
    refuted: [
      'z_{kij} = Σ_{u,v} w_{kuv} x_{i+u,j+v}',
      '∂C/∂w_{kuv} = Σ_{i,j} (z_{kij} - t_{kij}) x_{i-u+1,j-v+1}',
    ],
    illFormed: ['w_{kuvij} = 0'],
  },
])
