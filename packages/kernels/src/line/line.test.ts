// The generic kernel against the interpreter: ops as a user would write them, and the line of every
// op of the tables as if the op came from elsewhere.
import { apply, defineOp, evaluate, Graph, type Node, type Op, type Shape } from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { type CompileOptions, compile } from '../compile.ts'
import { cases } from '../testing/cases/all.ts'
import { type OpName, prepare } from '../testing/cases/case.ts'

const BACKENDS = ['js', 'wasm'] as const

function agree(found: ArrayLike<number>, wanted: Float64Array, digits: number, what: string): void {
  wanted.forEach((value, k) => {
    if (Number.isFinite(value)) expect(found[k]!, `${what}, ${k}`).toBeCloseTo(value, digits)
    else expect(found[k], `${what}, ${k}`).toBe(value)
  })
}

const LEAVES: readonly string[] = ['input', 'parameter', 'constant']
const names = (Object.keys(cases) as OpName[]).filter((name) => !LEAVES.includes(name))

test.each(names)('%s by its line', (name) => {
  const all = cases[name]
  const few = all.filter((_, k) => k % Math.ceil(all.length / 4) === 0)
  for (const each of few) {
    const { node, feeds } = prepare(each)
    const copy: Op = { ...node.op }
    const twin = node.graph.record(copy, node.args, node.params)
    const wanted = evaluate(twin, feeds)
    for (const backend of BACKENDS) {
      const program = compile([twin], { backend, dtype: 'float64', laws: [], poison: true })
      agree(program.run(feeds)[0]!, wanted, 10, `${name}, ${each.title}, ${backend}`)
      const by = new Set(program.explain().steps.map((step) => step.backend))
      // Medians order their candidates, which no loop here does.
      const isMedian = name.startsWith('median')
      const isChecked = backend === 'wasm' && copy.values !== undefined
      expect([...by].at(-1), name).toBe(isMedian ? 'interpreter' : isChecked ? 'js' : backend)
    }
  }
})

interface Own {
  readonly operands: Readonly<Record<string, string>>
  readonly line: string
  readonly axes?: string
  readonly shapes: Readonly<Record<string, Shape>>
  readonly feeds: Readonly<Record<string, readonly number[]>>
}

const row = (count: number, of: (k: number) => number): number[] =>
  Array.from({ length: count }, (_, k) => of(k))
const wave = (count: number): number[] => row(count, (k) => Math.sin(3 * k + 1) * 2)
const x23: Pick<Own, 'shapes' | 'feeds'> = { shapes: { x: [2, 3] }, feeds: { x: wave(6) } }

