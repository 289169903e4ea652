// Adjoints against central differences, at orders 1 and 2, and the closed families by their text.

import { describe, expect, test } from 'vitest'
import {
  adjointLine,
  evaluateLine,
  formatLine,
  instantiate,
  type Line,
  parseLine,
  type Values,
} from '../index.ts'
import { random, values } from '../testing.ts'
import { CASES, LINES, POSITIVE } from '../testing-lines.ts'

type Arrays = Readonly<Record<string, Values>>

/** Distinct values at least 1/n apart, so that no difference crosses a kink. */
function separated(shape: readonly number[], seed: number, isPositive: boolean): Values {
  const noise = random(shape, seed).data
  const order = [...noise.keys()].sort((a, b) => noise[a]! - noise[b]!)
  const data = new Float64Array(noise.length)
  order.forEach((cell, rank) => {
    const value = (rank + 0.37 + 0.1 * seed) / noise.length
    data[cell] = isPositive ? 0.5 + value : 2 * value - 1.013
  })
  return values(shape, [...data])
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, value, cell) => total + value * b[cell]!, 0)
}

function shifted({ shape, data }: Values, cell: number, step: number): Values {
  const moved = Float64Array.from(data)
  moved[cell]! += step
  return { shape, data: moved }
}

function gradient(at: (x: Values) => number, x: Values): number[] {
  const step = 1e-5
  return [...x.data.keys()].map((cell) => {
    return (at(shifted(x, cell, step)) - at(shifted(x, cell, -step))) / (2 * step)
  })
}

function expectClose(actual: Float64Array, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length)
  for (const [cell, value] of actual.entries()) {
    expect(Math.abs(value - expected[cell]!)).toBeLessThan(2e-8 * (1 + Math.abs(value)))
  }
}

describe.each(CASES)('%s', (name, text, shapes, shape, symbols = {}) => {
  const isPositive = POSITIVE.has(name)
  const operands: Arrays = Object.fromEntries(
    Object.entries(shapes).map(([array, axes], seed) => [
      array,
      separated(axes, seed + 1, isPositive),
    ]),
  )
  const parsed = parseLine(text, Object.keys(shapes))
  const line = instantiate(parsed, { shapes, symbols, shape })
  const cotangent = random(shape, 5)
  const run = (of: Line, arrays: Arrays, axes: readonly number[]) =>
    evaluateLine(of, { operands: arrays, symbols: {}, shape: axes })

  test.each(Object.keys(shapes))('∂/∂%s, orders 1 and 2', (wrt) => {
    const x = operands[wrt]!
    const first = adjointLine(line, wrt, { cotangent: 'γ' })
    const withCotangent: Arrays = { ...operands, γ: cotangent }
    const value = (at: Values) => dot(run(line, { ...operands, [wrt]: at }, shape), cotangent.data)
    expectClose(run(first, withCotangent, x.shape), gradient(value, x))

    const direction = random(x.shape, 9)
    for (const again of Object.keys(withCotangent)) {
      const second = adjointLine(first, again, { cotangent: 'δ' })
      const y = withCotangent[again]!
      const slope = (at: Values) =>
        dot(run(first, { ...withCotangent, [again]: at }, x.shape), direction.data)
      const exact = run(second, { ...withCotangent, δ: direction }, y.shape)
      expectClose(exact, gradient(slope, y))
    }
  })

  test('text of the adjoint parses back', () => {
    for (const wrt of Object.keys(shapes)) {
      const adjoint = adjointLine(parsed, wrt, { cotangent: 'γ', result: 'δ' })
      expect(parseLine(formatLine(adjoint), [...Object.keys(shapes), 'γ'])).toEqual(adjoint)
    }
  })
})

