// Letters that touch become words and names, digits numerals, signs compound signs.
import { compoundSigns, functionWords, greek, keywords, modes, signWords } from '../../lexicon.ts'
import { ClaimError, limits } from '../../syntax.ts'
import { examples } from '../../word-below.ts'
import { indicesBound, withOneName } from './indices.ts'
import { wordAt } from './spelled-by.ts'
import { type Script, type Token, token } from './tokens.ts'

export const bare = (token: Token): boolean =>
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

/** eps of programs, where the graph has ε. */
const shortGreek: ReadonlyMap<string, string> = new Map([
  ['eps', 'ε'],
  ['lam', 'λ'],
])

/** In scripts, words of two letters are two indices: x_{pi}, w_{mu}. */
const wordOf = (text: string, run: readonly Token[], inScript: boolean): Token[] | undefined => {
  if (inScript && text.length < 3) return undefined
  const letter = greek.get(text) ?? shortGreek.get(text)
  if (letter) return [joined('name', letter, run)]
  if (functionWords.has(text)) return [joined('function', text, run)]
  if (keywords.has(text)) return [joined('keyword', keywords.get(text)!, run)]
  if (signWords.has(text)) return [joined('sign', signWords.get(text)!, run)]
  const stem = /^conv(.+)$/.exec(text)
  const mode = stem && modes.get(stem[1]!)
  return mode ? [{ ...joined('sign', 'conv', run), mode }] : undefined
}

/** δ2 and delta2 beside W2 and z2: δ^{(2)}, the error of that layer. */
const errorOfLayer = (
  run: readonly Token[],
  text: string,
  words: readonly string[],
): { tokens: Token[]; used: number } | undefined => {
  const [all, error, tag] = /^(δ|delta)(\d{1,3})(?![\p{L}\d])/u.exec(text) ?? []
  if (!all || !words.some((word) => /^\p{L}\d+$/u.test(word) && word.slice(1) === tag))
    return undefined
  const digits = run.slice(error!.length, all.length)
  const { superscript } = digits.at(-1)!
  const [above, ...others] = superscript?.tokens ?? []
  if (others.length > 0 || (above && above.text !== 'T')) return undefined
  const span = { start: digits[0]!.span.start, end: (superscript ?? digits.at(-1)!).span.end }
  const number = digits.map((each) => token('digit', each.text, each.span))
  const layer = { ...token('group', '(', span), body: number }
  const tokens = above ? [layer, above] : [layer]
  const made = { ...joined('name', 'δ', run.slice(0, all.length)), superscript: { tokens, span } }
  return { tokens: [made], used: all.length }
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
  const [own, length] = wordAt(run, words)
  if (own) return { tokens: [joined('name', own, run.slice(0, length))], used: length }
  const error = errorOfLayer(run, text, words)
  if (error) return error
  // dloss/dlogits: the d of a derivative before a word.
  const after = /^[dδ]/u.test(text)
    ? words.find(
        (word) => text.startsWith(word, 1) && !/[\p{L}\d]/u.test(text[word.length + 1] ?? ''),
      )
    : undefined
  const isGreek = text.startsWith('d') && greek.has(/^d(\p{L}+)/u.exec(text)?.[1] ?? '')
  if (after !== undefined || isGreek)
    return { tokens: [joined('name', text[0]!, run.slice(0, 1))], used: 1 }
  if (text.startsWith('rot180'))
    return { tokens: [joined('function', 'rot180', run.slice(0, 6))], used: 6 }
  const letters = runFrom(tokens, at, ['letter'])
  const word = wordOf(spelling(letters), letters, inScript)
  if (word) return { tokens: word, used: letters.length }
  const strange = letters.find(
    (letter) => !/[\p{Script=Latin}\p{Script=Greek}𝟙∞]/u.test(letter.text),
  )
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
  // ← is ≔ by itself.
  const isCompound = tokens[at]!.text.length > 1
  for (const [written, sign] of compoundSigns)
    if (!isCompound && text.startsWith(written))
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

/** The ch of Σ_{ch=1}: letters that touch, before an equals sign below a sum, are one index. */
const wordsBound = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((each) => {
    const inner = [each.body, each.below].flatMap((part) => (part ? wordsBound(part) : []))
    if (each.text !== 'Σ' || !each.subscript) return inner
    const run = runFrom(each.subscript.tokens, 0, ['letter'])
    const text = spelling(run)
    const isBound =
      run.length > 1 && (each.subscript.tokens[run.length]?.text === '=' || examples.has(text))
    return isBound && /^[a-z]+$/.test(text) && !greek.has(text) ? [text, ...inner] : inner
  })

/** A formula’s tokens joined. */
export const joinAll = (tokens: readonly Token[], words: readonly string[]): Token[] => {
  const bound = wordsBound(tokens)
  const joined = join(tokens, bound.length > 0 ? [...bound, ...words] : words)
  const indices = new Set(indicesBound(joined))
  return indices.size > 0 ? withOneName(joined, indices) : joined
}

/** Letters to names and words, digits to numerals, signs to compound signs, in all scripts too. */
const join = (tokens: readonly Token[], words: readonly string[], inScript = false): Token[] => {
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
