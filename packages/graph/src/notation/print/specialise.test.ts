// A specialised line has the values of the line, and reads like the formula of the network at hand.

import { describe, expect, test } from 'vitest'
import { adjointLine, evaluateLine, formatLine, parseLine, specialise } from '../index.ts'
import { random } from '../testing.ts'
import { CASES, LINES } from '../testing-lines.ts'

test.each(CASES)('%s keeps its values', (_, text, shapes, shape, symbols = {}) => {
  const operands = Object.fromEntries(
    Object.entries(shapes).map(([name, axes], seed) => [name, random(axes, seed)]),
  )
  const line = parseLine(text, Object.keys(shapes))
  const special = specialise(line, { shapes, symbols, shape })
  expect(evaluateLine(special, { operands, symbols: {}, shape })).toEqual(
    evaluateLine(line, { operands, symbols, shape }),
  )
})

describe('what a reader sees', () => {
  const shapes = { x: [1, 6, 6], w: [3, 1, 3, 3], b: [3], y: [3, 4, 4] }
  const symbols = { C: 1, F: 3, s: 1, 's′': 1, d: 1, 'd′': 1, p: 0, 'p′': 0 }

  test('a plain convolution of one channel', () => {
    const line = parseLine(LINES.conv2d, ['x', 'w', 'b'])
    expect(formatLine(specialise(line, { shapes, symbols, shape: shapes.y }))).toBe(
      'y_{…,f,i,j} = b_f + Σ_{u,v} x_{…,1,i+u-1,j+v-1} w_{f,1,u,v}',
    )
  })

  test('its adjoint', () => {
    const line = parseLine(LINES.conv2d, ['x', 'w'].concat('b'))
    const adjoint = adjointLine(line, 'x', { cotangent: 'y', names: [undefined, 'k', 'h', 'l'] })
    expect(formatLine(specialise(adjoint, { shapes, symbols, shape: shapes.x }))).toBe(
      'x̄_{…,k,h,l} = Σ_{f,i,j,u,v} [k = 1, h = i+u-1, l = j+v-1] y_{…,f,i,j} w_{f,1,u,v}',
    )
  })

  test.each([
    ['y_i = x_{s(i-1)+1+p}', 'y_i = x_{2 i+2}'],
    ['y_i = x_{p+1-i}', 'y_i = x_{4-i}'],
    ['y_i = x_{⌊(i-1)/5⌋+1}', 'y_i = x_1'],
    ['y_i = x_{⌊(i-1)/4⌋+1}', 'y_i = x_{⌈i/4⌉}'],
    ['y_i = x_{⌊(⌈i/4⌉-1)/3⌋+1}', 'y_i = x_{⌈i/12⌉}'],
    ['y_i = x_{⌊(4i-7)/2⌋}', 'y_i = x_{2 i-4}'],
    ['y_i = x_{⌊(8i-9+s)/8⌋}', 'y_i = x_{i-1}'],
    ['y_i = x_{⌈(p s-i)/1⌉+i-i}', 'y_i = x_{6-i}'],
    ['y_i = x_i / (s p)', 'y_i = x_i/6'],
    ['y_i = Σ_{u≤s} Σ_{v≤p} x_{i+u+v} + Σ_{u≤1} x_{u+1}', undefined],
  ])('%s', (text, expected) => {
    const instance = { shapes: { x: [5] }, symbols: { s: 2, p: 3 }, shape: [5] }
    const special = formatLine(specialise(parseLine(text, ['x']), instance))
    expect(special).toBe(expected ?? 'y_i = Σ_{u≤2} Σ_{v≤3} x_{i+u+v} + Σ_{u≤1} x_{u+1}')
  })
})
