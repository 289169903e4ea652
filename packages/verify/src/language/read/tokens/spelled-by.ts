// Which tokens spell a word of the graph.
import type { Token } from './tokens.ts'

/** How many spell it: x̂ is one with two characters; 0 where none do, or a longer word. */
const tokensOf = (run: readonly Token[], word: string): number => {
  let length = 0
  for (const [at, { text }] of run.entries()) {
    if (!word.startsWith(text, length)) return 0
    length += text.length
    if (length === word.length) return /^[\p{L}\d]/u.test(run[at + 1]?.text ?? '') ? 0 : at + 1
  }
  return 0
}

/** The first of the words that tokens begin with, and how many spell it. */
export const wordAt = (
  run: readonly Token[],
  words: readonly string[],
): readonly [word: string | undefined, length: number] => {
  for (const word of words) {
    const length = tokensOf(run, word)
    if (length > 0) return [word, length]
  }
  return [undefined, 0]
}
