// The interpreter against values worked by hand and against loops written out.

import { describe, expect, test } from 'vitest'
import { evaluateLine, evaluateSize, LineError, parseExpression, parseLine } from '../index.ts'
import { random, read, values } from '../testing.ts'

const C = 'C⌊(f-1)/F⌋+c'
const H = 's(i-1)+d(u-1)+1-p'
const V = 's′(j-1)+d′(v-1)+1-p′'
const CONV = `y_{…,f,i,j} = b_f + Σ_{c,u,v} x_{…,${C},${H},${V}} w_{f,c,u,v}`

describe('each construct by hand', () => {
  const x = values([3], [1, 2, -4])
  const pair = values([4], [3, 1, 4, 1])
  test.each<[string, Parameters<typeof read>[1], number[], number[]]>([
    ['y = 1/2 x', { x }, [3], [0.5, 1, -2]],
    ['y = 1/(2 x)', { x }, [3], [0.5, 0.25, -0.125]],
    ['y = -x^2', { x }, [3], [-1, -4, -16]],
    ['y = 7 mod 4 + 0 x', { x }, [3], [3, 3, 3]],
    ['y = x mod 3', { x }, [3], [1, 2, 2]],
    ['y = |x| + sign(x)', { x }, [3], [2, 3, 3]],
    ['y = ⌊x/3⌋ + ⌈x/3⌉', { x }, [3], [1, 1, -3]],
    ['y = max(x, 1) + min(x, 0)', { x }, [3], [1, 2, -3]],
    ['y = √(x^2) + log(e^x) + tanh(0 x)', { x }, [3], [2, 4, 0]],
    ['y = [x > 0] x', { x }, [3], [1, 2, 0]],
    ['y = [0 < x ≤ 1, x ≠ 5]', { x }, [3], [1, 0, 0]],
    ['y = [x ≥ 2] + 2 [x < 1] + 4[x = 1]', { x }, [3], [4, 1, 2]],
    ['C = Σ_… x', { x }, [], [-1]],
    ['C = max_i x_i - min_i x_i', { x }, [], [6]],
    ['C = lomed_i x_i', { x: pair }, [], [1]],
    ['C = himed_i x_i', { x: pair }, [], [3]],
    ['C = Σ_{i≤2} x_i', { x }, [], [3]],
    ['C = Σ_{i≤3} Σ_{j≤i} x_j', { x }, [], [1 + 3 - 1]],
    ['y_i = x_{i-1} + 10 x_{i+1}', { x }, [3], [20, -39, 2]],
    ['y_i = x_{4-i}', { x }, [3], [-4, 2, 1]],
    ['y_i = max_{u≤3} x_{i+u-2}', { x }, [3], [2, 2, 2]],
    ['y_i = [i = argmin_k x_k]', { x: pair }, [4], [0, 1, 0, 0]],
    ['y_i = [i = argmax_k x_k]', { x: values([3], [5, 7, 7]) }, [3], [0, 1, 0]],
    ['y_i = [i = arglomed_k x_k] + 2[i = arghimed_k x_k]', { x: pair }, [4], [2, 0, 0, 1]],
    ['y_k = Σ_i [k = 2 i] x_i', { x }, [6], [0, 1, 0, 2, 0, -4]],
    ['y_k = -Σ_i [k = i + 1] x_i / 2', { x }, [3], [0, -0.5, -1]],
    ['y_i = x_{i/2}', { x }, [4], [0, 1, 0, 2]],
    ['y_i = Σ_i x_i', { x }, [2], [-1, -1]],
    ['y_i = Σ_j (x_j - max_k x_k)', { x }, [3], [-7, -7, -7]],
    ['y_i = Σ_j (Σ_{k≤j} x_k + 0 x_j)', { x }, [2], [3, 3]],
    ['y_i = Σ_j [j = argmax_{k≤3} x_{i+k-1}] x_j', { x }, [3], [2, 1, 1]],
    ['y_{i,1} = Σ_j x_{i,j}', { x: values([2, 2], [1, 2, 3, 4]) }, [2, 1], [3, 7]],
  ])('%s', (line, operands, shape, expected) => {
    expect([...read(line, operands, shape)]).toEqual(expected.map((value) => value + 0))
  })
})

test('a maximum inside a loop, for more places than are remembered', () => {
  const x = values(
    [1100],
    Array.from({ length: 1100 }, (_, k) => (k % 2 === 0 ? k : -k)),
  )
  const found = read('y_i = Σ_{j≤2} max_{k≤2} x_{i+k-1}', { x }, [1100])
  expect([0, 1, 1022, 1023, 1098, 1099].map((k) => found[k])).toEqual([
    0, 4, 2044, 2048, 2196, -2198,
  ])
})

describe('zeros that annul', () => {
  const x = values([2], [-1, 2])
  const infinite = values([2], [Number.POSITIVE_INFINITY, Number.NaN])
  test.each([
    ['an Iverson 0 does not care that its factor is undefined', 'y = [x > 2] log(x)'],
    ['nor its divisor', 'y = [x > 2] 1 / (x - x)'],
    ['outside its box an array annuls', 'y_i = w_i x_{i+2}'],
    ['through powers, quotients and signs', 'y_i = w_i (-x_{i+2}^2) / (x_i - x_i)'],
  ])('%s', (_, line) => {
    const result = read(line, { x, w: infinite }, [2])
    expect([...result].map(Math.abs)).toEqual([0, 0])
  })

  test('a 0 within an array does not', () => {
    const result = read('y = w x', { x: values([2], [0, 0]), w: infinite }, [2])
    expect(result.every(Number.isNaN)).toBe(true)
  })

  test('an absent operand is 0', () => {
    const line = parseLine('y_i = x_i + b_i', ['x', 'b'])
    const result = evaluateLine(line, { operands: { x, b: undefined }, symbols: {}, shape: [2] })
    expect([...result]).toEqual([-1, 2])
  })
})

