// A Markdown document as claims about a network: every formula is read, or reported ill-formed at
// its place.

import { declaredIn } from '../conventions/declared.ts'
import type { ConventionName } from '../conventions/names.ts'
import { parseFormula } from '../language/read/claim.ts'
import { continued } from '../language/read/continued.ts'
import { type Macros, withoutMacros } from '../language/read/latex/author-macros.ts'
import { type Claim, ClaimError, type Span } from '../language/syntax.ts'
import { saidAround } from './around.ts'
import { type Beside, withSaid } from './beside.ts'
import type { NetworkText } from './network/lines.ts'
import { readNetwork } from './network-text.ts'
import { type Piece, scanMarkdown } from './scan.ts'

/** Counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

interface Entry extends Place {
  /** The formula as it was written; spans of the claim and of the error count in it. */
  readonly formula: string
  /** Where the formula begins in the document, counted from 0. */
  readonly offset: number
  readonly source: Piece['source']
  /** `<!-- expect: refuted -->` after the formula. */
  readonly expect?: string
  /** `<!-- assume: Σ_n t_n = 1 -->` after the formula, one for each. */
  readonly assume: readonly string[]
  /**
   * The network block it speaks of: the last one above it, or the first of all, counted from 0.
   */
  readonly network?: number
  /** `<!-- skip -->` after the formula. */
  readonly skip?: boolean
  /** It only says when another formula holds. */
  readonly isCondition?: boolean
  /** … if it holds there: nothing is said of where it does not. */
  readonly isCase?: boolean
  /** What prose beside it says of it. */
  readonly beside?: Beside
}

export type DocumentEntry =
  | (Entry & { kind: 'claim'; claim: Claim })
  /** A formula without a relation, or a declaration X ∈ R^{m×n}: nothing is claimed. */
  | (Entry & { kind: 'mention' | 'declaration'; claim: Claim })
  /** `claims`: it has a sign of a relation, so that it was meant as a claim. */
  | (Entry & { kind: 'ill-formed'; at: Span; reason: string; claims: boolean })

export interface NetworkBlock {
  readonly text: string
  /** Where the text begins in the document, counted from 0. */
  readonly offset: number
  readonly place: Place
  readonly read: NetworkText | { kind: 'ill-formed'; at: Span; reason: string }
}

export interface DocumentText {
  readonly networks: readonly NetworkBlock[]
  /** What its head says about how formulas are written. */
  readonly conventions: readonly ConventionName[]
  readonly entries: readonly DocumentEntry[]
}

export const documentLimits = { characters: 2_000_000, formulas: 10_000 } as const

/** Position → place, by bisection over the starts of lines. */
const placesOf = (text: string): ((position: number) => Place) => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (position) => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (starts[middle]! <= position) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: position - starts[low]! + 1 }
  }
}

/** Names of more than one letter, which a formula could not tell from a product. */
const wordsOf = (network: NetworkBlock['read'] | undefined): string[] =>
  network?.kind === 'lines'
    ? network.lines
        .map(({ name }) => name.replace(/[\^_].*$/, ''))
        .filter((name) => name.length > 1)
    : []

const kindOf = ({ relations }: Claim): 'claim' | 'mention' | 'declaration' => {
  if (relations.length === 0) return 'mention'
  return relations.includes('∈') ? 'declaration' : 'claim'
}

const readNetworkPiece = ({ text, start: offset }: Piece, place: Place): NetworkBlock => {
  try {
    return { text, offset, place, read: readNetwork(text) }
  } catch (error) {
    if (!(error instanceof ClaimError)) throw error
    const { start, end, reason } = error
    return { text, offset, place, read: { kind: 'ill-formed', at: { start, end }, reason } }
  }
}

/** With those that a text defines; one that is not read is met where it is used. */
const withMacros = (known: Macros | undefined, text: string): Macros | undefined => {
  try {
    const { macros } = withoutMacros(text)
    return Object.keys(macros).length > 0 ? { ...known, ...macros } : known
  } catch (error) {
    if (error instanceof ClaimError) return known
    throw error
  }
}

const startOf = (text: string) => Math.max(0, text.search(/\S/))

