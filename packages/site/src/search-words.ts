// What the index and a question have in common.

export const SEARCH_FIELDS = {
  fields: ['title', 'text'],
  storeFields: ['path', 'title'],
  searchOptions: { boost: { title: 3 }, prefix: true, fuzzy: 0.15 },
}

export const wordsIn = (text: string, language: string): string[] =>
  [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text.toLowerCase())]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment)
