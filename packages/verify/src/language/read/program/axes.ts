// Axes that a line of a program names, adds or takes away: sum(x, axis=0, keepdims=True),
// b[None, :], einsum.
import { type Axes, ClaimError } from '../../syntax.ts'
import { isRelation, isSign, splitAt } from '../tokens/cursor.ts'
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
  /^(?:keep_?dims?=(?:[Ff]alse|0)|axis=None|ddof=0|correction=0|unbiased=False|approximate=.*)$/

/** axis=0, keepdims=True, a bare 0: what is said after the array. */
export const optionsOf = (said: readonly (readonly Token[])[], at: Token): Axes => {
  let axes: readonly number[] | undefined
  let keeps = false
  for (const each of said) {
    const text = spelling(each)
    const option = /^(?:(axis|dim)=)?(\(?-?\d[-\d,]*\)?)$/.exec(text)
    if (option) axes = axesIn(option[2]!)
    else if (/^keep_?dims?=(?:[Tt]rue|1)$/.test(text)) keeps = true
    else if (!saysNothing.test(text))
      throw new ClaimError(`‘${text}’ is not understood here`, (each[0] ?? at).span)
  }
  return { ...(axes && { axes }), ...(keeps && { keeps }) }
}

const isNew = (part: readonly Token[]): boolean => /^(?:None|newaxis)$/.test(spelling(part))

interface Taken {
  readonly part: NonNullable<Axes['parts']>[number]
  readonly places: readonly (readonly Token[])[]
}

/** One item of x[:, 1:3, None, i]; undefined of a condition, which takes no places. */
const takenBy = (item: readonly Token[], at: Token): Taken | undefined => {
  if (isNew(item)) return { part: 'new', places: [] }
  if (spelling(item) === '…') return { part: 'all', places: [] }
  if (item.length === 0 || item.some(isRelation)) return undefined
  const [from, to, ...step] = splitAt(item, ':')
  if (step.length > 0)
    throw new ClaimError('Every second entry: a step is not read here', (item[0] ?? at).span)
  if (!to) return { part: 'at', places: [from!] }
  if (from!.length > 0 && to.length > 0) return { part: 'range', places: [from!, to] }
  if (to.length > 0) return { part: 'to', places: [to] }
  return from!.length > 0 ? { part: 'from', places: [from!] } : { part: 'all', places: [] }
}

/** x[:, None], x[1:3], x[-1]: parts of axes; x[i, j] alone is an entry, or a row. */
export const withParts = (
  value: readonly Token[],
  items: readonly Token[][],
  at: Token,
): Token[] | undefined => {
  const taken = items.map((item) => takenBy(item, at))
  if (taken.some((each) => each === undefined)) return undefined
  const all = taken as readonly Taken[]
  const isPlain = all.every(({ part, places }) => part === 'at' && !isSign(places[0]![0], '-'))
  if (isPlain && value.at(-1)!.type === 'name') return undefined
  const [head, group] = called('part', [value, ...all.flatMap(({ places }) => places)], at)
  return [{ ...head!, along: { parts: all.map(({ part }) => part) } }, group!]
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

/** Axes that two arrays have in common: 1, ([0], [0]), (0, 1). */
const pairsIn = (text: string): Axes['pairs'] | undefined => {
  const count = wholeNumber(text)
  if (count !== undefined) return count > 0 ? count : undefined
  const [, left, right] = /^\((\([-\d,]+\)|-?\d+),(\([-\d,]+\)|-?\d+)\)$/.exec(text) ?? []
  const [a, b] = [left, right].map((each) => each && axesIn(each))
  return a && b && a.length === b.length ? [a, b] : undefined
}

/** tensordot(A, B, axes=([0], [0])), dims of PyTorch; of two axes where none are named. */
export const paired = ([a, b, ...said]: readonly Token[][], at: Token): Token[] => {
  const [option = '2'] = said.map((each) => spelling(each).replace(/^(?:axes|dims)=/, ''))
  const pairs = said.length < 2 ? pairsIn(option) : undefined
  if (!a || !b || !pairs)
    throw new ClaimError('tensordot is read as in tensordot(A, B, axes=([0], [0]))', at.span)
  const [head, group] = called('tensordot', [a, b], at)
  return [{ ...head!, along: { pairs } }, group!]
}

/** repeat(x, 2, axis=0): every entry twice, side by side. In PyTorch repeat_interleave. */
export const repeated = ([array, ...said]: readonly Token[][], at: Token): Token[] => {
  const parts = said.map((each) => spelling(each).replace(/^(?:repeats)=/, ''))
  const [times, axis] = [wholeNumber(parts[0] ?? ''), /^(?:axis|dim)=(-?\d+)$/.exec(parts[1] ?? '')]
  if (!array || parts.length > 2 || !times || times < 1 || (parts.length === 2 && !axis))
    throw new ClaimError('repeat is read as in repeat(x, 2, axis=0)', at.span)
  const [head, group] = called('repeat', [array], at)
  return [{ ...head!, along: { times, ...(axis && { axes: [Number(axis[1])] }) } }, group!]
}
