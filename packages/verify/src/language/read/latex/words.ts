// Characters, commands that are one, and words inside \\text and \\mathrm, as tokens.

import {
  closing,
  commands,
  endless,
  functionWords,
  greek,
  keywords,
  onesLetter,
  opening,
  signs,
} from '../../lexicon.ts'
import { ClaimError, type Span } from '../../syntax.ts'
import { keywordsInText, signsInText } from '../../words-in-text.ts'
import { type Token, token } from '../tokens/tokens.ts'
import { list } from './place.ts'
import { lowLine } from './prepare.ts'
import type { LatexNode } from './tree.ts'

/** A character, or a command that is one. */
export const symbol = (text: string, span: Span): Token => {
  const character = commands.get(text) ?? text
  if (/^\d$/.test(character)) return token('digit', character, span)
  if (character === "'") return token('sign', "'", span)
  if (opening.has(character) || closing.has(character)) return token('sign', character, span)
  const sign = signs.get(character)
  if (sign) return token('sign', sign, span)
  if (/^\p{L}$/u.test(character) || character === onesLetter || character === endless)
    return token('letter', character, span)
  throw new ClaimError(`‘${text}’ is not understood`, span)
}

export const plainText = (nodes: readonly LatexNode[]): string =>
  nodes
    .map((node) =>
      node.type === 'spacing' || node.type === 'kern' ? ' ' : (node.text ?? accented(node)),
    )
    .join('')
    .normalize('NFC')
    .replaceAll(lowLine, '_')

/** ü and é, which KaTeX takes apart. */
const accented = (node: LatexNode): string => {
  const mark = marksInText.get(node.label ?? '')
  return mark === undefined
    ? plainText(list(node.body))
    : plainText(list(node.base ?? undefined)) + mark
}

const marksInText: ReadonlyMap<string, string> = new Map([
  ['\\"', '\u0308'],
  ["\\'", '\u0301'],
  ['\\`', '\u0300'],
  ['\\^', '\u0302'],
  ['\\~', '\u0303'],
])

/** A letter with its number, and words that are put together from their letters later. */
const spelledOut =
  /^(?:\p{Script=Latin}\p{Ll}?\d*|full|valid|same|wide|narrow|(?:conv|corr|xcorr|rot|ROT|flip)\w*)$/u

/** `\text{rot180}` is a word; `\text{F}` a letter; anything else in it is prose. */
export const word = (text: string, span: Span, words: readonly string[]): Token[] => {
  const trimmed = text.trim()
  if (words.includes(trimmed)) return [token('name', trimmed, span)]
  if (functionWords.has(trimmed)) return [token('function', trimmed, span)]
  const [, bare, stop] = /^(.*?)([.,;]?)$/s.exec(trimmed)!
  if (stop && keywords.has(bare!))
    return [token('keyword', keywords.get(bare!)!, span), token('sign', stop, span)]
  if (keywords.has(trimmed)) return [token('keyword', keywords.get(trimmed)!, span)]
  const elsewhere = keywordsInText.get(trimmed)
  if (elsewhere !== undefined) return [token('keyword', elsewhere, span)]
  const said = signsInText.get(trimmed)
  if (said !== undefined) return [token('sign', said, span)]
  if (greek.has(trimmed)) return [token('name', greek.get(trimmed)!, span)]
  if (trimmed === 'and') return [token('sign', ',', span)]
  if (trimmed === '∀') return [token('sign', trimmed, span)]
  if (trimmed === 'first max' || trimmed === 'first min')
    return [token('keyword', 'first', span), token('function', trimmed.slice(6), span)]
  if (spelledOut.test(trimmed)) {
    const offset = span.start
    return [...trimmed].map((character, at) =>
      symbol(character, { start: offset + at, end: offset + at + 1 }),
    )
  }
  const [, letter, below] = /^(\p{L})_(\w+)$/u.exec(trimmed) ?? []
  if (letter && below) {
    const tokens = [...below].map((each) => symbol(each, span))
    return [{ ...symbol(letter, span), subscript: { tokens, span } }]
  }
  return trimmed === '' ? [] : [token('prose', trimmed, span)]
}
