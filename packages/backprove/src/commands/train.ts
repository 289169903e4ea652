// `backprove train MODEL --data FILE`: trains with a progress bar and a cost curve, saves, resumes,
// and saves once more when it is interrupted. It reads arguments; the work is nn's.
import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { squaredError } from '@backprove/graph'
import {
  accuracy,
  adam,
  type Checkpoint,
  confusionMatrix,
  type Dataset,
  describeHealth,
  digits123,
  load,
  loadCsv,
  loadImageFolder,
  type Model,
  nets,
  type Optimizer,
  save,
  sgd,
  split,
  type TrainEvent,
  train,
} from '@backprove/nn'
import { curve, progressBar } from '../terminal/progress.ts'
import type { Screen } from '../terminal/screen.ts'
import { columns } from '../terminal/table.ts'
import { UsageError } from './usage.ts'

export const TRAIN_USAGE = `backprove train MODEL --data FILE [options]

  MODEL            ${Object.keys(nets).join(', ')}, or a checkpoint
  --data FILE      digits123; a csv of values and a label each line, plain or gzipped; or a
                   folder with a folder of PNG images for each class
  --divisor 16     the value that is black in a csv (default: the largest)
  --epochs 100     times through the data
  --batch 16       samples in a step
  --optimizer O    sgd or adam (default: sgd under squared error, adam under cross-entropy)
  --rate R         learning rate (default: 0.2 for sgd, 0.001 for adam)
  --momentum 0     of sgd
  --held 0.2       share of the data that is held out
  --seed 1         of the start, the split and the order
  --checkpoint F   save here while training, at its end and when interrupted
  --resume F       continue from a checkpoint, bit for bit, under the same options
`

