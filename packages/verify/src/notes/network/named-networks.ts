// The networks that a document may name instead of writing out, and those that are tried where it
// names none.
import type { NetworkText } from '../../document/network/lines.ts'
import { readNetwork } from '../../document/network-text.ts'
import { ClaimError } from '../../language/syntax.ts'

const poolings: Readonly<Record<string, string>> = {
  max: 'maxPool2d',
  avg: 'avgPool2d',
  l2: 'l2Pool2d',
  median: 'medianPool2d',
}

/** The book's network: 6×6 images, three filters, 2×2 pooling, three outputs, ½ squared error. */
const bookCnn = (pooling: string): string => `
x_{ij}: input 1 6 6
a^I_{ij} = x
w^{Fk}_{ij}: parameter 3 1 3 3
b^{Fk}: parameter 3
c^{Fk}_{ij} = conv2d(x, w^F)
z^{Fk}_{ij} = conv2d(x, w^F, bias=b^F)
a^{Fk}_{ij} = sigmoid(z^F)
a^{Pk}_{ij} = ${pooling}(a^F, size=2)
z^{Pk}_{ij} = a^P
w^{On}_{k-ij}: parameter 3 3 2 2
b^O_n: parameter 3
z^O_n = dense(a^P, w^O, b^O)
a^O_n = sigmoid(z^O)
t_n: input 3
C = squaredError(a^O, t)`

/** LeNet-5: two convolutions with mean pooling, three dense layers, softmax cross-entropy. */
const leNet5 = `
x_{ij}: input 1 32 32
w^{1k}_{ij}: parameter 6 1 5 5
b^{1k}: parameter 6
z^{1k}_{ij} = conv2d(x, w^1, bias=b^1)
a^{1k}_{ij} = tanh(z^1)
p^{1k}_{ij} = avgPool2d(a^1, size=2)
w^{2k}_{cij}: parameter 16 6 5 5
b^{2k}: parameter 16
z^{2k}_{ij} = conv2d(p^1, w^2, bias=b^2)
a^{2k}_{ij} = tanh(z^2)
p^{2k}_{ij} = avgPool2d(a^2, size=2)
w^{3n}_{k-ij}: parameter 120 16 5 5
b^3_n: parameter 120
z^3_n = dense(p^2, w^3, b^3)
a^3_n = tanh(z^3)
w^{4n}_i: parameter 84 120
b^4_n: parameter 84
z^4_n = dense(a^3, w^4, b^4)
a^4_n = tanh(z^4)
w^{5n}_i: parameter 10 84
b^5_n: parameter 10
z^5_n = dense(a^4, w^5, b^5)
a^5_n = softmax(z^5)
t_n: input 10
C = crossEntropy(z^5, t)`

/** @throws ClaimError at an option that the network has not. */
export const namedNetwork = ({
  name,
  options,
  span,
}: NetworkText & { kind: 'named' }): NetworkText => {
  const [option = 'max', ...others] = options
  if (name === 'leNet5' && options.length === 0) return readNetwork(leNet5)
  const pooling = Object.hasOwn(poolings, option) ? poolings[option] : undefined
  if (name !== 'bookCnn' || !pooling || others.length > 0)
    throw new ClaimError('It is `bookCnn max|avg|l2|median` or `leNet5`', span)
  return readNetwork(bookCnn(pooling))
}

/**
 * Where a document has no network: the first of these in which a formula fares best. They are the
 * networks that lecture notes speak of without drawing them.
 */