/** What people define: sums in denominators, masks, winners, tables, places that are computed. */
const OWN: Readonly<Record<string, Own>> = {
  'the root of a mean square': {
    ...x23,
    operands: { x: 'n,m' },
    line: 'y_{i,j} = x_{i,j} / √(Σ_k x_{i,k}^2 / m + 1/100000)',
    axes: 'n,m',
  },
  'columns against rows': {
    ...x23,
    operands: { x: 'n,m' },
    line: 'y_{i,j} = x_{i,j} / (1 + Σ_k |x_{k,j}|) - max_k x_{i,k} + Σ_{k,l} x_{k,l}',
    axes: 'n,m',
  },
  'a quotient that a bracket keeps from 0/0': {
    operands: { x: 'n' },
    line: 'y_i = Σ_j [x_j ≠ x_i] (sin(x_j) - sin(x_i)) / (x_j - x_i)',
    axes: 'n',
    shapes: { x: [4] },
    feeds: { x: [1, 2, 1, Number.POSITIVE_INFINITY] },
  },
  'reads outside a box, and a maximum that passes over them': {
    operands: { x: 'n' },
    line: 'y_i = max_{u≤3} x_{i+u-2} + Σ_{u≤3} u x_{i+u-2} / (i + u)',
    axes: 'n',
    shapes: { x: [5] },
    feeds: { x: [-3, -1, -4, -1, -5] },
  },
  'a winner': {
    ...x23,
    operands: { x: 'n,m' },
    line: 'y_{i,j} = [j = argmax_k x_{i,k}] exp(x_{i,j}) + min_k x_{k,j}',
    axes: 'n,m',
  },
  'places that are values, one of them outside': {
    operands: { x: 'n', p: 'm' },
    line: 'y_i = x_{p_i + 1} + x_{⌊i/2⌋} [p_i < 2]',
    axes: 'm',
    shapes: { x: [3], p: [4] },
    feeds: { x: [5, 7, 11], p: [2, 0, 1.5, 9] },
  },
  'ends that move, remainders, rounding': {
    operands: { x: 'n' },
    line: 'y_i = Σ_{k≤i} log1p(x_k^2) + ⌈x_i⌉ - (i mod 3) x_i^i + sign(x_i) erf(x_i)',
    axes: 'n',
    shapes: { x: [6] },
    feeds: { x: [1e-9, -1.5, 0, 2.25, -0.3, 3e8] },
  },
  'what is neither finite nor counted': {
    operands: { x: 'n' },
    line: 'y_i = max_k x_k + [i = 2] x_i + x_i^2 / x_i + tanh(x_i) cos(x_1) + √(|x_i|)',
    axes: 'n',
    shapes: { x: [4] },
    feeds: { x: [Number.NaN, 2, Number.NEGATIVE_INFINITY, 0] },
  },
  'no axes, and π': {
    ...x23,
    operands: { x: 'n,m' },
    line: 'y = π Σ_{i,j} x_{i,j} min(x_{i,j}, 1)',
    axes: '',
  },
}

const owned = ({ operands, line, axes, shapes, feeds }: Own): [Node, Own['feeds']] => {
  const graph = new Graph()
  const vjp = Object.fromEntries(Object.keys(operands).map((letter) => [letter, null]))
  const op = defineOp({
    ...{ name: 'own', operands, line, vjp, latex: () => ({ text: 'own', binds: 'atom' }) },
    ...(axes === undefined ? {} : { axes }),
  } as never)
  const args = Object.entries(shapes).map(([name, shape]) => graph.input(name, shape))
  return [apply(op, args), feeds]
}

describe.each(Object.keys(OWN))('%s', (title) => {
  const modes: CompileOptions[] = BACKENDS.flatMap((backend) => [
    { backend, dtype: 'float64', poison: true },
    { backend, dtype: 'float32' },
  ])
  test.each(modes)('%j', (mode) => {
    const [node, feeds] = owned(OWN[title]!)
    const program = compile([node], mode)
    const digits = mode.dtype === 'float32' ? 4 : 12
    const exact = mode.dtype === 'float64'
    const rounded = Object.fromEntries(
      Object.entries(feeds).map(([name, values]) => [name, [...Float32Array.from(values)]]),
    )
    const wanted = evaluate(node, exact ? feeds : rounded)
    const found = program.run(exact ? feeds : rounded)[0]!
    agree(
      exact ? found : Float64Array.from(found, Math.fround),
      exact ? wanted : Float64Array.from(wanted, Math.fround),
      digits,
      title,
    )
    for (const step of program.explain().steps) expect(step.backend, step.kernel).toBe(mode.backend)
  })
})

test('a sum over what no letter of the loop is in is found once', () => {
  const n = 400
  const operands = { x: 'n,m' }
  const line = 'y_{i,j} = x_{i,j} / (Σ_k x_{k,j}^2 + Σ_{k,l} x_{k,l}^2)'
  const [node] = owned({ operands, line, axes: 'n,m', shapes: { x: [n, n] }, feeds: {} })
  const [step] = compile([node], { backend: 'wasm' }).explain().steps
  // Three operations an entry of the result, three a square: not a sum for every entry.
  expect(step!.flops).toBeLessThan(10 * n * n)
})