/**
 * Everything that a document says in formulas: its ```network blocks, and one entry for each
 * claim, in order. `$…$`, `$$…$$`, ```claim (a formula a line) and ```math are read.
 * `parse` may remember what it has read.
 * @throws ClaimError only for a document beyond `documentLimits`.
 */
export const readDocument = (markdown: string, parse = parseFormula): DocumentText => {
  const whole = { start: 0, end: markdown.length }
  if (markdown.length > documentLimits.characters)
    throw new ClaimError(`A document has at most ${documentLimits.characters} characters`, whole)
  const pieces = scanMarkdown(markdown)
  if (pieces.length > documentLimits.formulas)
    throw new ClaimError(`A document has at most ${documentLimits.formulas} formulas`, whole)
  const place = placesOf(markdown)
  const around = saidAround(markdown, pieces)
  const blocks = pieces.filter(({ kind }) => kind === 'network').length
  const networks: NetworkBlock[] = []
  const conventions: ConventionName[] = []
  const entries: DocumentEntry[] = []
  let before: Claim | undefined
  let macros: Macros | undefined
  for (const [position, piece] of pieces.entries()) {
    if (piece.kind === 'network') networks.push(readNetworkPiece(piece, place(piece.start)))
    if (piece.kind === 'macro') macros = withMacros(macros, piece.text)
    if (piece.kind === 'conventions') conventions.push(...declaredIn(piece.text))
    if (piece.kind !== 'formula' && piece.kind !== 'unclosed') continue
    const remarks = remarksAfter(pieces, position)
    const expect = remarks.find(({ kind }) => kind === 'expect')?.text
    const words = wordsOf(networks.at(-1)?.read)
    const common = (at: number) => ({
      formula: piece.text,
      offset: piece.start,
      source: piece.source,
      ...place(piece.start + at),
      ...(expect !== undefined && { expect }),
      assume: remarks.filter(({ kind }) => kind === 'assume').map(({ text }) => text),
      ...(blocks > 0 && { network: Math.max(0, networks.length - 1) }),
      ...(remarks.some(({ kind }) => kind === 'skip') && { skip: true }),
    })
    if (piece.kind === 'unclosed') {
      const at = { start: 0, end: piece.text.length }
      const [opening = '$$'] = /^\\begin\{[a-z]+\*?\}/.exec(piece.text) ?? []
      const reason = `‘${opening}’ is never closed${opening === '$$' ? ' in its paragraph' : ''}`
      entries.push({ kind: 'ill-formed', at, reason, claims: true, ...common(0) })
      continue
    }
    if (piece.text.trim() === '') continue
    try {
      const known = macros
      if (piece.style === 'latex') macros = withMacros(macros, piece.text)
      // A formula of definitions alone.
      if (macros !== known && withoutMacros(piece.text).text.trim() === '') continue
      const options = {
        words,
        ...(piece.style && { style: piece.style }),
        ...(macros && { macros }),
      }
      const said = around.of.get(position)
      const isCondition = around.conditions.has(position) && expect === undefined
      for (const read of parse(piece.text, options)) {
        const claim = continued(read, before)
        before = claim
        entries.push({
          kind: kindOf(claim),
          ...(isCondition && {
            isCondition,
            isCase: /holds|fails/.test(around.conditions.get(position) ?? ''),
          }),
          ...(said ? withSaid(claim, said, parse, options) : { claim }),
          ...common(read.span.start),
        })
      }
    } catch (error) {
      if (!(error instanceof ClaimError)) throw error
      before = undefined
      const { start, end, reason } = error
      const claims = /[=<>≤≥≠]|\\(?:leq?|geq?|neq?)\b/.test(piece.text)
      const at = { start, end }
      entries.push({ kind: 'ill-formed', at, reason, claims, ...common(startOf(piece.text)) })
    }
  }
  return { networks, entries, conventions: [...new Set(conventions)] }
}

/** Comments after a formula; after a fence of several formulas they are about all of them. */
const remarksAfter = (pieces: readonly Piece[], position: number): readonly Piece[] => {
  const { fence } = pieces[position]!
  let from = position + 1
  while (fence !== undefined && pieces[from]?.fence === fence) from++
  const end = pieces.findIndex(
    ({ kind }, at) => at >= from && !['expect', 'assume', 'skip'].includes(kind),
  )
  return pieces.slice(from, end < 0 ? pieces.length : end)
}
