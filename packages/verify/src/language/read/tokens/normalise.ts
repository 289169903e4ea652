// Typography undone before anything is read: full-width signs, curly primes, raised digits,
// Markdown's escapes. Keeps, for each character, where it stood in what the user wrote.
import { ofBatches, onesLetter } from '../../lexicon.ts'
import { ClaimError, limits, type Span } from '../../syntax.ts'

export interface Source {
  readonly text: string
  /** Where character `position` of `text` stood; defined up to and including the end. */
  origin(span: Span): Span
}

const pairs = (from: string, to: string) =>
  [...from].map((character, position) => [character, [...to][position]!] as const)

/** ϵ is ε in another hand. */
const hands = pairs('ϵϕϑϱϰ', 'εφθρκ')

/** A name with the letters that formulas are read with. */
export const inOneHand = (name: string): string =>
  hands.reduce((all, [from, to]) => all.replaceAll(from, to), name.normalize('NFC'))

const plain: ReadonlyMap<string, string> = new Map([
  ...hands,
  ...pairs('（）［］｛｝，；：．＋－＝＜＞／｜＊＿＾！', '()[]{},;:.+-=<>/|*_^!'),
  ...pairs('’‘′＇ʹ`´', "'''''''"),
  ...pairs('−–—‐‑﹣', '------'),
  ...pairs('、。∣﹡', ',.|*'),
  ...pairs('“”', '""'),
  ...pairs('\u3000\u00a0\u2009\u200a\u202f\t\r', '       '),
  ...pairs('０１２３４５６７８９', '0123456789'),
  ['ℓ', 'l'],
  ['ℒ', 'L'],
  ['″', "''"],
  ['‴', "'''"],
  ['\u200b', ' '],
  ['\ufeff', ' '],
])

const raised = new Map(pairs('⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁱⁿˡᵀ⊤⊺ᵏᵐᵖʲᵈᴸ', '0123456789+-()inlTTTkmpjdL'))
const lowered = new Map(pairs('₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ', '0123456789+-()aehijklmnoprstuvx'))

/** The signs that are raised, and those that are lowered, as a class of a pattern. */
export const raisedSigns = [...raised.keys()].join('')
export const loweredSigns = [...lowered.keys()].join('')

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[A-Za-z]/.test(character)

/**
 * Markdown doubles backslashes and escapes `_ * ^`. A formula with an escaped `_` or `*` was
 * escaped throughout; `\\sqrt` outside an environment can be nothing else.
 */
const escapeAt = (
  raw: string,
  position: number,
  escaped: boolean,
  rows: boolean,
): string | null => {
  if (raw[position] !== '\\') return null
  const next = raw[position + 1]
  if (next === '_' || next === '*' || next === '^') return next
  if (next === '\\' && (escaped || (!rows && isLetter(raw[position + 2])))) return '\\'
  return null
}

/** @throws ClaimError when there are too many characters. */
export const normalise = (raw: string): Source => {
  if (raw.length > limits.characters)
    throw new ClaimError(
      `A formula has at most ${limits.characters} characters, this one has ${raw.length}`,
      { start: limits.characters, end: raw.length },
    )
  const pieces: string[] = []
  const origins: number[] = []
  const put = (text: string, at: number) => {
    pieces.push(text)
    for (let i = 0; i < text.length; i++) origins.push(at)
  }
  const escaped = /\\[_*]/.test(raw)
  const rows = /\\(?:begin|substack)\b/.test(raw)
  for (let at = 0; at < raw.length; ) {
    const unescaped = escapeAt(raw, at, escaped, rows)
    const script = raised.has(raw[at]!) ? raised : lowered.has(raw[at]!) ? lowered : undefined
    if (unescaped !== null) {
      put(unescaped, at)
      at += 2
    } else if (script) {
      // A^ᵀ and A^{⊤} are raised already.
      const [last, before] = [pieces.at(-1), pieces.at(-2)]
      const isOpen = before === '^' && last === '{'
      if (!isOpen) put(last === '^' ? '{' : script === raised ? '^{' : '_{', at)
      for (; script.has(raw[at] ?? ''); at++) put(script.get(raw[at]!)!, at)
      if (!isOpen) put('}', at - 1)
    } else if (raw.codePointAt(at)! > 0xffff) {
      // Mathematical alphabets: 𝛿 is δ, 𝐖 is W.
      const character = String.fromCodePoint(raw.codePointAt(at)!)
      const plainly = character.normalize('NFKC')
      const word = /[𝔼𝕍]/u.test(character) ? ofBatches.get(plainly) : undefined
      put(word ?? ('𝟙𝟏'.includes(character) ? onesLetter : plainly), at)
      at += 2
    } else {
      put(plain.get(raw[at]!) ?? raw[at]!, at)
      at++
    }
  }
  origins.push(raw.length)
  const text = pieces.join('')
  const clamp = (position: number) => Math.max(0, Math.min(position, text.length))
  return {
    text,
    origin: ({ start, end }) => {
      const first = origins[clamp(start)]!
      // The end is that of the last character, which may have stood for several.
      const last = end > start ? origins[clamp(end - 1)]! : first
      let next = clamp(end)
      while (next < text.length && origins[next] === last) next++
      return { start: first, end: end > start ? Math.max(origins[next]!, last) : first }
    },
  }
}

/** 误差：δ = …, a label in front of a formula. */
const withoutLabel = (raw: string): string =>
  !/[：:]/.test(raw)
    ? raw
    : raw.replace(/^\s*[\p{Script=Han}\p{L}\d\s（）()]*\p{Script=Han}[）)]?\s*[：:]\s*/u, (all) =>
        ' '.repeat(all.length),
      )

/** ‘for all’ in words is ∀, at the same length. */
const forAll = (raw: string): string =>
  raw.replace(/\b[Ff]or\s+(?:all|every|each|any)\b/g, (words) => '∀'.padEnd(words.length))

/** What stands in words around a formula, at the same length. */
export const inSigns = (raw: string): string => forAll(withoutLabel(raw))
