// Notes to start from: right formulas, usual mistakes, and one that is ambiguous.
import attention from './attention.md'
import batchNorm from './batch-norm.md'
import book from './book.md'
import convolution from './convolution.md'
import empty from './empty.md'
import nielsen from './nielsen.md'

export interface Example {
  readonly title: string
  readonly titleZh: string
  readonly text: string
}

/** What new notes begin with. */
export const EMPTY: string = empty

export const EXAMPLES: readonly Example[] = [
  { title: 'A convolution, with a mistake', titleZh: '一个有错的卷积', text: convolution },
  { title: 'The book’s network', titleZh: '书中的网络', text: book },
  { title: 'Nielsen’s four equations', titleZh: 'Nielsen 的四个方程', text: nielsen },
  { title: 'Batch normalisation', titleZh: '批量归一化', text: batchNorm },
  { title: 'Attention', titleZh: '注意力', text: attention },
]
