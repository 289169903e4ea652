// Dots for products, lines of formulas, softmax over an index, ∇ without its cost, Σ over a batch,
// f of a capital letter: each beside its false twins.
import { checkLectures } from '../../lecture.fixture.ts'

const L = String.raw

checkLectures([
  {
    name: 'a dense layer',
    network: `X: input B=5 D=4
W: parameter 4 3
b: parameter 3
Z = X @ W + b
A = sigmoid(Z)
T: input 5 3
L = squaredError(A, T)`,
    proved: [
      'A = f(Z)',
      L`\nabla_W = X^T \nabla_Z`,
      L`\frac{\partial L}{\partial W_{ij}} = \sum_n X_{ni}.\frac{\partial L}{\partial Z_{nj}}`,
      L`\frac{\partial L}{\partial A_{ij}} = A_{ij} - T_{ij} \\ \frac{\partial Z_{ij}}{\partial b_j} = 1 \\`,
    ],
    holdsIf: [L`db = \sum_{\text{batch}} dZ`, L`db = \sum_{examples} dZ`],
    refuted: [
      'A = f(X)',
      L`\nabla_W = X^T \nabla_A`,
      L`db = 2 \sum_{\text{batch}} dZ`,
      L`\frac{\partial L}{\partial A_{ij}} = A_{ij} - T_{ij} \\ \frac{\partial Z_{ij}}{\partial b_j} = 2`,
    ],
  },
  {
    name: 'attention with its indices above',
    network: `Q: input n=3 d_k=2
K: input m=4 2
V: input 4 5
S = Q @ K.T / sqrt(d_k)
A = softmax(S, axis=1)
O = A @ V
T: input 3 5
L = squaredError(O, T)`,
    proved: [
      L`A = {\rm softmax}(S)`,
      L`A^{ij} = \text{softmax}_j(S^{ij})`,
      L`A_{ij} = \mathrm{softmax}_j(S_{ij})`,
    ],
    holdsIf: [
      L`\frac{\partial L}{\partial V_{jk}} = A_{ij} \frac{\partial L}{\partial O_{ik}} = (O_{ik} - T_{ik}) A_{ij}`,
    ],
    refuted: [L`A_{ij} = 2 \operatorname{softmax}_j(S_{ij})`],
    illFormed: [L`A_{ij} = \mathrm{softmax}_k(S_{ij})`, L`A = \mathrm{softmax}_j(S)`],
  },
  {
    name: 'a likelihood, letters in another hand, weights with a prime',
    network: `X: input N=5 d=3
W': parameter 3 2
ϵ: input 5 2
u = X @ W' + ϵ
p = sigmoid(u)
L = 0 - sum(log(p))`,
    proved: [
      L`L = -\log \prod_i p_{i1} - \log \prod_i p_{i2}`,
      L`\log \prod_{i=1}^N p_{i1} = \sum_{i=1}^N \ln p_{i1}`,
      L`\frac{\partial L}{\partial w'_{ji}} = \sum_n x_{nj} \frac{\partial L}{\partial u_{ni}}`,
      L`u = X W' + \epsilon \\[5pt] p = \sigma(u)`,
      L`G \coloneqq p - 1, \quad \frac{\partial L}{\partial \epsilon} = G`,
    ],
    refuted: [
      L`\log \prod_{i=1}^N p_{i1} = \sum_{i=1}^N \ln p_{i2}`,
      L`\frac{\partial L}{\partial w'_{ji}} = \sum_n x_{ni} \frac{\partial L}{\partial u_{nj}}`,
      L`u = X W' + \epsilon \\[5pt] p = \sigma(2u)`,
    ],
    illFormed: [L`L = \prod_i p_{i1}`, L`\frac{\partial L}{\partial w_{ji}} = \sum_n x_{nj}`],
  },
])
