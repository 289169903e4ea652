// Sheets of 8×8 and 28×28 cells, of nets trained on figures drawn by a seed: a 1 and a 3 that are
// painted cell by cell win, and what the page shows is what the interpreter gives for those cells.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evaluate, grad } from '@backprove/graph'
import { adam, dataset, leNet5, oneHot, save, train } from '@backprove/nn'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recorded } from '../../../packages/backprove/src/testing/recorded.ts'
import { generator } from '../../../packages/nn/src/random.ts'
import { type Chromium, executable, launch } from '../../../packages/viewer/src/chromium/browser.ts'

type Point = readonly [across: number, down: number]
/** Strokes on a sheet of side 1, by the class that they are of. */
const FIGURES: Readonly<Record<number, readonly Point[]>> = {
  0: [
    [0.5, 0.1],
    [0.25, 0.3],
    [0.25, 0.7],
    [0.5, 0.9],
    [0.75, 0.7],
    [0.75, 0.3],
    [0.5, 0.1],
  ],
  1: [
    [0.5, 0.1],
    [0.5, 0.9],
  ],
  3: [
    [0.25, 0.15],
    [0.7, 0.15],
    [0.45, 0.45],
    [0.75, 0.65],
    [0.55, 0.88],
    [0.25, 0.85],
  ],
  7: [
    [0.2, 0.15],
    [0.8, 0.15],
    [0.4, 0.9],
  ],
}
const DIGITS = Object.keys(FIGURES).map(Number)

/** The cells that a stroke goes through, moved and slanted. */
function cellsOf(points: readonly Point[], side: number, [dx, dy, slant] = [0, 0, 0]): number[] {
  const cells = new Set<number>()
  for (let k = 1; k < points.length; k++) {
    const [[x0, y0], [x1, y1]] = [points[k - 1]!, points[k]!]
    for (let step = 0; step <= 4 * side; step++) {
      const [x, y] = [x0 + ((x1 - x0) * step) / (4 * side), y0 + ((y1 - y0) * step) / (4 * side)]
      const column = Math.floor((x + slant! * (0.5 - y) + dx!) * side)
      const row = Math.floor((y + dy!) * side)
      if (Math.min(row, column) >= 0 && Math.max(row, column) < side) cells.add(row * side + column)
    }
  }
  return [...cells]
}

/** As the sheet inks them: on fine paper the cells beside a cell are grey. */
function inked(cells: readonly number[], side: number): Float32Array {
  const image = new Float32Array(side * side)
  const ink = (row: number, column: number, value: number) => {
    if (Math.min(row, column) < 0 || Math.max(row, column) >= side) return
    image[row * side + column] = Math.max(image[row * side + column]!, value)
  }
  for (const cell of cells) {
    const [row, column] = [Math.floor(cell / side), cell % side]
    ink(row, column, 1)
    if (side < 16) continue
    for (const [r, c] of [
      [0, 1],
      [1, 0],
      [0, -1],
      [-1, 0],
    ] as const)
      ink(row + r, column + c, 0.6)
  }
  return image
}

function figures(side: number, count: number) {
  const random = generator(side)
  const amount = (most: number) => most * (2 * random.uniform() - 1)
  const labels = Array.from({ length: count }, (_, k) => DIGITS[k % DIGITS.length]!)
  const images = labels.map((digit) =>
    inked(cellsOf(FIGURES[digit]!, side, [amount(0.1), amount(0.06), amount(0.2)]), side),
  )
  const pixels = Float32Array.from(images.flatMap((image) => [...image]))
  return dataset({ images: pixels, labels, shape: [1, side, side], classes: 10 })
}

async function paint(page: Page, cells: readonly number[], side: number): Promise<void> {
  await page.getByRole('button', { name: 'Clear' }).click()
  const { x, y, width } = (await page.locator('canvas.sheet').boundingBox())!
  const cell = width / side
  for (const each of cells) {
    await page.mouse.click(
      x + ((each % side) + 0.5) * cell,
      y + (Math.floor(each / side) + 0.5) * cell,
    )
  }
}

/** The least and the largest number of an array, as the page says them. */
async function rangeShown(page: Page, name: string): Promise<(number | undefined)[]> {
  await page.getByRole('button', { name, exact: true }).click()
  const text = (await page.locator('.readout').textContent())!.replaceAll('−', '-')
  return [...text.matchAll(/-?\d[\d.]*(?:e-?\d+)?/g)].map(([number]) => Number(number))
}

describe.runIf(executable)('sheets', () => {
  let chromium: Chromium
  const folder = mkdtempSync(join(tmpdir(), 'backprove-sheets-'))
  beforeAll(async () => {
    chromium = await launch()
  }, 60_000)
  afterAll(async () => {
    await chromium?.close()
    rmSync(folder, { recursive: true })
  })

  test.each([8, 28])(
    'of %s cells a side',
    async (side) => {
      const model = leNet5({ input: [1, side, side] })
      const options = { optimizer: adam({ rate: 0.003 }), epochs: 6, batchSize: 8, seed: 1 }
      for await (const _ of train(model, figures(side, 120), options)) {
        // Only the weights are of interest.
      }
      const checkpoint = join(folder, `${side}.safetensors`)
      save(model, checkpoint)
      const written = join(folder, `${side}.html`)
      expect((await recorded(['view', checkpoint, '-o', written])).code).toBe(0)
      const { page, complaints } = await chromium.open(readFileSync(written, 'utf8'))

      const named = (name: string) => model.graph.named.get(name)!
      const gradientsBy = { x: '∂C/∂x', 'z^1': 'δ^1', 'w^2': '∂C/∂w^2', 'b^5': '∂C/∂b^5' }
      const by = Object.keys(gradientsBy).map(named)
      const gradients = grad(model.cost, by)
      const wanted = [
        ...(['p^2', 'a^5'] as const).map((name) => [name, named(name)] as const),
        ...Object.entries(gradientsBy).map(
          ([name, gradient], k) => [`${gradient}, gradient by ${name}`, gradients[k]!] as const,
        ),
      ]
      for (const digit of [1, 3]) {
        await page.getByRole('button', { name: '✎ Draw' }).first().click()
        const cells = cellsOf(FIGURES[digit]!, side)
        await paint(page, cells, side)
        expect(await page.locator('.answer').textContent()).toMatch(new RegExp(`: ${digit}$`))
        // The page opens with the class 3 as its target.
        const feeds = { ...model.values, x: inked(cells, side), t: oneHot([3], 10) }
        for (const [name, array] of wanted) {
          const numbers = Array.from(evaluate(array, feeds))
          const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
          const [from, to] = await rangeShown(page, name)
          const near = 0.06 * Math.max(Math.abs(least), Math.abs(most))
          expect(Math.abs(from! - least), `${name} of ${digit}: ${from} … ${to}`).toBeLessThan(near)
          expect(Math.abs(to! - most), `${name} of ${digit}: ${from} … ${to}`).toBeLessThan(near)
        }
      }
      expect(complaints).toEqual([])
    },
    60_000,
  )
})
