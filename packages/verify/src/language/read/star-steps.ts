// What stands under a star: its mode, or how it steps, ∗_{s=2,p=1,d=2} and ∗_{full,d=2}, as layers
// are printed.

import { modes } from '../lexicon.ts'
import { ClaimError, type Mode, type Steps } from '../syntax.ts'
import { isSign, splitAt } from './tokens/cursor.ts'
import { extent, type Script, type Token } from './tokens/tokens.ts'

export interface UnderStar {
  readonly mode?: Mode
  readonly steps?: Steps
}

type Pair = readonly [number, number]

const largestStep = 100

const numberOf = (tokens: readonly Token[]): number | undefined => {
  const [only, ...others] = tokens
  const value = only?.type === 'number' && others.length === 0 ? Number(only.text) : Number.NaN
  return Number.isInteger(value) && value <= largestStep ? value : undefined
}

/** 2, and (1,2) for rows and columns. */
const pairOf = (tokens: readonly Token[]): Pair | undefined => {
  const [only, ...others] = tokens
  if (only?.type === 'group' && only.text === '(' && others.length === 0) {
    const [rows, columns, ...more] = splitAt(only.body!, ',').map(numberOf)
    return rows !== undefined && columns !== undefined && more.length === 0
      ? [rows, columns]
      : undefined
  }
  const both = numberOf(tokens)
  return both === undefined ? undefined : [both, both]
}

const spelling = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join('')

const no = (sign: Token) =>
  new ClaimError(
    'Under a star stand its mode (valid, full, same) or its steps: s = 2, p = 1, d = 2',
    extent(sign),
  )

/** @throws ClaimError at anything but a mode and steps */
export const underStar = (sign: Token, { tokens }: Script): UnderStar => {
  const found = new Map<string, Pair>()
  let mode: Mode | undefined
  for (const part of splitAt(tokens, ',')) {
    const [letter, equals, ...value] = part
    const own = modes.get(spelling(part))
    const pair = isSign(equals, '=') ? pairOf(value) : undefined
    const isNew = letter !== undefined && 'spd'.includes(letter.text) && !found.has(letter.text)
    if (own && !mode) mode = own
    else if (pair && isNew && (letter.text === 'p' || pair.every((n) => n > 0)))
      found.set(letter.text, pair)
    else throw no(sign)
  }
  const padding = found.get('p')
  if (found.size === 0) return mode ? { mode } : {}
  if (padding && mode) throw no(sign)
  const [stride = [1, 1], dilation = [1, 1]] = [found.get('s'), found.get('d')]
  return { mode: mode ?? 'valid', steps: { stride, dilation, ...(padding && { padding }) } }
}

const pairText = ([rows, columns]: Pair): string =>
  rows === columns ? `${rows}` : `(${rows},${columns})`

/** s=2,p=1,d=2, without what steps of one by one leave out. */
export const stepsText = ({ stride, padding, dilation }: Steps): string =>
  [
    ...(stride.every((n) => n === 1) ? [] : [`s=${pairText(stride)}`]),
    ...(padding ? [`p=${pairText(padding)}`] : []),
    ...(dilation.every((n) => n === 1) ? [] : [`d=${pairText(dilation)}`]),
  ].join(',') || 's=1'
