// Functions and methods of arrays in a line of a program: np.dot(a, b), x.T, dout.sum(axis=0),
// x.shape[0].
import { type Axes, ClaimError } from '../../syntax.ts'
import { isSign, splitAt } from '../cursor.ts'
import { bare } from '../join.ts'
import { extent, type Token, token } from '../tokens.ts'
import { bracket, called, lastValue, raisedTo, touches, transposed } from './make.ts'

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

/** What takes the place of a call with these operands. */
type Made = (operands: readonly (readonly Token[])[], at: Token) => Token[]

const infix =
  (sign: string): Made =>
  ([left, right], at) => [bracket([bracket(left!), token('sign', sign, at.span), bracket(right!)])]

const word =
  (name: string): Made =>
  (operands, at) =>
    called(name, operands, at)

/** where(c, a, b) is [c] a + (1 − [c]) b. */
const chosen: Made = ([condition, yes, no], at) => {
  const mask = bracket(condition!, '[')
  const sign = (text: string) => token('sign', text, at.span)
  const other = bracket([token('number', '1', at.span), sign('-'), mask])
  return [bracket([mask, sign('⊙'), bracket(yes!), sign('+'), other, sign('⊙'), bracket(no!)])]
}

/** Functions and methods of arrays: how many operands they have, and what they are. */
const functions: readonly (readonly [words: string, arity: number, made: Made])[] = [
  ['matmul mm bmm', 2, word('matmul')],
  ['dot', 2, word('dot')],
  ['outer', 2, word('outer')],
  ['multiply mul', 2, infix('⊙')],
  ['divide div true_divide', 2, infix('/')],
  ['add', 2, infix('+')],
  ['subtract sub', 2, infix('-')],
  ['power pow', 2, ([base, exponent]) => raisedTo(base!, exponent!)],
  ['square', 1, ([base], at) => raisedTo(base!, [token('number', '2', at.span)])],
  ['maximum', 2, word('max')],
  ['minimum', 2, word('min')],
  ['where', 3, chosen],
  ['transpose t', 1, ([base]) => transposed(base!)],
  ['absolute', 1, word('abs')],
]

/** Those that change no number: x.copy(), x.detach(), mask.astype(float). */
const idle = 'copy clone detach astype float double numpy item contiguous type cpu to'.split(' ')
/** Reductions: with an axis, or of all entries. */
const reductions = ['sum', 'mean', 'max', 'min', 'var', 'std', 'amax', 'softmax'] as const
const elementwise = 'exp log sqrt tanh sigmoid relu abs sign sin cos'.split(' ')

const spelling = (tokens: readonly Token[]): string =>
  tokens.map(({ text, body }) => (body ? `(${spelling(body)})` : text)).join('')

const number = (text: string): number | undefined =>
  /^-?\d+$/.test(text) ? Number(text) : undefined

/** 0, −1, (0, 2): undefined where it is no list of axes. */
const axesIn = (text: string): readonly number[] | undefined => {
  const found = text
    .replace(/^\((.*?),?\)$/, '$1')
    .split(',')
    .map(number)
  return found.every((each) => each !== undefined) ? (found as number[]) : undefined
}

/** axis=0, keepdims=True, a bare 0: what is said after the array. */
const optionsOf = (said: readonly (readonly Token[])[], at: Token): Axes => {
  let axes: readonly number[] | undefined
  let keeps = false
  for (const each of said) {
    const text = spelling(each)
    const option = /^(?:(axis|dim)=)?(\(?-?\d[-\d,]*\)?)$/.exec(text)
    if (option) axes = axesIn(option[2]!)
    else if (/^keep_?dims?=(?:True|1)$/.test(text)) keeps = true
    else if (
      !/^(?:keep_?dims?=(?:False|0)|axis=None|ddof=0|correction=0|unbiased=False)$/.test(text)
    )
      throw new ClaimError(`‘${text}’ is not understood here`, (each[0] ?? at).span)
  }
  return { ...(axes && { axes }), ...(keeps && { keeps }) }
}

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
  const row = functions.find(([words]) => words.split(' ').includes(name))
  return row && row[1] === operands.length ? row[2](operands, at) : undefined
}

const names = [
  ...functions.flatMap(([words]) => words.split(' ')),
  ...idle,
  ...reductions,
  ...elementwise,
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
  return group?.type === 'group' && group.body ? number(spelling(group.body)) : undefined
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
    result.push(each)
    at++
  }
  return result
}