export const usualNetworks: readonly { readonly name: string; readonly text: string }[] = [
  { name: "the book's network, max pooling", text: bookCnn('maxPool2d') },
  {
    name: 'a convolution after a sigmoid layer',
    text: `
z^{l-1}: parameter 1 6 6
a^{l-1} = sigmoid(z^{l-1})
w^l: parameter 1 1 3 3
W^l = w^l
b^l: parameter 1
z^l = conv2d(a^{l-1}, w^l, bias=b^l)
a^l = sigmoid(z^l)
t: input 1 4 4
C = squaredError(a^l, t)
J = C`,
  },
  {
    name: 'two convolutions, numbered',
    text: `
z^1: parameter 1 8 8
a^1 = sigmoid(z^1)
W^2: parameter 1 1 3 3
b^2: parameter 1
z^2 = conv2d(a^1, W^2, bias=b^2)
a^2 = sigmoid(z^2)
W^3: parameter 1 1 3 3
b^3: parameter 1
z^3 = conv2d(a^2, W^3, bias=b^3)
a^3 = sigmoid(z^3)
t: input 1 4 4
C = squaredError(a^3, t)`,
  },
  {
    name: 'two dense layers with sigmoid',
    text: `
x_i: input 4
W^{l-1}: parameter 5 4
z^{l-1} = dense(x, W^{l-1})
a^{l-1} = sigmoid(z^{l-1})
W^l: parameter 4 5
b^l: parameter 4
z^l = dense(a^{l-1}, W^l, b^l)
a^l = sigmoid(z^l)
W^{l+1}: parameter 3 4
b^{l+1}: parameter 3
z^{l+1} = dense(a^l, W^{l+1}, b^{l+1})
a^{l+1} = sigmoid(z^{l+1})
t: input 3
C = squaredError(a^{l+1}, t)`,
  },
  {
    name: 'sigmoid, then mean pooling times a weight for each map',
    text: `
x^{l}_{jmn}: parameter 2 4 4
z^{l}_{jmn} = x^{l}
a^{l}_{jmn} = sigmoid(z^{l})
w^{l+1}_j: parameter 2
p^{l}_{jmn} = avgPool2d(a^{l}, size=2)
z^{l+1}_{jmn} = p^{l} * reshape(w^{l+1}, [2, 1, 1])
a^{l+1}_{jmn} = sigmoid(z^{l+1})
t: input 2 2 2
C = squaredError(a^{l+1}, t)`,
  },
  {
    name: 'one convolution Y = W ⊗ X',
    text: `
x_{ij}: input 1 M=6 N=7
X_{ij} = x
w_{uv}: parameter 1 1 m=3 n=2
W_{uv} = w
y_{ij} = conv2d(x, w)
Y_{ij} = y
S_{ij} = y
t: input 1 4 6
C = squaredError(sigmoid(y), t)`,
  },
  {
    name: 'one convolution of many channels under relu',
    text: `
X_{dij}: input D=2 5 5
W_{pduv}: parameter P=3 2 3 3
b_p: parameter 3
z_{pij} = conv2d(X, W, bias=b)
Y_{pij} = relu(z)
t: input 3 3 3
C = squaredError(Y, t)`,
  },
  {
    name: 'a filter that slides along a line',
    text: `
a^{(1)}_i: input 1 1 7
w^{(1)}_u: parameter 1 1 1 3
b^{(1)}: parameter 1
z^{(1)}_i = conv2d(a^{(1)}, w^{(1)}, bias=b^{(1)})
t: input 1 1 5
C = squaredError(sigmoid(z^{(1)}), t)`,
  },
  {
    name: 'sigmoid, then mean pooling, numbered',
    text: `
z^1_{kij}: parameter 2 4 4
a^1_{kij} = sigmoid(z^1)
z^2_{kij} = avgPool2d(a^1, size=2)
a^2_{kij} = sigmoid(z^2)
t: input 2 2 2
C = squaredError(a^2, t)
J = C`,
  },
  {
    name: 'a layer z = f(x)',
    text: `
x_n: input 4
z_n = sigmoid(x)
t: input 4
C = squaredError(z, t)`,
  },
  {
    name: 'softmax under cross-entropy',
    text: `
z_n: input 4
X_n = z
y_n: input 4
a_n = softmax(z)
p_n = a
C = crossEntropy(z, y)`,
  },
  {
    name: 'relu',
    text: `
x_n: input 4
z_n = x
a_n = relu(x)
t: input 4
C = squaredError(a, t)`,
  },
]

/** Where a formula is about functions of any number: what it is judged beside. */
export const functionsAlone: (typeof usualNetworks)[number] = {
  name: 'functions of a number',
  text: 'nothing: input 2\nC = sum(nothing)',
}
