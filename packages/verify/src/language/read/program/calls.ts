// Functions and methods of arrays in a line of a program: np.dot(a, b), x.T, dout.sum(axis=0),
// x.shape[0].
import { ClaimError } from '../../syntax.ts'
import { isSign, splitAt } from '../tokens/cursor.ts'
import { bare } from '../tokens/join.ts'
import { extent, type Token, token } from '../tokens/tokens.ts'
import {
  contracted,
  newAxisAt,
  optionsOf,
  paired,
  repeated,
  reshaped,
  wholeNumber,
  withParts,
} from './axes.ts'
import { functions } from './functions.ts'
import { bracket, called, isValue, lastValue, spelling, touches, transposed } from './make.ts'

/** x[…], and what touches it before. */
const isBracketAfter = (before: Token | undefined, each: Token): boolean =>
  before !== undefined && each.type === 'group' && each.text === '[' && touches(before, each)

/** How many tokens from `at` spell a word, letter by letter. */
const spelt = (tokens: readonly Token[], at: number, word: string): number => {
  let text = ''
  for (let length = 0; text.length < word.length; length++) {
    const each = tokens[at + length]
    if (!each || (length > 0 && !touches(tokens[at + length - 1]!, each))) return 0
    text += each.text
    if (text === word) return bare(each) ? length + 1 : 0
  }
  return 0
}

/** Those that change no number: x.copy(), x.detach(), mask.astype(float). */
const idle = 'copy clone detach astype float double numpy item contiguous type cpu to'.split(' ')
/** Reductions: with an axis, or of all entries. */
const reductions = ['sum', 'mean', 'max', 'min', 'var', 'std', 'amax', 'softmax'] as const
const shaping: readonly string[] = ['expanddims', 'unsqueeze']
const repeating: readonly string[] = ['repeat', 'repeatinterleave']
const elementwise = 'exp log sqrt tanh sigmoid relu abs sign sin cos'.split(' ')

const reduced = (name: string, operands: readonly Token[][], at: Token): Token[] => {
  const [array, ...said] = operands
  const [head, group] = called(name === 'amax' ? 'max' : name, [array!], at)
  return [{ ...head!, along: optionsOf(said, at) }, group!]
}

interface Step {
  readonly made: Token[]
  readonly used: number
}

/** A function or a method, by its name, on its operands. */
const applied = (name: string, operands: Token[][], at: Token): Token[] | undefined => {
  if (operands.length === 0 || operands[0]!.length === 0) return undefined
  if ((reductions as readonly string[]).includes(name)) return reduced(name, operands, at)
  if (elementwise.includes(name) && operands.length === 1) return called(name, operands, at)
  const [first, ...said] = operands
  if (shaping.includes(name)) return newAxisAt(first!, said, at)
  if (name === 'reshape' || name === 'view') return reshaped(first!, said, at)
  if (name === 'einsum') return contracted(operands, at)
  if (name === 'tensordot') return paired(operands, at)
  if (repeating.includes(name)) return repeated(operands, at)
  const row = functions.find(([words]) => words.split(' ').includes(name))
  return row?.[1].includes(`${operands.length}`) ? row[2](operands, at) : undefined
}

const names = [
  ...functions.flatMap(([words]) => words.split(' ')),
  ...idle,
  ...reductions,
  ...elementwise,
  ...shaping,
  ...['reshape', 'view', 'einsum', 'tensordot'],
  ...repeating,
].sort((a, b) => b.length - a.length)

/** The name of a function from `at`, before its bracket. */
const nameAt = (tokens: readonly Token[], at: number) => {
  for (const name of names) {
    const used = spelt(tokens, at, name)
    const group = tokens[at + used]
    if (used > 0 && group?.type === 'group' && group.text === '(') return { name, used, group }
  }
  return undefined
}

const operandsIn = (group: Token): Token[][] =>
  group.body!.length === 0 ? [] : splitAt(group.body!, ',')

/** len(x) is x.shape[0]. */
const lengthAt = (tokens: readonly Token[], at: number): Step | undefined => {
  const used = spelt(tokens, at, 'len')
  const group = tokens[at + used]
  if (used === 0 || group?.type !== 'group' || group.text !== '(') return undefined
  const [head, array] = called('size', [group.body!], tokens[at]!)
  return { made: [bracket([{ ...head!, along: { axes: [0] } }, array!])], used: used + 1 }
}

