// Sums of products in limbs, against BigInt, and sums in runs against terms written out.
import { expect, it } from 'vitest'
import { createBudget } from '../../arithmetic/budget.ts'
import { contraction } from '../../evaluate/contraction.ts'
import { floatDomain } from './float.ts'
import { random61, randomFrom, randomPrime } from './random.ts'
import { residueDomain } from './residue.ts'

it('adds up products of residues exactly, the largest included', () => {
  const random = randomFrom(11)
  const domain = residueDomain(randomPrime(random), 1)
  const count = 1500
  const data = Array.from({ length: 2 * count }, (_, k) =>
    domain.leaf(k % 3 === 0 ? random61(random) : domain.prime - 1n, k / count),
  )
  const sum = domain.accumulator!()
  const expected = Array.from({ length: count }, (_, k) => k).reduce(
    (total, k) => total + data[2 * k]!.residue * data[2 * count - 1 - k]!.residue,
    0n,
  )
  const last = 2 * count - 1
  sum.products({ data, from: 0, step: 2 }, { data, from: last, step: -1 }, count)
  expect(sum.total()).toMatchObject({ residue: expected % domain.prime, top: 2, bottom: 0 })
  expect(sum.total()).toBeNull()
})

it('counts degrees as a sum of fractions does', () => {
  const random = randomFrom(5)
  const domain = residueDomain(randomPrime(random), 1)
  const leaf = () => domain.leaf(random61(random), 0.5 + random() / 2 ** 32)
  const data = Array.from({ length: 6 }, () => domain.divide(leaf(), leaf()))
  const products = [0, 1, 2].map((k) => domain.multiply(data[k]!, data[k + 3]!))
  const sum = domain.accumulator!()
  sum.products({ data, from: 0, step: 1 }, { data, from: 3, step: 1 }, 3)
  expect(sum.total()).toEqual(products.reduce(domain.add))
})

it('leaves out what lies outside of a box', () => {
  // Σ_{u=1}^{5} x_{i+1-u} w_u: full convolution of three entries with two.
  let i = 1
  const one = { base: () => 0, steps: [1] }
  const sum = contraction(
    floatDomain(),
    createBudget(),
    [{ low: 1, high: 5 }],
    [
      { shape: [3], data: () => [1, 2, 3], indices: [{ base: () => i + 1, steps: [-1] }] },
      { shape: [2], data: () => [10, 1], indices: [one] },
    ],
  )
  const found = [1, 2, 3, 4, 5].map((at) => {
    i = at
    return sum()
  })
  expect(found).toEqual([10, 21, 32, 3, null])
})
