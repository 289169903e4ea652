// How long a person waits: `node test/pages/chromium/times.ts [rounds]`, on a free machine. Medians
// of fresh profiles in headless Chromium, from the start of the navigation.
import { grad, topologicalOrder } from '@backprove/graph'
import { bookCnn } from '@backprove/nn'
import type { Locator, Page } from 'playwright-core'
import { type Chromium, launch } from '../../../packages/viewer/src/chromium/browser.ts'
import { notesPage, page as pageOf } from '../../../packages/viewer/src/index.ts'
import { deepNet } from '../deep-net.ts'

/** Milliseconds since the navigation at which something is there. */
const at = async (page: Page, part: Locator): Promise<number> => {
  await part.first().waitFor()
  return page.evaluate(() => performance.now())
}

/** From a key to the frame after it is drawn. */
const keyIn = (page: Page, text: string): Promise<number> =>
  page.evaluate(async (given) => {
    const area = document.querySelector('backprove-notes')!.shadowRoot!.querySelector('textarea')!
    const before = performance.now()
    area.setRangeText(given, area.value.length, area.value.length, 'end')
    area.dispatchEvent(new Event('input'))
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    return performance.now() - before
  }, text)

/** One stroke on the input: values, gradients and every picture. */
const strokeIn = async (page: Page): Promise<number> => {
  await page.getByRole('button', { name: '✎ Draw' }).first().click()
  return page.evaluate(() => {
    const root = document.querySelector('backprove-graph')!.shadowRoot!
    const sheet = root.querySelector('canvas.sheet')!
    const press = () =>
      sheet.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }))
    for (let k = 0; k < 20; k++) press()
    const before = performance.now()
    for (let k = 0; k < 20; k++) press()
    return (performance.now() - before) / 20
  })
}

type Times = Readonly<Record<string, number>>

async function graphTimes(chromium: Chromium, name: string, html: string): Promise<Times> {
  const { page } = await chromium.open(html)
  const shown = await at(page, page.locator('button.cell'))
  const computed = await at(page, page.locator('.panel .readout', { hasText: /\d/ }))
  const stroke = name === 'book' ? { 'book: a stroke': await strokeIn(page) } : {}
  await page.context().close()
  return { [`${name}: shown`]: shown, [`${name}: with numbers`]: computed, ...stroke }
}

async function notesTimes(chromium: Chromium, html: string): Promise<Times> {
  const { page } = await chromium.open(html)
  const ready = await at(page, page.locator('textarea'))
  const verdict = await at(page, page.locator('.gutter .mark:not(.waiting)'))
  await page.waitForFunction(() => {
    const root = document.querySelector('backprove-notes')!.shadowRoot!
    return root.querySelector('.gutter .mark') && !root.querySelector('.gutter .mark.waiting')
  })
  const all = await page.evaluate(() => performance.now())
  const key = await keyIn(page, ' prose')
  await page.context().close()
  return {
    ...{ 'notes: ready': ready, 'notes: first verdict': verdict, 'notes: all verdicts': all },
    'notes: a key in prose': key,
  }
}

const rounds = Number(process.argv[2] ?? 5)
const [book, large] = [bookCnn(), deepNet()]
const pages = {
  book: await pageOf(book.cost, { output: book.y, layers: book.layers }),
  '2,000 nodes': await pageOf(large.cost, { output: large.y, layers: large.layers }),
}
const notes = await notesPage({ language: 'en' })
const chromium = await launch()
const found = new Map<string, number[]>()
for (let round = 0; round < rounds; round++) {
  const times = [await notesTimes(chromium, notes)]
  for (const [name, html] of Object.entries(pages)) {
    times.push(await graphTimes(chromium, name, html))
  }
  for (const [name, time] of times.flatMap((each) => Object.entries(each))) {
    found.set(name, [...(found.get(name) ?? []), time])
  }
}
await chromium.close()
const nodes = topologicalOrder([large.cost, ...grad(large.cost, large.parameters)])
console.log(`the large graph has ${nodes.length} nodes with its gradients`)
for (const [name, times] of found) {
  const sorted = times.toSorted((a, b) => a - b)
  console.log(`${name}: ${sorted[Math.floor(sorted.length / 2)]!.toFixed(1)} ms`)
}
