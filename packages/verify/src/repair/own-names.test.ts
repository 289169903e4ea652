// Help in the names and the style of whoever wrote the formula, and mistakes that stand twice.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { verify } from '../notes/verify-with-repairs.ts'

const raw = String.raw

const layers = `x: input 3
W1: parameter 4 3
b1: parameter 4
W2: parameter 5 4
b2: parameter 5
W3: parameter 2 5
z1 = W1 x + b1
a1 = tanh(z1)
z2 = W2 a1 + b2
a2 = sigmoid(z2)
z3 = W3 a2
t: input 2
C = 1/2 sum((z3 - t)^2)`

const steps = `x_1: input 2
x_2: input 2
h_0: input 3
U: parameter 3 2
W: parameter 3 3
a_1 = U x_1 + W h_0
h_1 = tanh(a_1)
a_2 = U x_2 + W h_1
h_2 = tanh(a_2)
y: input 3
L = 1/2 sum((h_2 - y)^2)`

const classes = `x: input 4
W: parameter 3 4
z = W x
p = softmax(z)
y: input 3
L = -sum(y * log(p))`

const standardised = `x: input n=5
m = mean(x)
v = mean((x - m)^2)
s = sqrt(v + 0.00001)
h = (x - m) / s
t: input 5
C = 1/2 sum((h^2 - t)^2)`

const gate = `x: input 3
h: input 4
W: parameter 4 3
U: parameter 4 4
a = W x + U h
u = sigmoid(a)
g = (1 - u) * h + u
t: input 4
L = 1/2 sum((g - t)^2)`

const program = `X: input 6 4
W1: parameter 4 5
b1: parameter 5
W2: parameter 5 5
Y: input 6 5
Z1 = X @ W1 + b1
A1 = relu(Z1)
Z2 = A1 @ W2
L = sum((Z2 - Y)^2) / 2`

const by = (of: string, x: string) => raw`\frac{\partial ${of}}{\partial ${x}}`

describe('help is in their own names, and of what stands twice', () => {
  it.each([
    [
      layers,
      raw`${by('C', 'z_2')} = (W_3 ${by('C', 'z_3')}) \odot a_2 \odot (1 - a_2)`,
      'missing transpose',
      raw`= W_3^T ${by('C', 'z_3')} \odot a_2`,
    ],
    [
      layers,
      raw`${by('C', 'z_2')} = (W_3^T ${by('C', 'z_3')}) \odot a_1 \odot (1 - a_1)`,
      'wrong array',
      raw`\odot a_2 \odot \left(1 - a_2\right)`,
    ],
    [
      layers,
      raw`${by('C', 'z_1')} = (W_2^T ${by('C', 'z_2')}) \odot a_1 \odot (1 - a_1)`,
      "σ for σ'",
      raw`\odot \left(1 - \left(a_1\right)^2\right)`,
    ],
    [layers, raw`${by('C', 'b_2')} = a_2`, 'the right formula', `= ${by('C', 'z_2')}`],
    [layers, raw`${by('C', 'b^{(2)}')} = a^{(2)}`, 'the right formula', by('C', 'z^{(2)}')],
    [
      steps,
      raw`${by('L', 'U')} = \sum_{t=1}^{2} ${by('L', 'a_t')} h_{t-1}^T`,
      'wrong array',
      raw`${by('L', 'a_t')} x_t^T`,
    ],
    [
      classes,
      raw`${by('L', 'W_{ij}')} = (p_j - y_j) x_i`,
      'operands of the outer product swapped',
      raw`\left(p_i - y_i\right) x_j`,
    ],
    [
      standardised,
      raw`${by('C', 'x_i')} = \frac1s (${by('C', 'h_i')} - \frac15 \sum_j ${by('C', 'h_j')})`,
      'missing term',
      raw`h_i \sum_j ${by('C', 'h_j')} h_j`,
    ],
    [standardised, raw`${by('m', 'x_i')} = 1`, 'factor', raw`= \frac{1}{n}`],
    [standardised, raw`${by('v', 'x_i')} = 2 (x_i - m)`, 'factor', raw`= \frac{2}{n} \left(`],
    [gate, raw`${by('L', 'h')} = U^T ${by('L', 'a')}`, 'missing term', raw`\odot \left(1 - u`],
    [program, 'dZ1 = (Z1 < 0) * (dZ2 @ W2.T)', 'wrong border guard', '(Z1 > 0) * (dZ2 @ W2.T)'],
    [program, 'db1 = dZ1', 'missing sum over paths', 'np.sum(dZ1, axis=0)'],
    [program, 'dZ2 = 2 * (Z2 - Y)', 'factor', 'dZ2 = Z2 - Y'],
    [program, 'dZ2 = Y - Z2', 'sign', 'dZ2 = Z2 - Y'],
    [
      program,
      raw`${by('L', 'b1_i')} = \sum_j ${by('L', 'Z1_{ij}')}`,
      'wrong axis',
      raw`\sum_j ${by('L', 'Z1_{ji}')}`.replaceAll('Z1', raw`\text{Z1}`),
    ],
  ])('%s: %s', (network, claim, name, part) => {
    const { cost, sizes } = buildNetwork(readNetwork(network))
    const verdict = verify(cost, claim, { sizes, deadline: 20_000 })
    const [first] = verdict.kind === 'refuted' ? verdict.diagnoses : []
    expect(first).toMatchObject({ name, formula: expect.stringContaining(part) })
    expect(verify(cost, first!.formula, { sizes, deadline: 20_000 }).kind).toMatch(
      /proved|agrees|holds-if/,
    )
  })
})
