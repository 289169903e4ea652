// What docs/ops.md says of ops and compositions: their lines, their options, their derivatives as
// they print or as textbooks have them, and what the verifier makes of those.
import * as g from '@backprove/graph'
import { verify } from '@backprove/verify'
import type { Literal } from '../../packages/graph/src/testing/literal.ts'
import { literals } from '../../packages/graph/src/testing/literals.ts'

/** A row: cells of Markdown, and what the verifier makes of it, which takes a moment. */
export interface Row {
  readonly cells: readonly string[]
  readonly verdict?: () => Verdict
}
export type Verdict = 'all sizes' | 'some sizes' | 'this size' | 'agrees' | 'none' | 'unread'

const library = g as unknown as Record<string, (...given: unknown[]) => g.Node>

/** Ops that derivatives are made of, which no function of a user's records by itself. */
const INSIDE = Object.keys(literals).filter((name) => !Object.hasOwn(g, name))

/** What an option error says that there is. */
export function optionsOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    const found = /; it has ([\w, ]+)/.exec((error as Error).message)
    if (found) return found[1]!
  }
  return ''
}

/** The shape of nested lists. */
const shapeOf = (numbers: unknown): number[] =>
  Array.isArray(numbers) ? [numbers.length, ...shapeOf(numbers[0])] : []

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``

const listed = (options: string): string => (options ? code(options) : '—')

function applied(name: string) {
  const { args: given, record } = (literals as Record<string, Literal>)[name]!
  const op = (g.ops as Record<string, g.Op>)[name]!
  const graph = new g.Graph()
  const letters = g.operandNames(op, given.length)
  const args = given.map((numbers, k) => graph.input(letters[k]!, shapeOf(numbers)))
  const y = record(...args)
  const line = g.lineText(op, y.params, g.shapesOf(op, y.args))
  return { graph, op, letters, args, y, line }
}

/** A name for the result, and one for its cotangent, that no operand has. */
const free = (graph: g.Graph, ...names: string[]): string =>
  names.find((name) => !graph.named.has(name))!

/** One row for each op that a function of the library records, one line for each derivative. */
export const opRows = (): Row[] =>
  Object.keys(literals)
    .filter((name) => !INSIDE.includes(name))
    .map((name) => {
      const { graph, op, letters, args, y, line } = applied(name)
      const result = /^[^\s_=]+/.exec(line)![0]
      const cost = g.sum(g.mul(graph.input(free(graph, 'g', 'q'), y.shape), y)).as('L')
      if (!graph.named.has(result)) y.as(result)
      const rules = letters.map((letter) => op.vjp[op.traits?.variadic ? 'operand' : letter])
      const slopes = args.flatMap((arg, k) => (rules[k] ? [g.grad(cost, arg)] : []))
      const derivatives = slopes.map((slope) => sidesOf(g.formula(slope)))
      const texts = derivatives.map(([left, ...right]) => code(`${left} = ${right[0]}`))
      return {
        cells: [code(name), code(line), optionsFor(name, args), texts.join('<br>') || '0'],
        verdict: () => worst(slopes.map((slope) => verdictOf(cost, slope))),
      }
    })

/** The ops of `INSIDE`: name and line. */
export const insideRows = (): Row[] =>
  INSIDE.map((name) => ({ cells: [code(name), code(applied(name).line)] }))

const optionsFor = (name: string, args: readonly g.Node[]): string => {
  const isConvolution = name === 'conv2d' || name === 'convolve2d'
  const operands = name === 'concat' ? [args] : isConvolution ? args.slice(0, 2) : args
  return listed(optionsOf(() => library[name]!(...operands, { ' ': 0 })))
}

/** What stands on each side of the equals signs outside of all brackets. */
function sidesOf(formula: string): string[] {
  const sides = ['']
  let depth = 0
  const [line = ''] = formula.split('\n')
  for (const part of line.split(/( = |[([{}\])])/)) {
    if (part === ' = ' && depth === 0) sides.push('')
    else sides[sides.length - 1] += part
    if (/^[([{]$/.test(part)) depth++
    if (/^[)\]}]$/.test(part)) depth--
  }
  return sides
}

