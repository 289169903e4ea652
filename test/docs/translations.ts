// The Chinese pages beside the English ones: the same code, formulas and headings, other prose.
// `node test/docs/translations.ts PAGE …` takes the code of the English page over into a page that
// was revised, and notes which English text it now says: `node test/docs/translations.ts --all`.
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { blocksOf } from './blocks.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const NOTED = `${root}docs/zh/sources.json`
const english = (page: string): string => `${root}docs/${page}`
export const chinese = (page: string): string => `${root}docs/zh/${page}`
export const readText = (path: string): string => readFileSync(path, 'utf8')

/** Every page that a translation is owed: of docs/, as a path below it. */
export const guidePages = (): string[] =>
  globSync('**/*.md', { cwd: `${root}docs` })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('zh/'))
    .sort()

/** What must be the same in both languages. */
export function skeletonOf(markdown: string) {
  const blocks = blocksOf(markdown)
  const prose = proseOf(markdown)
  return {
    blocks: blocks.map(({ info, lines }) => [info.join(' '), ...lines]),
    headings: prose.flatMap((line) => /^#+(?= )/.exec(line) ?? []),
    formulas: prose.filter((line) => line.startsWith('$$')),
    rows: prose.filter((line) => line.startsWith('|')).length,
  }
}

/** The lines outside code. */
function proseOf(markdown: string): string[] {
  const blocks = blocksOf(markdown)
  const isCode = (at: number) => blocks.some(({ open, close }) => at >= open && at <= close)
  return markdown.split('\n').filter((_, at) => !isCode(at))
}

/** Which English text a page says: its digest. */
const digestOf = (markdown: string): string =>
  createHash('sha256').update(markdown).digest('hex').slice(0, 12)

/** The pages whose English text has changed since they were translated. */
export function stale(): string[] {
  const noted: Record<string, string> = JSON.parse(readText(NOTED))
  return guidePages().filter(
    (page) => existsSync(chinese(page)) && noted[page] !== digestOf(readText(english(page))),
  )
}

export const pair = (page: string) => [readText(english(page)), readText(chinese(page))] as const

/** The page with the blocks of the English one in the places of its own, one after the other. */
export function withCodeOf(source: string, page: string): string {
  const lines = page.split('\n')
  const [theirs, own] = [blocksOf(source), blocksOf(page)]
  const fences = source.split('\n')
  for (const [k, { open, close }] of [...own.entries()].reverse()) {
    const block = theirs[k]
    if (block) lines.splice(open, close - open + 1, ...fences.slice(block.open, block.close + 1))
  }
  return lines.join('\n')
}

if (import.meta.main) {
  const given = process.argv.slice(2)
  const noted: Record<string, string> = existsSync(NOTED) ? JSON.parse(readText(NOTED)) : {}
  for (const page of given.includes('--all') ? guidePages() : given) {
    if (!existsSync(chinese(page))) continue
    const [source, own] = pair(page)
    writeFileSync(chinese(page), withCodeOf(source, own))
    noted[page] = digestOf(source)
  }
  const sorted = Object.entries(noted).sort(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync(NOTED, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
}
