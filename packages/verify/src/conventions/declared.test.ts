// A convention that a document declares holds of every claim in it, also of one that looks as if it
// counted otherwise.
import { expect, test } from 'vitest'
import { checkNotes } from '../notes/check.ts'

const network = '```network\nx: input 3\ny = 2*x\nC = sum(y)\n```'

test.each([
  ['y_0 = 2 x_0', 'proved'],
  ['y_3 = 2 x_3', 'ill-formed'],
  [String.raw`C = \sum_{j=0}^{2} y_j`, 'proved'],
  [String.raw`C = \sum_{j=1}^{2} y_j`, 'refuted'],
  [String.raw`C = \sum_{j=1}^{3} y_j`, 'refuted'],
])('count: 0, and %s: %s', (formula, kind) => {
  const head = '<!-- conventions: count: 0 -->'
  const { entries } = checkNotes(`${head}\n\n${network}\n\n$$${formula}$$\n`)
  expect(entries[0]!.verdict!.kind).toBe(kind)
})

test.each([
  ['C = x y', 'proved', 'holds-if'],
  ['C = 2 x y', 'refuted', 'refuted'],
])('products: inner, and %s: %s', (formula, declared, kind) => {
  const squares = '```network\nx: input 3\ny: input 3\nC = sum(x * y)\n```'
  const kindOf = (head: string) =>
    checkNotes(`${head}\n\n${squares}\n\n$$${formula}$$\n`).entries[0]!.verdict!.kind
  expect([kindOf('<!-- conventions: products: inner -->'), kindOf('')]).toEqual([declared, kind])
})

test.each([
  [String.raw`\frac{\partial C}{\partial x} = \delta^T W`, 'proved', 'refuted'],
  [String.raw`\frac{\partial C}{\partial z} = ((a - t) \odot \sigma'(z))^T`, 'proved', 'refuted'],
  [String.raw`\frac{\partial C}{\partial z} = (a - t) \odot \sigma'(z)`, 'proved', 'proved'],
  [
    String.raw`\frac{\partial C}{\partial x} = \frac{\partial C}{\partial z} W`,
    'proved',
    'refuted',
  ],
  [String.raw`\frac{\partial C}{\partial x} = 2 \delta^T W`, 'refuted', 'refuted'],
])('gradients: rows, and %s: %s', (formula, declared, kind) => {
  const layer =
    '```network\nx: input 3\nW: parameter 2 3\nz = W x\na = σ(z)\nt: input 2\nC = 1/2 sum((a-t)^2)\n```'
  const kindOf = (head: string) =>
    checkNotes(`${head}\n\n${layer}\n\n$$${formula}$$\n`).entries[0]!.verdict!.kind
  expect([kindOf('<!-- conventions: gradients: rows -->'), kindOf('')]).toEqual([declared, kind])
})

// Reverse mode as texts on automatic differentiation write it.
const chain = `\`\`\`network
x: input 3
W: parameter 3 3
u = dense(x, W)
v = relu(u)
y = x + v
t: input 3
L = squaredError(y, t)
\`\`\``

test.each([
  [String.raw`\bar{x} = \bar{y} + W^\top \bar{u}`, 'proved', 'holds-if'],
  [String.raw`\overline{W} = \overline{u} x^\top`, 'proved', 'holds-if'],
  [String.raw`\bar{u} = \bar{v} \odot 1\{u > 0\}`, 'proved', 'holds-if'],
  [String.raw`\bar{y} = \bar{L} (y - t)`, 'proved', 'holds-if'],
  [String.raw`\bar{x} = W^\top \bar{u}`, 'refuted', 'ill-formed'],
  // Of data a bar may be a mean.
  [String.raw`\bar{t} = \frac{1}{3} \sum_i t_i`, 'refuted', 'ill-formed'],
])('bars that are adjoints: %s', (formula, declared, kind) => {
  const kindOf = (head: string) =>
    checkNotes(`${head}\n\n${chain}\n\n$$${formula}$$\n`).entries[0]!.verdict!.kind
  expect(kindOf('<!-- conventions: bars: adjoints -->')).toBe(declared)
  expect(kindOf('')).toBe(kind)
})

// Read as gradients, which d is for, these are false, though they are true differentials.
test.each([
  [String.raw`\mathrm{d}u = W \,\mathrm{d}x`, 'ill-formed'],
  ['dv = [u > 0] ⊙ du', 'ill-formed'],
  ['dL = (y - t)^T dy', 'ill-formed'],
  ['dx = dy + W^T du', 'proved'],
  ['du = dv ⊙ [u > 0]', 'proved'],
  ['dW = x du^T', 'refuted'],
])('a differential is no gradient: %s', (formula, kind) => {
  const { entries } = checkNotes(`${chain}\n\n$$${formula}$$\n`)
  expect(entries[0]!.verdict!.kind).toBe(kind)
})

test.each([
  ['dz_2 = W_2 da_1', 'ill-formed'],
  ['da_1 = (1 - a_1^2) ⊙ dz_1', 'ill-formed'],
  ['da_1 = W_2^T dz_2', 'proved'],
  ['da_1 = W_2 dz_2', 'refuted'],
])('nor is one of arrays with layers: %s', (formula, kind) => {
  const layers = `\`\`\`network
x: input 3
W1: parameter 4 3
z1 = dense(x, W1)
a1 = tanh(z1)
W2: parameter 2 4
z2 = dense(a1, W2)
y: input 2
L = squaredError(z2, y)
\`\`\``
  const { entries } = checkNotes(`${layers}\n\n$${formula}$\n`)
  expect(entries[0]!.verdict!.kind).toBe(kind)
})

// From what contradicts itself everything follows, and nothing is judged.
const classes = `\`\`\`network
x: input 3
z = 2 * x
p = softmax(z)
t: input 3
C = -sum(t * log(p))
\`\`\``

test.each([
  ['∂C/∂z = p - t', 'Σ_i t_i = 1', 'proved'],
  ['∂C/∂z = p - t', 'Σ_i t_i = 2', 'ill-formed'],
  ['t_1 = t_2', 't_i = 2', 'ill-formed'],
  ['x_1 = 0', 't_i > 1', 'ill-formed'],
])('beside targets that sum to 1, and %s under %s: %s', (formula, assumed, kind) => {
  const head = '<!-- conventions: Σt = 1 -->'
  const text = `${head}\n\n${classes}\n\n$$${formula}$$\n<!-- assume: ${assumed} -->\n`
  expect(checkNotes(text).entries[0]!.verdict!.kind).toBe(kind)
})
