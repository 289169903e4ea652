// Where equations say no network for certain.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkNotes } from '../check.ts'
import { kindsOf } from './own.fixture.ts'

const { raw } = String

describe('where equations say no network for certain, nothing is judged about another', () => {
  it.each([
    [
      'two networks',
      raw`$z = Wx$, $L = \frac12 \|z - y\|^2$ $$\frac{\partial L}{\partial W} = (z-y) x^T$$
$z = W x + b$ $$\frac{\partial L}{\partial b} = z-y$$`,
    ],
    [
      'numbers and vectors of one name',
      raw`$z = wx + b$, $C = (z-y)^2$ $$\frac{\partial C}{\partial w} = 2(z-y) x$$ $z = Wx + b$
$$\frac{\partial C}{\partial W} = 2 (z - y) x^T$$`,
    ],
    [
      'a sample above, through a matrix',
      raw`$z^{(i)} = W x^{(i)}$, $$J = \sum_{i=1}^m \|z^{(i)} - y^{(i)}\|^2$$
$$\frac{\partial J}{\partial W} = 2 \sum_{i=1}^m (z^{(i)} - y^{(i)}) x^{(i)T}$$`,
    ],
    [
      'samples, and all of them',
      raw`$z_i = w^T x_i$, $u = x$, $L = \sum_i z_i u_i$ $$\frac{\partial L}{\partial x} = u$$`,
    ],
    [
      'samples in two equations, whole in one',
      raw`$\mu = \frac1n \sum_{i=1}^n x_i$, $L = \sum_{i=1}^n (w^T x_i)^2$
$$\frac{\partial L}{\partial w} = 2 \sum_{i=1}^n (w^T x_i) x_i$$`,
    ],
    [
      'the entry of a class',
      raw`$s = W x$, $p = \mathrm{softmax}(s)$, $L = -\log p_y$
$$\frac{\partial L}{\partial W} = p x^T$$ $$\frac{\partial L}{\partial p_y} = -1/p_y$$`,
    ],
    [
      'two ends and a cost that nobody says',
      raw`$h = \tanh(W x)$, $y = V h$, $z = U h$
$$\frac{\partial L}{\partial h} = U^T \frac{\partial L}{\partial z}$$`,
    ],
    [
      'rows and columns',
      raw`$z = x W$, $u = V x$, $L = \|z\|^2 + \|u\|^2$ $$\frac{\partial L}{\partial z} = 2 z$$`,
    ],
    [
      'a hypothesis, asked at samples and elsewhere',
      raw`$h_\theta(x) = \theta^T x$, $J = \sum_i (h_\theta(x^{(i)}) - y^{(i)})^2 + h_\theta(z)$
$$\frac{\partial J}{\partial y^{(i)}} = 2 (y^{(i)} - h_\theta(x^{(i)}))$$`,
    ],
    [
      'an equation that the usual network of these names has not',
      raw`$$\frac{\partial C}{\partial z} = (a - y) \sigma'(z)$$ where $a = \sigma(z)$`,
    ],
    [
      'a convolution with an index that none of it has, and one that is turned',
      raw`$Y_{ij} = \sum_{m,n} X_{i+m-1,j+n-1} K_{mn} + B_{ij}$ and
$y_{ij} = \sum_{m,n} x_{i-m,j-n} w_{mn}$
$$\frac{\partial L}{\partial w_{mn}} = \sum_{i,j} \frac{\partial L}{\partial y_{ij}} x_{i-m,j-n}$$`,
    ],
    [
      'a kernel that is longer than its sum',
      raw`$K \in \mathbb{R}^{5 \times 5}$,
$Y_{ij} = \sum_{m=1}^{3} \sum_{n=1}^{3} X_{i+m-1,j+n-1} K_{mn}$
$$\frac{\partial L}{\partial K_{mn}} = \sum_{i,j} \frac{\partial L}{\partial Y_{ij}}
X_{i+m-1,j+n-1}$$`,
    ],
    [
      'a convolution that starts at 1 and skips the first place',
      raw`$$y_{ij} = \sum_{m=1}^3 \sum_{n=1}^3 x_{i+m,j+n} w_{mn}$$
$$\frac{\partial L}{\partial w_{mn}} = \sum_{i,j} \frac{\partial L}{\partial y_{ij}} x_{i+m,j+n}$$`,
    ],
    [
      'a function by a capital letter',
      raw`$y = x + F(2 x)$, $L = \|y - t\|^2$ $$\frac{\partial L}{\partial t} = 2 (t - y)$$`,
    ],
    [
      'a cost made of an error',
      raw`$\delta = r + \gamma V(s') - V(s)$, $$L = \frac12 \delta^2$$
$\frac{\partial L}{\partial r} = \delta$`,
    ],
    [
      'a cost that is said and not read',
      raw`$s = W x$, $L = \sum_{j \neq y} \max(0, s_j - s_y + 1)$
$$\frac{\partial L}{\partial x} = W^T \frac{\partial L}{\partial s}$$
$$\frac{\partial L}{\partial s_j} = 1$$`,
    ],
    [
      'softmax of a matrix, along which axis',
      raw`$S = W X$, $P = \mathrm{softmax}(S)$, $L = \|P\|^2$
$$\frac{\partial L}{\partial P} = P$$`,
    ],
    [
      'a function that is not said hides W',
      raw`$h(x) = G(W x)$, $z = W h$, $L = \|z\|^2$ $$\frac{\partial L}{\partial W} = 2 z h^T$$`,
    ],
    [
      'what is made in a way that is no LaTeX',
      raw`$h = \begin{foo} x \end{foo}$, $z = W h$, $L = \frac12\|z - y\|^2$
$$\frac{\partial L}{\partial h} = W^T (z - y)$$`,
    ],
  ])('%s', (_, document) => {
    for (const kind of kindsOf(document)) expect(kind).not.toMatch(/proved|refuted|agrees/)
  })
  it.each([
    raw`h \approx \tanh(W x)`,
    raw`\tanh(Wx) = h`,
    raw`h, c = g(W x)`,
    raw`(h, c) = (\tanh(W x), x)`,
    raw`h \sim N(x, 1)`,
    raw`0 = h - \tanh(Wx)`,
    raw`2h = \tanh(Wx)`,
    raw`x \mapsto h = g(x)`,
    raw`h \doteq \tanh(Wx)`,
    raw`\mathrm{h} \approx \tanh(Wx)`,
    raw`x \to h`,
    raw`x \xrightarrow{W} h \to y`,
    raw`x → h`,
    raw`f(x; W) = h`,
    raw`\frac{\partial h}{\partial x} = W`,
    raw`\frac{dh}{dx} = 1 - h^2`,
    raw`\nabla_x h = W`,
    raw`J_h = \frac{\partial h}{\partial x}`,
    raw`dh = 3`,
    raw`dh = W dx`,
    raw`\delta h = W \delta x`,
    raw`\dot h = W x`,
    raw`h(x)`,
    raw`h(0) = 0`,
    raw`h \propto x`,
    raw`x \Rightarrow h`,
    raw`p(h|x) = N(x, 1)`,
    raw`h' = W`,
    raw`h^\prime = W`,
    raw`h'(x) = W`,
    raw`\tilde h = W x`,
    raw`h^{(1)} = W x`,
    raw`h > x`,
    raw`h \neq x`,
    raw`\|h - x\| < 1`,
    raw`h|_{x=0} = 0`,
    raw`h \perp x`,
    raw`h | x`,
    raw`h \in f(x)`,
    raw`e^h = x`,
    raw`\delta h / \delta x = W`,
    raw`J_{hx} = W`,
    raw`{h} {=} {x}`,
    raw`\text{h depends on } x`,
    raw`h \text{ depends on } x`,
    raw`\text{where h is made of x}`,
  ])('h is no input beside %s', (said) => {
    const rest = raw`$y = V h + U x$, $L = \frac12 \|y - t\|^2$.
$\frac{\partial L}{\partial x} = U^T (y - t)$`
    for (const document of [`$${said}$. ${rest}`, `${rest} where $${said}$`])
      for (const { formula, verdict } of checkNotes(document).entries)
        if (formula.includes('partial')) expect(verdict!.kind).toBe('ill-formed')
  })
  it('h is made of x where it is said of each of its entries', () => {
    const document = raw`$\forall i: h_i = x_i^2$, $y = V h + U x$, $L = \frac12 \|y - t\|^2$.
$\frac{\partial L}{\partial x} = U^T (y - t)$`
    expect(kindsOf(document).at(-1)).toBe('refuted')
  })
  it.each([raw`\gamma`, raw`\hat h`])('nor is %s', (name) => {
    const document = raw`$${name} \approx \tanh(W x)$, $y = V ${name} + U x$,
$L = \frac12 \|y - t\|^2$. $\frac{\partial L}{\partial x} = U^T (y - t)$`
    expect(kindsOf(document).at(-1)).toBe('ill-formed')
  })
  it.each([
    raw`(x, t) \sim D`,
    raw`t \in \{0, 1\}`,
    raw`\Sigma_k t_k = 1`,
    raw`f: x \mapsto y`,
    raw`\phi(x) = 1/(1+e^{-x})`,
    raw`y - t = V h + U x - t`,
    raw`n = 5`,
    raw`y \approx t`,
    raw`x \to y`,
    raw`f: x \to y`,
    raw`\frac{\partial y}{\partial x} = U`,
    raw`\frac{\partial y}{\partial x} = V`,
    raw`dh = V^T dy`,
    raw`dh = V dy`,
    raw`f(x) = U x`,
    raw`y(x)`,
    raw`x, h`,
    raw`V h + U x`,
    raw`x > 0`,
    raw`\hat t = y`,
    raw`h \in \mathbb{R}^n`,
    raw`D = \{(x_i, t_i)\}_{i=1}^n`,
    raw`U = U - \eta \frac{\partial L}{\partial U}`,
  ])('all are inputs beside %s', (said) => {
    const document = raw`$y = V h + U x$, $L = \frac12 \|y - t\|^2$, $${said}$.
$\frac{\partial L}{\partial x} = U^T (y - t)$`
    expect(kindsOf(document).at(-1)).toBe('proved')
  })

  it('holds of formulas that a usual network does not have', () => {
    expect(kindsOf(raw`$z = W x + b$`)).toEqual(['ill-formed'])
    const [, wrong] = kindsOf(raw`$z = F(W x)$ $$\frac{\partial z}{\partial W} = z$$`)
    expect(wrong).toBe('ill-formed')
  })

  it('reads any mixture of formulas without an error', () => {
    const parts = [
      ...['z = W x + b', 'a = \\sigma(z)', 'C = \\|a - y\\|^2', 'x \\in \\mathbb{R}^n'],
      ...['z^l = W^l a^{l-1}', 'w = w - \\eta g', 'a_i = e^{z_i} / \\sum_j e^{z_j}', 'n = 3'],
      ...['\\frac{\\partial C}{\\partial W} = z', 'h_t = \\tanh(W h_{t-1})', 'x = x', 'z = z^2'],
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 8 }), (chosen) => {
        const document = chosen.map((part) => `$${part}$`).join('\n')
        expect(checkNotes(document, { operations: 5_000 }).entries.length).toBeGreaterThanOrEqual(
          chosen.length,
        )
      }),
      { numRuns: 10, seed: 7 },
    )
  })
})
