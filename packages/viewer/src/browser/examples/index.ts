// Notes to start from: right formulas, usual mistakes, and one that is ambiguous. In two languages;
// their formulas are the same.
import attention from './attention.md'
import batchNorm from './batch-norm.md'
import book from './book.md'
import convolution from './convolution.md'
import empty from './empty.md'
import nielsen from './nielsen.md'
import zhAttention from './zh/attention.md'
import zhBatchNorm from './zh/batch-norm.md'
import zhBook from './zh/book.md'
import zhConvolution from './zh/convolution.md'
import zhEmpty from './zh/empty.md'
import zhNielsen from './zh/nielsen.md'

export interface Example {
  readonly title: string
  readonly text: string
}

const example = (title: string, text: string): Example => ({ title, text })

const EN = {
  /** What new notes begin with. */
  empty,
  examples: [
    example('A convolution, with a mistake', convolution),
    example('The book’s network', book),
    example('Nielsen’s four equations', nielsen),
    example('Batch normalisation', batchNorm),
    example('Attention', attention),
  ],
}

const ZH: typeof EN = {
  empty: zhEmpty,
  examples: [
    example('一个有错的卷积', zhConvolution),
    example('书中的网络', zhBook),
    example('Nielsen 的四个方程', zhNielsen),
    example('批量归一化', zhBatchNorm),
    example('注意力', zhAttention),
  ],
}

export const examplesIn = (language: string): typeof EN => (/^zh/i.test(language) ? ZH : EN)

const textsOf = ({ empty: blank, examples }: typeof EN): string[] =>
  [blank, ...examples.map(({ text }) => text)].map((text) => text.trim())

/** An example that nobody has changed, in another language; other notes as they are. */
export function translatedExample(text: string, language: string): string {
  const at = [EN, ZH].map(textsOf).flatMap((texts) => {
    const found = texts.indexOf(text.trim())
    return found < 0 ? [] : [found]
  })[0]
  const { empty: blank, examples } = examplesIn(language)
  return at === undefined ? text : at === 0 ? blank : examples[at - 1]!.text
}
