// Statements that change what is there: dW += …, dh[h <= 0] = 0, and loops that add up. A name that
// is given more than one value stands for the value that it has where it is read.
import { ClaimError, type Span } from '../../syntax.ts'
import { isRelation, isSign } from '../tokens/cursor.ts'
import { extent, hull, type Token, token } from '../tokens/tokens.ts'
import { bracket, called, isValue, spelling, touches } from './make.ts'
import { programTokens } from './program.ts'
import type { Loop } from './statements.ts'
import { reading, reads, type Values } from './values.ts'

/** A statement as tokens, brackets matched. */
export interface Line {
  readonly tokens: readonly Token[]
  readonly loops: readonly Loop[]
}

/** What is claimed, or defined, at last. */
export interface Row {
  readonly tokens: readonly Token[]
  /** It was added to, and nothing says what it was before: 0, as gradients are. */
  readonly fromZero?: boolean
  /** Before some of its entries were put to 0. */
  readonly before?: readonly Token[]
}

interface Assignment {
  readonly left: readonly Token[]
  readonly key: string
  readonly operator: string
  readonly mask?: Token
  readonly right: readonly Token[]
  readonly loops: readonly Loop[]
  readonly span: Span
}

const operators = ['+', '-', '*', '/', '@']

/** mask of mask = (z <= 0): a comparison that has a name. */
const masksIn = (lines: readonly Line[]): ReadonlyMap<string, Token> =>
  new Map(
    lines.flatMap(({ tokens }): [string, Token][] => {
      const equals = tokens.findIndex((each) => isSign(each, '='))
      const [only, ...others] = equals > 0 ? programTokens(tokens.slice(equals + 1)) : []
      const isMask = only?.type === 'group' && only.text === '[' && others.length === 0
      return isMask && only.body!.some(isRelation)
        ? [[spelling(programTokens(tokens.slice(0, equals))), only]]
        : []
    }),
  )

/** a = b, a += b; undefined of what assigns nothing. */
const assignmentIn = (
  { tokens, loops }: Line,
  masks: ReadonlyMap<string, Token>,
): Assignment | undefined => {
  const equals = tokens.findIndex((each) => isSign(each, '='))
  if (equals < 1 || tokens.slice(equals + 1).some((each) => isSign(each, '='))) return undefined
  const before = tokens[equals - 1]!
  const isChange =
    operators.some((sign) => isSign(before, sign)) && touches(before, tokens[equals]!)
  const written = programTokens(tokens.slice(0, isChange ? equals - 1 : equals))
  const [of, last] = [written.at(-2), written.at(-1)]
  const isBeside = of !== undefined && last !== undefined && isValue(of) && touches(of, last)
  const isBracket = isBeside && last.type === 'group' && last.text === '['
  const named = isBracket ? masks.get(spelling(last.body!)) : undefined
  const isMask = isBracket && (named !== undefined || last.body!.some(isRelation))
  const left = isMask ? written.slice(0, -1) : written
  const right = withChoice(tokens.slice(equals + 1))
  if (left.length === 0 || right.length === 0) return undefined
  return {
    left,
    key: spelling(left),
    operator: isChange ? before.text : '=',
    ...(isMask && { mask: named ?? last }),
    right,
    loops,
    span: hull(tokens, before.span),
  }
}

const sign = (text: string, { span }: { readonly span: Span }): Token => token('sign', text, span)

const times = (mask: Token, value: readonly Token[]): Token =>
  bracket([mask, sign('⊙', mask), bracket(value)])

const opposite: Readonly<Record<string, string>> = { '<': '≥', '≤': '>', '>': '≤', '≥': '<' }

/** [z > 0] of [z ≤ 0]; undefined of what is no one comparison. */
const elsewhere = (mask: Token): Token | undefined => {
  const signs = mask.body!.filter(isRelation)
  const becomes = signs.length === 1 ? opposite[signs[0]!.text] : undefined
  const isPlain = !mask.body!.some((each) => isSign(each, ',') || each.type === 'keyword')
  if (!becomes || !isPlain) return undefined
  const body = mask.body!.map((each) => (each === signs[0] ? { ...each, text: becomes } : each))
  return { ...mask, body }
}

