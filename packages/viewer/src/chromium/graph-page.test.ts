// The graph page as a person has it: one file, opened from disk.

import {
  conv2d,
  dense,
  Graph,
  log,
  maxPool2d,
  mul,
  type Node,
  sigmoid,
  squaredError,
  sub,
  sum,
} from '@backprove/graph'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { page as pageOf, viewDocument } from '../index.ts'
import { findings } from './axe.ts'
import { type Chromium, executable, launch } from './browser.ts'

/** The book's net, recorded by hand: 3 filters of 3×3 on a 6×6 image. */
function book(): { cost: Node; output: Node } {
  const graph = new Graph()
  const x = graph.input('x_{ij}', [1, 6, 6])
  const w = graph.parameter('w^{Fk}_{ij}', [3, 1, 3, 3])
  const b = graph.parameter('b^{Fk}', [3])
  const v = graph.parameter('w^{On}_{k-ij}', [3, 3, 2, 2])
  const c = graph.parameter('b^{O}_n', [3])
  const t = graph.input('t_n', [3])
  const z = conv2d(x, w, { bias: b }).as('z^{Fk}_{ij}')
  const a = sigmoid(z).as('a^{Fk}_{ij}')
  const p = maxPool2d(a, { size: 2 }).as('a^{Pk}_{ij}')
  const output = sigmoid(dense(p, v, c).as('z^{O}_n')).as('a^{O}_n')
  return { cost: squaredError(output, t).as('C'), output }
}

const cell = (page: Page, name: string) =>
  page.locator('button.cell', { has: page.locator(`.hidden:text-is("${name}")`) })