/** np.dot(a, b): a function at the beginning of a value. */
const functionAt = (tokens: readonly Token[], at: number): Step | undefined => {
  const found = nameAt(tokens, at)
  if (!found || found.name === 't') return undefined
  const made = applied(found.name, operandsIn(found.group), tokens[at]!)
  return made && { made: [bracket(made)], used: found.used + 1 }
}

/** The axis of x.shape[0] and x.size(0). */
const axisAfter = (tokens: readonly Token[], at: number): number | undefined => {
  const group = tokens[at]
  return group?.type === 'group' && group.body ? wholeNumber(spelling(group.body)) : undefined
}

/** .T, .sum(axis=0), .shape[0] after a value. */
const methodAt = (value: Token[], tokens: readonly Token[], at: number): Step | undefined => {
  const name = tokens[at]
  if (!name) return undefined
  if (['T', 'mT'].includes(name.text) && bare(name)) return { made: transposed(value), used: 1 }
  for (const length of ['shape', 'size']) {
    const used = spelt(tokens, at, length)
    const axis = used > 0 ? axisAfter(tokens, at + used) : undefined
    if (axis === undefined) continue
    const [head, group] = called('size', [value], name)
    return { made: [{ ...head!, along: { axes: [axis] } }, group!], used: used + 1 }
  }
  const gradient = spelt(tokens, at, 'grad')
  if (gradient > 0) {
    const { span } = bracket(value)
    const d = token('name', 'd', { start: span.start, end: span.start })
    return { made: [d, ...value], used: gradient }
  }
  const found = nameAt(tokens, at)
  if (!found) return undefined
  const used = found.used + 1
  if (idle.includes(found.name)) return { made: value, used }
  const isTurn = found.name === 'transpose'
  const operands = isTurn ? [value] : [value, ...operandsIn(found.group)]
  const made = applied(found.name, operands, name)
  return made && { made: [bracket(made)], used }
}

/** Letters that touch, before a bracket that touches them: a function that is not in the table. */
const demandKnown = (tokens: readonly Token[], at: number): void => {
  const isLetter = (each: Token | undefined) => each?.type === 'name' && each.text.length === 1
  const before = tokens[at - 1]
  if (!isLetter(tokens[at]) || (before && isValue(before) && touches(before, tokens[at]!))) return
  let to = at + 1
  while (isLetter(tokens[to]) && touches(tokens[to - 1]!, tokens[to]!)) to++
  const group = tokens[to]
  const isCalled = group?.type === 'group' && group.text === '(' && touches(tokens[to - 1]!, group)
  if (to - at < 3 || !isCalled) return
  const name = spelling(tokens.slice(at, to))
  const span = { start: tokens[at]!.span.start, end: extent(tokens[to - 1]!).end }
  throw new ClaimError(`‘${name}’ is not read in a line of a program`, span)
}

export const withCalls = (tokens: readonly Token[]): Token[] => {
  const result: Token[] = []
  for (let at = 0; at < tokens.length; ) {
    const each = tokens[at]!
    const step = functionAt(tokens, at) ?? lengthAt(tokens, at)
    if (step) {
      const [made] = step.made
      const span = { start: each.span.start, end: extent(tokens[at + step.used - 1]!).end }
      result.push({ ...made!, span })
      at += step.used
      continue
    }
    if (isSign(each, '.') && result.length > 0) {
      const value = lastValue(result)
      const method = value.length > 0 ? methodAt(value, tokens, at + 1) : undefined
      if (!method) throw new ClaimError('This method is not read in a line of a program', each.span)
      const end = extent(tokens[at + method.used]!).end
      result.push(...method.made.slice(0, -1))
      const last = method.made.at(-1)!
      const start = method.made.length === 1 ? value[0]!.span.start : last.span.start
      result.push({ ...last, span: { start, end } })
      at += method.used + 1
      continue
    }
    demandKnown(tokens, at)
    const value = isBracketAfter(result.at(-1), each) ? lastValue(result) : []
    const viewed = value.length > 0 ? withParts(value, operandsIn(each), each) : undefined
    if (viewed) {
      const span = { start: value[0]!.span.start, end: extent(each).end }
      result.push({ ...bracket(viewed), span })
    } else result.push(...value, each)
    at++
  }
  return result
}
