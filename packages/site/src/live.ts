// The live pages: four nets to look at, one of them trained, and the notes.
import {
  bookCnn,
  digits123,
  leNet5,
  type Model,
  miniInception,
  miniResNet,
  oneHot,
  sgd,
  train,
} from '@backprove/nn'
import { notesPage, page } from '@backprove/viewer'
import { gpuPage } from './gpu.ts'
import type { Words } from './words.ts'

/**
 * What stands below a page of the guide: opened by whoever wants it, and not fetched before. In a
 * closed <details> a lazy frame loads nothing.
 */
const BELOW: Readonly<Record<string, string>> = {
  'index.html': 'bookCnn',
  'getting-started.html': 'bookCnn',
  'embedding.html': 'bookCnn',
  'systems/book-network.html': 'bookCnn',
  'systems/filters.html': 'bookCnn',
  'systems/pooling.html': 'bookCnn',
  'systems/backpropagation.html': 'bookCnn',
  'systems/training.html': 'bookCnn',
  'systems/networks.html': 'leNet5',
  'systems/activations.html': 'leNet5',
  'systems/blocks.html': 'miniInception',
  'notes-checked.html': 'notes',
  'verifying/getting-started.html': 'notes',
  'verifying/verdicts.html': 'notes',
  'verifying/language.html': 'notes',
}

export function liveBelow(path: string, base: string, words: Words): string {
  const name = BELOW[path]
  if (name === undefined) return ''
  const title = words.nets[name] ?? words.notes
  const address = `${base}live/${name}.html`
  return [
    `<details class="live"><summary>${words.liveHere}: ${title}</summary>`,
    `<iframe src="${address}" loading="lazy" title="${title}"></iframe>`,
    `<p><a href="${address}">${words.open}</a></p></details>`,
  ].join('')
}

export async function livePages(): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  pages.set('live/notes.html', await notesPage())
  pages.set('live/bookCnn.html', await bookPage())
  const nets = {
    leNet5: leNet5({ input: [1, 28, 28] }),
    miniResNet: miniResNet(),
    miniInception: miniInception(),
  }
  for (const [name, model] of Object.entries(nets)) {
    pages.set(`live/${name}.html`, await netPage(name, model))
  }
  pages.set('live/gpu.html', gpuPage())
  pages.set('live/gpu-zh.html', gpuPage('zh'))
  return pages
}

async function bookPage(): Promise<string> {
  const model = bookCnn()
  const data = digits123()
  const options = { optimizer: sgd({ rate: 0.2 }), epochs: 60, batchSize: 16, seed: 1 }
  for await (const _ of train(model, data, options)) {
    // Only the weights are of interest.
  }
  const x = data.images.subarray(0, 36)
  const t = oneHot(data.labels.slice(0, 1), data.classes)
  const { cost, y, layers } = model
  const values = { ...model.values, x, t }
  const classes = data.names ?? []
  return page(cost, { title: 'bookCnn', output: y, layers, classes, values })
}

/** Ten classes, the digits 0 … 9. */
const CLASSES = Array.from({ length: 10 }, (_, digit) => `${digit}`)

const netPage = (title: string, { cost, y, layers, values, spec }: Model): Promise<string> => {
  const given = { ...values, x: enlarged(spec.input), t: oneHot([3], CLASSES.length) }
  return page(cost, { title, output: y, layers, classes: CLASSES, values: given })
}

/** A handwritten 3, each pixel as often as the input has room for. */
function enlarged([, height = 1, width = 1]: readonly number[]): Float32Array {
  const { images, labels, shape } = digits123()
  const [, rows, columns] = shape
  const from = labels.indexOf(2) * rows * columns
  return Float32Array.from({ length: height * width }, (_, k) => {
    const [i, j] = [Math.floor(k / width), k % width]
    const row = Math.floor((i * rows) / height)
    return images[from + row * columns + Math.floor((j * columns) / width)]!
  })
}
