// Ranges of indices as people write them: j = 1, …, n and j ∈ {1, 2, 3}. A part is what stands
// between two commas.
import { isRelation, isSign, splitAt } from './tokens/cursor.ts'
import type { Token } from './tokens/tokens.ts'

export const isLetter = (token: Token | undefined): boolean =>
  token?.type === 'name' && !token.subscript && !token.superscript

const isDots = (tokens: readonly Token[]) => tokens.length === 1 && isSign(tokens[0], '…')

/** j = 1, 2, …, n is one part, not four. */
export const withRanges = (parts: readonly Token[][]): Token[][] => {
  const joined: Token[][] = []
  for (let at = 0; at < parts.length; at++) {
    const upper = parts[at + 1]
    const opens = joined.findLastIndex((part) => isSign(part.find(isRelation), '='))
    if (isDots(parts[at]!) && upper && opens >= 0 && joined.length - opens <= 3) {
      const listed = [...joined.splice(opens), parts[at]!, upper]
      joined.push(
        listed.flatMap((part, k) => (k === 0 || !part[0] ? part : [comma(part[0]), ...part])),
      )
      at++
    } else if (opens === joined.length - 1 && isListed(joined[opens], parts[at]!))
      joined[opens]!.push(comma(parts[at]![0]!), ...parts[at]!)
    else joined.push([...parts[at]!])
  }
  return joined
}

/** i = 1, 2: a number after a letter that is said to be one. */
const isListed = (opening: readonly Token[] | undefined, part: readonly Token[]): boolean =>
  wholeOf(part) !== undefined && isLetter(opening?.[0]) && isNumbered(opening!)

const isNumbered = ([, sign, ...numbers]: readonly Token[]): boolean =>
  isSign(sign, '=') && splitAt(numbers, ',').every((each) => wholeOf(each) !== undefined)

export const comma = ({ span: { start } }: Token): Token => ({
  type: 'sign',
  text: ',',
  primes: 0,
  span: { start, end: start },
})

export interface Range {
  readonly letters: readonly Token[]
  readonly from: readonly Token[]
  readonly to: readonly Token[]
}

const wholeOf = (tokens: readonly Token[] | undefined): number | undefined =>
  tokens?.length === 1 && tokens[0]!.type === 'number' ? Number(tokens[0]!.text) : undefined

/** L and −2 of L − 2, of a number itself. */
const placeOf = ([name, sign, number, ...others]: readonly Token[]) => {
  if (name?.type === 'number' && !sign) return ['', Number(name.text)] as const
  const isNear = isSign(sign, '-') && number?.type === 'number' && others.length === 0
  return isLetter(name) && (isNear || !sign)
    ? ([name!.text, sign ? -Number(number!.text) : 0] as const)
    : undefined
}

/** Each place as much more than the one before it. */
const counts = (parts: readonly Token[][], by: 1 | -1): boolean =>
  parts.every((part, at) => {
    const [letter, number] = placeOf(part) ?? []
    const [base, before] = (at > 0 && placeOf(parts[at - 1]!)) || []
    return at === 0 || (base !== undefined && letter === base && number === before! + by)
  })

/** Undefined where a part is no range, or not one of all whole numbers between two. */
export const rangeOf = (tokens: readonly Token[]): Range | undefined => {
  const relation = tokens.findIndex(isRelation)
  const letters = tokens.slice(0, relation)
  if (relation < 1 || !letters.every(isLetter)) return undefined
  const set = isSign(tokens[relation], '∈') ? tokens[relation + 1] : undefined
  const isSet = set?.type === 'group' && set.text === '{' && tokens.length === relation + 2
  if (!isSet && !isSign(tokens[relation], '=')) return undefined
  const listed = isSet ? set.body! : tokens.slice(relation + 1)
  const dots = listed.findIndex((each) => isSign(each, '…'))
  if (dots < 0 && !isSet && !listed.some((each) => isSign(each, ','))) return undefined
  const partsOf = (part: readonly Token[]) => splitAt(part, ',').filter(({ length }) => length > 0)
  const before = partsOf(dots < 0 ? listed : listed.slice(0, dots))
  const after = dots < 0 ? before.slice(-1) : partsOf(listed.slice(dots + 1))
  const [from] = before
  const [to, ...others] = after
  if (!from || !to || others.length > 0) return undefined
  // l = L − 1, …, 1 counts down.
  const [first, last] = [placeOf(from), placeOf(to)]
  const isBelow = last?.[0] === '' && (first?.[0] !== '' || last[1] < first[1])
  const isDown = dots >= 0 && first !== undefined && isBelow
  if (!counts(before, isDown ? -1 : 1)) return undefined
  return isDown ? { letters, from: to, to: from } : { letters, from, to }
}

/** i = 1, 3 and i ∈ {1, 3}: some whole numbers, not all between two. */
export const listOf = (
  tokens: readonly Token[],
): { readonly letter: Token; readonly values: readonly Token[] } | undefined => {
  const [letter, sign, set] = tokens
  if (!isLetter(letter)) return undefined
  const isSet = isSign(sign, '∈') && set?.type === 'group' && set.text === '{'
  if (isSet ? tokens.length !== 3 : !isSign(sign, '=')) return undefined
  const parts = splitAt(isSet ? set.body! : tokens.slice(2), ',')
  if (parts.length < 2 || parts.some((part) => wholeOf(part) === undefined)) return undefined
  return { letter: letter!, values: parts.flat() }
}
