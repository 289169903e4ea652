// backprove train MODEL --data FILE: trains with a progress bar and a cost curve, saves, resumes,
// and saves once more when it is interrupted. It reads arguments; the work is nn's.
import { squaredError } from '@backprove/graph'
import {
  accuracy,
  adagrad,
  adam,
  adamw,
  type Checkpoint,
  confusionMatrix,
  type Dataset,
  describeHealth,
  type Model,
  NothingToTrainError,
  nets,
  type Optimizer,
  rmsprop,
  save,
  sgd,
  split,
  type TrainEvent,
  train,
} from '@backprove/nn'
import { Command, Option } from 'commander'
import { jsonOf } from '../terminal/json.ts'
import { curve, progressBar } from '../terminal/progress.ts'
import { type Screen, silent } from '../terminal/screen.ts'
import { columns } from '../terminal/table.ts'
import { loadFrom, requirePlace } from './files.ts'
import { exitCodes, number, type Shell, UsageError, wholeNumber } from './shell.ts'
import { type DataOptions, dataFrom, type HowToRun, withData, withRun } from './train-data.ts'

interface TrainOptions extends DataOptions, HowToRun {
  readonly epochs: number
  readonly batch: number
  readonly rate?: number
  readonly momentum: number
  readonly optimizer?: string
  readonly held: number
  readonly seed: number
  readonly checkpoint?: string
  readonly resume?: string
  readonly json?: boolean
}

const share = number('--held', { least: 0, most: 1 })

export const trainCommand = (shell: Shell): Command =>
  withRun(withData(new Command('train')))
    .description('train, with progress, cost curve and checkpoints')
    .argument('<model>', `${Object.keys(nets).join(', ')}, or a checkpoint`)
    .option('--epochs <n>', 'times through the data', wholeNumber('--epochs', { least: 1 }), 100)
    .option('--batch <n>', 'samples in a step', wholeNumber('--batch', { least: 1 }), 16)
    .addOption(
      new Option('--optimizer <name>', 'default: sgd under squared error, else adam').choices(
        Object.keys(OPTIMIZERS),
      ),
    )
    .option(
      '--rate <r>',
      'learning rate (default: 0.2 for sgd, 0.01 for rmsprop and adagrad, else 0.001)',
      number('--rate', { least: 0 }),
    )
    .option('--momentum <m>', 'of sgd and rmsprop', number('--momentum', { least: 0, below: 1 }), 0)
    .option('--held <share>', 'share of the data that is held out', share, 0.2)
    .option('--seed <n>', 'of the start, the split and the order', wholeNumber('--seed'), 1)
    .option('--checkpoint <file>', 'save here while training, at its end and when interrupted')
    .option('--resume <file>', 'continue from a checkpoint, bit for bit, under the same options')
    .option('--json', 'what came of it as JSON')
    .addHelpText(
      'after',
      `${exitCodes('trained', 'the data or a file is wrong', 'it was called wrongly, or a file is missing')}\n 130  interrupted, and saved`,
    )
    .action(async (model: string, options: TrainOptions) => {
      const screen = options.json ? silent(shell.screen) : shell.screen
      const { code, result } = await runTraining(model, options, screen, shell.interruption())
      if (options.json) shell.screen.line(jsonOf(result))
      shell.exit(code)
    })

const OPTIMIZERS: Readonly<Record<string, (options: TrainOptions) => Optimizer>> = {
  sgd: ({ rate = 0.2, momentum }) => sgd({ rate, momentum }),
  rmsprop: ({ rate = 0.01, momentum }) => rmsprop({ rate, momentum }),
  adagrad: ({ rate = 0.01 }) => adagrad({ rate }),
  adamw: ({ rate = 0.001 }) => adamw({ rate }),
  adam: ({ rate = 0.001 }) => adam({ rate }),
}

/** Milliseconds between two checkpoints: more would slow short epochs down. */
const SAVE_EVERY = 1000

/** Trains as the arguments say; 0, or 130 when interrupted. @throws what nn refuses */
async function runTraining(
  name: string,
  options: TrainOptions,
  screen: Screen,
  interrupted: AbortSignal,
): Promise<{ code: number; result: object }> {
  const { seed, held } = options
  if (options.checkpoint !== undefined) requirePlace(options.checkpoint)
  const data = dataFrom(options)
  const { train: part, test } = split(data, { train: 1 - held, dev: 0, test: held, seed })
  const from = options.resume === undefined ? undefined : loadFrom(options.resume)
  const model = modelFrom(name, data, seed)
  const outcome = await run(screen, model, part, {
    // Before anything is trained, and after whatever is wrong with it was said.
    announce: () => {
      screen.line(`${model.summary()}`)
      screen.line(`\n${part.labels.length} samples to learn from, ${test.labels.length} held out.`)
    },
    optimizer: OPTIMIZERS[options.optimizer ?? usual(model)]!(options),
    epochs: options.epochs,
    batchSize: options.batch,
    ...{ threads: options.threads, precision: options.precision },
    ...{ seed, watch: true, signal: interrupted },
    ...(from && { from }),
    path: options.checkpoint ?? options.resume,
  })
  showOutcome(screen, model, test, outcome)
  const { costs, last, saved } = outcome
  const result = {
    ...{ samples: part.labels.length, held: test.labels.length, costs, saved },
    ...{ step: last?.step, steps: last?.steps, interrupted: interrupted.aborted },
    ...(test.labels.length > 0 && {
      accuracy: accuracy(model, test),
      confusion: confusionMatrix(model, test),
    }),
  }
  return { code: interrupted.aborted ? 130 : 0, result }
}

type RunOptions = Parameters<typeof train>[2] & {
  readonly path: string | undefined
  readonly announce: () => void
}

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
  { path, announce, ...options }: RunOptions,
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
  for await (const event of stepsOf(model, data, options)) {
    if (!last) announce()
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
  else announce()
  screen.settle()
  return { costs, last, health, saved: last && path }
}

/** None where a checkpoint is at the last step: a run may be resumed as often as one likes. */
async function* stepsOf(...given: Parameters<typeof train>): AsyncGenerator<TrainEvent> {
  try {
    yield* train(...given)
  } catch (error) {
    if (!(error instanceof NothingToTrainError)) throw error
  }
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
  if (/\.safetensors$/.test(name)) return loadFrom(name).model
  throw new UsageError(`there is no model "${name}"; it may be ${Object.keys(nets).join(', ')}`)
}

const usual = ({ spec }: Model): string => (spec.cost === squaredError ? 'sgd' : 'adam')

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
