// Ends of sums and dots that nobody gave a number, functions by themselves, activations of whole
// expressions, values in what stands under Σ, indices of two letters: each beside its false twins.
import { checkLectures } from '../../lecture.fixture.ts'

const L = String.raw

checkLectures([
  {
    name: 'a sample before parentheses',
    network: `X: input m=6 n=3
w: parameter n=3
h = sigmoid(X w)
y: input m=6
J = -1/m * sum(y * log(h) + (1 - y) * log(1 - h))`,
    proved: [
      L`\frac{\partial J}{\partial w_j} = \frac1m \sum_i x_j^{(i)} (h^{(i)} - y^{(i)})`,
      L`\frac{\partial J}{\partial w} = \frac1m \sum_i x^{(i)} (\sigma(w^T x^{(i)}) - y^{(i)})`,
    ],
    refuted: [
      L`\frac{\partial J}{\partial w_j} = \frac1m \sum_i x_j^{(i)} (y^{(i)} - h^{(i)})`,
      L`\frac{\partial J}{\partial w} = \frac1m \sum_i x^{(i)} (h^{(i)} + y^{(i)})`,
    ],
  },
  {
    name: 'pooling under strict bounds',
    network: `x: input 1 4 4
y = maxPool2d(x, size=2)
t: input 1 2 2
L = squaredError(y, t)`,
    proved: [],
    agrees: [
      L`y_{ij} = \max_{0\le m,n < 2} x_{2i-m,2j-n}`,
      L`y_{ij} = \max_{0 < m,n \le 2} x_{2i+m-2,2j+n-2}`,
      L`y_{ij} = \max_{0\le m < 2, 0 \le n < 2} x_{2i-m,2j-n}`,
    ],
    refuted: [
      L`y_{ij} = \max_{0 < m,n < 2} x_{2i+m-2,2j+n-2}`,
      L`y_{ij} = \max_{0\le m,n < 3} x_{2i-m,2j-n}`,
    ],
  },
  {
    name: 'sums under strict bounds',
    network: `x: input 4 4
w: parameter 2 2
y = conv2d(x, w)
t: input 3 3
L = squaredError(y, t)`,
    proved: [
      L`y_{ij} = \sum_{0 < m,n < 3} w_{mn} x_{i+m-1,j+n-1}`,
      L`y_{ij} = \sum_{0 \le m,n < 2} w_{m+1,n+1} x_{i+m,j+n}`,
      L`\frac{\partial L}{\partial w_{mn}} = \sum_{0 < i,j < 4} \frac{\partial L}{\partial y_{ij}} x_{i+m-1,j+n-1}`,
    ],
    refuted: [
      L`y_{ij} = \sum_{0 \le m,n < 2} w_{m+1,n+1} x_{i+m-1,j+n-1}`,
      L`y_{ij} = \sum_{1\le m,n < 2} w_{mn} x_{i+m-1,j+n-1}`,
    ],
    agrees: [
      L`\frac{\partial L}{\partial y_{ij}} = \sum_{k : k = i} (y_{kj} - t_{kj})`,
      L`\frac{\partial L}{\partial y_{ij}} = \sum_{k, k = i} \frac{\partial L}{\partial y_{kj}}`,
    ],
    illFormed: [L`y_{ij} = \sum_{0 \le m < n < 3} w_{mn} x_{i+m-1,j+n-1}`],
  },
  {
    name: 'entries beside a filter that is turned',
    network: `o: input 6 6
w^1: parameter 3 3
x^1 = conv2d(o, w^1)
a = sigmoid(x^1)
w^2: parameter 2 2
x^2 = conv2d(a, w^2)
t: input 3 3
E = squaredError(x^2, t)`,
    proved: [L`\delta^1_{ij}=\delta^{2}_{ij} *_{full} rot180(w^{2})f'(x^1_{ij})`],
    refuted: [
      L`\delta^1_{ij}=\delta^{2}_{ij} *_{full} rot180(w^{2})f(x^1_{ij})`,
      L`\delta^1_{ij}=2\delta^{2}_{ij} *_{full} rot180(w^{2})f'(x^1_{ij})`,
    ],
  },
  {
    name: 'channels of two letters',
    network: `a: input C=2 6 6
W: parameter F=3 2 3 3
b: parameter 3
z = conv2d(a, W, bias=b)
t: input 3 4 4
L = squaredError(z, t)`,
    proved: [
      L`z_{f,i,j} = \sum_{ch}\sum_{m}\sum_{n} W_{f,ch,m,n} a_{ch,i+m-1,j+n-1} + b_f`,
      L`\frac{\partial L}{\partial W_{f,ch,m,n}} = \sum_{i,j} \frac{\partial L}{\partial z_{f,i,j}} a_{ch,i+m-1,j+n-1}`,
    ],
    refuted: [L`z_{f,i,j} = \sum_{ch}\sum_{m}\sum_{n} W_{f,ch,n,m} a_{ch,i+m-1,j+n-1} + b_f`],
    illFormed: [
      L`z_{f,i,j} = \sum_{m,n} W_{f,ch,m,n} a_{hc,i+m-1,j+n-1} + b_f`,
      L`z_{f,i,j} = \sum_{m}\sum_{n} W_{f,cf,m,n} a_{cf,i+m-1,j+n-1} + b_f`,
    ],
  },
  {
    name: 'dots up to a letter that stands nowhere else',
    network: `z: input K=4
p = softmax(z)
s = sum(z)
t: input 4
L = crossEntropy(z, t)`,
    proved: [
      L`p_i = \frac{e^{z_i}}{e^{z_1} + \cdots + e^{z_n}}`,
      L`s = z_1 + z_2 + \cdots + z_n`,
      L`\max_i z_i = \max(z_1, \ldots, z_n)`,
    ],
    refuted: [L`2 s = z_1 + z_2 + \cdots + z_n`],
    illFormed: [
      L`s = z_2 + z_3 + \cdots + z_n`,
      L`s = \sum_{n} (z_1 + z_2 + \cdots + z_n)`,
      L`p_n = \frac{e^{z_n}}{e^{z_1} + e^{z_2} + \cdots + e^{z_n}}`,
      L`z_n = z_1 + z_2 + \cdots + z_n`,
    ],
  },
  {
    name: 'functions by themselves, and those of e^x',
    network: `x: input 3
W: parameter 2 3
b: parameter 2
z = W @ x + b
a = tanh(z)
y: input 2
L = squaredError(a, y)`,
    proved: [
      L`\tanh' = 1 - \tanh^2`,
      L`a = f(W x + b)`,
      L`a = \frac{\sinh z}{\cosh z}`,
      L`\tanh'(z) = \mathrm{sech}^2(z)`,
      L`\cosh'(z) = \sinh(z)`,
    ],
    refuted: [
      L`\tanh' = 1 + \tanh^2`,
      L`a = f(W x - b)`,
      L`\tanh'(z) = \mathrm{sech}(z)`,
      L`\cosh'(z) = -\sinh(z)`,
    ],
    illFormed: [L`\frac{\partial L}{\partial z} = (a - y) \odot \tanh'`, L`\tanh = 1`],
  },
  {
    name: 'values under Σ, and a mean of y',
    network: `x: input m=4 n=2
y: input 4
μ_y = mean(y)
w: parameter 2
b: parameter
C: input
L = 0.5 * sum(w^2) + C * sum(relu(1 - y * (x @ w + b)))`,
    proved: [
      L`\nabla_b L(w, b) = -C \sum_{i : y_i(w^T x_i + b) < 1} y_i`,
      L`\mu_y = \frac1m \sum_{i=1}^m y_i`,
    ],
    refuted: [
      L`\nabla_b L(w, b) = -C \sum_{i : y_i(w^T x_i - b) < 1} y_i`,
      L`\mu_y = \sum_{i=1}^m y_i`,
    ],
  },
  {
    name: 'sums over rows without their index, and chains through a matrix',
    network: `x: input N=4 D=3
γ: parameter 3
β: parameter 3
y = γ * x + β
t: input 4 3
L = squaredError(y, t)`,
    proved: [
      L`d\beta=dy\cdot \frac{\partial y}{\partial \beta}`,
      L`d\gamma = dy \frac{\partial y}{\partial \gamma}`,
    ],
    holdsIf: [L`d\beta = \sum_{i=1}^N dy`, L`d\gamma = \sum_{i=1}^{N}dy\cdot x`],
    refuted: [
      L`d\gamma=dy\cdot \frac{\partial y}{\partial \beta}`,
      L`d\gamma = \sum_{i=1}^{D}dy\cdot x`,
      L`d\beta = \frac1N \sum_{i=1}^N dy`,
    ],
  },
])
