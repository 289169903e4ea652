// Every page of the built site in Chromium, light and dark, wide and narrow: what axe finds, and
// what sticks out. `node test/pages/chromium/audit.ts [FOLDER] [PART]`, after
// `pnpm site`; PART: of the paths.
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import { root } from '../../../packages/site/src/pages.ts'
import { findings } from '../../../packages/viewer/src/chromium/axe.ts'
import { launch } from '../../../packages/viewer/src/chromium/browser.ts'

const [, , folder = join(root, 'site'), part = ''] = argv
const pages = globSync('**/*.html', { cwd: folder })
  .filter((path) => path.includes(part))
  .sort()
const chromium = await launch()
let count = 0
for (const path of pages) {
  const address = pathToFileURL(join(folder, path)).href
  const { page } = await chromium.visit(address, { bypassCSP: true })
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await findings(page)))
  }
  await page.setViewportSize({ width: 390, height: 800 })
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  if (width > 390) found.push(`${width} px wide on a screen of 390`)
  for (const line of found) console.log(`${path}: ${line}`)
  count += found.length
  await page.context().close()
}
await chromium.close()
console.log(`${pages.length} pages, ${count} findings`)
process.exitCode = count > 0 ? 1 : 0
