// Names as the notes write them: z^{Fk}_{ij} is the array z^F with axes k, i, j.
// A string that is not wholly of that form is a literal name (`layer1.weight`).

import type { Shape } from '../shape.ts'
import { show } from '../show.ts'

/** A name and its parts: `z^{Fk}_{ij}` is the array `z^F` with axes k, i, j. */
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
  /** Of a node's name: the axes that its letters stand for. */
  readonly axes?: readonly number[]
}

const BASE = String.raw`\p{L}\p{M}*['′]*`
const SUPERSCRIPT = String.raw`\^(?:\{(?<super>[^{}]+)\}|(?<sup>[\p{L}\d]))`
const SUBSCRIPT = String.raw`_(?:\{(?<subs>[^{}]+)\}|(?<sub>\p{L}))`
const LETTERED = new RegExp(`^(?<base>${BASE})(?:${SUPERSCRIPT})?(?:${SUBSCRIPT})?$`, 'u')
const TAG_AND_LETTERS = /^(?<tag>\p{Lu}+\d*|\d+)?\s*(?<letters>(?:\p{Ll}['′]*\s*,?\s*)*)$/u
const SUBSCRIPT_LETTERS = /^(?:\p{Ll}['′]*[\s,-]*)+$/u
const LETTER = /\p{Ll}['′]*/gu

const lettersOf = (text: string): string[] => text.match(LETTER) ?? []

/** How a name is read. */
export interface NameOptions {
  /** The whole text is the name: `W_{hx}` is an array of its own, no W with axes h, x. */
  readonly literal?: boolean
  /** The axes that the letters stand for; the others have length 1. Told by the letters without. */
  readonly axes?: readonly number[]
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
const UNPRINTABLE = /[^ -~\xa0-\u2027\u202a-\uffff]/

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

/** What names the copy of a node as the node was named. */
export const asNamed = (name: ArrayName): NameOptions => ({
  literal: isTakenLiterally(name),
  ...(name.axes && { axes: name.axes }),
})

/** How many letters agree with what is known of their lengths, and the axes of that choice. */
interface Lettering {
  readonly agreed: number
  readonly axes: readonly number[]
}

/**
 * The axes that `count` letters stand for: as many axes of length 1 go without a letter as there
 * are too few letters. Which ones, is told by letters whose lengths are known from elsewhere, where
 * they contradict nothing that is known; otherwise the leftmost. Undefined where there are not
 * enough such axes.
 */
export function letteredAxes(
  shape: Shape,
  count: number,
  knows: (letter: number, length: number) => boolean | undefined = () => undefined,
): number[] | undefined {
  const best = mostAgreeing(shape, count, (letter, length) => knows(letter, length) === true)
  // A letter is used again for a shorter axis: i and j of an image and of what is pooled from it.
  const contradicts = best?.some((axis, letter) => knows(letter, shape[axis]!) === false)
  return contradicts ? mostAgreeing(shape, count, () => false) : best
}

function mostAgreeing(
  shape: Shape,
  count: number,
  agrees: (letter: number, length: number) => boolean,
): number[] | undefined {
  const rank = shape.length
  if (count > rank) return undefined
  // Of the letters from the k-th on, on the axes from k + skipped on: the best choice.
  let row: (Lettering | undefined)[] = [{ agreed: 0, axes: [] }]
  for (let axis = rank - 1; axis >= 0; axis--) {
    const length = shape[axis]!
    const next: (Lettering | undefined)[] = []
    for (let left = 0; left <= Math.min(count, rank - axis); left++) {
      const taken = left > 0 ? row[left - 1] : undefined
      const letter = count - left
      const take = taken && {
        agreed: taken.agreed + (agrees(letter, length) ? 1 : 0),
        axes: [axis, ...taken.axes],
      }
      const skip = length === 1 ? row[left] : undefined
      next.push(skip && (!take || skip.agreed >= take.agreed) ? skip : take)
    }
    row = next
  }
  const best = row[count]
  return best && [...best.axes]
}

/** Whether the axes without a letter could be others. */
export const isOneOfSome = (shape: Shape, count: number): boolean =>
  count > 0 && count < shape.length && shape.filter((n) => n === 1).length > shape.length - count

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
