// A page of the site: navigation, text, contents. No script; everything is relative, so that any
// host and any folder serves it.
import type { Heading } from './markdown.ts'
import type { Words } from './words.ts'

export interface Link {
  readonly title: string
  readonly href: string
  readonly isHere: boolean
}

export interface TemplateParts {
  readonly words: Words
  readonly title: string
  readonly html: string
  readonly headings: readonly Heading[]
  readonly groups: readonly { readonly title: string; readonly links: readonly Link[] }[]
  /** From this page to the root of the site: `../../`. */
  readonly base: string
  /** The same page in the other language. */
  readonly other: string
  readonly home: string
  readonly search: string
  readonly next: Link | undefined
  readonly notice: string
  /** Modules that a page of its own kind has; the pages of the guide have none. */
  readonly scripts?: readonly string[]
}

export const SITE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types backprove',
].join('; ')

export function template(parts: TemplateParts): string {
  const { words, title, html, headings, groups, base, other, home, search, next, notice } = parts
  const shown = headings.filter(({ level }) => level === 2 || level === 3)
  return `<!doctype html>
<html lang="${words.code}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${SITE_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} · Backprove</title>
<link rel="stylesheet" href="${base}assets/site.css">
${(parts.scripts ?? []).map((src) => `<script type="module" src="${src}"></script>`).join('')}
</head>
<body>
<a class="skip" href="#text">${words.skip}</a>
<header class="top">
<a class="name" href="${home}">Backprove</a>
<a class="to-pages" href="#pages">${words.navigation}</a>
<a href="${search}">${words.search}</a>
<a href="${other}" lang="${words.code === 'en' ? 'zh-CN' : 'en'}">${words.other}</a>
</header>
<div class="frame">
<nav id="pages" aria-label="${words.navigation}">
${navigation(groups)}
</nav>
<main id="text">${notice ? `<p class="notice">${notice}</p>` : ''}
${html}
${next ? following(next, words) : ''}
</main>
${shown.length > 1 ? contents(shown, words) : ''}
</div>
</body>
</html>
`
}

const following = ({ title, href }: Link, words: Words): string =>
  `<p class="next">${words.next}: <a href="${href}">${escaped(title)}</a></p>`

/** So many lines of the navigation are seen without scrolling, where no script could scroll. */
const MOST_LINES = 25

/** The group of this page is open; of the others, as many as leave it in sight. */
function navigation(groups: TemplateParts['groups']): string {
  const isHere = ({ links }: TemplateParts['groups'][number]) => links.some((link) => link.isHere)
  let left = MOST_LINES - groups.length - (groups.find(isHere)?.links.length ?? 0)
  return groups
    .map((each) => {
      if (isHere(each)) return group(each, true)
      const fits = each.links.length <= left
      if (fits) left -= each.links.length
      return group(each, fits)
    })
    .join('\n')
}

/** Of a long group so many are shown before the page that one is at; the others fold. */
const MOST_BEFORE = 6

function group({ title, links }: TemplateParts['groups'][number], isOpen: boolean): string {
  const items = links.map(({ title: name, href, isHere }) => {
    const here = isHere ? ' aria-current="page"' : ''
    return `<li><a href="${href}"${here}>${escaped(name)}</a></li>`
  })
  const folded = isOpen ? links.findIndex(({ isHere }) => isHere) - MOST_BEFORE : 0
  const before = items.splice(0, folded > 1 ? folded : 0)
  const fold =
    before.length > 0
      ? `<li><details><summary>1 – ${before.length}</summary><ul>${before.join('')}</ul></details></li>`
      : ''
  const list = `<ul>${fold}${items.join('')}</ul>`
  return `<details${isOpen ? ' open' : ''}><summary>${escaped(title)}</summary>${list}</details>`
}

const contents = (headings: readonly Heading[], words: Words): string =>
  `<aside aria-label="${words.contents}"><p>${words.contents}</p><ul>${headings
    .map(
      ({ id, text, level }) => `<li class="l${level}"><a href="#${id}">${escaped(text)}</a></li>`,
    )
    .join('')}</ul></aside>`

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
