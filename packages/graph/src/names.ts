// Names as the notes write them: z^{Fk}_{ij} is the array z^F with axes k, i, j.
// A string that is not wholly of that form is a literal name (`layer1.weight`).

import type { Shape } from './shape.ts'
import { show } from './show.ts'

export interface ArrayName {
  /** As it was written: `z^{Fk}_{ij}`. */
  readonly text: string
  /** The whole bare name, as feeds and `node()` use it: `z^F`. */
  readonly bare: string
  /** `z`, or the literal itself. */
  readonly base: string
  /** `F`, `2`, `O`, `l-1`; empty where there is none. */
  readonly tag: string
  /** The letters of the axes in order of appearance; empty where none were given. */
  readonly letters: readonly string[]
}

const BASE = String.raw`\p{L}\p{M}*['′]*`
const SUPERSCRIPT = String.raw`\^(?:\{(?<super>[^{}]+)\}|(?<sup>[\p{L}\d]))`
const SUBSCRIPT = String.raw`_(?:\{(?<subs>[^{}]+)\}|(?<sub>\p{L}))`
const LETTERED = new RegExp(`^(?<base>${BASE})(?:${SUPERSCRIPT})?(?:${SUBSCRIPT})?$`, 'u')
const TAG_AND_LETTERS = /^(?<tag>\p{Lu}+\d*|\d+)?\s*(?<letters>(?:\p{Ll}['′]*\s*,?\s*)*)$/u
const SUBSCRIPT_LETTERS = /^(?:\p{Ll}['′]*[\s,-]*)+$/u
const LETTER = /\p{Ll}['′]*/gu

const lettersOf = (text: string): string[] => text.match(LETTER) ?? []

export interface NameOptions {
  /** The whole text is the name: `W_{hx}` is an array of its own, no W with axes h, x. */
  readonly literal?: boolean
}

/** Reads a name; anything that is not lettered is taken literally. */
export function parseName(text: string, options: NameOptions = {}): ArrayName {
  const literal: ArrayName = { text, bare: text, base: text, tag: '', letters: [] }
  if (options.literal) return literal
  // One letter, as most names are: nothing to be parsed, and Unicode's tables stay closed.
  if (/^[a-zA-Z]$/.test(text)) return literal
  const match = LETTERED.exec(text)
  if (!match?.groups) return literal
  const { base = '' } = match.groups
  const superscript = (match.groups.super ?? match.groups.sup ?? '').trim()
  const subscript = match.groups.subs ?? match.groups.sub ?? ''
  if (subscript && !SUBSCRIPT_LETTERS.test(subscript)) return literal
  const upper = TAG_AND_LETTERS.exec(superscript)
  // A superscript without leading capitals or digits (l, l-1) is all tag.
  const tag = upper?.groups?.tag ?? superscript
  const axes = upper?.groups?.tag ? lettersOf(upper.groups.letters ?? '') : []
  const bare = tag ? `${base}^${[...tag].length === 1 ? tag : `{${tag}}`}` : base
  return { text, bare, base, tag, letters: [...axes, ...lettersOf(subscript)] }
}

const LONGEST = 200
/** Control characters and line breaks would run into the lines that show a name. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]/u

/** Why a text is no name, or undefined for one that is. */
export function refuseName(text: unknown): string | undefined {
  if (typeof text !== 'string') return `a name is text, not ${show(text)}`
  if (text.trim() === '' || text.length > LONGEST) {
    return `a name has 1 to ${LONGEST} characters, not only spaces`
  }
  return UNPRINTABLE.test(text) ? `${show(text)} holds a control character` : undefined
}

/** The same name in the one spelling that maps use: `z^{F}` is `z^F`. */
export const bareName = (text: string): string => parseName(text).bare

/** The same in a graph with those names, where a text may be the whole of a literal name. */
export const bareNameIn = (named: ReadonlyMap<string, unknown>, text: string): string =>
  named.has(text) ? text : bareName(text)

/** Whether a name would have letters or a tag if it were not taken literally. */
export const isTakenLiterally = ({ text, bare }: ArrayName): boolean => bareName(text) !== bare

/**
 * The axes that `count` letters stand for: the leftmost axes of length 1 go without a letter, as
 * many as there are too few letters. Undefined where there are not enough such axes.
 */
export function letteredAxes(shape: Shape, count: number): number[] | undefined {
  let spare = shape.length - count
  const axes = shape.flatMap((length, axis) => (length === 1 && spare-- > 0 ? [] : [axis]))
  return axes.length === count ? axes : undefined
}

/** Names close to a mistyped one, nearest first, for an error message. */
export function nearNames(wanted: string, known: Iterable<string>): string[] {
  return [...known]
    .map((name) => ({ name, distance: editDistance(wanted, name) }))
    .filter(({ name, distance }) => distance <= Math.max(2, name.length / 2))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 5)
    .map(({ name }) => name)
}

/** Letters changed, left out, put in, or exchanged with their neighbour. */
function editDistance(a: string, b: string): number {
  if (a.length > 64 || b.length > 64) return a === b ? 0 : 64
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isExchange = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const exchange = isExchange ? before[j - 2]! + 1 : Infinity
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1, exchange))
    }
    before = row
    row = next
  }
  return row[b.length]!
}
