// One headless Chromium for a file of tests, and what every page must keep: its policy unbroken, no
// request, nothing on the console.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

export const executable = ['chromium-headless-shell', 'chromium'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
)
if (!executable) console.log('No Chromium is installed: the pages are not tried in a browser.')

export interface Opened {
  readonly page: Page
  /** Violations of the policy, requests beyond the file, lines of the console, errors. */
  readonly complaints: readonly string[]
}

export interface Chromium {
  /** A page from a file of its own, in a fresh profile. */
  open(html: string, options?: BrowserContextOptions & { readonly hash?: string }): Promise<Opened>
  /** A page that a host serves, which may ask that host, and whomever `also` names. */
  visit(
    address: string,
    options?: BrowserContextOptions & { readonly also?: readonly string[] },
  ): Promise<Opened>
  close(): Promise<void>
}

export async function launch(): Promise<Chromium> {
  const path = spawnSync('which', [executable!], { encoding: 'utf8' }).stdout.trim()
  const browser: Browser = await chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const folder = mkdtempSync(join(tmpdir(), 'backprove-page-'))
  let count = 0
  const visit: Chromium['visit'] = async (address, { also = [], ...options } = {}) => {
    const context = await browser.newContext({ locale: 'en-US', ...options })
    const page = await context.newPage()
    const complaints: string[] = []
    const own = address.startsWith('file:') ? [] : [new URL(address).origin]
    page.on('console', (line) => complaints.push(`console: ${line.text()}`))
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
    page.on('request', (request) => {
      const url = request.url()
      const isKnown = [...own, ...also].some((origin) => url.startsWith(origin))
      if (!isKnown && !/^(?:file|blob|data):/.test(url)) complaints.push(`request: ${url}`)
    })
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) =>
        console.error(`policy: ${violatedDirective} ${sample}`),
      )
    })
    await page.goto(address)
    return { page, complaints }
  }
  return {
    visit,
    async open(html, { hash = '', ...options } = {}) {
      const file = join(folder, `${count++}.html`)
      writeFileSync(file, html)
      return visit(pathToFileURL(file).href + hash, options)
    },
    async close() {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
