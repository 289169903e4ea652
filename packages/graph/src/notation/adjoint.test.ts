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
} from './index.ts'
import { random, values } from './testing.ts'

const K = 'C⌊(f-1)/F⌋+c'
const H = 's(i-1)+d(u-1)+1-p'
const V = 's′(j-1)+d′(v-1)+1-p′'
const WINDOW = `${H},${V}`
const OTHER = 's(i-1)+d(a-1)+1-p,s′(j-1)+d′(b-1)+1-p′'
const winner = (kind: string) => `[u,v = ${kind}_{a≤m,b≤n} x_{…,${OTHER}}]`
const LINES = {
  conv2d: `y_{…,f,i,j} = b_f + Σ_{c,u,v} x_{…,${K},${WINDOW}} w_{f,c,u,v}`,
  conv2dInput:
    `x_{…,k,h,l} = Σ_{f,i,j,c,u,v} [k = ${K}, h = ${H}, l = ${V}] ` + 'y_{…,f,i,j} w_{f,c,u,v}',
  conv2dFilter: `w_{f,c,u,v} = Σ_{…,i,j} y_{…,f,i,j} x_{…,${K},${WINDOW}}`,
  maxPool2d: `y_{…,i,j} = max_{u≤m,v≤n} x_{…,${WINDOW}}`,
  maxPool2dInput:
    `y_{…,h,l} = Σ_{i,j,u≤m,v≤n} [h = ${H}, l = ${V}] ` + `${winner('argmax')} g_{…,i,j}`,
  maxPool2dGather: `y_{…,i,j} = Σ_{u≤m,v≤n} ${winner('argmax')} g_{…,${WINDOW}}`,
  avgPool2d: `y_{…,i,j} = Σ_{u≤m,v≤n} x_{…,${WINDOW}} / (m n)`,
  avgPool2dInput: `y_{…,h,l} = Σ_{i,j,u≤m,v≤n} [h = ${H}, l = ${V}] g_{…,i,j} / (m n)`,
}

const CONV = { C: 1, F: 2, s: 2, 's′': 1, d: 1, 'd′': 2, p: 1, 'p′': 1, m: 2, n: 2 }
const POOL = { s: 1, 's′': 2, d: 1, 'd′': 1, p: 1, 'p′': 0, m: 2, n: 2 }

type Case = [
  name: string,
  line: string,
  operands: Record<string, readonly number[]>,
  shape: readonly number[],
  symbols?: Record<string, number>,
]

/** Away from 0 and from each other: no kink within the step of a difference. */
const POSITIVE = new Set(['log', '√', 'power of both', 'quotient'])

