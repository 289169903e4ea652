// The common stream of both front ends: letters, digits and signs with their scripts attached,
// then two passes that join what touches (words, numerals, compound signs) and match the brackets.
import {
  closing,
  compoundSigns,
  functionWords,
  greek,
  keywords,
  modes,
  opening,
  signWords,
} from './lexicon.ts'
import { ClaimError, limits, type Mode, type Span } from './syntax.ts'

export interface Script {
  readonly tokens: Token[]
  readonly span: Span
}

export interface Token {
  /**
   * letter, digit: one character as read. After `join`: name, number, function, keyword.
   * group: a matched bracket (`text` is the opening sign). fraction: `body` over `below`.
   * root: √ over `body`. prose: text that is no word of the language. gap: a wide space.
   */
  readonly type:
    | 'letter'
    | 'digit'
    | 'sign'
    | 'name'
    | 'number'
    | 'function'
    | 'keyword'
    | 'group'
    | 'fraction'
    | 'root'
    | 'prose'
    | 'gap'
  readonly text: string
  readonly span: Span
  primes: number
  superscript?: Script
  subscript?: Script
  body?: Token[]
  below?: Token[]
  mode?: Mode
}

export const token = (type: Token['type'], text: string, span: Span): Token => ({
  type,
  text,
  span,
  primes: 0,
})

const scriptEnd = (token: Token): number =>
  Math.max(token.span.end, token.superscript?.span.end ?? 0, token.subscript?.span.end ?? 0)

/** The span with its scripts. */
export const extent = (token: Token): Span => ({ start: token.span.start, end: scriptEnd(token) })

export const hull = (tokens: readonly Token[], fallback: Span): Span => {
  const first = tokens[0]
  const last = tokens.at(-1)
  return first && last ? { start: first.span.start, end: scriptEnd(last) } : fallback
}

/**
 * Attaches a script; leading primes of a superscript count as primes of the token.
 * @throws ClaimError at a second script of the same kind.
 */
export const attach = (base: Token, kind: 'superscript' | 'subscript', script: Script): Token => {
  let primes = 0
  if (kind === 'superscript')
    while (script.tokens[primes]?.type === 'sign' && script.tokens[primes]?.text === "'") primes++
  const tokens = script.tokens.slice(primes)
  const raised = { ...base, primes: base.primes + primes }
  if (tokens.length === 0 && primes > 0) {
    const end = Math.max(base.span.end, script.span.end)
    return { ...raised, span: { start: base.span.start, end } }
  }
  if (base[kind]) throw new ClaimError(`A second ${kind}`, script.span)
  if (tokens.length === 0) throw new ClaimError(`An empty ${kind}`, script.span)
  return { ...raised, [kind]: { tokens, span: script.span } }
}

const bare = (token: Token): boolean =>
  token.primes === 0 && token.superscript === undefined && token.subscript === undefined

const touches = (left: Token, right: Token): boolean =>
  bare(left) && left.span.end === right.span.start

/** The token that `run` is joined to: it keeps the scripts of the last. */
const joined = (type: Token['type'], text: string, run: readonly Token[]): Token => {
  const last = run.at(-1)!
  return { ...last, type, text, span: { start: run[0]!.span.start, end: last.span.end } }
}

/** The longest run from `from` in which each token touches the next and is of these types. */
const runFrom = (
  tokens: readonly Token[],
  from: number,
  types: readonly string[],
  atMost = tokens.length,
): Token[] => {
  const run: Token[] = []
  for (let at = from; at < Math.min(tokens.length, from + atMost); at++) {
    const token = tokens[at]!
    if (!types.includes(token.type)) break
    if (run.length > 0 && !touches(run.at(-1)!, token)) break
    run.push(token)
  }
  return run
}

/** Bounds the look-ahead, and with it the time that joining takes. */
const longestWord = 64

const spelling = (run: readonly Token[]): string => run.map((token) => token.text).join('')

/** In scripts, words of two letters are two indices: x_{pi}, w_{mu}. */
const wordOf = (text: string, run: readonly Token[], inScript: boolean): Token[] | undefined => {
  if (inScript && text.length < 3) return undefined
  const letter = greek.get(text)
  if (letter) return [joined('name', letter, run)]
  if (functionWords.has(text)) return [joined('function', text, run)]
  if (keywords.has(text)) return [joined('keyword', keywords.get(text)!, run)]
  if (signWords.has(text)) return [joined('sign', signWords.get(text)!, run)]
  const stem = /^conv(.+)$/.exec(text)
  const mode = stem && modes.get(stem[1]!)
  return mode ? [{ ...joined('sign', 'conv', run), mode }] : undefined
}

const joinWord = (
  tokens: readonly Token[],
  at: number,
  words: readonly string[],
  inScript: boolean,
): { tokens: Token[]; used: number } => {
  const run = runFrom(tokens, at, ['letter', 'digit', 'sign'], longestWord)
  const text = spelling(run)
  // The graph's own words may hold digits and dots: layer1.weight.
  for (const word of words)
    if (text.startsWith(word) && !/[\p{L}\d]/u.test(text[word.length] ?? ''))
      return { tokens: [joined('name', word, run.slice(0, word.length))], used: word.length }
  if (text.startsWith('rot180'))
    return { tokens: [joined('function', 'rot180', run.slice(0, 6))], used: 6 }
  const letters = runFrom(tokens, at, ['letter'])
  const word = wordOf(spelling(letters), letters, inScript)
  if (word) return { tokens: word, used: letters.length }
  const strange = letters.find((letter) => !/[\p{Script=Latin}\p{Script=Greek}]/u.test(letter.text))
  if (strange) throw new ClaimError(`‘${strange.text}’ is not understood`, strange.span)
  return {
    tokens: letters.map((letter) => joined('name', letter.text, [letter])),
    used: letters.length,
  }
}

