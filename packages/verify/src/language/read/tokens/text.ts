// The plain-text front end: characters to tokens. No grammar here beyond what a script reaches.
import { endless, onesLetter, signs } from '../../lexicon.ts'
import { ClaimError, limits } from '../../syntax.ts'
import { attach, type Script, type Token, token } from './tokens.ts'

/** What `^` takes without braces: z^F1, w^On, W^T, a^2, e^-x; x^2y is x² y. */
const superscriptRun = /^(?:[+-]?\d+(?:\.\d+)?|T|∞|[+-]?\p{L}\p{Ll}?\d*)/u
/** The same without Unicode's tables, which each pattern that asks them reads anew. */
const oneAbove = /^[A-Z](?=_)/

const isLetter = (character: string) =>
  /^[A-Za-zα-ω]$/.test(character) || (/[^\0-~]/.test(character) && /^\p{L}\p{M}*$/u.test(character))

const isWord = (character: string) => isLetter(character) || /^\d$/.test(character)

/** What `_` takes without braces: x_11, x_ij, δ_i'j'. */
const runBelow = (text: string): string => {
  const [first = '', second = '', third] = text.slice(0, 5)
  // Of w_1x_1 and w_nx_n, where letters touch, the last has a subscript too.
  if (third === '_' && isWord(first) && isLetter(second)) return first
  let run = ''
  for (const character of text) {
    if (!isWord(character) && !(run && character === "'")) break
    run += character
  }
  return run
}

/**
 * a_i' = a_i (1 − a_i): the prime is that of a, as it is in LaTeX, where no index i' stands
 * elsewhere: below Σ, in a condition, in braces.
 */
const withoutPrime = (run: string, text: string): string => {
  const [letter, ...primes] = run
  if (primes.length === 0 || primes.some((each) => each !== "'")) return run
  const isBeside = new RegExp(`(?:^|\\W)(?:max|min|sum|prod)_${run}|[^_]${run}|[^A-Za-zα-ω]_${run}`)
  return !isBeside.test(text) && new RegExp(`_${letter}(?!['\\w])`).test(text) ? letter! : run
}

/** A hat that is written after its letter; the first of Unicode's marks is \u0300. */
const combining = (text: string, at: number): string =>
  text.charCodeAt(at) >= 0x300 ? (/^\p{M}{1,3}/u.exec(text.slice(at, at + 3))?.[0] ?? '') : ''

interface Reader {
  readonly text: string
  /** The graph's names in which _ joins words, the longest first: counts_sum_inv. */
  readonly joined: readonly string[]
  at: number
}

