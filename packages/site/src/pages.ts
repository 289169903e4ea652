// The pages of the site: what stands in docs/ and docs/zh/, and the notes that are checked. A page
// that is not translated yet stands in both languages as it is.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../..', import.meta.url))

export const LANGUAGES = ['en', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]

export interface Page {
  readonly language: Language
  /** Whether its text is in that language. */
  readonly isTranslated: boolean
  /** In the repository: `docs/systems/filters.md`. */
  readonly source: string
  /** On the site, without the language: `systems/filters.html`. */
  readonly path: string
  readonly title: string
  readonly markdown: string
  /** The English text, whose formulas it shares. */
  readonly english: string
  /** The group of the navigation. */
  readonly group: string
}

/** The groups in the order of the navigation; whatever else there is follows. */
export const GROUPS = [
  '',
  'systems',
  'verifying',
  'kernels',
  'interop',
  'decisions',
  'api',
] as const

/** What comes first in its group; the rest is in the order of names. */
const FIRST = [
  'README',
  'getting-started',
  'notes-checked',
  'book-network',
  'filters',
  'pooling',
  'networks',
  'data',
  'training',
  'activations',
  'blocks',
  'backpropagation',
  'verdicts',
  'language',
  'in-ci',
]

/** Beside docs/: pages whose source is elsewhere. */
const ELSEWHERE: Readonly<Record<string, string>> = { 'notes-checked.md': 'examples/notes.md' }

export function pagesOf(language: Language): Page[] {
  const documents = [...markdownIn('docs'), ...Object.keys(ELSEWHERE)].filter(
    (path) => !path.startsWith('zh/'),
  )
  return documents
    .map((path) => pageOf(path, language))
    .sort(
      (a, b) =>
        rank(GROUPS, a.group) - rank(GROUPS, b.group) ||
        rank(FIRST, stem(a.path)) - rank(FIRST, stem(b.path)) ||
        (a.path < b.path ? -1 : 1),
    )
}

const rank = (order: readonly string[], name: string): number => {
  const at = order.indexOf(name)
  return at < 0 ? order.length : at
}

const stem = (path: string): string =>
  posix
    .basename(path)
    .replace(/\.html$/, '')
    .replace(/^index$/, 'README')

/**
 * A page of a language: a text of its own, or, where nearly everything is formulas, the English one
 * with its prose exchanged, part by part.
 */
function textOf(path: string, language: Language) {
  const original = ELSEWHERE[path] ?? `docs/${path}`
  const english = readFileSync(join(root, original), 'utf8')
  const own = `docs/${language}/${path}`
  const parts = own.replace(/\.md$/, '.json')
  if (language !== 'en' && existsSync(join(root, own))) {
    return { english, source: own, markdown: readFileSync(join(root, own), 'utf8') }
  }
  if (language === 'en' || !existsSync(join(root, parts))) {
    return { english, source: original, markdown: english }
  }
  const exchanged: Record<string, string> = JSON.parse(readFileSync(join(root, parts), 'utf8'))
  const markdown = Object.entries(exchanged).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${parts}: ${original} does not say "${from}"`)
    return text.replaceAll(from, to)
  }, english)
  return { english, source: original, markdown }
}

function pageOf(path: string, language: Language): Page {
  const { english, source, markdown } = textOf(path, language)
  const isTranslated = language === 'en' || markdown !== english
  const title = /^#\s+(.+)$/m.exec(markdown)?.[1]?.replaceAll('`', '') ?? path
  const folder = dirname(path)
  return {
    ...{ language, isTranslated, source, title, markdown, english },
    path: path.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html'),
    group: folder === '.' ? '' : folder.split('/')[0]!,
  }
}

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => path.replaceAll('\\', '/'))
}
