// a_i' = a_i (1 − a_i): the prime is that of a where no index i' stands elsewhere.
import { checkLectures } from '../../lecture.fixture.ts'

checkLectures([
  {
    name: 'primes after an index',
    network: `z: input 4
W: parameter 4 4
a = sigmoid(z)
s = softmax(z)
y = W a
C = sum(a) + sum(s) + sum(y)`,
    proved: [
      "a_i' = a_i (1 - a_i)",
      "a_k' = a_k (1 - a_k)",
      "∂s_i/∂z_i' = s_i ([i = i'] - s_i')",
      "y_i = Σ_i' W_ii' a_i'",
      "y_i = Σ_{i'} W_{i,i'} a_i'",
      "s_i = e^{z_i} / Σ_i' e^{z_i'}",
      "∂s_i/∂z_{i'} = -s_i s_i' for i ≠ i'",
    ],
    refuted: [
      "a_i' = a_i (1 + a_i)",
      "a_{i'} = a_i (1 - a_i)",
      "max_i' a_i' = a_i",
      "a_i' = 2 z_i'",
    ],
    illFormed: ["∂s_i/∂z_i' = -s_i s_i'"],
  },
])
