// A derivation as a person reads it: plain text, LaTeX, or Markdown whose formulas a checker reads.
import { optionError } from '@backprove/graph'
import type { Verdict } from '../verdict/verdict.ts'
import type { DerivationStep } from './derivation.ts'

/** How `formatDerivation` writes: for a terminal, LaTeX, or Markdown that `check` reads. */
export type DerivationFormat = 'text' | 'latex' | 'markdown'

/** `proved for all sizes, except at ties`. */
export const saidOf = (verdict: Verdict): string => {
  if (verdict.kind === 'budget') return 'not decided'
  if (verdict.kind === 'ill-formed') return 'not read'
  if (verdict.kind !== 'proved') return verdict.kind
  const except = verdict.excluded.length > 0 ? `, except at ${verdict.excluded.join(', ')}` : ''
  return `proved${verdict.scope === 'shape' ? '' : ` for ${verdict.extent}`}${except}`
}

/** The step as lines of `left = right`, the chain rule first. */
export const linesOf = (step: DerivationStep): string[] => {
  const { before, definitions } = step
  const parts = definitions.map(({ text }) => `  where ${text}`)
  const indent = ' '.repeat([...before].length)
  const sides = sidesOf(step).map(({ text }, k) => `${k === 0 ? before : indent} = ${text}`)
  return [...sides, ...parts]
}

/** What the derivative is, side by side: the chain rule, what it comes to, and that in short. */
const sidesOf = ({ equation, chain, underTargets }: DerivationStep) => [
  ...(chain ? [chain] : []),
  equation.right,
  ...(underTargets ? [underTargets] : []),
]

const aligned = (step: DerivationStep): string => {
  const { equation } = step
  const sides = sidesOf(step).map(({ latex }) => `&= ${latex}`)
  return [`${equation.left.latex} ${sides.join(lineEnd)}`, ...definedIn(step)].join(lineEnd)
}

const lineEnd = ' \\\\\n  '

/** `v &= …`, a line each. */
const definedIn = ({ definitions }: DerivationStep): string[] =>
  definitions.map(({ latex }) => latex.replace(' = ', ' &= '))

const passesInLatex = ({ passes }: DerivationStep): string =>
  passes.map(({ latex }) => `$${latex}$`).join(' and ')

const reasonOf = (step: DerivationStep): string => {
  const { passes, rule } = step
  if (passes.length === 0) return `${rule[0]!.toUpperCase()}${rule.slice(1)}`
  const through = passesInLatex(step)
  return passes.length === 1 ? `Through ${through}` : `${passes.length} paths join: ${through}`
}

const formats: Readonly<Record<DerivationFormat, (step: DerivationStep, at: number) => string>> = {
  text: (step, at) => {
    const [first, ...rest] = linesOf(step)
    const below = [...rest, `${step.rule}; ${saidOf(step.verdict)}`]
    return [`${at}. ${first}`, ...below.map((line) => `   ${line}`)].join('\n')
  },
  latex: (step) => `${reasonOf(step)}:\n\\begin{align*}\n  ${aligned(step)}\n\\end{align*}`,
  markdown: (step, at) => {
    const { equation, chain, underTargets, verdict } = step
    const { left, right } = equation
    const last = [`${left.latex} &= ${right.latex}`, ...definedIn(step)]
    const lines = [
      ...(chain ? [`$$${left.latex} = ${chain.latex}$$`] : []),
      last.length === 1
        ? `$$${left.latex} = ${right.latex}$$`
        : `$$\\begin{aligned}\n  ${last.join(lineEnd)}\n\\end{aligned}$$`,
    ]
    if (underTargets) lines.push(`$$${left.latex} = ${underTargets.latex}$$`)
    return [`${at}. ${reasonOf(step)} (${saidOf(verdict)}):`, ...lines].join('\n\n')
  },
}

/** The steps in order, numbered; each with what it passes and what was proved of it. */
export const formatDerivation = (
  steps: readonly DerivationStep[],
  format: DerivationFormat = 'text',
): string => {
  if (!Object.hasOwn(formats, format)) {
    throw optionError('formatDerivation', 'format', format, "'text', 'latex' or 'markdown'")
  }
  return steps.map((step, at) => formats[format](step, at + 1)).join('\n\n')
}
