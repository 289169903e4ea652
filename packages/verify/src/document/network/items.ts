// Loops over what a list has: for w, b in params, for b, w in zip(biases, weights).
import { ClaimError, type Span } from '../../language/syntax.ts'
import { dividedAt } from './blocks.ts'
import { type NetworkExpression, type NetworkPart, numeral } from './tree.ts'

const overList = /^for\s+(.+?)\s+in\s+([\p{L}_[(].*?)\s*:$/su
const overNumbers = /\brange\s*\(|…|\.\.|dots\b|\bto\b/u

/** The targets of such a loop, and its list with the place where that begins. */
export const loopOver = (
  text: string,
): readonly [targets: string, list: string, at: number] | undefined => {
  const [, targets, list] = overList.exec(text) ?? []
  if (!targets || !list || overNumbers.test(text)) return undefined
  return [targets, list, text.lastIndexOf(list)]
}

const listOf = (items: readonly NetworkExpression[], span: Span): NetworkExpression => ({
  kind: 'list',
  items,
  isTuple: true,
  span,
})

/** The items of a list, of zip(a, b), reversed(a) and enumerate(a). */
export const itemsOf = (read: NetworkExpression): readonly NetworkExpression[] => {
  if (read.kind === 'list') return read.items
  const { span } = read
  const [first, ...others] = read.kind === 'call' ? read.operands.map(itemsOf) : []
  if (read.kind === 'call' && first) {
    if (read.op === 'zip')
      return first.flatMap((item, k) =>
        others.every((each) => each[k]) ? [listOf([item, ...others.map((o) => o[k]!)], span)] : [],
      )
    if (read.op === 'reversed') return first.toReversed()
    if (read.op === 'enumerate')
      return first.map((item, k) => listOf([numeral(k, span), item], span))
  }
  throw new ClaimError('A loop is for t in range(1, T + 1): or for t = 1:T', span)
}

/** params[-1] and params[:-1] of a list. */
export const partOfList = (
  items: readonly NetworkExpression[],
  part: NetworkPart,
  span: Span,
  number: (expression: NetworkExpression) => number | undefined,
): NetworkExpression | undefined => {
  if (part.kind === 'at') {
    const place = number(part.place)
    return place === undefined ? undefined : items.at(place)
  }
  if (part.kind !== 'range') return undefined
  const [from, to] = [part.from, part.to].map((each) => each && number(each))
  return listOf(items.slice(from, to), span)
}

/** [(W, b), (V, c)] is a list of several, and no array. */
export const isOfSeveral = ({ items, isTuple }: NetworkExpression & { kind: 'list' }): boolean =>
  isTuple === true || items.some((each) => each.kind === 'list' && each.isTuple)

/** i, (w, b) of what each stands for. */
export const givenBy = (
  targets: string,
  value: NetworkExpression,
): readonly (readonly [name: string, value: NetworkExpression])[] => {
  const inner = targets.trim().replace(/^[([](.*)[)\]]$/s, '$1')
  const parts = dividedAt(inner, ',')
  if (parts.length === 1) return [[inner.trim(), value]]
  const items = value.kind === 'list' ? value.items : []
  if (items.length !== parts.length)
    throw new ClaimError(`${parts.length} names get ${items.length} values here`, value.span)
  return parts.flatMap(({ text }, k) => givenBy(text, items[k]!))
}