const CASES: readonly Case[] = [
  ['add', 'y = a + b', { a: [2, 3], b: [3] }, [2, 3]],
  ['mul', 'y = a b', { a: [2, 1], b: [3] }, [2, 3]],
  ['quotient', 'y = a / b', { a: [2, 1], b: [1, 3] }, [2, 3]],
  ['where', 'y = [c ≠ 0] a + [c > 0] b', { c: [4], a: [4], b: [1] }, [4]],
  ['maximum', 'y = max(a, b) - min(a, b^2)', { a: [5], b: [5] }, [5]],
  ['cube', 'y = x^n + x^0 + x^1', { x: [4] }, [4], { n: 3 }],
  ['power of both', 'y = a^b', { a: [3], b: [3] }, [3]],
  ['log', 'y = log(x)', { x: [4] }, [4]],
  ['√', 'y = √(x)', { x: [4] }, [4]],
  ['abs', 'y = |x| sign(x) + ⌊x⌋ + ⌈x⌉', { x: [4] }, [4]],
  ['modulo', 'y = a mod b', { a: [4], b: [4] }, [4]],
  ['sigmoid', 'y = 1/(1 + e^{-x})', { x: [4] }, [4]],
  ['tanh', 'y = tanh(x)', { x: [4] }, [4]],
  ['relu', 'y = [x > 0] x', { x: [5] }, [5]],
  ['elu', 'y = [x > 0] x + [x ≤ 0] α(e^x - 1)', { x: [5] }, [5], { α: 0.7 }],
  ['softplus', 'y = log(1 + e^x)', { x: [4] }, [4]],
  ['swish', 'y = x / (1 + exp(-x))', { x: [4] }, [4]],
  ['softmax', 'y_{i,k} = e^{x_{i,k}} / Σ_l e^{x_{i,l}}', { x: [2, 3] }, [2, 3]],
  ['stable softmax', STABLE(), { x: [2, 3] }, [2, 3]],
  ['logSoftmax', 'y_{k,i} = x_{k,i} - log(Σ_l e^{x_{l,i}})', { x: [3, 2] }, [3, 2]],
  ['conv2d', LINES.conv2d, { x: [2, 2, 4, 3], w: [4, 1, 3, 2], b: [4] }, [2, 4, 2, 3], CONV],
  ['conv2dInput', LINES.conv2dInput, { y: [4, 2, 3], w: [4, 1, 3, 2] }, [2, 4, 3], CONV],
  ['conv2dFilter', LINES.conv2dFilter, { y: [4, 2, 3], x: [2, 4, 3] }, [4, 1, 3, 2], CONV],
  ['convolve2d', FLIPPED(), { x: [2, 4, 3], w: [4, 1, 2, 2] }, [4, 2, 3], CONV],
  ['maxPool2d', LINES.maxPool2d, { x: [2, 3, 4] }, [2, 4, 2], POOL],
  ['maxPool2dInput', LINES.maxPool2dInput, { x: [3, 4], g: [4, 2] }, [3, 4], POOL],
  ['maxPool2dGather', LINES.maxPool2dGather, { x: [3, 4], g: [3, 4] }, [4, 2], POOL],
  ['median', MEDIAN(), { x: [4, 4] }, [4, 2], POOL],
  ['avgPool2d', LINES.avgPool2d, { x: [2, 3, 4] }, [2, 4, 2], POOL],
  ['avgPool2dInput', LINES.avgPool2dInput, { g: [4, 2] }, [3, 4], POOL],
  ['l2Pool2d', `y_{…,i,j} = √(Σ_{u≤m,v≤n} x_{…,${WINDOW}}^2)`, { x: [3, 4] }, [3, 2], POOL],
  ['dense', 'y_{n,k} = b_k + Σ_… w_{k,…} x_{n,…}', { x: [2, 2, 3], w: [4, 2, 3], b: [4] }, [2, 4]],
  ['matmul', 'y_{…,i,j} = Σ_k a_{…,i,k} b_{…,k,j}', { a: [2, 2, 3], b: [3, 2] }, [2, 2, 2]],
  ['trace', 'C = Σ_i x_{i,i}', { x: [3, 3] }, []],
  ['flatten', 'y_r = Σ_{h,w} [r = W(h-1)+w] x_{h,w}', { x: [2, 3] }, [6], { W: 3 }],
  ['reshape', 'y_{i,j} = x_{⌊(2(i-1)+j-1)/3⌋+1,(2(i-1)+j-1) mod 3+1}', { x: [2, 3] }, [3, 2]],
  ['transpose', 'y_{j,k,i} = x_{i,j,k}', { x: [2, 3, 2] }, [3, 2, 2]],
  ['concat', 'y_{i,j} = a_{i,j} + b_{i-2,j}', { a: [2, 2], b: [1, 2] }, [3, 2]],
  ['slice', 'y_{i,j} = x_{i+1,2(j-1)+3}', { x: [3, 6] }, [2, 2]],
  ['pad', 'y_{i,j} = x_{i-1,j-2} + 7(1 - [1 ≤ i-1 ≤ 2])', { x: [2, 2] }, [4, 5]],
  ['flip', 'y_{i,j} = x_{i,4-j}', { x: [2, 3] }, [2, 3]],
  ['rot180', 'y_{…,i,j} = x_{…,m+1-i,n+1-j}', { x: [2, 2, 3] }, [2, 2, 3], { m: 2, n: 3 }],
  ['upsample', 'y_{…,i,j} = x_{…,⌈i/s⌉,⌈j/s′⌉}', { x: [2, 2] }, [4, 6], { s: 2, 's′': 3 }],
  ['sum', 'y_{i,1} = Σ_j x_{i,j}', { x: [2, 3] }, [2, 1]],
  ['max', 'y_i = max_j x_{i,j} + min_j x_{i,j}', { x: [2, 3] }, [2]],
  ['max of a pack', 'C = max_… x', { x: [1, 3] }, []],
  ['product of sums', 'C = (Σ_i x_i) (Σ_i x_i) Σ_i x_i^2', { x: [3] }, []],
  ['shadowed letters', 'y_i = x_i Σ_i x_i Σ_i x_i', { x: [3] }, [3]],
  ['squaredError', 'C = 1/2 Σ_… (t - y)^2', { y: [2, 3], t: [2, 3] }, []],
  ['crossEntropy', ENTROPY(), { z: [2, 3], t: [2, 3] }, []],
]

function STABLE(): string {
  return 'y_{i,k} = e^{x_{i,k} - max_o x_{i,o}} / Σ_l e^{x_{i,l} - max_o x_{i,o}}'
}
function FLIPPED(): string {
  return `y_{…,f,i,j} = Σ_{c,u≤m,v≤n} x_{…,${K},${WINDOW}} w_{f,c,m+1-u,n+1-v}`
}
function MEDIAN(): string {
  const middle = (kind: string) => `${kind}_{u≤m,v≤n} x_{…,${WINDOW}}`
  return `y_{…,i,j} = 1/2 (${middle('lomed')} + ${middle('himed')})`
}
function ENTROPY(): string {
  return 'C = -Σ_{…,k} t_{…,k} log(e^{z_{…,k}} / Σ_l e^{z_{…,l}})'
}

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