/** The derivative as it prints, entry by entry, read back and proved. */
function verdictOf(cost: g.Node, slope: g.Node): Verdict {
  const [left, ...right] = sidesOf(g.formula(slope, { form: 'index' }))
  return judged(cost, `${left} = ${right.at(-1)}`)
}

const SCOPES = {
  'all-sizes': 'all sizes',
  'some-sizes': 'some sizes',
  shape: 'this size',
} as const

function judged(cost: g.Node, claim: string): Verdict {
  const verdict = verify(cost, claim)
  if (verdict.kind === 'proved') return SCOPES[verdict.scope]
  if (verdict.kind === 'agrees') return 'agrees'
  if (verdict.kind === 'refuted') throw new Error(`${claim} is refuted`)
  return 'unread'
}

const ORDER: readonly Verdict[] = ['all sizes', 'some sizes', 'this size', 'agrees', 'unread']
const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.length === 0 ? 'none' : ORDER[Math.max(...verdicts.map((v) => ORDER.indexOf(v)))]!

interface Composition {
  /** The operands' names, and their shapes. */
  readonly args: Readonly<Record<string, readonly number[]>>
  /** What the function is given besides. */
  readonly options?: object
  /** The value, named y with these letters, or C where it is a number. */
  readonly letters?: string
  readonly says: readonly string[]
}

const x = { x_i: [3] }
const rows = { 'x_{ij}': [2, 3] }
const pair = { y_i: [3], t_i: [3] }