describe('packs broadcast as NumPy does', () => {
  test('right-aligned, an axis of 1 read at 1', () => {
    const a = values([2, 1], [1, 2])
    const b = values([3], [10, 20, 30])
    expect([...read('y = a + b', { a, b }, [2, 3])]).toEqual([11, 21, 31, 12, 22, 32])
  })

  test('Σ_… binds a pack of its own', () => {
    const x = values([2, 2], [1, 2, 3, 4])
    expect([...read('y = x / Σ_… x + 0 x', { x }, [2, 2])]).toEqual([0.1, 0.2, 0.3, 0.4])
  })

  test('also beside another index, within a pack', () => {
    const x = values([2], [3, 5])
    expect([...read('y = x Σ_{…,k≤2} x', { x }, [2])]).toEqual([48, 80])
  })

  test('the winner of a pack, with an axis of 1', () => {
    const x = values([1, 3], [4, 9, 2])
    expect([...read('y_… = [… = argmax_… x_…]', { x }, [1, 3])]).toEqual([0, 1, 0])
  })
})

describe('against loops', () => {
  test('conv2d with stride, padding, dilation and groups', () => {
    const x = random([2, 4, 6, 5])
    const w = random([6, 2, 3, 2])
    const b = random([6])
    const symbols = { C: 2, F: 3, s: 2, 's′': 1, d: 1, 'd′': 2, p: 1, 'p′': 2 }
    const shape = [2, 6, 3, 7]
    const expected: number[] = []
    for (let n = 0; n < 2; n++) {
      for (let f = 0; f < 6; f++) {
        for (let i = 0; i < 3; i++) {
          for (let j = 0; j < 7; j++) {
            let total = b.data[f]!
            for (let c = 0; c < 2; c++) {
              for (let u = 0; u < 3; u++) {
                for (let v = 0; v < 2; v++) {
                  const [k, h, l] = [2 * Math.floor(f / 3) + c, 2 * i + u - 1, j + 2 * v - 2]
                  if (h < 0 || h >= 6 || l < 0 || l >= 5) continue
                  const weight = w.data[((f * 2 + c) * 3 + u) * 2 + v]!
                  total += weight * x.data[((n * 4 + k) * 6 + h) * 5 + l]!
                }
              }
            }
            expected.push(total)
          }
        }
      }
    }
    const result = read(CONV, { x, w, b }, shape, symbols)
    expect(result.length).toBe(expected.length)
    for (const [cell, value] of result.entries()) expect(value).toBeCloseTo(expected[cell]!, 12)
  })

  test('max pooling ignores its padding', () => {
    const x = values([3, 3], [-1, -2, -3, -4, -5, -6, -7, -8, -9])
    const line = 'y_{…,i,j} = max_{u≤m,v≤n} x_{…,2(i-1)+u-1,2(j-1)+v-1}'
    const result = read(line, { x }, [2, 2], { m: 2, n: 2 })
    expect([...result]).toEqual([-1, -2, -4, -5])
  })

  test('dense on a batch of images', () => {
    const x = random([2, 3, 4])
    const w = random([5, 3, 4])
    const b = random([5])
    const result = read('y_{n,k} = b_k + Σ_… w_{k,…} x_{n,…}', { x, w, b }, [2, 5])
    for (let n = 0; n < 2; n++) {
      for (let k = 0; k < 5; k++) {
        let total = b.data[k]!
        for (let r = 0; r < 12; r++) total += w.data[k * 12 + r]! * x.data[n * 12 + r]!
        expect(result[n * 5 + k]).toBeCloseTo(total, 12)
      }
    }
  })

  test('softmax', () => {
    const x = random([2, 3])
    const result = read('y_{i,k} = e^{x_{i,k}} / Σ_l e^{x_{i,l}}', { x }, [2, 3])
    for (let i = 0; i < 2; i++) {
      const row = [...x.data.slice(3 * i, 3 * i + 3)].map(Math.exp)
      const total = row.reduce((a, b) => a + b)
      for (const [k, e] of row.entries()) expect(result[3 * i + k]).toBeCloseTo(e / total, 14)
    }
  })
})

describe('a line that does not fit', () => {
  const x = values([3], [1, 2, 3])
  test.each([
    ['y_i = x_{i,i}', 'axes'],
    ['y_i = q x_i', '“q”'],
    ['y_i = Σ_k x_{k+1}', 'Nothing bounds'],
    ['y_{i,j} = x_i', 'axes'],
  ])('%s', (line, message) => {
    expect(() => read(line, { x }, [3])).toThrow(LineError)
    expect(() => read(line, { x }, [3])).toThrow(message)
  })
})

describe('sizes', () => {
  const size = (text: string, symbols = {}) => evaluateSize(parseExpression(text), symbols)
  test('the output of a convolution', () => {
    const symbols = { H: 28, p: 1, q: 2, d: 1, m: 5, s: 2 }
    expect(size('⌊(H+p+q-d(m-1)-1)/s⌋+1', symbols)).toBe(14)
    expect(size('⌈H/3⌉ - 2·p mod 3 + max(p, q)^2', symbols)).toBe(12)
  })

  test('refuses fractions and names without a value', () => {
    expect(() => size('H/2', { H: 3 })).toThrow('1.5')
    expect(() => size('toString', {})).toThrow('“t”')
    expect(() => size('Σ_{i≤2} i', {})).toThrow('integers')
  })
})
