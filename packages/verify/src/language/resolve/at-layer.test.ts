// t of h_t that is a row of x too: at each step it is one number. x_{t-1} is a row, and no entry.
import { checkLectures } from '../../lecture.fixture.ts'

const cell = (x: string): string => `${x}: input 3 2
W: parameter 2 2
U: parameter 2 2
h_0: input 2
h_1 = tanh(W @ h_0 + U @ x[0])
h_2 = tanh(W @ h_1 + U @ x[1])
h_3 = tanh(W @ h_2 + U @ x[2])
g: input 2
C = sum(h_3 * g)`

checkLectures([
  ...['x', 'x_{tk}'].map((x) => ({
    name: `steps read the rows of ${x}`,
    network: cell(x),
    proved: [
      'h_t = tanh(W h_{t-1} + U x_t)',
      'tanh(U x_t + W h_{t-1}) = h_t',
      'h_{t,i} = tanh(Σ_k W_{ik} h_{t-1,k} + Σ_k U_{ik} x_{tk})',
      'h_l = tanh(U x_l + W h_{l-1})',
      'h_t = tanh(W h_{t-1} + U x_t) for t ≥ 2',
      '∂C/∂x_t = U^T ((1 - h_t^2) ⊙ ∂C/∂h_t)',
      '∂C/∂x_{t-1} = U^T ((1 - h_{t-1}^2) ⊙ ∂C/∂h_{t-1})',
      '∂C/∂U = Σ_t ((1 - h_t^2) ⊙ ∂C/∂h_t) x_t^T',
      // T is the last step.
      '∂C/∂h_t = W^T ((1 - h_{t+1}^2) ⊙ ∂C/∂h_{t+1}) for t < T',
      '∂C/∂h_t = g for t = T',
    ],
    refuted: [
      'h_l = tanh(U x_1 + W h_{l-1})',
      'h_t = tanh(W h_{t-1} + U x_{t+1})',
      '∂C/∂x_t = W^T ((1 - h_t^2) ⊙ ∂C/∂h_t)',
      '∂C/∂x_t = U^T ((1 - h_{t-1}^2) ⊙ ∂C/∂h_t)',
      '∂C/∂h_t = W ((1 - h_{t+1}^2) ⊙ ∂C/∂h_{t+1}) for t < T',
      '∂C/∂h_t = g for t < T',
      '∂C/∂h_t = g for t ≤ T',
    ],
    illFormed: [
      'h_t = tanh(W h_{t-1} + U x_t) for t = 7',
      'h_t = tanh(W h_{t-1} + U x_t) for t > T',
    ],
  })),
  {
    name: 'a layer above that is an entry too',
    network: `x: input 3
W^1: parameter 3 3
W^2: parameter 3 3
z^1 = W^1 @ x
a^1 = sigmoid(z^1)
z^2 = W^2 @ a^1
a^2 = sigmoid(z^2)
g: input 3
C = sum(a^2 * g)`,
    proved: ['a^l_l = σ(z^l_l)'],
    refuted: ['a^l_l = σ(z^l_1)', 'a^l_i = σ(z^l_l)'],
    illFormed: [],
  },
])
