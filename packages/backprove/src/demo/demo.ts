// The main job, end to end: the book's network on real digits, its derivative as mathematics, and
// the formulas of the notes checked against it.
import { readFile } from 'node:fs/promises'
import { formula, grad, latex, text } from '@backprove/graph'
import {
  accuracy,
  bookCnn,
  confusionMatrix,
  digits123,
  type Model,
  sgd,
  split,
  train,
} from '@backprove/nn'
import { checkNotes, formatReport } from '@backprove/verify'
import { curve, progressBar } from '../terminal/progress.ts'
import type { Screen } from '../terminal/screen.ts'
import { columns } from '../terminal/table.ts'
import { checkFormulas } from './check-formulas.ts'

const EPOCHS = 100
const FORMS = ['layer', 'index', 'element'] as const

export async function demo(screen: Screen): Promise<void> {
  const data = split(digits123(), { train: 0.8, dev: 0, test: 0.2, seed: 1 })
  const model = bookCnn()
  heading(screen, 'A network, recorded as a graph')
  screen.line('Note 003’s network for 6×6 images of handwritten 1, 2, 3:')
  screen.line(`${model.summary()}`)
  await trainOnDigits(screen, model, data.train)
  showConfusion(screen, model, data.test)
  showDerivative(screen, model)
  showFormulas(screen, model, data.test)
  await showVerdicts(screen)
}

function heading(screen: Screen, title: string): void {
  screen.line()
  screen.line(screen.bold(title))
  screen.line(screen.dim('─'.repeat(Math.min(screen.columns, 72))))
}

type Data = Parameters<typeof train>[1]

async function trainOnDigits(screen: Screen, model: Model, data: Data): Promise<void> {
  heading(
    screen,
    `Training on ${data.labels.length} real digits, ${EPOCHS} epochs of batches of 16`,
  )
  const began = performance.now()
  const costs: number[] = []
  let epochCosts: number[] = []
  const options = { optimizer: sgd({ rate: 0.2 }), epochs: EPOCHS, batchSize: 16, seed: 1 }
  for await (const { epoch, step, steps, cost } of train(model, data, options)) {
    epochCosts.push(cost)
    if (step % (steps / EPOCHS) !== 0) continue
    costs.push(epochCosts.reduce((sum, value) => sum + value, 0) / epochCosts.length)
    epochCosts = []
    const latest = costs.at(-1)!.toFixed(4)
    screen.redraw(`${progressBar(step / steps)}  epoch ${epoch}  cost ${latest}`)
    if (!screen.interactive && epoch % 20 === 0) screen.line(`epoch ${epoch}  cost ${latest}`)
  }
  screen.settle()
  const end = performance.now()
  screen.line(`Mean cost per sample, epoch 1 to ${EPOCHS}:`)
  for (const row of curve(costs)) screen.line(row)
  // The clock of `performance` starts with the process.
  screen.line(`Trained in ${seconds(end - began)} s, ${seconds(end)} s after the start.`)
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2)

function showConfusion(screen: Screen, model: Model, held: Data): void {
  const share = (100 * accuracy(model, held)).toFixed(1)
  heading(screen, `Held-out digits: ${share} % of ${held.labels.length} right`)
  const names = held.names ?? held.labels
  const counts = confusionMatrix(model, held)
  const head = ['', ...counts.map((_, k) => `read as ${names[k]}`)]
  const rows = counts.map((row, k) => [`a written ${names[k]}`, ...row.map(String)])
  for (const row of columns([head, ...rows], '   ')) screen.line(`  ${row}`)
}

function showDerivative(screen: Screen, model: Model): void {
  const w = model.graph.node('w^F')
  const derivative = grad(model.cost, w)
  heading(screen, 'The derivative by the filters, as mathematics')
  for (const form of FORMS) {
    screen.line(`${form.padEnd(8)} ${formula(derivative, { form })}`)
    screen.line(screen.dim(`${' '.repeat(9)}${latex(derivative, { form })}`))
  }
  heading(screen, 'The derivative as a graph')
  screen.line(text(derivative))
}

function showFormulas(screen: Screen, model: Model, data: Data): void {
  heading(screen, 'Note 003’s formulas, written by hand, against the derived gradient')
  const rows = checkFormulas(model, data).map(({ text: claim, difference }) => [
    difference < 1e-12 ? screen.good('✓') : screen.bad('✗'),
    claim,
    `largest difference ${difference.toExponential(1)}`,
  ])
  for (const row of columns(rows)) screen.line(row)
}

/** The notes beside the installed command, or among the repository's examples. */
const NOTES = ['./notes.md', '../../../../examples/notes.md']

async function readNotes(): Promise<string> {
  const [installed, example] = NOTES.map((path) => new URL(path, import.meta.url))
  return readFile(installed!, 'utf8').catch(() => readFile(example!, 'utf8'))
}

async function showVerdicts(screen: Screen): Promise<void> {
  const notes = await readNotes()
  heading(screen, 'The formulas of the five notes, proved or refuted')
  for (const line of formatReport(checkNotes(notes), screen, screen.tableColumns)) screen.line(line)
}
