// What a vector asks for to have a value, its derivative by a vector asks for too.
import { checkLectures } from '../lecture.fixture.ts'

checkLectures([
  {
    name: 'derivatives of vectors by vectors',
    network: `x: input 3
t: input 3
a = sigmoid(x)
C = sum((a - t)^2)`,
    proved: [
      '∂(x + a)/∂x = I + diag(a ⊙ (1 - a))',
      '∂(log a)/∂a = diag(1/a)',
      '∂(√a)/∂a = diag(1/(2√a))',
    ],
    refuted: ['∂(x + a)/∂x = I - diag(a ⊙ (1 - a))', '∂(log a)/∂a = diag(a)'],
    illFormed: ['∂(x + log(-1))/∂x = I', '∂(a + √(-1))/∂x = diag(a ⊙ (1 - a))'],
  },
])
