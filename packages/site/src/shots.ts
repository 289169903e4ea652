// Screenshots of every page in four states, to be looked at: light, dark, narrow, Chinese.
// `node packages/site/src/shots.ts FOLDER [a part of the page's name]`
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BrowserContextOptions, chromium } from 'playwright-core'
import { site, write } from './build.ts'

const STATES: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: 'light', locale: 'en-US' },
  dark: { colorScheme: 'dark', locale: 'en-US' },
  narrow: { colorScheme: 'light', locale: 'en-US', viewport: { width: 390, height: 844 } },
  chinese: { colorScheme: 'light', locale: 'zh-CN' },
}

const [folder = 'shots', part = ''] = process.argv.slice(2)
const built = mkdtempSync(join(tmpdir(), 'backprove-site-'))
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const files = await site({ api: false })
  write(files, built)
  mkdirSync(folder, { recursive: true })
  for (const [state, options] of Object.entries(STATES)) {
    const language = state === 'chinese' ? 'zh' : 'en'
    const pages = [...files.keys()].filter(
      (path) => path.endsWith('.html') && /^(?:live\/|en\/|zh\/)/.test(path) && path.includes(part),
    )
    for (const path of pages) {
      if (!path.startsWith('live/') && !path.startsWith(`${language}/`)) continue
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        ...options,
      })
      const page = await context.newPage()
      await page.goto(pathToFileURL(join(built, path)).href)
      await page.waitForTimeout(path.startsWith('live/') ? 2500 : 200)
      const name = `${path.replace(/\.html$/, '').replaceAll('/', '-')}-${state}.png`
      await page.screenshot({ path: join(folder, name), fullPage: path.startsWith('live/') })
      await context.close()
    }
  }
} finally {
  await browser.close()
  rmSync(built, { recursive: true })
}
