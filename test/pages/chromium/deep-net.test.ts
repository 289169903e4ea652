// A graph of more than 2,000 nodes as a person has it: its blocks are closed, so that it opens at
// once, and what one looks for opens its own.
import { grad, topologicalOrder } from '@backprove/graph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Chromium, executable, launch } from '../../../packages/viewer/src/chromium/browser.ts'
import { page as pageOf } from '../../../packages/viewer/src/index.ts'
import { deepNet } from '../deep-net.ts'

describe.runIf(executable)('a graph of 2,000 nodes', () => {
  let chromium: Chromium
  beforeAll(async () => {
    chromium = await launch()
  })
  afterAll(() => chromium?.close())

  test('opens with its blocks closed; a search opens the one that is asked for', async () => {
    const { cost, y, layers, parameters } = deepNet()
    const nodes = topologicalOrder([cost, ...grad(cost, parameters)])
    expect(nodes.length).toBeGreaterThan(2000)
    const { page, complaints } = await chromium.open(await pageOf(cost, { output: y, layers }))
    await page.locator('button.cell').first().waitFor()
    expect(await page.locator('button.cell').count()).toBeLessThan(300)
    expect(await page.locator('button.cell.block').count()).toBeGreaterThan(30)
    await page.locator('input[type=search]').fill('z^40')
    await page.keyboard.press('Enter')
    expect(await page.locator('[aria-current] .hidden').textContent()).toBe('z^{40}')
    await expect.poll(() => page.locator('.panel .readout').textContent()).toMatch(/from/)
    expect(complaints).toEqual([])
  })
})
