// backprove derive MODEL --wrt w^F: the chain rule, step by step, each step verified. MODEL is
// bookCnn, leNet5, a graph document (.json) or a network in text. Exit codes: 0 every step holds, 1
// some does not.
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Graph, graphFromJSON, type Node } from '@backprove/graph'
import { bookCnn, leNet5 } from '@backprove/nn'
import { buildNetwork, type DerivationStep, derivation, readNetwork } from '@backprove/verify'
import type { Screen } from '../terminal/screen.ts'
import { wrapped } from '../terminal/table.ts'
import { UsageError } from './usage.ts'

const DERIVE_USAGE = `backprove derive MODEL --wrt w^F [--latex]

  MODEL   bookCnn, leNet5, a graph document (.json), or a file with a network in text
  --wrt   the array to differentiate by, as the graph names it
  --latex the formulas as LaTeX
`

const MODELS: Readonly<Record<string, () => Node>> = {
  bookCnn: () => bookCnn().cost,
  leNet5: () => leNet5().cost,
}

/** The cost of a graph document: its node C, or the last one that is a single number. */
const costOf = (graph: Graph): Node => {
  const scalars = [...graph.named.values()].filter(({ shape }) => shape.length === 0)
  const cost = graph.named.get('C') ?? scalars.at(-1)
  if (!cost) throw new UsageError('the graph names no single number as its cost')
  return cost
}

const readModel = async (model: string): Promise<Node> => {
  const known = Object.hasOwn(MODELS, model) ? MODELS[model] : undefined
  if (known) return known()
  const text = await readFile(model, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such model or file' : error.message
    throw new UsageError(`${model}: ${reason}`)
  })
  try {
    if (/^\s*\{/.test(text)) return costOf(graphFromJSON(JSON.parse(text)))
    return buildNetwork(readNetwork(text)).cost
  } catch (error) {
    throw new UsageError(`${model}: ${(error as Error).message}`)
  }
}

const nodeOf = (cost: Node, name: string): Node => {
  try {
    return cost.graph.node(name)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

const isGood = ({ verdict }: DerivationStep) =>
  verdict.kind === 'proved' || verdict.kind === 'agrees'

const indent = '     '

/** What the prover cannot read is not wrong for that. */
const markOf = (step: DerivationStep, screen: Screen): string => {
  if (isGood(step)) return screen.good('✓')
  return step.verdict.kind === 'refuted' ? screen.bad('✗') : screen.dim('?')
}

const said = ({ verdict }: DerivationStep): string => {
  if (verdict.kind === 'budget') return 'not decided'
  if (verdict.kind === 'ill-formed') return 'not read'
  if (verdict.kind !== 'proved') return verdict.kind
  const except = verdict.excluded.length > 0 ? `, except at ${verdict.excluded.join(', ')}` : ''
  return `proved${verdict.scope === 'all-sizes' ? ', all sizes' : ''}${except}`
}

/** @throws UsageError */
export async function derive(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = parsed(args)
  const [model, ...others] = positionals
  if (model === undefined || others.length > 0 || values.wrt === undefined)
    throw new UsageError(`a model and --wrt are needed\n\n${DERIVE_USAGE}`)
  const cost = await readModel(model)
  const steps = derivation(cost, nodeOf(cost, values.wrt))
  for (const [at, step] of steps.entries()) {
    const text = values.latex ? step.latex : `${step.before} = ${step.after}`
    const [first, ...rest] = wrapped(`${at + 1}. ${text}`, screen.columns - indent.length)
    screen.line(`${markOf(step, screen)} ${first}`)
    for (const more of rest) screen.line(indent + more)
    for (const line of wrapped(`${step.rule}; ${said(step)}`, screen.columns - indent.length))
      screen.line(screen.dim(indent + line))
  }
  return steps.every(isGood) ? 0 : 1
}

const parsed = (args: readonly string[]) => {
  const options = { wrt: { type: 'string' }, latex: { type: 'boolean' } } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${DERIVE_USAGE}`)
  }
}
