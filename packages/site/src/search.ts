// The search: an index made with the site, and the script that asks it. Chinese is cut into words
// by Intl.Segmenter, in the index and in a question alike.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import MiniSearch from 'minisearch'
import type { Language, Page } from './pages.ts'
import { SEARCH_FIELDS, wordsIn } from './search-words.ts'

export function searchIndex(pages: readonly Page[], language: Language): string {
  const search = new MiniSearch({ ...SEARCH_FIELDS, tokenize: (text) => wordsIn(text, language) })
  search.addAll(
    pages.map(({ path, title, markdown }, id) => ({ id, path, title, text: plain(markdown) })),
  )
  return JSON.stringify(search)
}

/** What a question finds, best first: asked as the search page asks. */
export const pathsFound = (index: string, query: string, language: string): string[] =>
  MiniSearch.loadJSON<{ path: string }>(index, {
    ...SEARCH_FIELDS,
    tokenize: (text) => wordsIn(text, language),
  })
    .search(query)
    .map(({ path }) => path as string)

const plain = (markdown: string): string =>
  markdown.replaceAll(/```[\s\S]*?```/g, ' ').replaceAll(/[`*_#|>[\]()]/g, ' ')

export async function searchScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('browser/search.ts', import.meta.url))],
    ...{ bundle: true, minify: true, write: false, format: 'esm', target: 'es2022' },
  })
  return outputFiles[0]!.text
}
