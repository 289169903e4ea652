// A verdict's sentences in the reader's language.
import {
  chinese,
  format,
  formatReading,
  messageOf,
  type Reading,
  type Repair,
  translated,
  type Verdict,
} from '@backprove/verify'

/** What a page says of verdicts. */
export interface Sentences {
  /** Several lines, the first of them a summary. */
  verdict(verdict: Verdict): string
  repair(repair: Repair): string
  /** A row of an ambiguous verdict; `said` where it is about no star. */
  reading(reading: Reading, said: string | undefined): string
  /** Why something is no formula, no network or no derivation. */
  reason(text: string): string
}

const en: Sentences = {
  verdict: (verdict) => format(verdict),
  repair: ({ message }) => message,
  reading: (reading, said) => said || formatReading(reading),
  reason: (text) => text,
}

/** Also the ranges of what was read: `δ_i = … for i = 1, …, n`. */
export const verdictInChinese = (verdict: Verdict): string =>
  format(verdict, chinese).replaceAll(/^(\s*读作 .*?) for (?=\S+ = \d)/gm, '$1，其中 ')

const zh: Sentences = {
  verdict: verdictInChinese,
  repair: (repair) => messageOf(repair, chinese),
  reading: (reading, said) => (said ? translated(said, chinese) : formatReading(reading, chinese)),
  reason: (text) => translated(text, chinese),
}

export const sentencesIn = (language: string): Sentences => (/^zh/i.test(language) ? zh : en)
