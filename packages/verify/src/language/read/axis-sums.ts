// Sums along an axis as programs have them: sum(A, axis=0) is Aᵀ 𝟙, one number for each column;
// axis=1 is A 𝟙; rowsum(A) beside a matrix is A 𝟙 𝟙ᵀ, the sum of its row in every place, colsum of
// its column.
import { onesLetter } from '../lexicon.ts'
import { isSign, splitAt } from './tokens/cursor.ts'
import { bare } from './tokens/join.ts'
import { type Token, token } from './tokens/tokens.ts'

const spelling = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join('')

const grouped = (body: readonly Token[], { span }: Token): Token => ({
  ...token('group', '(', span),
  body: [...body],
})

const transposed = (of: Token): Token => ({
  ...of,
  superscript: { tokens: [token('name', 'T', of.span)], span: of.span },
})

const along = (axis: 0 | 1, array: readonly Token[], at: Token): Token => {
  const inner = grouped(array, at)
  const ones = token('name', onesLetter, at.span)
  return grouped([axis === 0 ? transposed(inner) : inner, ones], at)
}

/** Which axis is summed over, counted from 0; undefined where nothing is said of one. */
const axisOf = (options: readonly (readonly Token[])[]): 0 | 1 | undefined => {
  const said = options.map(spelling)
  const isKnown = said.every((each) =>
    /^(?:(?:axis|dim)=(?:[01]|-1)|keep_?dims?=(?:True|true))$/.test(each),
  )
  const axis = said.find((each) => /^(?:axis|dim)=/.test(each))
  return isKnown && axis ? (axis.endsWith('0') ? 0 : 1) : undefined
}

/** Words that say which axis is summed over. */
const sumsAlong: ReadonlyMap<string, 0 | 1> = new Map([
  ...['rowsum', 'rowSum'].map((word) => [word, 1] as const),
  ...['colsum', 'colSum'].map((word) => [word, 0] as const),
])

/** What stands for a sum along an axis, and how many tokens it takes the place of. */
export const axisSum = (
  tokens: readonly Token[],
  at: number,
): { made: readonly Token[]; used: number } | undefined => {
  const word = tokens[at]!
  const isPlain = word.type === 'function' && bare(word)
  const group = tokens[at + 1]
  if (!isPlain || group?.type !== 'group' || group.text !== '(') return undefined
  const [array, ...options] = splitAt(group.body!, ',')
  if (!array || array.length === 0) return undefined
  const keepScripts = (made: Token): Token => ({
    ...made,
    span: { start: word.span.start, end: group.span.end },
    ...(group.superscript && { superscript: group.superscript }),
    ...(group.subscript && { subscript: group.subscript }),
  })
  const said = sumsAlong.get(word.text)
  if (said !== undefined && options.length === 0) {
    const sum = along(said, array, word)
    const isBeside = ['+', '-', '⊙'].some((sign) => isSign(tokens[at - 1], sign))
    const ones = grouped([token('name', onesLetter, word.span)], word)
    // In every place of its row, or of its column.
    const beside = said === 1 ? [sum, transposed(ones)] : [ones, transposed(grouped([sum], word))]
    return { made: [keepScripts(isBeside ? grouped(beside, word) : sum)], used: 2 }
  }
  const axis = word.text === 'sum' && options.length > 0 ? axisOf(options) : undefined
  return axis === undefined ? undefined : { made: [keepScripts(along(axis, array, word))], used: 2 }
}
