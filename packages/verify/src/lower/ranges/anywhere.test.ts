// Σ_m X_{i+m} without a range: where X ends is another place for each i, and no window that anyone
// means. It claims nothing; a range, or an index of its own, says where the letter runs.
import { checkLectures } from '../../lecture.fixture.ts'

const L = String.raw

checkLectures([
  {
    name: 'windows without a range',
    network: `X: input 8 8
p = avgPool2d(X, 2)
C = sum(p)`,
    proved: [
      L`p_{ij} = \frac{1}{4} \sum_{m=1}^2 \sum_{n=1}^2 X_{2i-2+m, 2j-2+n}`,
      L`p_{ij} = \frac{1}{4} \sum_{m,n \le 2} X_{2i-2+m, 2j-2+n}`,
      'Σ_m X_{2m,1} = X_{21} + X_{41} + X_{61} + X_{81}',
      'Σ_m [m = i + 1] X_{m1} = X_{i+1,1}',
    ],
    refuted: [L`p_{ij} = \frac{1}{2} \sum_{m,n \le 2} X_{2i-2+m, 2j-2+n}`],
    illFormed: [
      L`p(i, j) = \frac{1}{k^2} \sum_{m,n} X(i \cdot s+m, j \cdot s+n)`,
      L`p_{ij} = \frac{1}{4} \sum_{m,n} X_{2i-2+m, 2j-2+n}`,
    ],
  },
  {
    name: 'kernels that say where a window ends',
    network: `X: input 8 8
w: parameter 3 3
z = conv2d(X, w)
C = sum(z^2)`,
    proved: [
      'z_{ij} = Σ_{m,n} w_{mn} X_{i+m-1,j+n-1}',
      '∂C/∂X_{ij} = Σ_{m,n} ∂C/∂z_{i-m+1,j-n+1} w_{mn}',
      '∂C/∂X_{ij} = Σ_{m,n} ∂C/∂z_{mn} w_{i-m+1,j-n+1}',
    ],
    refuted: ['z_{ij} = 2 Σ_{m,n} w_{mn} X_{i+m-1,j+n-1}'],
    illFormed: ['z_{ij} = 9 Σ_{m,n} X_{i+m,j+n}', 'Σ_i z_{i1} = Σ_i Σ_m Σ_n w_{mn} X_{i+m-1,n}'],
  },
])
