// What axe finds amiss with a page, as lines; it needs a page whose policy is set aside.
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8'))
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run()
    return violations.map(({ id, nodes }) => {
      return `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`
    })
  })
}