describe('the families are closed: a member’s adjoint is another member, letter for letter', () => {
  const written = (name: keyof typeof LINES, operands: string[]) =>
    formatLine(parseLine(LINES[name], operands))
  const adjoint = (
    name: keyof typeof LINES,
    operands: string[],
    wrt: string,
    ...rest: string[]
  ) => {
    const [cotangent, result, ...letters] = rest as [string, string]
    const names = [undefined, ...letters]
    return formatLine(
      adjointLine(parseLine(LINES[name], operands), wrt, {
        cotangent,
        result,
        ...(letters.length > 0 ? { names } : {}),
      }),
    )
  }
  const convolution = written('conv2d', ['x', 'w', 'b']).replace('b_f + ', '')
  const primed = (text: string) =>
    text.replaceAll(/\ba(?=[-≤])/g, 'u′').replaceAll(/\bb(?=[-≤])/g, 'v′')

  test('conv2d', () => {
    expect(adjoint('conv2d', ['x', 'w', 'b'], 'x', 'y', 'x', 'k', 'h', 'l')).toBe(
      written('conv2dInput', ['y', 'w']),
    )
    expect(adjoint('conv2d', ['x', 'w', 'b'], 'w', 'y', 'w')).toBe(
      written('conv2dFilter', ['x', 'y']),
    )
    expect(adjoint('conv2dInput', ['y', 'w'], 'y', 'x', 'y')).toBe(convolution)
    expect(
      adjoint('conv2dFilter', ['x', 'y'], 'y', 'w', 'y').replace(/(w_\S+) (x_\S+)/, '$2 $1'),
    ).toBe(convolution)
  })

  test('maxPool2d', () => {
    expect(adjoint('maxPool2d', ['x'], 'x', 'g', 'y', 'h', 'l')).toBe(
      primed(written('maxPool2dInput', ['x', 'g'])),
    )
    expect(adjoint('maxPool2dInput', ['x', 'g'], 'g', 'g', 'y')).toBe(
      written('maxPool2dGather', ['x', 'g']),
    )
    expect(adjoint('maxPool2dGather', ['x', 'g'], 'g', 'g', 'y', 'h', 'l')).toBe(
      written('maxPool2dInput', ['x', 'g']),
    )
  })

  test('avgPool2d', () => {
    expect(adjoint('avgPool2d', ['x'], 'x', 'g', 'y', 'h', 'l')).toBe(
      written('avgPool2dInput', ['g']),
    )
  })
})

describe('what an adjoint looks like', () => {
  const adjoint = (text: string, wrt: string, operands = ['x', 'a', 'b', 't', 'y']) =>
    formatLine(adjointLine(parseLine(text, operands), wrt))
  test.each([
    ['y = a b', 'a', 'ā = ȳ b'],
    ['y = a / b', 'b', 'b̄ = -ȳ a / b^2'],
    ['y = [x > 0] x', 'x', 'x̄ = [x > 0] ȳ'],
    ['y = max(a, b)', 'a', 'ā = [a ≥ b] ȳ'],
    ['y = max(a, b)', 'b', 'b̄ = [b > a] ȳ'],
    ['y = [a > b]', 'a', 'ā = 0'],
    ['y_{i,j} = x_i^0', 'x', 'x̄_i = 0'],
    ['y_i = Σ_k [k = 2i] x_k', 'x', 'x̄_k = Σ_i [k = 2 i] ȳ_i'],
    ['y_i = x_{i-1}', 'x', 'x̄_t = ȳ_{t+1}'],
    ['y_i = x_{4-i}', 'x', 'x̄_t = ȳ_{4-t}'],
    ['y_{j,i} = x_{i,j}', 'x', 'x̄_{i,j} = ȳ_{j,i}'],
    ['y_t = x_{t,t}', 'x', 'x̄_{t,r} = [r = t] ȳ_t'],
    ['z_t = x_{2t}', 'x', 'x̄_r = Σ_t [r = 2 t] z̄_t'],
    ['z_i = Σ_{k≤3} x_k', 'x', 'x̄_k = Σ_i [k ≤ 3] z̄_i'],
  ])('%s by %s: %s', (text, wrt, expected) => {
    const operands = ['x', 'a', 'b', 'y'].filter((name) => !text.startsWith(name))
    expect(adjoint(text, wrt, operands)).toBe(expected.normalize('NFC'))
  })

  test('given letters push the line’s own aside', () => {
    const line = parseLine('y_i = Σ_k x_{i-1} w_{i,k}', ['x', 'w'])
    expect(formatLine(adjointLine(line, 'x', { names: ['i'] }))).toBe(
      'x̄_i = Σ_k ȳ_{i+1} w_{i+1,k}'.normalize('NFC'),
    )
  })
})
