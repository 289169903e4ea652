// pnpm site [FOLDER]: builds the documentation as a site of plain files (site/ unless said
// otherwise). Each page is read without a script; links are checked before anything is kept.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { argv } from 'node:process'
import { fontBytes, fontFace, MATH_STYLE, ROOT_STYLE } from '@backprove/viewer'
import { apiPages } from './api.ts'
import { badgesOf } from './badges.ts'
import { gpuFiles } from './gpu.ts'
import { brokenLinks } from './links.ts'
import { liveBelow, livePages } from './live.ts'
import { type Renderer, renderer } from './markdown.ts'
import { GROUPS, LANGUAGES, type Language, type Page, pagesOf, root } from './pages.ts'
import { searchIndex, searchScript } from './search.ts'
import { type Link, template } from './template.ts'
import { WELCOME } from './welcome.ts'
import { wordsOf } from './words.ts'

export interface SiteOptions {
  /** Whether the reference is made from the sources: it takes half a minute. Default true. */
  readonly api?: boolean
}

export type Files = Map<string, string | Uint8Array>

/** Every file of the site by its path. @throws Error where a link leads nowhere */
export async function site({ api = true }: SiteOptions = {}): Promise<Files> {
  const files: Files = new Map()
  const render = await renderer()
  const live = await livePages()
  for (const [path, html] of live) files.set(path, html)
  for (const [path, content] of await gpuFiles()) files.set(path, content)
  const reference = api ? await apiPages() : []
  for (const language of LANGUAGES) {
    const pages = [...pagesOf(language), ...reference.map((page) => ({ ...page, language }))]
    for (const page of pages) {
      files.set(`${language}/${page.path}`, pageHtml(page, pages, render, [...live.keys()]))
    }
    files.set(`${language}/search.html`, searchPage(language, pages, [...live.keys()]))
    files.set(`assets/search-${language}.json`, searchIndex(pages, language))
  }
  files.set('assets/search.js', await searchScript())
  files.set('assets/math.woff2', await fontBytes())
  const style = readFileSync(new URL('site.css', import.meta.url), 'utf8')
  files.set(
    'assets/site.css',
    ROOT_STYLE + style + MATH_STYLE + fontFace('math.woff2') + render.styles(),
  )
  files.set('index.html', WELCOME)
  const broken = brokenLinks(files)
  if (broken.length > 0) throw new Error(`Links that lead nowhere:\n${broken.join('\n')}`)
  return files
}

function pageHtml(page: Page, pages: readonly Page[], render: Renderer, live: readonly string[]) {
  const words = wordsOf(page.language)
  const base = '../'.repeat(page.path.split('/').length)
  const badge = badgesOf(page.english, words.code)
  const { html, headings } = render.render(page.markdown, {
    badge,
    link: (address) => siteLink(address, page, pages),
  })
  const order = pages.filter(({ group }) => group === page.group)
  const next = order[order.indexOf(page) + 1]
  return template({
    ...{ words, title: page.title, headings, base },
    html: anchored(html) + liveBelow(page.path, base, words),
    ...frame(page.path, page.language, pages, live),
    next: next && { title: next.title, href: to(page.path, next.path), isHere: false },
    notice: page.isTranslated ? '' : words.untranslated,
  })
}

/**
 * typedoc counts names that differ only in case, of which some stand elsewhere: `#name-1` where
 * there is one `name`.
 */
function anchored(html: string): string {
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
  return html.replaceAll(/href="#([^"]+?)(-\d+)?"/g, (whole, name: string, count?: string) => {
    if (ids.has(`${name}${count ?? ''}`)) return whole
    return ids.has(name) ? `href="#${name}"` : 'href="#text"'
  })
}

function searchPage(language: Language, pages: readonly Page[], live: readonly string[]): string {
  const words = wordsOf(language)
  return template({
    ...{ words, title: words.search, headings: [], base: '../', next: undefined, notice: '' },
    ...frame('search.html', language, pages, live),
    html: [
      `<h1>${words.search}</h1>`,
      `<input type="search" id="query" aria-label="${words.searchHint}">`,
      `<ol id="found" data-index="../assets/search-${language}.json"`,
      ` data-nothing="${words.nothing}"><li>${words.needsHost}</li></ol>`,
    ].join('\n'),
    scripts: ['../assets/search.js'],
  })
}

/** What stands around every text. */
function frame(path: string, language: Language, pages: readonly Page[], live: readonly string[]) {
  const words = wordsOf(language)
  const up = '../'.repeat(path.split('/').length - 1)
  const known = [...new Set([...GROUPS, ...pages.map(({ group }) => group)])]
  const groups = known.map((name) => ({
    title: words.groups[name] ?? name,
    links: pages
      .filter(({ group }) => group === name)
      .map((each): Link => {
        return { title: each.title, href: to(path, each.path), isHere: each.path === path }
      }),
  }))
  // What has a page of its own in Chinese stands once in either language.
  const chinese = (each: string) => each.replace('.html', '-zh.html')
  const read = live.filter((each) =>
    language === 'zh' ? !live.includes(chinese(each)) : !each.endsWith('-zh.html'),
  )
  const nets = read.map((each): Link => {
    const name = posix.basename(each, '.html').replace('-zh', '')
    return { title: words.nets[name] ?? words.notes, href: `${up}../${each}`, isHere: false }
  })
  return {
    groups: [{ title: words.live, links: nets }, ...groups.filter(({ links }) => links.length > 0)],
    other: `${up}../${language === 'en' ? 'zh' : 'en'}/${path}`,
    home: `${up}index.html`,
    search: `${up}search.html`,
  }
}

const to = (from: string, path: string): string =>
  posix.relative(posix.dirname(from), path) || posix.basename(path)

/** A link of a document in the repository, on the site; '' where the site has no such page. */
function siteLink(address: string, page: Page, pages: readonly Page[]): string {
  if (/^(?:[a-z]+:|#)/.test(address)) return address
  const [path = '', anchor] = address.split('#')
  const target = posix.normalize(posix.join(posix.dirname(page.source), path))
  const wanted = target.replace(/^docs\/(?:zh\/)?/, 'docs/').replace(/\/$/, '')
  const found = pages.find(({ path: own, source }) => {
    const english = source.replace(/^docs\/zh\//, 'docs/')
    return english === wanted || `docs/${posix.dirname(own)}` === wanted
  })
  const hash = anchor === undefined ? '' : `#${anchor}`
  return found ? to(page.path, found.path) + hash : ''
}

export function write(files: Files, folder: string): void {
  for (const [path, content] of files) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

if (import.meta.main) {
  const folder = argv[2] ?? join(root, 'site')
  const files = await site()
  write(files, folder)
  console.log(`${files.size} files in ${folder}. Any static host serves them.`)
}
