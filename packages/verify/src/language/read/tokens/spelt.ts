// Words that tokens spell together, letter by letter.
import { bare } from './join.ts'
import type { Token } from './tokens.ts'

export const touches = (left: Token | undefined, right: Token | undefined): boolean =>
  left !== undefined && right !== undefined && bare(left) && left.span.end === right.span.start

export const spelling = (tokens: readonly Token[]): string =>
  tokens.map(({ text }) => text).join('')

/** How many of the tokens from `at` spell a word, letter by letter; 0 where they do not. */
export const spelt = (tokens: readonly Token[], at: number, word: string): number => {
  let text = ''
  for (let length = 0; text.length < word.length; length++) {
    const token = tokens[at + length]
    if (!token || (length > 0 && !touches(tokens[at + length - 1], token))) return 0
    text += token.text
    if (text === word) return length + 1
  }
  return 0
}

/** What takes the place of `used` tokens. */
export interface Idiom {
  readonly made: readonly Token[]
  readonly used: number
}
