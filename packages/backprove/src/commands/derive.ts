// backprove derive MODEL --wrt w^F: the chain rule, step by step, each step verified. MODEL is
// whatever read-model.ts reads.
import { basename } from 'node:path'
import { label, type Node, OptionError, sentenceOf } from '@backprove/graph'
import { type DerivationStep, derivation, formatDerivation } from '@backprove/verify'
import { derivationPage } from '@backprove/viewer'
import { Command, Option } from 'commander'
import { jsonOf } from '../terminal/json.ts'
import type { Screen } from '../terminal/screen.ts'
import { wrapped } from '../terminal/table.ts'
import { requirePlace, written } from './files.ts'
import { MODEL, readModel } from './read-model.ts'
import { exitCodes, languageOption, type Shell, UsageError } from './shell.ts'

interface DeriveOptions {
  readonly wrt?: string
  readonly latex?: boolean
  readonly markdown?: boolean
  readonly json?: boolean
  readonly html?: string
  readonly lang?: string
}

export const deriveCommand = (shell: Shell): Command =>
  new Command('derive')
    .description('a derivation, step by step, each step proved')
    .argument('<model>', MODEL)
    .option('--wrt <name>', 'the array to differentiate by: w^F. Default: every parameter')
    .addOption(new Option('--latex', 'as LaTeX').conflicts(['markdown', 'html', 'json']))
    .addOption(
      new Option('--markdown', 'as Markdown, which check reads').conflicts(['html', 'json']),
    )
    .addOption(new Option('--html <file>', 'a page that is read without scripts').conflicts('json'))
    .option('--json', 'the steps as JSON')
    .addOption(languageOption('of the page of --html: en or zh-CN (default: en)'))
    .addHelpText(
      'after',
      exitCodes('every step holds', 'some does not', 'there is nothing to derive'),
    )
    .action(async (model: string, options: DeriveOptions) => {
      shell.exit(await derive(model, options, shell.screen))
    })

const nodeOf = (cost: Node, name: string): Node => {
  try {
    const wrt = cost.graph.node(name)
    if (wrt !== cost) return wrt
  } catch (error) {
    throw new UsageError(sentenceOf(error))
  }
  throw new UsageError(`--wrt ${name} is the cost itself`)
}

/** By one array, or by every parameter that the cost has. */
const stepsOf = (cost: Node, name: string | undefined): DerivationStep[] => {
  if (name !== undefined) return derivation(cost, nodeOf(cost, name))
  try {
    return derivation(cost)
  } catch (error) {
    if (!(error instanceof OptionError)) throw error
    const names = [...cost.graph.named.keys()].filter((each) => each !== cost.name)
    throw new UsageError(`the model has no parameters; --wrt says by which: ${names.join(', ')}`)
  }
}

/** `∂J/∂w^F · net.txt`, by the name of the cost. */
const titleOf = (cost: Node, name: string | undefined, model: string): string =>
  `${name === undefined ? `∂${label(cost).text}` : `∂${label(cost).text}/∂${name}`} · ${model}`

const isGood = ({ verdict }: DerivationStep) =>
  verdict.kind === 'proved' || verdict.kind === 'agrees'

const indent = '     '

/** What the prover cannot read is not wrong for that. */
const markOf = (step: DerivationStep, screen: Screen): string => {
  if (isGood(step)) return screen.good('✓')
  return step.verdict.kind === 'refuted' ? screen.bad('✗') : screen.dim('?')
}

/** @throws UsageError */
async function derive(model: string, options: DeriveOptions, screen: Screen): Promise<number> {
  const { cost, title: name } = await readModel(model)
  if (options.html !== undefined) requirePlace(options.html)
  else if (options.lang !== undefined) throw new UsageError('--lang is of the page of --html')
  const steps = stepsOf(cost, options.wrt)
  const format = options.latex ? 'latex' : options.markdown ? 'markdown' : undefined
  if (options.html !== undefined) {
    const { wrt, lang } = options
    const language = lang === undefined ? {} : { language: lang }
    const title = titleOf(cost, wrt, basename(name))
    await written(options.html, await derivationPage(steps, { title, ...language }))
    screen.line(options.html)
  } else if (options.json) screen.line(jsonOf(steps))
  else if (format) screen.line(formatDerivation(steps, format))
  else for (const [at, step] of steps.entries()) show(step, at + 1, screen)
  return steps.every(isGood) ? 0 : 1
}

function show(step: DerivationStep, at: number, screen: Screen): void {
  const room = screen.columns - indent.length
  const [first, ...rest] = formatDerivation([step])
    .split('\n')
    .map((line) => line.slice(3))
  const said = rest.pop() ?? ''
  const lines = [`${at}. ${first}`, ...rest.map((line) => `   ${line}`)]
  for (const [k, line] of lines.flatMap((each) => brokenAt(each, room)).entries())
    screen.line(k === 0 ? `${markOf(step, screen)} ${line}` : `  ${line}`)
  for (const line of wrapped(said, room)) screen.line(screen.dim(indent + line))
}

/** A line that fits stays as it is: its spaces set equal signs below each other. */
const brokenAt = (line: string, room: number): string[] => {
  if (line.length <= room) return [line]
  const [first, ...rest] = wrapped(line.trim(), room - 6)
  return [first!, ...rest.map((each) => `      ${each}`)]
}