/** Digits, one decimal point among them, and 1e-12 where it is written without a space. */
const joinNumber = (
  tokens: readonly Token[],
  at: number,
  inScript: boolean,
): { tokens: Token[]; used: number } => {
  const run = runFrom(tokens, at, ['digit', 'sign', 'letter'], limits.digits + 2)
  const pattern = inScript ? /^\d+(\.\d+)?/ : /^\d+(\.\d+)?(e[+-]?\d+)?/
  const text = pattern.exec(spelling(run))![0]
  const used = text.length
  return { tokens: [joined('number', text, run.slice(0, used))], used }
}

const joinSign = (tokens: readonly Token[], at: number): { tokens: Token[]; used: number } => {
  const run = runFrom(tokens, at, ['sign'], 8)
  const text = spelling(run)
  const dots = /^\.{2,}/.exec(text)
  if (dots)
    return { tokens: [joined('sign', '…', run.slice(0, dots[0].length))], used: dots[0].length }
  for (const [written, sign] of compoundSigns)
    if (text.startsWith(written))
      return { tokens: [joined('sign', sign, run.slice(0, written.length))], used: written.length }
  const sign = tokens[at]!
  if (sign.text === '*' && bare(sign)) {
    const letters = runFrom(tokens, at + 1, ['letter'])
    const mode = modes.get(spelling(letters))
    if (mode && sign.span.end === letters[0]!.span.start)
      return {
        tokens: [{ ...joined('sign', '*', [sign, ...letters]), mode }],
        used: letters.length + 1,
      }
  }
  return { tokens: [sign], used: 1 }
}

/** Letters to names and words, digits to numerals, signs to compound signs, in all scripts too. */
export const join = (
  tokens: readonly Token[],
  words: readonly string[],
  inScript = false,
): Token[] => {
  const result: Token[] = []
  for (let at = 0; at < tokens.length; ) {
    const { type } = tokens[at]!
    const step =
      type === 'letter'
        ? joinWord(tokens, at, words, inScript)
        : type === 'digit'
          ? joinNumber(tokens, at, inScript)
          : type === 'sign'
            ? joinSign(tokens, at)
            : { tokens: [tokens[at]!], used: 1 }
    for (const made of step.tokens) result.push(joinInside(made, words, inScript))
    at += step.used
  }
  return result
}

const joinInside = (token: Token, words: readonly string[], inScript: boolean): Token => {
  const inside = (script: Script): Script => ({
    ...script,
    tokens: join(script.tokens, words, true),
  })
  return {
    ...token,
    ...(token.superscript && { superscript: inside(token.superscript) }),
    ...(token.subscript && { subscript: inside(token.subscript) }),
    ...(token.body && { body: join(token.body, words, inScript) }),
    ...(token.below && { below: join(token.below, words, inScript) }),
  }
}

/**
 * Brackets matched into groups, in all scripts too. The front ends bound the depth of scripts and
 * fractions; here only brackets nest, on an explicit stack.
 * @throws ClaimError at a bracket without its partner, or nested too deeply.
 */
export const group = (tokens: readonly Token[], depth = 0): Token[] => {
  const stack: { open: Token; body: Token[] }[] = []
  let body: Token[] = []
  for (const each of tokens) {
    // A wide space separates claims, and means nothing inside of one.
    if (each.type === 'gap' && depth + stack.length > 0) continue
    const token = groupInside(each, depth + stack.length)
    if (token.type === 'sign' && opening.has(token.text)) {
      if (depth + stack.length >= limits.depth)
        throw new ClaimError(`Brackets nest more than ${limits.depth} deep`, token.span)
      stack.push({ open: token, body })
      body = []
    } else if (token.type === 'sign' && closing.has(token.text)) {
      const frame = stack.pop()
      if (!frame) throw new ClaimError(`‘${token.text}’ closes nothing`, token.span)
      if (opening.get(frame.open.text) !== token.text)
        throw new ClaimError(`‘${token.text}’ does not close ‘${frame.open.text}’`, token.span)
      const span = { start: frame.open.span.start, end: token.span.end }
      const made: Token = { ...token, type: 'group', text: frame.open.text, span, body }
      body = frame.body
      body.push(...withoutBraces(made))
    } else {
      body.push(token)
    }
  }
  const open = stack.at(-1)?.open
  if (open) throw new ClaimError(`‘${open.text}’ is never closed`, open.span)
  return body
}

/** Braces only group: {w}_{ij} is w_{ij}, and {} is nothing. */
const withoutBraces = (group: Token): Token[] => {
  const [only, ...others] = group.body!
  if (group.text !== '{') return [group]
  if (!only) return bare(group) ? [] : [group]
  if (others.length > 0 || only.type !== 'name' || (!bare(only) && !bare(group))) return [group]
  const { superscript, subscript, primes } = bare(only) ? group : only
  return [
    {
      ...only,
      primes,
      ...(superscript && { superscript }),
      ...(subscript && { subscript }),
    },
  ]
}

const groupInside = (token: Token, depth: number): Token => {
  if (depth > limits.depth)
    throw new ClaimError(`The formula nests more than ${limits.depth} deep`, token.span)
  const inside = (script: Script): Script => ({
    ...script,
    tokens: group(script.tokens, depth + 1),
  })
  return {
    ...token,
    ...(token.superscript && { superscript: inside(token.superscript) }),
    ...(token.subscript && { subscript: inside(token.subscript) }),
    ...(token.body && { body: group(token.body, depth + 1) }),
    ...(token.below && { below: group(token.below, depth + 1) }),
  }
}
