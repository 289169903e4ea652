// backprove view MODEL: one offline HTML file with the network, its derivative beside it, and the
// numbers of both; of notes, the page where they are written and checked.
import { basename } from 'node:path'
import {
  type Dataset,
  describeHealth,
  digits123,
  type Model,
  oneHot,
  sgd,
  train,
  watch,
} from '@backprove/nn'
import { checkNotes, format, type Verdict } from '@backprove/verify'
import {
  graphPage,
  healthInChinese,
  notesPage,
  type ViewDocument,
  verdictInChinese,
  viewDocument,
} from '@backprove/viewer'
import { Command } from 'commander'
import type { Screen } from '../terminal/screen.ts'
import { readText, requirePlace, written } from './files.ts'
import { MODEL, type ReadModel, readModel } from './read-model.ts'
import { exitCodes, languageOption, type Shell, UsageError } from './shell.ts'

interface ViewOptions {
  readonly notes?: string
  readonly output?: string
  readonly json?: boolean
  readonly lang?: string
}

export const viewCommand = (shell: Shell): Command =>
  new Command('view')
    .description('the page of a network and its derivative: one file, for any browser')
    .argument('<model>', `${MODEL}; or notes with formulas (.md)`)
    .option('--notes <file>', 'formulas whose verdicts are shown at their arrays')
    .option('-o, --output <file>', 'where the page goes (default: MODEL.html)')
    .option('--json', 'the data of the page alone, for <backprove-graph src>')
    .addOption(languageOption("en or zh-CN (default: the reader's own)"))
    .addHelpText('after', exitCodes('the page is written', 'never', 'there is nothing to show'))
    .action((model: string, options: ViewOptions) => view(model, options, shell.screen))

async function view(given: string, options: ViewOptions, screen: Screen): Promise<void> {
  const { output, json, lang } = options
  const language = lang === undefined ? {} : { language: lang }
  const isNotes = NOTES.test(given)
  if (isNotes && (json || options.notes !== undefined)) {
    throw new UsageError(`${given} is notes: --json and --notes are for a network`)
  }
  const stem = basename(given).replace(/\.(?:safetensors|json|txt|md|markdown)$/, '')
  const path = output ?? `${stem}${json ? '.view.json' : '.html'}`
  requirePlace(path)
  const text = isNotes
    ? await notesPage({ notes: await readText(given), ...language })
    : await networkPage(given, options)
  await written(path, text)
  screen.line(`${path}: ${Math.ceil(text.length / 1000)} kB`)
  screen.line(screen.dim('Open it in a browser; it needs no network.'))
}

/** A document with formulas is shown as notes, whose formulas are checked while one writes. */
const NOTES = /\.(?:md|markdown)$/i

async function networkPage(given: string, { notes, json, lang }: ViewOptions): Promise<string> {
  const document = await documentOf(await readModel(given), notes)
  if (json) return `${JSON.stringify(document)}\n`
  return graphPage(document, lang === undefined ? {} : { language: lang })
}

async function documentOf(read: ReadModel, notes: string | undefined): Promise<ViewDocument> {
  const { title, cost, model, lines, values } = read
  const verdicts = notes === undefined ? undefined : await verdictsOf(notes)
  const common = { title, ...(lines && { lines }), ...(verdicts && { notes: verdicts }) }
  if (!model) return viewDocument(cost, { ...common, ...(values && { values }) })
  const data = dataFor(model)
  if (title === 'bookCnn' && data) await trained(model, data)
  return viewDocument(cost, {
    ...common,
    ...{ output: model.y, layers: model.layers },
    classes: data?.names ?? digitsOf(model),
    values: { ...model.values, ...(sampleOf(model) ?? {}) },
    health: data
      ? watch(model, data).map((each) => {
          const text = describeHealth(each)
          return { name: each.name, text, translated: { 'zh-CN': healthInChinese(text) } }
        })
      : [],
  })
}

/** Ten classes of grey images are the digits 0 … 9, as every set of them counts. */
function digitsOf({ spec, y }: Model): string[] {
  const isOfDigits = spec.input.length === 3 && spec.input[0] === 1 && y.shape.join() === '10'
  return isOfDigits ? Array.from({ length: 10 }, (_, digit) => `${digit}`) : []
}

/** The digits of the package, where they are of the model's own kind. */
function dataFor(model: Model): Dataset | undefined {
  const data = digits123()
  const isFit =
    model.spec.input.join() === data.shape.join() && model.y.shape.join() === `${data.classes}`
  return isFit ? data : undefined
}

/** The book's net is small enough to be trained on the spot: whoever draws a 1 sees it win. */
async function trained(model: Model, data: Dataset): Promise<void> {
  const options = { optimizer: sgd({ rate: 0.2 }), epochs: 60, batchSize: 16, seed: 1 }
  for await (const _ of train(model, data, options)) {
    // Only the weights are of interest.
  }
}

/** A real digit for an image of one channel, enlarged where it must be, and its class. */
function sampleOf(model: Model): Record<string, Float32Array> | undefined {
  const { input } = model.spec
  const classes = model.y.shape[0]
  if (input.length !== 3 || model.y.shape.length !== 1 || classes === undefined) return undefined
  const data = digits123()
  const [, rows, columns] = data.shape
  const [channels = 1, height = 1, width = 1] = input
  const at = data.labels.indexOf(Math.min(2, data.classes - 1))
  const image = data.images.subarray(at * rows * columns, (at + 1) * rows * columns)
  const map = Array.from({ length: height * width }, (_, k) => {
    const [i, j] = [Math.floor(k / width), k % width]
    return image[Math.floor((i * rows) / height) * columns + Math.floor((j * columns) / width)]!
  })
  const x = Float32Array.from({ length: channels * height * width }, (_, k) => map[k % map.length]!)
  // Ten classes are the digits 0 … 9, three of them 1, 2, 3: the image is a 3.
  return { x, t: oneHot([Math.min(classes - 1, classes >= 10 ? 3 : 2)], classes) }
}

const said = (verdict: Verdict) => ({
  text: format(verdict),
  translated: { 'zh-CN': verdictInChinese(verdict) },
})

async function verdictsOf(path: string): Promise<NonNullable<ViewDocument['notes']>> {
  const text = await readText(path)
  const verdicts = checkNotes(text).entries.flatMap(({ verdict, formula, line, ok }) =>
    verdict ? [{ formula, line, ok, kind: verdict.kind, ...said(verdict) }] : [],
  )
  if (verdicts.length === 0) {
    throw new UsageError(`${path}: there is no formula that claims anything`)
  }
  return { name: basename(path), verdicts }
}