describe.runIf(executable)('the graph page', () => {
  let chromium: Chromium
  let html = ''
  beforeAll(async () => {
    chromium = await launch()
    const { cost, output } = book()
    html = await pageOf(cost, { title: 'book', output, classes: ['1', '2', '3'] })
  })
  afterAll(() => chromium?.close())

  test('is one file of at most 700 kB', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(700_000)
  })

  test('shows an array in three forms, its numbers, and the ways from it', async () => {
    const { page, complaints } = await chromium.open(html)
    await cell(page, 'δ^F, gradient by z^F').click()
    await page.locator('.panel h2 .hidden:text-is("δ^F")').waitFor({ state: 'attached' })
    expect(await page.locator('.panel math').count()).toBeGreaterThan(3)
    await expect.poll(() => page.locator('.readout').textContent()).toMatch(/^from −?[\d.]/)
    await page.locator('.pickers input').first().fill('2')
    await page.locator('.pickers input').first().press('Tab')
    await expect.poll(() => page.url()).toContain('at=2%2C1%2C1')
    await page.getByRole('button', { name: 'Light the paths' }).click()
    expect(await page.locator('.cell.on-path').count()).toBeGreaterThan(5)
    expect(complaints).toEqual([])
  })

  test('each adjoint stands in the row of its array', async () => {
    const { page } = await chromium.open(html)
    for (const [forward, adjoint] of [
      ['z^F', 'δ^F, gradient by z^F'],
      ['a^P', '∂C/∂a^P, gradient by a^P'],
      ['w^O', '∂C/∂w^O, gradient by w^O'],
    ] as const) {
      const [a, b] = [
        await cell(page, forward).boundingBox(),
        await cell(page, adjoint).boundingBox(),
      ]
      expect(Math.abs(a!.y - b!.y)).toBeLessThan(1)
      expect(b!.x).toBeGreaterThan(a!.x + a!.width)
    }
  })

  test('values and gradients follow the pencil, by our program', async () => {
    const { page, complaints } = await chromium.open(html)
    const readout = async (name: string) => {
      await cell(page, name).click()
      return page.locator('.readout').textContent()
    }
    await expect.poll(() => page.locator('.readout').textContent()).toMatch(/from/)
    const names = ['a^O', '∂C/∂w^F, gradient by w^F']
    const before = [await readout(names[0]!), await readout(names[1]!)]
    await page.getByRole('button', { name: '✎ Draw' }).first().click()
    const box = (await page.locator('canvas.sheet').boundingBox())!
    await page.mouse.move(box.x + 20, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 200, box.y + 200, { steps: 8 })
    await page.mouse.up()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Space')
    await page.keyboard.press('Escape')
    const after = [await readout(names[0]!), await readout(names[1]!)]
    expect(after[0]).not.toBe(before[0])
    expect(after[1]).not.toBe(before[1])
    expect(complaints).toEqual([])
  })

  test('by keyboard alone: move, search, forms, and the half on a phone', async () => {
    const { page, complaints } = await chromium.open(html, {
      viewport: { width: 390, height: 800 },
    })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    const current = () => page.locator('[aria-current] .hidden').textContent()
    await page.locator('[aria-current]').focus()
    expect(await current()).toBe('x')
    await page.keyboard.press('ArrowDown')
    expect(await current()).toBe('z^F')
    await page.keyboard.press('ArrowLeft')
    expect(['w^F', 'b^F']).toContain(await current())
    await page.keyboard.press('/')
    await page.keyboard.type('dO')
    await page.keyboard.press('Escape')
    await page.locator('input[type=search]').fill('δ^O')
    await page.keyboard.press('Enter')
    expect(await current()).toBe('δ^O, gradient by z^O')
    expect(complaints).toEqual([])
  })

  test('a link says what is chosen, in a fresh profile too', async () => {
    const hash = '#node=%E2%88%82C%2F%E2%88%82w%5EF&at=2,1,1,1&half=both&paths='
    const { page, complaints } = await chromium.open(html, { hash })
    expect(await page.locator('.panel h2 .hidden').textContent()).toBe('∂C/∂w^F')
    expect(await page.locator('.pickers input').first().inputValue()).toBe('2')
    expect(await page.locator('.mirror.lit').count()).toBe(1)
    expect(complaints).toEqual([])
  })

  test('Chinese for who reads Chinese, dark for who likes dark, no finding of axe', async () => {
    for (const [locale, colorScheme] of [
      ['en-US', 'light'],
      ['zh-CN', 'dark'],
    ] as const) {
      const { page } = await chromium.open(html, { locale, colorScheme, bypassCSP: true })
      if (locale === 'zh-CN') await page.getByRole('button', { name: '手写' }).first().waitFor()
      expect(await findings(page)).toEqual([])
    }
  })

  test('the first NaN is named, and a press goes to its node', async () => {
    const graph = new Graph()
    const x = graph.input('x', [2])
    const y = log(sub(x, 1)).as('y')
    const cost = sum(mul(y, y).as('u')).as('C')
    const { page, complaints } = await chromium.open(
      await pageOf(cost, { values: { x: [3, 0.5] } }),
    )
    const note = page.locator('.first-amiss')
    await expect.poll(() => note.textContent()).toMatch(/log.*entry \[2\].*NaN|NaN.*log/s)
    expect(await note.textContent()).not.toContain('recorded at')
    await note.getByRole('button').click()
    expect(await page.locator('[aria-current] .hidden').textContent()).toBe('y')
    expect(await page.locator('.readout').textContent()).toContain('not a number')
    const fine = await chromium.open(await pageOf(cost, { values: { x: [3, 2] } }))
    await expect.poll(() => fine.page.locator('.readout').textContent()).toMatch(/from/)
    await fine.page.waitForTimeout(300)
    expect(await fine.page.locator('.first-amiss').textContent()).toBe('')
    expect(complaints).toEqual([])
  })

  test('hostile names are text', async () => {
    const names = HOSTILE
    const graph = new Graph()
    let sum = graph.input('x', [2])
    for (const name of names) sum = sigmoid(sum).as(name)
    const cost = squaredError(sum, graph.input('t', [2]))
    const title = `</script><img src=x onerror=alert(1)>${'x'.repeat(10_000)}`
    const line = { lines: { 中文名字: title }, classes: names }
    const health = [{ name: '__proto__', text: title }]
    const made = await pageOf(cost, { title, ...line, health })
    const { page, complaints } = await chromium.open(made)
    await page.locator('button.cell').first().waitFor()
    expect(await page.locator('h1').textContent()).toBe(title)
    expect(await page.locator('img, iframe, a, script:not([type]):not(#script)').count()).toBe(0)
    const said = await page.locator('.cell.node.forward .hidden').allTextContents()
    for (const name of names) expect(said).toContain(name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '\ufffd'))
    await page.locator('button.cell').evaluateAll((cells: HTMLElement[]) => {
      for (const cell of cells) cell.click()
    })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280)
    expect(complaints).toEqual([])
  })

  test('without scripts the formulas stand as text', async () => {
    const { page } = await chromium.open(html, { javaScriptEnabled: false })
    expect(await page.locator('pre').textContent()).toContain('∂C/∂w^F')
  })

  test.each([
    ['a cost that is not there', 'nothing', 'no array "nothing"'],
    ['a name of 10,000 characters', 'C', 'a name has 1 to 200 characters'],
  ])('a document with %s is refused in a sentence', async (_, cost, said) => {
    const view = viewDocument(book().cost)
    const text = JSON.stringify({ ...view, cost })
    const broken = cost === 'C' ? text.replaceAll('z^{Fk}_{ij}', 'z'.repeat(10_000)) : text
    const made = html.replace(/(id="data">).*(<\/script>)/, (_, a, b) => a + broken + b)
    const { page } = await chromium.open(made)
    expect(await page.getByRole('alert').textContent()).toContain(said)
  })
})

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '\\href{javascript:alert(1)}{z}',
  '\\def\\x{\\x\\x}\\x',
  '$$ x $$',
  '{{constructor}}',
  'a\u202egnp.exe',
  'x'.repeat(200),
  '__proto__',
  'constructor',
  '"><svg onload=alert(1)>',
  '&lt;b&gt;',
  '%00',
  'javascript:alert(1)',
  "'; drop table nodes; --",
  '中文名字',
  'a b  c',
  '../../etc',
  '\\rule{999em}{999em}',
  '#{1+1}',
]