/** [c] a + (1 − [c]) b. */
const either = (mask: Token, yes: readonly Token[], no: readonly Token[]): Token[] => {
  const none = bracket([token('number', '1', mask.span), sign('-', mask), mask])
  const other = elsewhere(mask) ?? none
  const isNothing = yes.length === 1 && yes[0]!.text === '0'
  const kept = times(other, no)
  return isNothing ? [kept] : [bracket([times(mask, yes), sign('+', mask), kept])]
}

/** a if c else b. */
const withChoice = (tokens: readonly Token[]): Token[] => {
  const [at, other] = ['if', 'otherwise'].map((text) =>
    tokens.findIndex((each) => each.type === 'keyword' && each.text === text),
  )
  if (at! < 1 || other! < at! + 2) return programTokens(tokens)
  const parts = [tokens.slice(0, at), tokens.slice(at! + 1, other), tokens.slice(other! + 1)]
  const [yes, condition, no] = parts.map((part) => programTokens(part))
  return either(bracket(condition!, '['), yes!, no!)
}

/** Σ_{i=0}^{N−1} of what a loop adds. */
const summed = (value: readonly Token[], { letter, range }: Loop, span: Span): Token[] => {
  const [first, second, ...others] = range.split(',').map((part) => part.trim())
  const [from, to] = second === undefined ? ['0', first] : [first, second]
  const isEnd = (text: string | undefined) => /^(?:\d+|\p{L})$/u.test(text ?? '')
  const isLength = second === undefined && /^(?:len\(\w+\)|\w+\.shape\[\d\])$/.test(first ?? '')
  if (others.length > 0 || !(isLength || (isEnd(from) && isEnd(to))))
    throw new ClaimError(`range(${range}): its ends are numbers, letters or lengths here`, span)
  const name = token('name', letter, span)
  const part = (text: string) => token(/^\d/.test(text) ? 'number' : 'name', text, span)
  const below = isLength ? [name] : [name, sign('=', { span }), part(from!)]
  const above = isLength
    ? {}
    : {
        superscript: {
          tokens: [part(to!), sign('-', { span }), token('number', '1', span)],
          span,
        },
      }
  const sum: Token = { ...sign('Σ', { span }), subscript: { tokens: below, span }, ...above }
  return [bracket([sum, bracket(value)])]
}

const mentions = (tokens: readonly Token[], letter: string): boolean =>
  tokens.some(
    (each) =>
      (each.type === 'name' && each.text === letter) ||
      mentions(each.body ?? [], letter) ||
      mentions(each.subscript?.tokens ?? [], letter),
  )

/** Whether a name is changed after it was made, or made anew in each pass of a loop. */
const isChanged = (all: readonly Assignment[], key: string): boolean => {
  const own = all.filter((each) => each.key === key)
  return own.length > 1 || own.some((each) => each.operator !== '=' || each.mask || isLocal(each))
}

/** Made in each pass, and not an entry of something: dz of for i …: dz = a[i] − t[i]. */
const isLocal = ({ left, operator, loops }: Assignment): boolean =>
  operator === '=' && loops.some(({ letter }) => !mentions(left, letter))

/** @throws ClaimError where a pass reads what the pass before it made, as a recurrence does. */
const demandNoRecurrence = (all: readonly Assignment[]): void => {
  for (const [k, { key, loops, left, operator, span }] of all.entries()) {
    const own = loops.filter(({ letter }) => !mentions(left, letter))
    const isMadeHere = (loop: Loop) =>
      all.slice(0, k).some((each) => each.key === key && isLocal(each) && each.loops.includes(loop))
    const isRead = all.some(
      (each, at) =>
        reads(each.right, key) &&
        own.some((loop) => each.loops.includes(loop) && !isMadeHere(loop)) &&
        (operator !== '=' || at <= k),
    )
    if (isRead)
      throw new ClaimError('A pass of the loop reads what the pass before it made: not read', span)
  }
}

