// Which one edit lies between two formulas, letters of sums and orders aside.
import { describe, expect, it } from 'vitest'
import { parseClaim } from '../../language/read/claim.ts'
import { editBetween } from './difference.ts'

describe('the one edit between two formulas', () => {
  it.each([
    ['y = a', 'y = a + b', 'missing term'],
    ['y = c (a + b)', 'y = c a', 'superfluous term'],
    ['y = c (a_i - 1)', 'y = c (a_i - 1 - Σ_k a_k b_k)', 'missing term'],
    ['y = Σ_m a_m b_m', 'y = Σ_k b_k a_k / n', 'factor'],
    ['y_i = g_i x_i/(s + e)', 'y_i = g_i x_i/sqrt(s + e)', 'factor'],
    ['y = a - b', 'y = a + b', 'sign'],
    ['y = a_j', 'y = Σ_j a_j', 'missing sum over paths'],
    ['y = w^T d', "y = w^T d ⊙ σ'(z)", "missing σ'"],
    ['y = P ⊙ D', 'y_{ij} = P_{ij} (D_{ij} - Σ_k D_{ik} P_{ik})', 'missing term'],
    ['y = b (1 - b)', 'y = b (1 - b^2)', 'missing square'],
    ['A = B C', 'A = C B', 'operands swapped'],
    ['y_i = p_i (g_i - Σ_k p_k g_i)', 'y_i = q_i (g_i - Σ_m g_i q_m)', 'wrong array'],
    ['y_i = Σ_k P_{ki} g_{ki}', 'y_i = Σ_m g_{im} P_{im}', 'wrong axis'],
    ['G = D h^T', 'G = D (r ⊙ h)^T', 'factor'],
    ['D = (a - y) ⊙ a ⊙ (1 - a)', 'D = a - y', "superfluous σ'"],
    ['D = g', 'D = g ⊙ (1 - a^2)', "missing σ'"],
    ['D = g ⊙ b', 'D = g ⊙ b ⊙ a ⊙ (1 - a)', "missing σ'"],
    ['S = sum(D)', 'S = sum(D * U)', 'factor'],
    ['G = D h^T', 'G = D x^T', 'wrong array'],
  ])('%s and %s: %s', (theirs, right, name) => {
    expect(editBetween(parseClaim(theirs), parseClaim(right))).toBe(name)
  })

  it.each([
    ['y = Σ_m a_m b_m', 'y = Σ_k b_k a_k'],
    ['y = a + b', 'y = c d - e'],
    ['y = 3 b ⊙ t', 'y = b'],
  ])('is none between %s and %s', (theirs, right) => {
    expect(editBetween(parseClaim(theirs), parseClaim(right))).toBeUndefined()
  })
})
