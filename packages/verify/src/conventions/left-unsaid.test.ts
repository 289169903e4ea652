// Layers that an author leaves out, and d for the losses of examples beside a cost that is their
// mean: each holds if that is meant, and nothing is blessed that is false in every sense.

import { describe } from 'vitest'
import { table } from '../language/authors.fixture.ts'

const L = String.raw

describe('layers left out', () =>
  table(
    `x: input 4
W_1: parameter 5 4
b_1: parameter 5
u_1 = W_1 @ x + b_1
h_1 = tanh(u_1)
W_2: parameter 3 5
b_2: parameter 3
u_2 = W_2 @ h_1 + b_2
t: input 3
E = squaredError(u_2, t)`,
    [
      ['holds-if', L`\frac{\partial E}{\partial b} = \frac{\partial E}{\partial u}`],
      ['holds-if', L`\frac{\partial E}{\partial W} = \frac{\partial E}{\partial u} h^T`],
      ['holds-if', L`\frac{\partial E}{\partial W_{ij}} = \delta_i h_j`],
      ['holds-if', 'u = W h + b'],
      ['holds-if', L`h = \tanh(u)`],
      ['ill-formed', L`\frac{\partial E}{\partial b} = -\frac{\partial E}{\partial u}`],
      ['ill-formed', L`\frac{\partial E}{\partial W} = h \delta^T`],
      ['ill-formed', 'h = u'],
      ['ill-formed', 'u = W h + c'],
    ],
  ))

const examples = (cost: string): string => `X: input 4 m=6
W^{[1]}: parameter 5 4
Z^{[1]} = W^{[1]} @ X
A^{[1]} = tanh(Z^{[1]})
W^{[2]}: parameter 3 5
Z^{[2]} = W^{[2]} @ A^{[1]}
Y: input 3 6
J = ${cost}`

describe('the losses of examples beside their mean', () =>
  table(examples('1/(2*m) * sum((Z^{[2]} - Y)^2)'), [
    ['holds-if', L`dZ^{[2]} = Z^{[2]} - Y`],
    ['holds-if', L`dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T}`],
    ['holds-if', L`dZ^{[2]} = Z^{[2]} - Y, dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T}`],
    ['proved', L`dZ^{[2]} = \frac{1}{m} (Z^{[2]} - Y)`],
    ['proved', L`dW^{[2]} = dZ^{[2]} A^{[1]T}`],
    ['proved', L`dZ^{[1]} = W^{[2]T} dZ^{[2]} \odot (1 - A^{[1]} \odot A^{[1]})`],
    ['refuted', L`dZ^{[2]} = Y - Z^{[2]}`],
    ['refuted', L`dW^{[2]} = m dZ^{[2]} A^{[1]T}`],
    // d in one sense here, and in another there.
    ['refuted', L`dZ^{[2]} = Z^{[2]} - Y, dW^{[2]} = dZ^{[2]} A^{[1]T}`],
    ['refuted', L`\frac{\partial J}{\partial Z^{[2]}} = Z^{[2]} - Y`],
  ]))

describe('a cost that is no mean over examples', () => {
  table(examples('sum((Z^{[2]} - Y)^2) / 2'), [
    ['proved', L`dZ^{[2]} = Z^{[2]} - Y`],
    ['refuted', L`dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T}`],
  ])
  table(examples('mean((Z^{[2]} - Y)^2)'), [
    ['refuted', L`dZ^{[2]} = 2 (Z^{[2]} - Y)`],
    ['refuted', L`dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T}`],
  ])
})

describe('slopes of the exponential, entry by entry', () =>
  table('x: input 3\nz = 2 * x\na = sigmoid(z)\nC = sum(a * a)', [
    ['holds-if', L`\frac{\partial e^z}{\partial z} = e^z`],
    ['holds-if', L`\frac{\partial e^{-z}}{\partial z} = -e^{-z}`],
    ['holds-if', L`\frac{\partial}{\partial z} \log(1 + e^z) = a`],
    ['holds-if', L`\frac{\partial e^z}{\partial x} = 2 e^z`],
    ['proved', L`\frac{\partial e^z}{\partial z} = \mathrm{diag}(e^z)`],
    ['refuted', L`\frac{\partial e^z}{\partial z} = 2 e^z`],
    ['refuted', L`\frac{\partial e^z}{\partial x} = e^z`],
  ]))

describe('an array that is called e', () =>
  table('x: input 3\nW: parameter 3 3\nz = W x\ne: input 3\nL = sum(e * z)', [
    ['proved', L`\frac{\partial e^T z}{\partial x} = e^T W`],
    ['refuted', L`\frac{\partial e^z}{\partial x} = e^z`],
  ]))
