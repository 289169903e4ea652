// The site as files: read without a script, small, in both languages, with no link that leads
// nowhere; and as a host serves it below a path of its own, in Chromium.
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Files, site } from '../../../packages/site/src/build.ts'
import { brokenLinks } from '../../../packages/site/src/links.ts'
import { pathsFound } from '../../../packages/site/src/search.ts'
import { findings } from '../../../packages/viewer/src/chromium/axe.ts'
import { type Chromium, executable, launch } from '../../../packages/viewer/src/chromium/browser.ts'
import { type Host, serve } from '../../../packages/viewer/src/chromium/serve.ts'

let files: Files
beforeAll(async () => {
  files = await site({ api: false })
}, 120_000)

describe('the site', () => {
  const text = (path: string): string => `${files.get(path)}`
  const guide = (): string[] =>
    [...files.keys()].filter((path) => /^(?:en|zh)\/.*\.html$/.test(path) && !/search/.test(path))

  it('is read without scripts, 50 kB a page at most', () => {
    expect(guide().length).toBeGreaterThan(60)
    const style = gzipSync(text('assets/site.css')).length
    for (const path of guide()) {
      expect(/<(?:script|style)[ >]|<\w[^>]* (?:style|on\w+)="/.test(text(path)), path).toBe(false)
      expect(gzipSync(text(path)).length + style).toBeLessThan(50_000)
    }
  })

  it('has every page in both languages, and says where one is not translated', () => {
    const of = (language: string) =>
      guide()
        .filter((path) => path.startsWith(language))
        .map((path) => path.slice(3))
    expect(of('zh')).toEqual(of('en'))
    expect(text('zh/index.html')).toContain('<html lang="zh-CN">')
    const english = of('zh').filter((path) => text(`zh/${path}`).includes('class="notice"'))
    expect(english.filter((path) => !path.startsWith('decisions/'))).toEqual([])
  })

  it('what is live stands in pages, and is fetched by who opens it', () => {
    const page = text('zh/systems/networks.html')
    const frame = '<iframe src="../../live/leNet5.html" loading="lazy" title="LeNet-5"></iframe>'
    expect(page).toContain(frame)
    expect(page.slice(0, page.indexOf(frame))).toMatch(
      /<details class="live"><summary>[^<]*<\/summary>$/,
    )
    expect(files.has('live/leNet5.html')).toBe(true)
    expect(guide().filter((path) => text(path).includes('<iframe')).length).toBe(30)
  })

  it('formulas are MathML with their verdicts beside them', () => {
    const page = text('en/notes-checked.html')
    expect(page.match(/<math/g)!.length).toBeGreaterThan(60)
    expect(page).toMatch(/class="badge proved" title="proved for all sizes/)
    expect(page).toMatch(/class="badge refuted"/)
    // Each its own: with a number behind it, and where one stands twice below two networks.
    const started = text('en/verifying/getting-started.html')
    const badges = [...started.matchAll(/<\/math>(?:<span class="badge ([\w-]+)")?/g)]
    expect(badges.slice(0, 7).map(([, kind]) => kind)).toEqual([
      ...['proved', 'proved', 'proved', 'proved', 'refuted', 'holds-if', 'proved'],
    ])
  })

  it('what prose says in plain letters is mathematics too, and no emphasis', () => {
    const page = text('en/systems/backpropagation.html')
    expect(page).not.toMatch(/[\p{L})}][\^_]\{/u)
    expect(page.match(/<p>[^<]*<math/g)!.length).toBeGreaterThan(3)
    expect(page).not.toContain('<em>')
  })

  it('a link that leads nowhere is found', () => {
    expect(brokenLinks(files)).toEqual([])
    const broken = new Map([...files, ['en/a.html', '<a href="b.html">b</a><a href="#c">c</a>']])
    expect(brokenLinks(broken)).toEqual(['en/a.html: b.html', 'en/a.html: #c'])
  })

  it.each([
    ['en', 'counterexample', 'verdicts'],
    ['en', 'poling', 'pooling'],
    ['zh', '嵌入', 'embedding'],
    ['zh', '公式', 'verifying'],
    ['zh', '感受野', 'networks'],
    ['zh', '反例', 'verdicts'],
  ])('%s: a search for %s finds %s', (language, query, found) => {
    const paths = pathsFound(text(`assets/search-${language}.json`), query, language)
    expect(paths.slice(0, 6).some((path) => path.includes(found))).toBe(true)
  })
})

/** One page of each kind: its markup is that of the others. audit.ts tries them all. */
const KINDS = [
  ...['index.html', 'en/notes-checked.html', 'en/benchmarks.html', 'en/interop/index.html'],
  ...[
    'en/systems/backpropagation.html',
    'en/systems/training.html',
    'zh/embedding.html',
    'zh/search.html',
  ],
]

describe.runIf(executable)('the site on a host', () => {
  let chromium: Chromium
  let host: Host
  beforeAll(async () => {
    chromium = await launch()
    host = await serve(files, { folder: '/courses/backprove/' })
  })
  afterAll(async () => {
    host?.close()
    await chromium?.close()
  })

  it.each([
    ['en', 'poling', 'pooling'],
    ['zh', '反例', 'verdicts'],
  ])('%s: is searched, and what is found opens', async (language, query, found) => {
    const { page, complaints } = await chromium.visit(`${host.address}${language}/index.html`)
    await page.locator('header a', { hasText: /^(?:Search|搜索)$/ }).click()
    await page.locator('#query').fill(query)
    const link = page.locator(`#found a[href*="${found}"]`).first()
    await link.waitFor()
    await link.click()
    expect(await page.locator('h1').count()).toBe(1)
    expect(page.url()).toContain(`/courses/backprove/${language}/`)
    expect(complaints).toEqual([])
  })

  it('a live page opens where it stands', async () => {
    const { page, complaints } = await chromium.visit(`${host.address}en/index.html`)
    expect(host.asked.some((path) => path.includes('/live/'))).toBe(false)
    await page.locator('details.live summary').click()
    await page.frameLocator('iframe').locator('button.cell').first().waitFor()
    expect(complaints).toEqual([])
  })

  it('a word between two low lines is emphasised, and no formula', () => {
    expect(String(files.get('en/notes-checked.html'))).toContain('is not <em>proved</em>.')
  })

  it('where one is stands in sight in the navigation', async () => {
    const { page } = await chromium.visit(`${host.address}en/index.html`, {
      viewport: { width: 1280, height: 900 },
    })
    const paths = [...files.keys()].filter((path) => /^en\/.*\.html$/.test(path))
    expect(paths.length).toBeGreaterThan(75)
    for (const path of paths.filter((each) => !each.includes('search'))) {
      await page.goto(host.address + path, { waitUntil: 'domcontentloaded' })
      const bottom = await page.evaluate(
        () => document.querySelector('nav [aria-current]')!.getBoundingClientRect().bottom,
      )
      expect(bottom, path).toBeLessThan(900)
    }
  })

  it.each(KINDS)('%s: no finding of axe, in light and in dark', async (path) => {
    const { page } = await chromium.visit(host.address + path, { bypassCSP: true })
    expect(await findings(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await findings(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })
})
