// The notes page as a person has it: one file, opened from disk; proofs in a worker.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notesPage } from '../index.ts'
import { findings } from './axe.ts'
import { type Chromium, executable, launch } from './browser.ts'

const NOTES = `# Mine

\`\`\`network
x_i: input 3
w: parameter 2 3
z = dense(x, w)
a = sigmoid(z)
t: input 2
C = squaredError(a, t)
\`\`\`

$$\\delta = (a - t) \\odot \\sigma'(z)$$

$\\partial C/\\partial w = x \\delta^T$ and $∂C/∂x = w δ$.
`

/** The signs in the gutter, from top to bottom, once every formula has one. */
async function signs(page: Page): Promise<string[]> {
  const marks = page.locator('.gutter .mark')
  const areThere = async () => {
    const all = await marks.allTextContents()
    return all.length > 0 && !all.includes('◌')
  }
  await expect.poll(areThere, { timeout: 20_000 }).toBe(true)
  return marks.allTextContents()
}

const type = async (page: Page, text: string): Promise<void> => {
  await page.locator('textarea').fill(text)
  await page.waitForTimeout(150)
}

describe.runIf(executable)('the notes page', () => {
  let chromium: Chromium
  let html = ''
  beforeAll(async () => {
    chromium = await launch()
    html = await notesPage({ notes: NOTES })
  })
  afterAll(() => chromium?.close())

  test('is one file of at most 1,400 kB, 460 kB gzipped', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(1_400_000)
    expect(gzipSync(html, { level: 9 }).length).toBeLessThan(460_000)
  })

  test('a wrong formula is refuted, its repair is taken, and proved', async () => {
    const { page, complaints } = await chromium.open(html)
    await expect.poll(() => signs(page), { timeout: 20_000 }).toEqual(['✓∞', '✗', '✗'])
    expect(await page.locator('.notes-panel h2').textContent()).toBe('✗ refuted')
    await page.keyboard.press('F8')
    await page.getByRole('button', { name: 'Use it' }).first().click()
    await expect.poll(() => signs(page), { timeout: 20_000 }).toEqual(['✓∞', '✓∞', '✗'])
    await page.locator('textarea').press('F8')
    await page.getByRole('button', { name: 'Use it' }).first().click()
    await expect.poll(() => signs(page), { timeout: 20_000 }).toEqual(['✓∞', '✓∞', '✓∞'])
    expect(await page.locator('.notes-panel h2').textContent()).toBe('✓∞ proved')
    // The browser's own undo takes a repair back.
    await page.locator('textarea').press('Control+z')
    await expect.poll(() => signs(page), { timeout: 20_000 }).toEqual(['✓∞', '✓∞', '✗'])
    expect(complaints).toEqual([])
  })

  test('derives step by step, and shows the network below', async () => {
    const { page, complaints } = await chromium.open(html)
    await signs(page)
    await page.locator('.gutter .mark').nth(2).click()
    await page.getByRole('button', { name: 'Derivation' }).click()
    await expect.poll(() => page.locator('.derivation li').count(), { timeout: 20_000 }).toBe(3)
    expect(await page.locator('.derivation .proved').count()).toBe(3)
    expect(await page.locator('.notes-mirror button.cell.forward.node').count()).toBe(4)
    expect(complaints).toEqual([])
  })

  test('an ambiguous formula lists its readings; one of them is written', async () => {
    const { page } = await chromium.open(html)
    const network = 'x: input 1 4 4\nw: parameter 1 1 3 3\nz = conv2d(x, w)\nC = sum(z * z)'
    await type(page, `\`\`\`network\n${network}\n\`\`\`\n\n$z = x * w$`)
    await expect.poll(() => signs(page), { timeout: 20_000 }).toEqual(['?'])
    await page.locator('.gutter .mark').click()
    await page.getByRole('button', { name: 'Write it so' }).first().click()
    await expect.poll(() => signs(page), { timeout: 20_000 }).toEqual(['✓∞'])
    expect(await page.locator('textarea').inputValue()).toContain('$z = x *valid w$')
  })

  test('a link holds the notes: a fresh profile shows the same', async () => {
    const { page } = await chromium.open(html)
    await type(page, `${NOTES}\n中文 $\\delta = \\delta$\n`)
    await page.getByRole('button', { name: 'Share' }).click()
    await expect.poll(() => page.url()).toContain('#n=')
    const hash = new URL(page.url()).hash
    const other = await chromium.open(html, { hash })
    expect(await other.page.locator('textarea').inputValue()).toContain('中文 $\\delta')
    const broken = await chromium.open(html, { hash: '#n=AAAA' })
    expect(await broken.page.locator('textarea').inputValue()).toContain('# Mine')
    expect(await broken.page.locator('.said').first().textContent()).toContain('no notes')
    // A link that cannot be read stays where it can be copied from.
    await broken.page.waitForTimeout(1200)
    expect(broken.page.url()).toContain('#n=AAAA')
    // The right one, pasted into the same tab, is opened.
    await broken.page.evaluate((to) => location.assign(to), hash)
    await expect.poll(() => broken.page.locator('textarea').inputValue()).toContain('中文 $\\delta')
    expect(broken.complaints).toEqual([])
  })

  test('saves itself as one file that works', async () => {
    const { page } = await chromium.open(html)
    const mine = NOTES.replace('# Mine', '# </script><img src=x onerror=alert(1)>')
    await type(page, mine)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save .html' }).click(),
    ])
    const saved = await chromium.open(readFileSync(await download.path(), 'utf8'))
    expect(await saved.page.locator('textarea').inputValue()).toBe(mine.trim())
    await signs(saved.page)
    expect(await saved.page.locator('img').count()).toBe(0)
    expect(saved.complaints).toEqual([])
  })

  test('an example that nobody has changed follows the language', async () => {
    const { page } = await chromium.open(await notesPage())
    await page.getByRole('button', { name: '中文' }).first().click()
    expect(await page.locator('textarea').inputValue()).toContain('# 一个有错的卷积')
    await page.locator('textarea').fill('# Mine')
    await page.getByRole('button', { name: 'English' }).first().click()
    expect(await page.locator('textarea').inputValue()).toBe('# Mine')
  })

  test('says what is wrong with a network', async () => {
    const { page } = await chromium.open(html)
    await type(page, '```network\nx: input 3\ny = nothing(x)\n```\n')
    await expect.poll(() => page.locator('.notes-panel').textContent()).toContain('nothing')
  })

  test.each([
    ['en-US', 'light', 1280],
    ['zh-CN', 'dark', 390],
  ] as const)('%s, %s, %i px: nothing sticks out, no finding of axe', async (...how) => {
    const [locale, colorScheme, width] = how
    const { page, complaints } = await chromium.open(html, {
      ...{ locale, colorScheme, viewport: { width, height: 800 }, bypassCSP: true },
    })
    await signs(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    if (locale === 'zh-CN') {
      const panel = await page.locator('.notes-panel').textContent()
      expect(panel).toContain('已证伪')
      expect(panel).toMatch(/须|缺少|应/)
      expect(panel!.replaceAll(/[“”].*?[“”]/g, '')).not.toMatch(/\b(?:the|is|of|for|shapes?)\b/)
    }
    expect(await findings(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})