/** One of the graph's names of several words, whole; a differential may stand before it. */
const joinedAt = ({ text, at, joined }: Reader): string | undefined => {
  if (joined.length === 0 || !/(?:^|[^\p{L}\d_'])[dδ∂]?$/u.test(text.slice(0, at).slice(-2)))
    return undefined
  return joined.find(
    (word) => text.startsWith(word, at) && !/^[\p{L}\d]/u.test(text.slice(at + word.length)),
  )
}

const spanOf = (reader: Reader, start: number) => ({ start, end: reader.at })

const readScript = (reader: Reader, kind: 'superscript' | 'subscript', depth: number): Script => {
  const sign = reader.at
  reader.at++
  while (reader.text[reader.at] === ' ') reader.at++
  const next = reader.text[reader.at]
  const start = reader.at
  if (next === '{') {
    reader.at++
    const tokens = readUntil(reader, '}', depth + 1)
    return { tokens, span: spanOf(reader, start) }
  }
  if (next === '(') {
    const open = token('sign', '(', { start, end: start + 1 })
    reader.at++
    const inside = readUntil(reader, ')', depth + 1)
    const close = token('sign', ')', { start: reader.at - 1, end: reader.at })
    return { tokens: [open, ...inside, close], span: spanOf(reader, start) }
  }
  if (next === "'" && kind === 'superscript') {
    reader.at++
    return { tokens: [token('sign', "'", spanOf(reader, start))], span: spanOf(reader, start) }
  }
  const ahead = reader.text.slice(start, start + limits.digits)
  const run =
    kind === 'subscript'
      ? withoutPrime(runBelow(ahead), reader.text)
      : (oneAbove.exec(ahead) ?? superscriptRun.exec(ahead))?.[0]
  if (!run)
    throw new ClaimError(`‘${reader.text[sign]}’ needs a ${kind} after it`, {
      start: sign,
      end: Math.min(start + 1, reader.text.length),
    })
  const inside: Reader = { ...reader, text: reader.text.slice(0, start + run.length), at: start }
  const tokens = readUntil(inside, null, depth + 1)
  reader.at = inside.at
  return { tokens, span: spanOf(reader, start) }
}

const readCharacter = (reader: Reader): Token => {
  const start = reader.at
  const first = String.fromCodePoint(reader.text.codePointAt(start)!)
  const marks = isLetter(first) ? combining(reader.text, start + first.length) : ''
  const character = (first + marks).normalize('NFC')
  reader.at += first.length + marks.length
  const span = spanOf(reader, start)
  if (/^\d$/.test(character)) return token('digit', character, span)
  if ((isLetter(character) && character !== 'Σ') || [onesLetter, endless].includes(character))
    return token('letter', character, span)
  const sign = signs.get(character) ?? (/^[()[\]{}⌊⌋⌈⌉⟨⟩]$/.test(character) ? character : undefined)
  if (!sign) throw new ClaimError(`‘${character}’ is not understood`, span)
  return token('sign', sign, span)
}

/** Reads up to the unmatched `close` and past it; `null` reads to the end. */
const readUntil = (reader: Reader, close: string | null, depth: number): Token[] => {
  if (depth > limits.depth)
    throw new ClaimError(`Scripts nest more than ${limits.depth} deep`, spanOf(reader, reader.at))
  const open = close === '}' ? '{' : '('
  const start = reader.at
  const tokens: Token[] = []
  let nested = 0
  while (reader.at < reader.text.length) {
    const character = reader.text[reader.at]!
    if (character === ' ' || character === '\n') {
      reader.at++
    } else if (character === '^' || character === '_') {
      const kind = character === '^' ? 'superscript' : 'subscript'
      const base = tokens.pop()
      if (!base) throw new ClaimError(`A ${kind} of nothing`, spanOf(reader, reader.at++))
      tokens.push(attach(base, kind, readScript(reader, kind, depth)))
    } else if (character === "'") {
      const base = tokens.pop()
      reader.at++
      if (base && !(base.type === 'sign' && base.text === "'")) {
        const span = { start: base.span.start, end: reader.at }
        tokens.push({ ...base, primes: base.primes + 1, span })
      } else {
        if (base) tokens.push(base)
        tokens.push(token('sign', "'", { start: reader.at - 1, end: reader.at }))
      }
    } else if (character === close && nested === 0) {
      reader.at++
      return tokens
    } else {
      if (close !== null && character === open) nested++
      if (character === close) nested--
      const word = joinedAt(reader)
      if (word) reader.at += word.length
      tokens.push(
        word ? token('name', word, spanOf(reader, reader.at - word.length)) : readCharacter(reader),
      )
    }
  }
  if (close === null) return tokens
  throw new ClaimError(`‘${open}’ is never closed`, { start: start - 1, end: start })
}

/**
 * Tokens of normalised text, before `join` and `group`; `words` are the graph's.
 * @throws ClaimError
 */
export const textTokens = (text: string, words: readonly string[]): Token[] =>
  readUntil({ text, joined: words.filter(isOfWords), at: 0 }, null, 0)

/** counts_sum_inv: no letter with an index. */
export const isOfWords = (name: string): boolean => /[\p{L}\d]_[\p{L}\d]/u.test(name)
