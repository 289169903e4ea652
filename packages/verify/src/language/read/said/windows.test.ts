// Letters of windows, steps below an error, an error of what may have no name.
import { checkLectures } from '../../../lecture.fixture.ts'

const L = String.raw

checkLectures([
  {
    name: 'cells of windows by offsets that nobody bounds',
    network: `X: input 4 4
Y = avgPool2d(X, size=2)
t: input 2 2
L = squaredError(Y, t)`,
    proved: [
      L`\frac{\partial L}{\partial X_{2(i-1)+a, 2(j-1)+b}} = \frac{1}{4} \frac{\partial L}{\partial Y_{i,j}}`,
    ],
    holdsIf: [
      L`\frac{\partial L}{\partial X_{is+a, js+b}} = \frac{1}{4} \frac{\partial L}{\partial Y_{i,j}}`,
      L`Y_{i,j} = \frac{1}{K_h K_w} \sum_{m=0}^{K_h-1} \sum_{n=0}^{K_w-1} X_{2i+m, 2j+n}`,
    ],
    refuted: [
      L`\frac{\partial L}{\partial X_{is+a, js+b}} = \frac{1}{2} \frac{\partial L}{\partial Y_{i,j}}`,
      L`\frac{\partial L}{\partial X_{i+a, j+b}} = \frac{1}{4} \frac{\partial L}{\partial Y_{i,j}}`,
      L`Y_{i,j} = \frac{1}{K_h} \sum_{m=0}^{K_h-1} \sum_{n=0}^{K_w-1} X_{2i+m, 2j+n}`,
    ],
  },
  {
    name: 'strides by their side',
    network: `X: input 7 7
K: parameter 3 3
Z = conv2d(X, K, stride=2)
C = sum(Z * Z)`,
    proved: [],
    holdsIf: [L`\frac{\partial Z_{i,j}}{\partial K_{m,n}} = X_{i \cdot S_h + m, j \cdot S_w + n}`],
    refuted: [L`\frac{\partial Z_{i,j}}{\partial K_{m,n}} = X_{i + m, j \cdot S_w + n}`],
  },
  {
    name: 'errors of steps: δ_t^z',
    network: `h_0: input 3
x_1: input 2
x_2: input 2
W_{xh}: parameter 3 2
W_{hh}: parameter 3 3
z_1 = W_{hh} @ h_0 + W_{xh} @ x_1
h_1 = tanh(z_1)
z_2 = W_{hh} @ h_1 + W_{xh} @ x_2
h_2 = tanh(z_2)
L = sum(h_1 * h_1) + sum(h_2)`,
    proved: [
      L`\delta_t^z = \frac{\partial L}{\partial z_t} = \delta_t^h \odot (1 - h_t^2)`,
      L`\frac{\partial L}{\partial W_{xh}} = \sum_{t=1}^{T} \delta_t^z \cdot x_t^T`,
    ],
    refuted: [
      L`\delta_t^z = \delta_t^h \odot (1 + h_t^2)`,
      L`\frac{\partial L}{\partial W_{xh}} = \sum_{t=1}^{T} \delta_t^h \cdot x_t^T`,
    ],
  },
  {
    name: 'δ_h where what enters the activation h has no name',
    network: `v: input 5
W_1: parameter 4 5
h = tanh(W_1 @ v)
W_2: parameter 3 4
z = W_2 @ h
y: input 3
L = squaredError(z, y)`,
    proved: [L`\delta_h = W_2^T (z - y)`, L`\frac{\partial L}{\partial h} = W_2^T (z - y)`],
    refuted: [L`\frac{\partial L}{\partial h} = W_2^T (z - y) \odot (1 - h^2)`],
    illFormed: [L`\delta_h = W_2^T (z - y) \odot (1 - h^2)`],
  },
  {
    name: 'entries of what is called by the array that it is the gradient of',
    network: `X: input 2 5 5
K: parameter 3 2 3 3
b: parameter 3
Y = conv2d(X, K, bias=b)
L = sum(Y * Y)`,
    proved: [
      L`G_Y = \frac{\partial L}{\partial Y}, \quad \frac{\partial L}{\partial b_f} = \sum_{i,j} G_{Y_{f,i,j}}`,
    ],
    refuted: [
      L`G_Y = \frac{\partial L}{\partial Y}, \quad \frac{\partial L}{\partial b_f} = 2 \sum_{i,j} G_{Y_{f,i,j}}`,
    ],
  },
])
