// Axes that a line of a program names, adds or takes away: sum(x, axis=0, keepdims=True),
// b[None, :], einsum.
import { type Axes, ClaimError } from '../../syntax.ts'
import { isSign } from '../tokens/cursor.ts'
import type { Token } from '../tokens/tokens.ts'
import { called, spelling } from './make.ts'

export const wholeNumber = (text: string): number | undefined =>
  /^-?\d+$/.test(text) ? Number(text) : undefined

/** 0, −1, (0, 2): undefined where it is no list of axes. */
const axesIn = (text: string): readonly number[] | undefined => {
  const found = text
    .replace(/^\((.*?),?\)$/, '$1')
    .split(',')
    .map(wholeNumber)
  return found.every((each) => each !== undefined) ? (found as number[]) : undefined
}

const saysNothing =
  /^(?:keep_?dims?=(?:False|0)|axis=None|ddof=0|correction=0|unbiased=False|approximate=.*)$/

/** axis=0, keepdims=True, a bare 0: what is said after the array. */
export const optionsOf = (said: readonly (readonly Token[])[], at: Token): Axes => {
  let axes: readonly number[] | undefined
  let keeps = false
  for (const each of said) {
    const text = spelling(each)
    const option = /^(?:(axis|dim)=)?(\(?-?\d[-\d,]*\)?)$/.exec(text)
    if (option) axes = axesIn(option[2]!)
    else if (/^keep_?dims?=(?:True|1)$/.test(text)) keeps = true
    else if (!saysNothing.test(text))
      throw new ClaimError(`‘${text}’ is not understood here`, (each[0] ?? at).span)
  }
  return { ...(axes && { axes }), ...(keeps && { keeps }) }
}

const isNew = (part: readonly Token[]): boolean => /^(?:None|newaxis)$/.test(spelling(part))

/** b[None, :] and x[:, None]: an axis of length 1 where None stands. */
export const withNewAxes = (
  value: readonly Token[],
  parts: readonly Token[][],
  at: Token,
): Token[] | undefined => {
  if (!parts.some(isNew)) return undefined
  const view = parts.map((part) => {
    if (isNew(part)) return 'new'
    const isAll = part.length === 1 && isSign(part[0], ':')
    if (isAll || spelling(part) === '…') return 'all'
    throw new ClaimError('Beside None stand whole axes here', (part[0] ?? at).span)
  })
  const [head, group] = called('view', [value], at)
  return [{ ...head!, along: { view } }, group!]
}

/** expand_dims(x, 0), x.unsqueeze(1), b.reshape(1, -1), b.reshape(-1, 1) of a vector. */
export const newAxisAt = (value: readonly Token[], said: readonly Token[][], at: Token) => {
  const place = said.map((each) => spelling(each).replace(/^(?:axis|dim)=/, ''))
  const [axis] = place
  const number = place.length === 1 ? wholeNumber(axis!) : undefined
  if (number === undefined)
    throw new ClaimError('Where the new axis stands is one whole number', at.span)
  const [head, group] = called('view', [value], at)
  return [{ ...head!, along: { newAxis: number } }, group!]
}

const rowOrColumn: Readonly<Record<string, number>> = { '1,-1': 0, '-1,1': 1 }

/** A vector as a row or as a column: reshape(1, -1). */
export const reshaped = (value: readonly Token[], said: readonly Token[][], at: Token) => {
  const text = said.map((each) => spelling(each)).join(',')
  const axis = rowOrColumn[text.replace(/^\((.*)\)$/, '$1')]
  if (axis === undefined)
    throw new ClaimError('Only (1, -1) and (-1, 1) of a vector are read as shapes', at.span)
  const [head, group] = called('view', [value], at)
  return [{ ...head!, along: { newAxis: axis, ofVector: true } }, group!]
}

/** The letters of [nd,nh,dh], which stands for 'nd,nh->dh'. */
export const contracted = ([subscripts, ...arrays]: readonly Token[][], at: Token): Token[] => {
  const [group] = subscripts ?? []
  const parts = group?.type === 'group' ? spelling(group.body!).split(',') : []
  const isPlain = parts.every((part) => /^[A-Za-z]*$/.test(part))
  if (parts.length !== arrays.length + 1 || !isPlain || arrays.length === 0)
    throw new ClaimError("einsum is read as in einsum('ij,jk->ik', A, B)", at.span)
  const [head, body] = called('einsum', arrays, at)
  return [{ ...head!, along: { einsum: parts } }, body!]
}