/** The cotangent of y is g; a cost is C itself. */
const COMPOSITIONS: Readonly<Record<string, Composition>> = {
  silu: { args: x, says: ['y_i = x_i σ(x_i)', '∂C/∂x_i = g_i σ(x_i) (1 + x_i (1 - σ(x_i)))'] },
  gelu: {
    args: x,
    says: [
      'y_i = (x_i/2) (1 + erf(x_i/√2))',
      '∂C/∂x_i = g_i ((1 + erf(x_i/√2))/2 + x_i e^{-x_i^2/2}/√(2 π))',
    ],
  },
  selu: {
    args: x,
    says: ['∂C/∂x_i = 1.0507009873554805 g_i ([x_i > 0] + [x_i ≤ 0] 1.6732632423543772 e^{x_i})'],
  },
  mish: {
    args: x,
    says: [
      'y_i = x_i tanh(log(1 + e^{x_i}))',
      '∂C/∂x_i = g_i (tanh(log(1 + e^{x_i})) + x_i (1 - tanh(log(1 + e^{x_i}))^2) σ(x_i))',
    ],
  },
  softsign: {
    args: x,
    says: ['y_i = x_i/(1 + |x_i|)', '∂C/∂x_i = g_i (1 - y_i sign(x_i))/(1 + |x_i|)'],
  },
  logSigmoid: { args: x, says: ['y_i = -log(1 + e^{-x_i})', '∂C/∂x_i = g_i (1 - σ(x_i))'] },
  relu6: { args: x, says: ['y_i = min(max(x_i, 0), 6)', '∂C/∂x_i = [0 ≤ x_i ≤ 6] g_i'] },
  hardTanh: { args: x, says: ['y_i = min(max(x_i, -1), 1)', '∂C/∂x_i = [-1 ≤ x_i ≤ 1] g_i'] },
  hardSigmoid: {
    args: x,
    says: ['y_i = min(max(x_i + 3, 0), 6)/6', '∂C/∂x_i = [-3 ≤ x_i ≤ 3] g_i/6'],
  },
  hardSwish: {
    args: x,
    says: [
      'y_i = x_i min(max(x_i + 3, 0), 6)/6',
      '∂C/∂x_i = g_i (min(max(x_i + 3, 0), 6) + [-3 ≤ x_i ≤ 3] x_i)/6',
    ],
  },
  clamp: { args: x, says: ['y_i = min(max(x_i, -1), 2)', '∂C/∂x_i = [-1 ≤ x_i ≤ 2] g_i'] },
  min: {
    args: rows,
    options: { axes: 1 },
    says: ['y_i = min_j x_{ij}', '∂C/∂x_{ij} = [j = argmin_k x_{ik}] g_i'],
  },
  variance: {
    args: x,
    letters: '',
    says: ['y = 1/3 Σ_i (x_i - 1/3 Σ_k x_k)^2', '∂C/∂x_i = 2/3 g (x_i - 1/3 Σ_k x_k)'],
  },
  cosineSimilarity: {
    args: { a_i: [3], b_i: [3] },
    letters: '',
    says: [
      'y = Σ_i a_i b_i/(√(Σ_j a_j^2) √(Σ_k b_k^2))',
      '∂C/∂a_i = g (b_i/(√(Σ_j a_j^2) √(Σ_k b_k^2)) - y a_i/Σ_j a_j^2)',
    ],
  },
  convTranspose2d: {
    args: { 'x_{kij}': [1, 2, 2], 'w_{kfuv}': [1, 1, 2, 2] },
    letters: 'fij',
    says: ['∂C/∂x_{kij} = Σ_{f,u,v} g_{f,i+u-1,j+v-1} w_{kfuv}'],
  },
  conv1d: {
    args: { 'x_{ci}': [2, 4], 'w_{fcu}': [2, 2, 2] },
    letters: 'fi',
    says: ['y_{fi} = Σ_{c,u} x_{c,i+u-1} w_{fcu}', '∂C/∂w_{fcu} = Σ_i g_{fi} x_{c,i+u-1}'],
  },
  bilinear: {
    args: { 'x_{ij}': [1, 2] },
    options: { size: [1, 4] },
    letters: 'ij',
    says: ['y_{12} = 3/4 x_{11} + 1/4 x_{12}'],
  },
  meanSquaredError: {
    args: pair,
    says: ['C = 1/3 Σ_i (y_i - t_i)^2', '∂C/∂y_i = 2/3 (y_i - t_i)'],
  },
  meanAbsoluteError: {
    args: pair,
    says: ['C = 1/3 Σ_i |y_i - t_i|', '∂C/∂y_i = 1/3 sign(y_i - t_i)'],
  },
  huber: { args: pair, says: ['∂C/∂y_i = 1/3 min(max(y_i - t_i, -1), 1)'] },
  logCosh: { args: pair, says: ['∂C/∂y_i = 1/3 tanh(y_i - t_i)'] },
  hinge: {
    args: pair,
    says: ['C = 1/3 Σ_i max(0, 1 - t_i y_i)', '∂C/∂y_i = -1/3 [t_i y_i < 1] t_i'],
  },
  binaryCrossEntropy: { args: { z_i: [3], t_i: [3] }, says: ['∂C/∂z_i = 1/3 (σ(z_i) - t_i)'] },
  klDivergence: {
    args: { z_i: [3], t_i: [3] },
    says: ['∂C/∂z_i = Σ_k t_k e^{z_i}/Σ_k e^{z_k} - t_i'],
  },
}

/** One row for each composition. */
export const compositionRows = (): Row[] =>
  Object.entries(COMPOSITIONS).map(([name, { args: shapes, options, letters = 'i', says }]) => {
    const graph = new g.Graph()
    const args = Object.entries(shapes).map(([letter, shape]) => graph.input(letter, shape))
    const extra = name === 'clamp' ? [-1, 2] : options ? [options] : []
    const made = library[name]!(...args, ...extra)
    const under = letters === '' ? '' : `_{${letters}}`
    const isCost = made.shape.length === 0 && letters !== ''
    const cost = isCost
      ? made.as('C')
      : g.sum(g.mul(graph.input(`g${under}`, made.shape), made.as(`y${under}`))).as('C')
    return {
      cells: [
        code(name),
        listed(optionsOf(() => library[name]!(...args, { ' ': 0 }))),
        says.map(code).join('<br>'),
      ],
      verdict: () => worst(says.map((claim) => judged(cost, claim))),
    }
  })
