// The passes of a loop in a network's text: for t in range(1, T + 1), for t = 1:T, for t = 1, …, T.
import { ClaimError } from '../../language/syntax.ts'
import { dividedAt } from './blocks.ts'
import { givenBy, itemsOf, loopOver } from './items.ts'
import { numberOf, wholeNumber } from './letters.ts'
import { networkLimits } from './limits.ts'
import { type NetworkExpression, numeral } from './tree.ts'

const inRange = /^(for\s+(\w+)\s+in\s+(reversed\s*\(\s*)?range\s*\()(.*)\)\s*(\))?\s*:$/su
const fromTo =
  /^(for\s+(\p{L}\w*)\s*(?:=|in|from)\s*)([^:,…]+?)\s*(?::|,?\s*(?:…|\.\.\.?|\\[lc]?dots)\s*,?|\bto\b)\s*([^:]+?)\s*(?:\bdo\b)?\s*:?$/su

const upTo = (first: number, last: number, by: number): number[] => {
  const count = Math.max(0, Math.floor((last - first) / by) + 1)
  return Array.from({ length: Math.min(count, networkLimits.lines + 1) }, (_, k) => first + k * by)
}

/**
 * The letter of a loop with each of its values, or what names stand for in each pass.
 * @throws ClaimError where nobody knows them
 */
export const passesOf = (
  text: string,
  start: number,
  expression: (part: string, at: number) => NetworkExpression,
  known: (name: string) => number | undefined,
): readonly ReturnType<typeof givenBy>[] => {
  const span = { start, end: start + text.length }
  const over = loopOver(text)
  if (over) {
    const [targets, list, at] = over
    return itemsOf(expression(list, at)).map((item) => givenBy(targets, item))
  }
  const read = (part: string, at: number) => {
    const found = expression(part, at)
    return wholeNumber(numberOf(found, known), found.span)
  }
  const ranged = inRange.exec(text)
  let letter: string
  let values: number[]
  if (ranged) {
    const [, head, name, isReversed, inner] = ranged
    const said = dividedAt(inner!, ',').map((part) => read(part.text, head!.length + part.start))
    const [first, end, by = 1] = (said.length === 1 ? [0, ...said] : said) as [
      number,
      number,
      number?,
    ]
    if (said.length > 3 || by === 0) throw new ClaimError('range(n), range(1, n + 1)', span)
    const up = upTo(first, end - Math.sign(by), by)
    values = isReversed ? up.reverse() : up
    letter = name!
  } else {
    const [, head, name, first, last] = fromTo.exec(text) ?? []
    if (head === undefined)
      throw new ClaimError('A loop is for t in range(1, T + 1): or for t = 1:T', span)
    const from = read(first!, head.length)
    values = upTo(from, read(last!, text.lastIndexOf(last!)), 1)
    letter = name!
  }
  if (values.length > networkLimits.lines)
    throw new ClaimError(`A loop makes at most ${networkLimits.lines} passes`, span)
  return values.map((value) => [[letter, numeral(value, span)] as const])
}
