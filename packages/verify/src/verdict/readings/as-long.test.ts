// What goes together by its length alone may go together otherwise where other axes are as long: a
// reading that only this coincidence chooses refutes nothing.
import { describe } from 'vitest'
import { table } from '../../language/authors.fixture.ts'

const conv = (x: string, w: string, more = '', cost = 'sum(z * z)'): string => `x: input ${x}
w: parameter ${w}
z = conv2d(x, w${more})
e: input 2 5 5
C = ${cost}`

describe('as many samples as channels and filters', () =>
  table(conv('2 2 5 5', '2 2 3 3'), [
    ['ambiguous', '∂C/∂w = x *_{valid} ∂C/∂z'],
    ['ambiguous', '∂C/∂w = x * ∂C/∂z'],
    ['proved', 'z = x *_{valid} w'],
    ['proved', '∂C/∂x = ∂C/∂z *_{full} rot180(w)'],
    ['refuted', '∂C/∂w = 2 x *_{valid} ∂C/∂z'],
    ['refuted', '∂C/∂x = ∂C/∂z *_{full} w'],
  ]))

describe('as many filters as channels', () => {
  table(conv('2 5 5', '2 2 3 3', ', padding=2'), [
    ['ambiguous', 'z = x *_{full} w'],
    ['refuted', 'z = 2 x *_{full} w'],
  ])
  table(conv('2 5 5', '2 2 3 3', ', padding=1', 'sum(e * z)'), [
    ['ambiguous', '∂C/∂x = e *_{same} rot180(w)'],
    ['refuted', '∂C/∂x = e *_{same} w'],
  ])
})

const two = `x: input 2 4 4
w: parameter 2 2 2 2
v: parameter 2 2 2 2
z = conv2d(x, w, padding=1)
u = conv2d(z, v)
C = sum(u * u)`

describe('two stars, each with pairs of its own', () =>
  table(two, [
    ['ambiguous', 'u = (x *_{full} w) *_{valid} v'],
    ['ambiguous', '∂C/∂x = (∂C/∂u *_{full} rot180(v)) *_{valid} rot180(w)'],
    ['ambiguous', '∂C/∂z = 2 ((x *_{full} w) *_{valid} v) *_{full} rot180(v)'],
    ['budget', '∂C/∂z = 2 ((x *_{full} w) *_{valid} v) *_{full} v'],
    ['refuted', 'u = (x *_{full} v) *_{valid} w'],
  ]))

describe('matrices that are square', () =>
  table('A: input 3 3\nB: input 3 3\nW: parameter 3 3\nC = sum(A * B * W)', [
    ['ambiguous', 'A ⊙ B · W^T = (A ⊙ B) W^T'],
    ['proved', 'A ⊙ B · W^T = A ⊙ (B W^T)'],
    ['refuted', 'A ⊙ B · W^T = (A ⊙ B) W'],
  ]))

const oneOutput = `x: input 3
W: parameter 4 3
a = sigmoid(W x)
V: parameter 1 4
p = V a
y: input 1
C = 1/2 Σ_i (p_i - y_i)^2`

describe('one output is a number beside a matrix', () =>
  table(oneOutput, [
    ['proved', '∂C/∂a = (p - y) · V'],
    ['proved', '∂C/∂V = (p - y) a^T'],
    ['refuted', '∂C/∂a = (y - p) V'],
    ['refuted', '∂C/∂W = (p - y) V x^T'],
    ['proved', '∂C/∂a = (p - y) ⊙ V^T'],
  ]))

const oneMap = `x: input 5 5
s: input 1 1 1 1
y = (x - 3) * s
C = sum(y^2)`

describe('an array of one entry is a number', () =>
  table(oneMap, [
    ['proved', '∂C/∂x = 2 (y ⊙ s)'],
    ['proved', 'y = (x - 3) s'],
    ['refuted', '∂C/∂x = s ⊙ y'],
  ]))
