// What docs/ops.md says of ops and compositions: their lines, their options, their derivatives as
// they print or as textbooks have them, and what the verifier makes of those.
import * as g from '@backprove/graph'
import { verify } from '@backprove/verify'
import type { Literal } from '../../packages/graph/src/testing/literal.ts'
import { literals } from '../../packages/graph/src/testing/literals.ts'
import { COMPOSITIONS } from './compositions.ts'

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

/** One row for each composition. */
export const compositionRows = (): Row[] =>
  Object.entries(COMPOSITIONS).map(([name, composition]) => {
    const { args: shapes, options, letters = 'i', says, call } = composition
    const graph = new g.Graph()
    const args = Object.entries(shapes).map(([letter, shape]) => graph.input(letter, shape))
    const record = (...given: object[]) =>
      call ? call(args, ...given) : library[name]!(...args, ...given)
    const made =
      name === 'clamp' ? library[name]!(...args, -1, 2) : record(...(options ? [options] : []))
    const under = letters === '' ? '' : `_{${letters}}`
    const isCost = made.shape.length === 0 && letters !== ''
    const cost = isCost
      ? made.as('C')
      : g.sum(g.mul(graph.input(`g${under}`, made.shape), made.as(`y${under}`))).as('C')
    return {
      cells: [code(name), listed(optionsOf(() => record({ ' ': 0 }))), says.map(code).join('<br>')],
      verdict: () => worst(says.map((claim) => judged(cost, claim))),
    }
  })
