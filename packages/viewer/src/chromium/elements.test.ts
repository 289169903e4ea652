// The elements in somebody else's page: the module comes from another origin, the page has a policy
// of its own; and the module that waits until somebody asks.
import { Graph, mul, sum } from '@backprove/graph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asset, viewDocument } from '../index.ts'
import { type Chromium, executable, launch } from './browser.ts'
import { type Host, serve } from './serve.ts'

const NETWORK = 'x_i: input 3\nw: parameter 2 3\nz = dense(x, w)\nC = sum(z * z)'
const NOTES = `\`\`\`network\n${NETWORK}\n\`\`\`\n\n$\\partial C / \\partial z = 2 z$`

const BODY = [
  '<p>A course. <backprove-math>\\delta = a - t</backprove-math></p>',
  '<backprove-graph src="net.view.json"><pre>y = x²</pre></backprove-graph>',
  `<backprove-notes><pre>\n${NOTES}</pre></backprove-notes>`,
  `<backprove-derivation by="w"><pre>${NETWORK}</pre></backprove-derivation>`,
].join('\n')

function view(): string {
  const graph = new Graph()
  const x = graph.input('x', [2, 2])
  const cost = sum(mul(x, x).as('y')).as('C')
  return JSON.stringify(viewDocument(cost))
}

const pageWith = (script: string, policy: string, body = BODY): string =>
  [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>A course</title>',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<script type="module" src="${script}"></script>`,
    body,
  ].join('\n')

/** What docs/embedding.md tells a page with a policy to say. */
const policyWith = (origin: string): string =>
  [
    "default-src 'none'; connect-src 'self'; worker-src blob:; font-src data:",
    `script-src ${origin} 'wasm-unsafe-eval'`,
    "require-trusted-types-for 'script'; trusted-types backprove",
  ].join('; ')

describe.runIf(executable)('the elements', () => {
  let chromium: Chromium
  let scripts: Host
  const hosts: Host[] = []
  const hosted = async (html: string): Promise<string> => {
    const files = new Map([
      ['index.html', html],
      ['net.view.json', view()],
    ])
    hosts.push(await serve(files))
    return hosts.at(-1)!.address
  }
  beforeAll(async () => {
    chromium = await launch()
    const files = new Map<string, string>()
    for (const name of ['elements.js', 'lazy.js'] as const) files.set(name, await asset(name))
    scripts = await serve(files, { headers: { 'access-control-allow-origin': '*' } })
    hosts.push(scripts)
  }, 60_000)
  afterAll(async () => {
    for (const host of hosts) host.close()
    await chromium?.close()
  })
  const opened = async (script: string, body = BODY) => {
    const origin = new URL(scripts.address).origin
    const html = pageWith(scripts.address + script, policyWith(origin), body)
    return chromium.visit(await hosted(html), { also: [origin] })
  }

  test('from another origin, under a policy: numbers, proofs and formulas', async () => {
    const { page, complaints } = await opened('elements.js')
    await page.locator('backprove-graph button.cell').first().waitFor()
    await expect
      .poll(() => page.locator('backprove-math math').count(), { timeout: 20_000 })
      .toBe(1)
    const mark = page.locator('backprove-notes .gutter .mark')
    await expect.poll(() => mark.allTextContents(), { timeout: 20_000 }).toEqual(['✓∞'])
    await page.locator('backprove-derivation').getByRole('button').first().click()
    const proved = page.locator('backprove-derivation .proved')
    await expect.poll(() => proved.count(), { timeout: 20_000 }).toBeGreaterThan(0)
    expect(complaints).toEqual([])
  })

  test('a page that forbids WebAssembly and workers has numbers, and a sentence', async () => {
    const origin = new URL(scripts.address).origin
    const policy = `default-src 'none'; connect-src 'self'; script-src ${origin}`
    const html = pageWith(`${scripts.address}elements.js`, policy)
    const { page, complaints } = await chromium.visit(await hosted(html), { also: [origin] })
    await page.locator('backprove-graph button.cell').first().waitFor()
    await expect.poll(() => page.locator('.readout').first().textContent()).toMatch(/from/)
    const said = page.locator('backprove-notes [role=alert]')
    await expect.poll(() => said.textContent()).toContain('cannot be checked')
    expect(complaints.filter((line) => !/policy|Content Security/i.test(line))).toEqual([])
  })

  const READABLE = BODY.slice(BODY.indexOf('\n'))
  const wasFetched = () => scripts.asked.includes('/elements.js')

  test.each(['press', 'focus'])('light text waits for the first %s', async (how) => {
    ;(scripts.asked as string[]).length = 0
    const { page, complaints } = await opened('lazy.js', READABLE)
    await page.getByText('z = dense(x, w)').first().waitFor()
    expect(wasFetched()).toBe(false)
    if (how === 'press') await page.locator('backprove-notes').click()
    else await page.keyboard.press('Tab')
    await page.locator('backprove-graph button.cell').first().waitFor()
    const mark = page.locator('backprove-notes .gutter .mark')
    await expect.poll(() => mark.count(), { timeout: 20_000 }).toBe(1)
    const hosts = 'backprove-graph, backprove-notes, backprove-derivation'
    await expect.poll(() => page.locator(`:is(${hosts})[tabindex]`).count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('a formula, and what is added later, is set as soon as it is seen', async () => {
    ;(scripts.asked as string[]).length = 0
    const { page, complaints } = await opened('lazy.js', '<p id="here">None yet.</p>')
    expect(wasFetched()).toBe(false)
    await page.evaluate(() => {
      const math = document.createElement('backprove-math')
      math.textContent = 'a^2'
      document.getElementById('here')!.append(math)
    })
    await expect
      .poll(() => page.locator('backprove-math math').count(), { timeout: 20_000 })
      .toBe(1)
    expect(complaints).toEqual([])
  })
})