const OPTIONS = {
  data: { type: 'string' },
  divisor: { type: 'string' },
  epochs: { type: 'string', default: '100' },
  batch: { type: 'string', default: '16' },
  rate: { type: 'string' },
  momentum: { type: 'string', default: '0' },
  optimizer: { type: 'string' },
  held: { type: 'string', default: '0.2' },
  seed: { type: 'string', default: '1' },
  checkpoint: { type: 'string' },
  resume: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Milliseconds between two checkpoints: more would slow short epochs down. */
const SAVE_EVERY = 1000

/** Trains as the arguments say; 0, or 130 when interrupted. @throws what nn refuses */
export async function trainCommand(
  args: readonly string[],
  screen: Screen,
  interrupted: AbortSignal,
): Promise<number> {
  const parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  const { values, positionals } = parsed
  if (values.help) {
    screen.line(TRAIN_USAGE)
    return 0
  }
  const [name, ...others] = positionals
  if (!name || others.length > 0) throw new UsageError('one MODEL is needed; see train --help')
  if (!values.data) throw new UsageError('--data FILE is needed; see train --help')
  const seed = wholeNumber('seed', values.seed)
  const held = numberOf('held', values.held)
  const data = dataFrom(values.data, values.divisor)
  const { train: part, test } = split(data, { train: 1 - held, dev: 0, test: held, seed })
  const from = values.resume === undefined ? undefined : load(values.resume)
  const model = from?.model ?? modelFrom(name, data, seed)
  screen.line(`${model.summary()}`)
  screen.line(`\n${part.labels.length} samples to learn from, ${test.labels.length} held out.`)
  const outcome = await run(screen, model, part, {
    optimizer: optimizerFrom(values.optimizer ?? usual(model), values.rate, values.momentum),
    epochs: wholeNumber('epochs', values.epochs),
    batchSize: wholeNumber('batch', values.batch),
    ...{ seed, watch: true, signal: interrupted },
    ...(from && { from }),
    path: values.checkpoint ?? values.resume,
  })
  showOutcome(screen, model, test, outcome)
  return interrupted.aborted ? 130 : 0
}

type RunOptions = Parameters<typeof train>[2] & { readonly path: string | undefined }

interface Outcome {
  /** The mean cost per sample of each epoch. */
  readonly costs: readonly number[]
  readonly last: TrainEvent | undefined
  readonly health: TrainEvent['health']
  readonly saved: string | undefined
}

async function run(
  screen: Screen,
  model: Model,
  data: Dataset,
  { path, ...options }: RunOptions,
): Promise<Outcome> {
  const costs: number[] = []
  let epochCosts: number[] = []
  let last: TrainEvent | undefined
  let health: TrainEvent['health']
  let saved = performance.now()
  const keep = (checkpoint: Checkpoint): void => {
    if (path !== undefined) save(checkpoint, path)
    saved = performance.now()
  }
  for await (const event of train(model, data, options)) {
    last = event
    epochCosts.push(event.cost)
    const cost = mean(epochCosts)
    screen.redraw(
      `${progressBar(event.step / event.steps)}  epoch ${event.epoch}  cost ${cost.toFixed(4)}`,
    )
    if (!event.health) continue
    health = event.health
    costs.push(cost)
    epochCosts = []
    if (performance.now() - saved > SAVE_EVERY) keep(event.checkpoint())
    if (!screen.interactive && event.epoch % Math.ceil(options.epochs / 10) === 0) {
      screen.line(`epoch ${event.epoch}  cost ${cost.toFixed(4)}`)
    }
  }
  if (last) keep(last.checkpoint())
  screen.settle()
  return { costs, last, health, saved: last && path }
}

function showOutcome(screen: Screen, model: Model, test: Dataset, outcome: Outcome): void {
  const { costs, last, health, saved } = outcome
  if (costs.length > 1) {
    screen.line('\nMean cost per sample, epoch by epoch:')
    for (const row of curve(costs)) screen.line(row)
  }
  if (!last) screen.line('There was nothing left to train.')
  for (const layer of health ?? []) {
    const grave = (layer.saturated ?? 0) > 0.5 || (layer.dead ?? 0) > 0
    screen.line(grave ? screen.bad(describeHealth(layer)) : describeHealth(layer))
  }
  if (test.labels.length > 0) showConfusion(screen, model, test)
  if (saved === undefined) return
  const step = `step ${last!.step} of ${last!.steps}`
  screen.line(`\nSaved at ${step} in ${saved}; continue with --resume ${saved}`)
}

function showConfusion(screen: Screen, model: Model, test: Dataset): void {
  const share = (100 * accuracy(model, test)).toFixed(1)
  screen.line(screen.bold(`\nHeld out: ${share} % of ${test.labels.length} right`))
  const name = (k: number): string => test.names?.[k] ?? String(k)
  const counts = confusionMatrix(model, test)
  const rows = counts.map((row, k) => [`is ${name(k)}`, ...row.map(String)])
  const head = ['', ...counts.map((_, k) => `read ${name(k)}`)]
  for (const row of columns([head, ...rows])) screen.line(`  ${row}`)
}

function modelFrom(name: string, data: Dataset, seed: number): Model {
  if (Object.hasOwn(nets, name)) {
    const make = nets[name as keyof typeof nets]
    return make({ input: data.shape, classes: data.classes, seed })
  }
  if (/\.safetensors$/.test(name)) return load(name).model
  throw new UsageError(`there is no model "${name}"; it may be ${Object.keys(nets).join(', ')}`)
}

function dataFrom(path: string, divisor: string | undefined): Dataset {
  if (path === 'digits123') return digits123()
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return loadImageFolder(path)
  const data = loadCsv(path, divisor === undefined ? {} : { divisor: numberOf('divisor', divisor) })
  if (divisor !== undefined) return data
  const largest = data.images.reduce((a, b) => Math.max(a, b), 0)
  return largest > 1 ? { ...data, images: data.images.map((value) => value / largest) } : data
}

const usual = ({ spec }: Model): string => (spec.cost === squaredError ? 'sgd' : 'adam')

function optimizerFrom(name: string, rate: string | undefined, momentum: string): Optimizer {
  const given = rate === undefined ? undefined : numberOf('rate', rate)
  if (name === 'adam') return adam({ rate: given ?? 0.001 })
  if (name === 'sgd') return sgd({ rate: given ?? 0.2, momentum: numberOf('momentum', momentum) })
  throw new UsageError(`--optimizer is "${name}"; it may be sgd or adam`)
}

function numberOf(option: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  throw new UsageError(`--${option} is "${text}"; it must be a number`)
}

function wholeNumber(option: string, text: string): number {
  const value = numberOf(option, text)
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new UsageError(`--${option} is ${text}; it must be a whole number`)
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
