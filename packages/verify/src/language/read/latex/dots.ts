// a.b for a·b, as some schools write it: the dot touches both, or stands between spaces. After a
// sentence a stop touches what is before it alone.
import { closing, opening } from '../../lexicon.ts'
import { extent, type Token } from '../tokens/tokens.ts'

/** A letter alone may be the p of np.sum. */
const ends = ({ type, text, superscript, subscript }: Token): boolean =>
  type === 'fraction' ||
  closing.has(text) ||
  ((type === 'letter' || type === 'name' || type === 'digit') &&
    (superscript !== undefined || subscript !== undefined))

const begins = ({ type, text }: Token): boolean =>
  ['letter', 'name', 'fraction', 'function', 'root'].includes(type) || opening.has(text)

export const withDots = (written: readonly Token[], source: string): Token[] => {
  const inside = (each: Token): Token => ({
    ...each,
    ...(each.body && { body: withDots(each.body, source) }),
    ...(each.below && { below: withDots(each.below, source) }),
  })
  const tokens = written.map(inside)
  return tokens.map((each, at) => {
    const [before, after] = [tokens[at - 1], tokens[at + 1]]
    const isDot = each.type === 'sign' && each.text === '.' && extent(each).end === each.span.end
    // N.(x) of a capital letter: f.(x) is applied.
    const isNumber = /^[A-Z\d]$/.test(before?.text ?? '') && after?.text === '('
    if (!isDot || !before || !after || !(ends(before) || isNumber) || !begins(after)) return each
    const [left, right] = [source[each.span.start - 1], source[each.span.end]]
    const isApart = left === ' '
    const isTight = left !== ' ' && right !== ' '
    return isApart || isTight ? { ...each, text: '·' } : each
  })
}