const changed = (
  { operator, mask, span, left }: Assignment,
  right: readonly Token[],
  before: readonly Token[] | undefined,
): readonly Token[] => {
  const unsaid = () =>
    new ClaimError(`What ‘${spelling(left)}’ was before this is not said above it`, span)
  if (mask) {
    if (!before || operator !== '=') throw unsaid()
    return either(mask, right, before)
  }
  if (operator === '=') return right
  const value = bracket(right)
  if (!before) {
    const isGradient = left[0]?.text === 'd' || /^(?:d|grad|delta)/.test(spelling(left))
    if (!isGradient || !'+-'.includes(operator)) throw unsaid()
    return operator === '+' ? right : [bracket([sign('-', { span }), value])]
  }
  if (operator === '@') return [bracket(called('matmul', [[bracket(before)], [value]], left[0]!))]
  return [bracket([bracket(before), sign(operator, { span }), value])]
}

/**
 * The rows of statements; each as it stands where nothing is changed.
 * @throws ClaimError where a value is changed that nobody gave
 */
export const rowsOf = (lines: readonly Line[], own: readonly string[]): Row[] => {
  const masks = masksIn(lines)
  const read = lines.map((line) => assignmentIn(line, masks))
  const all = read.filter((each) => each !== undefined)
  demandNoRecurrence(all)
  const values: Values = new Map()
  const rows = new Map<string, Row>()
  for (const [k, each] of read.entries()) {
    if (!each) {
      rows.set(`${k}`, { tokens: programTokens(lines[k]!.tokens) })
      continue
    }
    const { key, left, loops, operator, span, mask } = each
    const before = values.get(key)
    const isSum = operator === '+' || operator === '-'
    if (loops.length > 0 && !isSum && (operator !== '=' || mask))
      throw new ClaimError('In a loop a name is given a value, or added to', span)
    const made = before?.loops ?? []
    const over = loops.filter(({ letter }) => isSum && !mentions(left, letter))
    const added = reading(each.right, values, loops)
    const right = over
      .filter((loop) => !made.includes(loop))
      .reduceRight((value, loop) => summed(value, loop, span), added)
    const read = mask && { mask: { ...mask, body: reading(mask.body!, values, loops) } }
    const value = changed({ ...each, ...read }, right, before?.tokens)
    const own = isLocal(each) ? loops.filter(({ letter }) => !mentions(left, letter)) : []
    const inside = operator === '=' && !mask ? own : made
    if (isChanged(all, key)) values.set(key, { tokens: value, loops: inside })
    if (inside.length > 0) continue
    const equals = sign('=', { span: { start: extent(left.at(-1)!).end, end: span.end } })
    const earlier = operator === '=' && !mask ? undefined : rows.get(key)
    const fromZero = (!before && operator !== '=') || earlier?.fromZero
    const unmasked = earlier?.before ?? earlier?.tokens
    rows.delete(key)
    rows.set(key, {
      tokens: [...left, equals, ...value],
      ...(fromZero && { fromZero }),
      ...((mask || operator === '*' || earlier?.before) && unmasked && { before: unmasked }),
    })
  }
  // tmp of the program, which other lines read: they have its value.
  const isRead = (key: string) =>
    own.includes(key) &&
    values.has(key) &&
    all.some((each) => each.key !== key && reads(each.right, key))
  const isMask = (key: string) =>
    masks.has(key) && all.some(({ mask, key: other }) => mask === masks.get(key) && other !== key)
  const kept = [...rows].filter(([key]) => !isRead(key) && !isMask(key)).map(([, row]) => row)
  if (kept.length > 0 || !all[0]) return kept
  throw new ClaimError('Of this loop its last pass alone is left: not read', all[0].span)
}
