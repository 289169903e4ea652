// The page of a trained checkpoint as a person has it: draw a 1 and a 3, see each win, and the
// gradients change.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bookCnn, digits123, save, sgd, train } from '@backprove/nn'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recorded } from '../../../packages/backprove/src/testing/recorded.ts'
import { type Chromium, executable, launch } from '../../../packages/viewer/src/chromium/browser.ts'

/** Strokes in cells of the 6×6 sheet, [across, down] from its corner. */
const DIGITS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  1: [
    [3, 0.4],
    [3, 5.6],
  ],
  3: [
    [1.2, 0.5],
    [4.5, 0.5],
    [3, 2.7],
    [4.6, 4],
    [3.5, 5.5],
    [1, 5.4],
  ],
}

async function draw(page: Page, stroke: readonly (readonly [number, number])[]): Promise<void> {
  await page.getByRole('button', { name: 'Clear' }).click()
  const { x, y, width } = (await page.locator('canvas.sheet').boundingBox())!
  const cell = width / 6
  const [first, ...rest] = stroke.map(([across, down]) => [x + across * cell, y + down * cell])
  await page.mouse.move(first![0]!, first![1]!)
  await page.mouse.down()
  for (const [left, top] of rest) await page.mouse.move(left!, top!, { steps: 12 })
  await page.mouse.up()
}

describe.runIf(executable)('a trained net', () => {
  let chromium: Chromium
  let html = ''
  const folder = mkdtempSync(join(tmpdir(), 'backprove-drawing-'))
  beforeAll(async () => {
    chromium = await launch()
    const model = bookCnn()
    const data = digits123()
    const options = { optimizer: sgd({ rate: 0.2 }), epochs: 60, batchSize: 16, seed: 1 }
    for await (const _ of train(model, data, options)) {
      // Only the weights are of interest.
    }
    const checkpoint = join(folder, 'digits.safetensors')
    save(model, checkpoint)
    const written = join(folder, 'digits.html')
    expect((await recorded(['view', checkpoint, '-o', written])).code).toBe(0)
    html = readFileSync(written, 'utf8')
  }, 60_000)
  afterAll(async () => {
    await chromium?.close()
    rmSync(folder, { recursive: true })
  })

  test.each(Object.entries(DIGITS))(
    'a %s that is drawn wins, and the gradients follow',
    async (digit, stroke) => {
      const { page, complaints } = await chromium.open(html)
      await page.getByRole('button', { name: '✎ Draw' }).first().click()
      const picture = () =>
        page
          .locator('button.cell', { hasText: '∂C/∂w^F' })
          .locator('canvas')
          .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
      const before = await picture()
      await draw(page, stroke)
      await expect.poll(() => page.locator('.answer').textContent()).toContain(digit)
      expect(await picture()).not.toBe(before)
      expect(complaints).toEqual([])
    },
  )
})
