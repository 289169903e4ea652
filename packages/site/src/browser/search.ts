// The script of the search page: asks the index of its language while one types.
import MiniSearch from 'minisearch'
import { SEARCH_FIELDS, wordsIn } from '../search-words.ts'

const query = document.getElementById('query') as HTMLInputElement
const found = document.getElementById('found') as HTMLElement
const language = document.documentElement.lang
const answer = await fetch(found.dataset.index ?? '')
const search = MiniSearch.loadJSON<{ path: string; title: string }>(await answer.text(), {
  ...SEARCH_FIELDS,
  tokenize: (text) => wordsIn(text, language),
})

const MOST = 20

function show(): void {
  const results = search.search(query.value).slice(0, MOST)
  const items = results.map(({ path, title }) => {
    const item = document.createElement('li')
    const link = document.createElement('a')
    link.href = path
    link.textContent = title
    item.append(link)
    return item
  })
  const isEmpty = items.length === 0 && query.value !== ''
  found.replaceChildren(...(isEmpty ? [found.dataset.nothing ?? ''] : items))
}

query.addEventListener('input', show)
// What was typed while the index was on its way stays.
query.value ||= new URLSearchParams(location.hash.slice(1)).get('q') ?? ''
show()
query.focus()
