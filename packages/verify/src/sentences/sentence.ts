// Sentences by code: what a reason says, taken apart into its code and values, and said again in
// another language. The text is the same wherever it is made; only here is it told apart.
import { english, type Language, reasons, type SentenceCode } from './english/english.ts'

/** A sentence as data: `not-understood` of `{ what: '§' }`. */
export interface Said {
  readonly code: SentenceCode
  readonly values: Readonly<Record<string, string>>
}

const slots = /<([a-z]+)>/g

/** The sentence of a code in a language, with its values. */
export const say = (
  { sentences }: Language,
  code: SentenceCode,
  values: Readonly<Record<string, string | number>> = {},
): string =>
  sentences[code].replaceAll(slots, (slot, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : slot,
  )

/** Slots that hold text of any kind, or another sentence: everything else is free of semicolons. */
const free: ReadonlySet<string> = new Set(['what', 'why', 'name', 'text', 'near', 'all', 'some'])
const shapes: Readonly<Record<string, string>> = {
  ...{ size: '\\d+(?:×\\d+)+', array: '[^;, ]+', op: '[a-z][A-Za-z\\d]*' },
  // An operand and its shape: x [2, 3].
  ...{ shaped: '\\w+(?: \\[[^\\]]*\\])?', other: '\\w+(?: \\[[^\\]]*\\])?' },
}

const inner = (name: string): string => shapes[name] ?? (free.has(name) ? '.+?' : '[^;]+?')

interface Pattern {
  readonly code: SentenceCode
  readonly text: string
  /** What it begins with, before its first value. */
  readonly start: string
  pattern?: RegExp
}

let patterns: readonly Pattern[] | undefined

/** The most telling first: those with the most letters of their own. */
const readPatterns = (): readonly Pattern[] =>
  Object.entries(reasons)
    .map(([code, text]) => ({
      code: code as SentenceCode,
      text,
      start: text.split('<')[0]!,
      weight: text.replaceAll(slots, '').length,
    }))
    .sort((a, b) => b.weight - a.weight)

const patternOf = (text: string): RegExp => {
  const literal = text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return new RegExp(
    `^${literal.replaceAll(slots, (_, name) => `(?<${name}>${inner(name)})`)}$`,
    'su',
  )
}

const whole = (text: string): Said | undefined => {
  patterns ??= readPatterns()
  for (const each of patterns) {
    if (!text.startsWith(each.start)) continue
    each.pattern ??= patternOf(each.text)
    const found = each.pattern.exec(text)
    if (found) return { code: each.code, values: { ...found.groups } }
  }
  return undefined
}

/**
 * A reason as data: one sentence, or several that stand between semicolons. What has no code of its
 * own (an error of the graph, a user's own words) is `other`.
 */
export const reasonsOf = (text: string): readonly Said[] => {
  const one = whole(text)
  if (one) return [one]
  const parts = text.split('; ').map((part) => whole(part))
  if (parts.length < 2 || parts.every((part) => part === undefined))
    return [{ code: 'other', values: { text } }]
  return text.split('; ').map((part, k) => parts[k] ?? { code: 'other', values: { text: part } })
}

/** Values that are sentences, or lists of names and sentences. */
const nested: Readonly<Record<string, (text: string, language: Language) => string>> = {
  why: (text, language) => translated(text, language),
  all: (text, language) => listed(text, language),
  some: (text, language) => listed(text, language),
}

/** A list as a language has it: a, b and c. */
export const listIn = (language: Language, items: readonly string[]): string => {
  const rest = items.slice(0, -1)
  const last = items.at(-1) ?? ''
  if (rest.length === 0) return last
  const first = rest.reduce((all, item) =>
    say(language, 'list-between', { first: all, second: item }),
  )
  return say(language, 'list-last', { first, last })
}

/** A reason, an extent or a convention in another language; what is not known stays English. */
export const translated = (text: string, language: Language): string => {
  if (language === english) return text
  const said = reasonsOf(text).map(({ code, values }) => {
    if (code === 'other')
      return isList(values.text!) ? listed(values.text!, language) : values.text!
    const own = Object.entries(values).map(
      ([name, value]) => [name, nested[name]?.(value, language) ?? value] as const,
    )
    return say(language, code, Object.fromEntries(own))
  })
  return said.reduce((first, second) => say(language, 'reasons-between', { first, second }))
}

const itemsOf = (text: string): readonly string[] => text.split(/, | and /)

/** Of which some item has a sentence of its own: the lengths that a proof holds fixed. */
const isList = (text: string): boolean => itemsOf(text).some((item) => whole(item))

const listed = (text: string, language: Language): string =>
  listIn(
    language,
    itemsOf(text).map((item) => translated(item, language)),
  )
