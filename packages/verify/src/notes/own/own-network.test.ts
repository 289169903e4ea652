// Documents that draw no network and say by equations how their arrays are made.
import { describe, expect, it } from 'vitest'
import { checkNotes } from '../check.ts'
import { declared, kindsOf } from './own.fixture.ts'

const { raw } = String

describe('the network that equations say', () => {
  it.each([
    [
      'a layer',
      raw`$z = Wx + b$, $a = \sigma(z)$, $C = \frac12 \|a - y\|^2$.
$$\frac{\partial C}{\partial W} = (a - y) \odot \sigma'(z) x^T$$
$$\frac{\partial C}{\partial x} = W (a - y) \odot \sigma'(z)$$`,
      [...declared(3), 'proved', 'refuted'],
    ],
    [
      'said after it is used',
      raw`$a = \sigma(z)$ where $z = Wx + b$, and $L = \|a - y\|^2$.
$$\frac{\partial L}{\partial b} = 2 (a - y) \odot a \odot (1 - a)$$`,
      [...declared(3), 'proved'],
    ],
    [
      'beside G = ∂L/∂Z, of which the rest is claimed',
      raw`$Z = X W$, $H = \tanh(Z)$, $L = \frac12 \|H - Y\|^2$, $G = \frac{\partial L}{\partial Z}$.
$$G = (H - Y) \odot (1 - H^2)$$ $$G = H - Y$$ $$\frac{\partial L}{\partial W} = X^T G$$`,
      [...declared(4), 'proved', 'refuted', 'proved'],
    ],
    [
      'a batch norm: N is how far i goes',
      raw`$\mu = \frac1N \sum_i x_i$, $v = \frac1N \sum_i (x_i - \mu)^2$,
$h_i = \frac{x_i - \mu}{\sqrt{v + \epsilon}}$, $y_i = \gamma h_i + \beta$.
$$\frac{\partial L}{\partial \gamma} = \sum_i \frac{\partial L}{\partial y_i} h_i$$
$$\frac{\partial L}{\partial \mu} =
-\sum_i \frac{\partial L}{\partial h_i} \frac{1}{\sqrt{v + \epsilon}}$$
$$\frac{\partial L}{\partial \mu} =
\sum_i \frac{\partial L}{\partial h_i} \frac{1}{\sqrt{v + \epsilon}}$$`,
      [...declared(4), 'proved', 'proved', 'refuted'],
    ],
    [
      'halves of a mean',
      raw`$\hat y_i = \sum_j w_j x_{ij} + b$, $J = \frac{1}{2m} \sum_i (\hat y_i - y_i)^2$.
$$\frac{\partial J}{\partial b} = \frac1m \sum_i (\hat y_i - y_i), \quad
\frac{\partial J}{\partial b} = \sum_i (\hat y_i - y_i)$$`,
      [...declared(2), 'proved', 'refuted'],
    ],
    [
      'one unit, of numbers',
      raw`$z = wx + b$, $a = \sigma(z)$, $C = (a-y)^2$.
$$\frac{\partial C}{\partial w} = 2(a-y) \sigma'(z) x, \quad
\frac{\partial C}{\partial b} = (a-y) \sigma'(z)$$`,
      [...declared(3), 'proved', 'refuted'],
    ],
    [
      'logistic regression, of a number and vectors',
      raw`$z = w^\top x + b$, $\hat{y} = \sigma(z)$, $L = -(y \log \hat y + (1-y) \log (1-\hat y))$
$$\frac{\partial L}{\partial w} = (\hat y - y) x$$`,
      [...declared(3), 'proved'],
    ],
    [
      'what is named after it was used, on the path of both derivatives',
      raw`$\hat{y} = \sigma(w^\top x + b)$, $\ell(w, b) = -y \log \hat{y} - (1-y) \log(1-\hat{y})$
Let $z = w^\top x + b$. $$\frac{\partial \ell}{\partial z} = \hat y - y, \quad
\nabla_w^2 \ell = \hat y (1 - \hat y) x x^\top, \quad \nabla_w^2 \ell = \hat y x x^\top$$`,
      [...declared(3), 'proved', 'proved', 'refuted'],
    ],
    [
      'attention over a root of a length that nobody said',
      raw`$$S = \frac{Q K^\top}{\sqrt{d_k}}, \quad A = \mathrm{softmax}(S), \quad O = A V$$
$$dA = dO\, V^\top, \quad dS = A \odot (dA - \mathrm{rowsum}(dA \odot A))$$
$$dQ = \frac{1}{\sqrt{d_k}} dS\, K, \quad dK = \frac{1}{d_k} dS^\top Q$$`,
      [...declared(3), 'proved', 'proved', 'proved', 'refuted'],
    ],
    [
      'the same, of a length whose letter is that of gradients',
      raw`$S = Q K^\top / \sqrt{d}$, $A = \mathrm{softmax}(S)$, $O = A V$
$$dK = dS^\top Q / \sqrt{d}, \quad dQ = dS K / d$$`,
      [...declared(3), 'proved', 'refuted'],
    ],
    [
      'a hypothesis, asked at each sample',
      raw`$J(\theta) = \frac{1}{2m} \sum_{i=1}^m (h_\theta(x^{(i)}) - y^{(i)})^2$ and
$h_\theta(x) = \theta^T x$: $$\frac{\partial J}{\partial \theta_j} = \frac{1}{m} \sum_{i=1}^m
(h_\theta(x^{(i)}) - y^{(i)}) x_j^{(i)}, \quad \frac{\partial J}{\partial \theta_j} = \frac{1}{m}
\sum_{i=1}^m (h_\theta(x^{(i)}) - y^{(i)})$$`,
      [...declared(2), 'proved', 'refuted'],
    ],
    [
      'a convolution written out, and one after it',
      raw`$Z_{ij} = \sum_{m=1}^{k} \sum_{n=1}^{k} X_{i+m-1,j+n-1} W_{mn} + b$,
$A_{ij} = \sigma(Z_{ij})$, $S_{ij} = \sum_{m,n} A_{i+m-1,j+n-1} V_{mn}$
$$\frac{\partial L}{\partial V_{mn}} = \sum_{i,j} \frac{\partial L}{\partial S_{ij}}
A_{i+m-1,j+n-1}, \quad \frac{\partial L}{\partial A_{ij}} = \sum_{m,n}
\frac{\partial L}{\partial S_{i-m+1,j-n+1}} V_{mn}, \quad \frac{\partial L}{\partial A_{ij}} =
\sum_{m,n} \frac{\partial L}{\partial S_{i+m-1,j+n-1}} V_{mn}$$
$$\frac{\partial L}{\partial b} = \sum_{i,j} \frac{\partial L}{\partial Z_{ij}}$$`,
      [...declared(3), 'proved', 'proved', 'refuted', 'proved'],
    ],
    [
      'a convolution counted from 0',
      raw`$X \in \mathbb{R}^{H \times W}$, $$Y_{i,j} = \sum_m \sum_n X_{i+m, j+n} K_{m,n} + b$$
$$\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y} *_{full} \mathrm{rot180}(K), \quad
\frac{\partial L}{\partial X_{i,j}} = \sum_m \sum_n \frac{\partial L}{\partial Y_{i-m,j-n}}
K_{m,n}$$`,
      [...declared(2), 'proved', 'holds-if'],
    ],
    [
      'entries and layers',
      raw`$$z_j = \sum_i w_{ji} x_i + b_j, \quad a_j = \sigma(z_j), \quad E = \frac12 \sum_j (a_j
- t_j)^2$$
$$\frac{\partial E}{\partial w_{ji}} = (a_j - t_j) a_j (1 - a_j) x_i$$
$$\frac{\partial E}{\partial x_i} = \sum_j (a_j - t_j) a_j (1 - a_j) w_{ij}$$`,
      [...declared(3), 'proved', 'refuted'],
    ],
    [
      'entries of numbered layers, and spaces by a macro',
      raw`\newcommand{\R}{\mathbb{R}} $X \in \R^n$, $z^{(2)} = W^{(2)} X$,
$a^{(2)} = \sigma(z^{(2)})$, $E = \frac12 \sum_k (a^{(2)}_k - y_k)^2$
$$\frac{\partial E}{\partial X} = W^{(2)T} ((a^{(2)} - y) \odot \sigma'(z^{(2)}))$$`,
      [...declared(4), 'proved'],
    ],
    [
      'gates called as indices are, of which none is left out',
      raw`$f = \sigma(W_f x + b_f)$, $i = \sigma(W_i x + b_i)$,
$c = f \odot c_0 + i \odot \tanh(W_c x)$
$$\frac{\partial L}{\partial b_i} = \frac{\partial L}{\partial c} \odot \tanh(W_c x)
\odot i \odot (1 - i)$$
$$\frac{\partial L}{\partial x} = W_f^T \left(\frac{\partial L}{\partial c} \odot c_0
\odot f \odot (1 - f)\right)
+ W_c^T \left(\frac{\partial L}{\partial c} \odot i \odot (1 - \tanh^2(W_c x))\right)$$`,
      [...declared(3), 'proved', 'refuted'],
    ],
    [
      'attention, whose softmax goes along rows, and a length d',
      raw`$Q, K, V \in \mathbb R^{n \times d}$, $S = \frac{Q K^\top}{\sqrt d}$,
$P = \mathrm{softmax}(S)$, $O = P V$.
$$\frac{\partial L}{\partial V} = P^\top \frac{\partial L}{\partial O}, \quad
\frac{\partial L}{\partial Q} = \frac{1}{\sqrt d} \frac{\partial L}{\partial S} K$$`,
      ['mention', 'mention', ...declared(4), 'proved', 'proved'],
    ],
    [
      'layers with numbers above, and squares',
      raw`$z^1 = w^1 x + b^1$, $e = z^1 - y$, $L = \frac12 e^2$.
$$\frac{\partial L}{\partial w^1} = e x, \quad \frac{\partial L}{\partial b^1} = e^2$$`,
      [...declared(3), 'proved', 'refuted'],
    ],
    [
      'what is carried past a layer',
      raw`$h = x + \operatorname{relu}(W x)$, $L = \frac12 \|h\|^2$.
$$\frac{\partial L}{\partial x} = h + W^T (h \odot [W x > 0])$$`,
      [...declared(2), 'proved'],
    ],
    [
      'samples as columns',
      raw`$Z = WX + b$, $A = \tanh(Z)$, $J = \frac12 \|A - Y\|_F^2$
$$\frac{\partial J}{\partial W} = ((A - Y) \odot (1 - A^2)) X^T$$`,
      [...declared(3), 'proved'],
    ],
    [
      'a cost that may be any',
      raw`$h = \tanh(W x)$, $y = V h$.
$$\frac{\partial y}{\partial h} = V, \quad \frac{\partial L}{\partial h} = V^T \frac{\partial
L}{\partial y}$$`,
      [...declared(2), 'proved', 'proved'],
    ],
    [
      'numbers above are layers where one is made so, and else powers',
      raw`$z^2 = W^2 a^1$, $C = \frac12 \|z^2 - y\|^2$.
$$\frac{\partial C}{\partial W^2} = (z^2 - y) (a^1)^T$$`,
      [...declared(2), 'proved'],
    ],
    [
      'a function of numbers',
      raw`$f = x_1^2 + 3 x_1 x_2$ $$\frac{\partial f}{\partial x_1} = 2 x_1 + 3 x_2$$`,
      ['declaration', 'proved'],
    ],
    [
      'functions by their arguments',
      raw`$h(x) = \tanh(W x + b)$, $L = \frac12\|h(x) - y\|^2$
$$\frac{\partial L}{\partial b} = (h - y) \odot (1 - h^2)$$`,
      [...declared(2), 'proved'],
    ],
    [
      'shapes',
      raw`$y, b \in \mathbb{R}^m$, $z = W x + b$, $L = \frac{1}{m} \sum_{i=1}^m (z_i - y_i)^2$
$$\frac{\partial L}{\partial b} = \frac{2}{m} (z - y)$$`,
      ['mention', 'declaration', ...declared(2), 'proved'],
    ],
    [
      'samples, by their numbers above',
      raw`$\hat y^{(i)} = \sigma(w^T x^{(i)} + b)$,
$$J = -\frac1m \sum_{i=1}^m (y^{(i)} \log \hat y^{(i)} + (1 - y^{(i)}) \log (1 - \hat y^{(i)}))$$
$$\frac{\partial J}{\partial w} = \frac1m \sum_{i=1}^m (\hat y^{(i)} - y^{(i)}) x^{(i)}$$
$$\frac{\partial J}{\partial w} = \frac1m \sum_{i=1}^m (y^{(i)} - \hat y^{(i)}) x^{(i)}$$`,
      [...declared(2), 'proved', 'refuted'],
    ],
    [
      'rows, and columns of ones',
      raw`$z = x W + b$, $E = \frac12 \|z - t\|^2$
$$\frac{\partial E}{\partial W} = x^T (z - t), \quad \frac{\partial E}{\partial x} = (z - t) W$$`,
      [...declared(2), 'proved', 'refuted'],
    ],
    [
      'a bias for each column, and an outer product',
      raw`$Z = W X + b \mathbb{1}^T$, $A = u v^T$, $L = \frac12 \|Z\|_F^2 + \frac12 \|A\|_F^2$
$$\frac{\partial L}{\partial b} = Z \mathbb{1}, \quad \frac{\partial L}{\partial u} = A v, \quad
\frac{\partial L}{\partial v} = A u$$`,
      [...declared(3), 'proved', 'proved', 'refuted'],
    ],
  ])('%s', (_, document, kinds) => {
    expect(kindsOf(document)).toEqual(kinds)
  })

  it('is told, as a block has it', () => {
    const { network } = checkNotes(
      raw`$f = x^T A x$ $$\frac{\partial f}{\partial x} = (A + A^T) x$$`,
    )
    expect(network).toBe('x: input 3\nA: input 3 3\nf = (x)^T A x')
  })
})
