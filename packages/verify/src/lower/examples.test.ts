// Every row about whole arrays beside one literal example, worked by hand: entries written out in
// numbers of the array's own entries, at the lengths 2 × 3 of A, 3 × 3 of B and 2 × 2 of w. A
// definition cannot check itself; these lines can.
import { describe, expect, test } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { verify } from '../verify.ts'

const { cost } = buildNetwork(
  readNetwork(`
A_{ij}: input 2 3
B_{ij}: input 3 3
w_{ij}: input 2 2
v_i: input 3
X_{ij}: input 1 4 4
p_{ij} = maxPool2d(X, size=2)
C = sum(A) + sum(B) + sum(w) + sum(v) + sum(p)`),
)

const examples: Readonly<Record<string, readonly (readonly [right: string, wrong: string])[]>> = {
  'rot180(A)_{ij} = A_{3-i,4-j}': [
    ['rot180(A)_{1,1} = A_{23}', 'rot180(A)_{1,1} = A_{13}'],
    ['rot180(A)_{2,1} = A_{13}', 'rot180(A)_{2,1} = A_{11}'],
  ],
  'transpose: rows are columns': [['(A^T)_{3,1} = A_{13}', '(A^T)_{1,2} = A_{12}']],
  'pad(A, 1): zeros around': [
    ['pad(A, 1)_{2,2} = A_{11}', 'pad(A, 1)_{2,2} = A_{22}'],
    ['pad(A, 1)_{1,1} = 0', 'pad(A, 1)_{3,3} = 0'],
    ['pad(A, [1, 0])_{2,1} = A_{11}', 'pad(A, [1, 0])_{1,2} = A_{12}'],
  ],
  'up: every entry four times': [['up(p)_{3,4} = p_{22}', 'up(p)_{3,4} = p_{12}']],
  'mean: a sixth of the sum': [
    [
      'mean(A) = (A_{11} + A_{12} + A_{13} + A_{21} + A_{22} + A_{23})/6',
      'mean(A) = (A_{11} + A_{12} + A_{13} + A_{21} + A_{22} + A_{23})/5',
    ],
  ],
  'sum and trace': [
    ['sum(w) = w_{11} + w_{12} + w_{21} + w_{22}', 'sum(w) = w_{11} + w_{22}'],
    ['tr(B) = B_{11} + B_{22} + B_{33}', 'tr(B) = B_{11} + B_{22}'],
  ],
  'diag: to and from a matrix': [
    ['diag(v)_{2,2} = v_2', 'diag(v)_{1,2} = v_2'],
    ['diag(B)_3 = B_{33}', 'diag(B)_3 = B_{13}'],
  ],
  'tril and triu: halves with the diagonal': [
    ['tril(B)_{2,1} = B_{21}', 'tril(B)_{2,1} = 0'],
    ['tril(B)_{1,2} = 0', 'tril(B)_{1,2} = B_{12}'],
    ['tril(B)_{3,3} = B_{33}', 'tril(B)_{3,3} = 0'],
    ['triu(B)_{1,2} = B_{12}', 'triu(B)_{2,1} = B_{21}'],
    ['tril(A)_{2,3} = 0', 'triu(A)_{2,3} = 0'],
  ],
  'lists: one after the other': [
    ['[v, A_1]_4 = A_{11}', '[v, A_1]_3 = A_{11}'],
    ['[v; A_1]_3 = v_3', '[v; A_1]_3 = v_2'],
    ['[B, v]_{2,4} = v_2', '[B, v]_{2,3} = v_2'],
  ],
  '𝟙 and I': [
    ['(𝟙_2^T A)_2 = A_{12} + A_{22}', '(𝟙_2^T A)_2 = A_{12}'],
    ['(I_2 A)_{2,3} = A_{23}', '(I_2 A)_{2,3} = A_{13} + A_{23}'],
  ],
  products: [
    ['(A v)_2 = A_{21} v_1 + A_{22} v_2 + A_{23} v_3', '(A v)_2 = A_{12} v_1 + A_{22} v_2'],
    ['(v v^T)_{1,3} = v_1 v_3', '(v v^T)_{1,3} = v_1 v_1'],
  ],
  'a star, and one that steps': [
    [
      '(B *valid w)_{1,2} = B_{12} w_{11} + B_{13} w_{12} + B_{22} w_{21} + B_{23} w_{22}',
      '(B *valid w)_{1,2} = B_{12} w_{22} + B_{13} w_{21} + B_{22} w_{12} + B_{23} w_{11}',
    ],
    [
      '(B conv_valid w)_{1,1} = B_{11} w_{22} + B_{12} w_{21} + B_{21} w_{12} + B_{22} w_{11}',
      '(B conv_valid w)_{1,1} = B_{11} w_{11} + B_{12} w_{12} + B_{21} w_{21} + B_{22} w_{22}',
    ],
    ['(B *full w)_{1,1} = B_{11} w_{22}', '(B *full w)_{1,1} = B_{11} w_{11}'],
    [
      '(X *_{s=2} w)_{2,1} = X_{31} w_{11} + X_{32} w_{12} + X_{41} w_{21} + X_{42} w_{22}',
      '(X *_{s=2} w)_{2,1} = X_{21} w_{11} + X_{22} w_{12} + X_{31} w_{21} + X_{32} w_{22}',
    ],
  ],
  'softmax: one of three shares': [
    [
      'softmax(v)_2 = e^{v_2} / (e^{v_1} + e^{v_2} + e^{v_3})',
      'softmax(v)_2 = e^{v_2} / (e^{v_1} + e^{v_2})',
    ],
  ],
  'flip: the rows from last to first, every row turned': [
    ['flip(A)_{1,3} = A_{21}', 'flip(A)_{1,3} = A_{11}'],
  ],
  'norms: a root of a sum of squares': [
    ['‖v‖ = √(v_1^2 + v_2^2 + v_3^2)', '‖v‖ = v_1^2 + v_2^2 + v_3^2'],
    ['‖v‖^2 = v_1 v_1 + v_2 v_2 + v_3 v_3', '‖v‖^2 = v_1 v_1 + v_2 v_2'],
    ['‖v‖_1 = |v_1| + |v_2| + |v_3|', '‖v‖_1 = v_1 + v_2 + v_3'],
    ['‖w‖_F^2 = w_{11}^2 + w_{12}^2 + w_{21}^2 + w_{22}^2', '‖w‖_F^2 = w_{11}^2 + w_{22}^2'],
  ],
  'the first of equals': [
    [
      '[X_{12} = first max] = [X_{12} > X_{11}] [X_{12} ≥ X_{21}] [X_{12} ≥ X_{22}]',
      '[X_{12} = first max] = [X_{12} > X_{13}] [X_{12} ≥ X_{21}] [X_{12} ≥ X_{22}]',
    ],
    [
      '[X_{21} = first max] = [X_{21} > X_{11}] [X_{21} > X_{12}] [X_{21} ≥ X_{22}]',
      '[X_{21} = first max] = [X_{21} > X_{31}] [X_{21} > X_{12}] [X_{21} ≥ X_{22}]',
    ],
  ],
  'argmax: where the largest is': [
    [
      '[2 = argmax_k v_k] = [v_2 > v_1] [v_2 ≥ v_3]',
      '[2 = argmax_k v_k] = [v_2 > v_1] [v_2 < v_3]',
    ],
  ],
  'extrema over windows': [
    [
      'max_{u≤2} v_u = v_1 + [v_2 > v_1] (v_2 - v_1)',
      'max_{u≤2} v_u = v_1 + [v_3 > v_1] (v_3 - v_1)',
    ],
    [
      'min_{u≤2} v_u = v_1 + [v_2 < v_1] (v_2 - v_1)',
      'min_{u≤2} v_u = v_1 + [v_2 > v_1] (v_2 - v_1)',
    ],
  ],
  'the same size: a kernel about its middle': [
    [
      '(A *same B)_{1,1} = A_{11} B_{22} + A_{12} B_{23} + A_{21} B_{32} + A_{22} B_{33}',
      '(A *same B)_{1,1} = A_{11} B_{11} + A_{12} B_{12} + A_{21} B_{21} + A_{22} B_{22}',
    ],
  ],
  'entry by entry, and brackets of whole arrays': [
    ['(A ⊙ A)_{1,2} = A_{12}^2', '(A ⊙ A)_{1,2} = A_{12} A_{21}'],
    ['[A > 0]_{2,1} = [A_{21} > 0]', '[A > 0]_{2,1} = [A_{21} ≥ 0]'],
  ],
  'winners of windows of four': [
    [
      '∂p_{11}/∂X_{12} = [X_{12} > X_{11}] [X_{12} ≥ X_{21}] [X_{12} ≥ X_{22}]',
      '∂p_{11}/∂X_{12} = [X_{12} < X_{11}] [X_{12} ≥ X_{21}] [X_{12} ≥ X_{22}]',
    ],
    [
      '[X_{12} = max] = [X_{12} ≥ X_{11}] [X_{12} ≥ X_{21}] [X_{12} ≥ X_{22}]',
      '[X_{12} = max] = [X_{12} ≥ X_{13}] [X_{12} ≥ X_{21}] [X_{12} ≥ X_{22}]',
    ],
  ],
}

describe.each(Object.entries(examples))('%s', (_, rows) => {
  test.each(rows)('%s, and not %s', (right, wrong) => {
    const [first, second] = [right, wrong].map((claim) => verify(cost, claim, { deadline: 4000 }))
    if (!first || !second) throw new Error('no answer')
    const said = JSON.stringify([first, second], (key, value) =>
      key === 'certificate' ? 0 : value,
    )
    expect(['proved', 'agrees'], said).toContain(first.kind)
    // What is outside may hold where indices count from 0; as it stands it is refuted.
    expect((second.kind === 'holds-if' ? second.otherwise : second).kind, said).toBe('refuted')
  })
})
