// Which guards of a term become places, and what the term then means: worked by hand.
import { describe, expect, it, test } from 'vitest'
import { parseLine } from '../index.ts'
import { read, values } from '../testing.ts'
import { splitTerms } from './split-term.ts'

const partsOf = (line: string) => splitTerms(parseLine(line, ['x']))
const placesOf = (line: string): string[] =>
  partsOf(line).flatMap(({ places }) => [...places.keys()])

describe('a guard says where the term goes', () => {
  const x = values([3], [1, 2, -4])
  test.each([
    ['y_k = Σ_i [k = i + 1] x_i', [4], [0, 1, 2, -4]],
    ['y_k = Σ_i x_i [k = 2 i]', [4], [0, 1, 0, 2]],
    ['y_k = Σ_i [k = i] x_i / 2', [3], [0.5, 1, -2]],
    ['y_k = -Σ_i [k = i] x_i', [3], [-1, -2, 4]],
    ['y_k = Σ_i [k = i, x_i > 0] x_i', [3], [1, 2, 0]],
    ['y_k = Σ_{i,j} [k = i] [k = j + 1] x_i x_j', [3], [0, 2, -8]],
    ['y_k = [k = 2]', [3], [0, 1, 0]],
  ])('%s', (line, shape, wanted) => {
    expect(placesOf(line)).toEqual(['k'])
    expect([...read(line, { x }, shape)].map((value) => value + 0)).toEqual(wanted)
  })

  it('two of them, along two axes', () => {
    const line = 'y_{h,k} = Σ_i [h = i] [k = 4 - i] x_i'
    expect(placesOf(line)).toEqual(['h', 'k'])
    expect([...read(line, { x }, [3, 3])]).toEqual([0, 0, 1, 0, 2, 0, -4, 0, 0])
  })
})

describe('a guard stays', () => {
  const x = values([3], [1, 2, -4])
  test.each([
    ['where its left side is no letter', 'y_k = Σ_i [i + 1 = k] x_i', [4], [0, 1, 2, -4]],
    ['that names a winner', 'y_k = Σ_i [i = argmax_j x_j] x_i x_k', [3], [2, 4, -8]],
    ['below a maximum', 'y_k = max_i [k = i] x_i', [3], [1, 2, 0]],
    ['of another relation', 'y_k = Σ_i [k ≥ i] x_i', [3], [1, 3, -1]],
    ['of a chain', 'y_k = Σ_i [k = i = 2] x_i', [3], [0, 2, 0]],
    ['whose right side has a letter of the result', 'y_{h,k} = [h = k] x_k', [2, 2], [1, 0, 0, 2]],
    ['whose letter is summed over', 'y_k = Σ_k [k = 2] x_k', [2], [2, 2]],
    ['whose letter the result has not', 'C = Σ_i [i = 3] x_i', [], [-4]],
    ['beside a summand', 'y_k = Σ_i ([k = i] x_i + 1)', [3], [4, 5, -1]],
    [
      'below a line',
      'y_k = Σ_i x_i / [k = i]',
      [3],
      [Number.NaN, Number.NaN, Number.POSITIVE_INFINITY],
    ],
  ])('%s', (_, line, shape, wanted) => {
    expect(placesOf(line)).toEqual([])
    expect([...read(line, { x }, shape)].map((value) => value + 0)).toEqual(wanted)
  })
})

it('signs and indices are taken off, term by term', () => {
  const parts = partsOf('y_k = -(-Σ_i x_i) + x_k - Σ_{i,j} x_i x_j')
  expect(parts.map(({ sign }) => sign)).toEqual([1, 1, -1])
  expect(parts.map(({ variables }) => variables.map(({ name }) => name))).toEqual([
    ['i'],
    [],
    ['i', 'j'],
  ])
})
