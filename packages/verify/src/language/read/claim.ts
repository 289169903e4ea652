// Formula → claims: chains of relations, what follows ‘where’, connectives, and prose that is kept
// as a remark.

import { show } from '@backprove/graph'
import { definitionOf } from '../names/definition-of.ts'
import {
  type Claim,
  ClaimError,
  type Comparison,
  type Definition,
  limits,
  type Span,
  type Style,
} from '../syntax.ts'
import { depthOf } from '../walk.ts'
import { under, withoutConditions } from './conditions.ts'
import { idioms } from './idioms.ts'
import type { Macros } from './latex/author-macros.ts'
import { latexRows } from './latex/latex.ts'
import { withoutLowLines, withoutQuotes } from './latex/prepare.ts'
import { comparison, whole } from './pratt.ts'
import { programClaims } from './program/claims.ts'
import { assignedIn, isProgram, programText, requireSaid } from './program/lines.ts'
import { plainText, withDifferentials } from './program/plain-text.ts'
import { cutRemark, withoutStop } from './remarks.ts'
import { withoutBar } from './said/evaluated.ts'
import { sentences } from './said/sentences.ts'
import { type Budget, cursorOver, finish, isRelation, isSign, splitAt } from './tokens/cursor.ts'
import { group } from './tokens/group.ts'
import { joinAll } from './tokens/join.ts'
import { inSigns, normalise } from './tokens/normalise.ts'
import { isOfWords, textTokens } from './tokens/text.ts'
import { hull, type Token } from './tokens/tokens.ts'
import { asUsual } from './usual-letters.ts'

export interface ReadOptions {
  /** Otherwise LaTeX where there is a backslash before a letter, or dollar signs around it. */
  readonly style?: Style
  /** Names of the graph of more than one letter: `logits`, `layer1.weight`. */
  readonly words?: readonly string[]
  /** Those of one letter. */
  readonly letters?: readonly string[]
  /** What the document has defined above it: \newcommand{\pd}[2]{…}. */
  readonly macros?: Macros
}

const isKeyword = (token: Token | undefined, text: string) =>
  token?.type === 'keyword' && token.text === text

/** `i' = ⌈i/2⌉`: a primed letter, and after the word where anything that can be defined. */
const definition = (
  tokens: readonly Token[],
  budget: Budget,
  afterWhere: boolean,
): Definition | undefined => {
  const [name, equals] = tokens
  const isEquation = isSign(equals, '=') || isSign(equals, ':=')
  if (name?.type !== 'name' || !isEquation || tokens.slice(2).some(isRelation)) return undefined
  const isIndex = name.primes > 0 && !name.superscript && !name.subscript
  if (!isIndex && !afterWhere) return undefined
  const span = hull(tokens, name.span)
  const cursor = cursorOver([], budget, span)
  const left = whole(cursor, tokens.slice(0, 1), span)
  return definitionOf(left, whole(cursor, tokens.slice(2), span), span)
}

interface Chain {
  readonly comparison: Pick<Claim, 'operands' | 'relations'>
  readonly continues: boolean
  readonly defines: boolean
  readonly span: Span
}

/** δ = 5 (a − y) ∈ ℝ³: the equation; which set it is of, its shapes say anyway. */
const withoutSet = ({ operands, relations }: Comparison): Pick<Claim, 'operands' | 'relations'> => {
  const isAfterAll = relations.length > 1 && relations.indexOf('∈') === relations.length - 1
  if (!isAfterAll) return { operands, relations }
  return { operands: operands.slice(0, -1), relations: relations.slice(0, -1) }
}

const readChain = (tokens: readonly Token[], budget: Budget): Chain => {
  const continues = isRelation(tokens[0])
  const span = hull(tokens, { start: 0, end: 0 })
  const cursor = cursorOver(continues ? tokens.slice(1) : tokens, budget, span)
  const { operands, relations } = withoutSet(comparison(cursor))
  finish(cursor)
  const defines = tokens.some((token) => isSign(token, ':='))
  if (!continues) return { comparison: { operands, relations }, continues, defines, span }
  const first = (isSign(tokens[0], ':=') ? '=' : tokens[0]!.text) as Claim['relations'][number]
  return { comparison: { operands, relations: [first, ...relations] }, continues, defines, span }
}

const readSentence = (tokens: readonly Token[], budget: Budget, style: Style): Claim[] => {
  const { tokens: written, remark } = cutRemark(tokens)
  const { tokens: unbarred, at } = withoutBar(withoutStop(written))
  const { tokens: kept, brackets, numbers } = withoutConditions([...unbarred, ...at], budget)
  const chains: Chain[] = []
  const where: Definition[] = []
  let afterWhere = false
  const clauses = splitAt(kept, ',')
  for (const clause of clauses) {
    let from = 0
    for (let at = 0; at <= clause.length; at++) {
      const ends = at === clause.length
      if (!ends && !isKeyword(clause[at], 'where')) continue
      const part = clause.slice(from, at)
      from = at + 1
      if (part.length > 0) {
        const defined = chains.length > 0 ? definition(part, budget, afterWhere) : undefined
        if (defined) where.push(defined)
        else chains.push(readChain(part, budget))
      } else if (ends && clauses.length > 1)
        throw new ClaimError(
          'Something is missing between commas',
          hull(kept, { start: 0, end: 0 }),
        )
      if (!ends) afterWhere = true
    }
  }
  return chains.map(({ comparison, continues, defines, span }) => ({
    kind: 'claim',
    ...under(comparison, brackets, span),
    continues,
    ...(defines && { defines }),
    ...(brackets.length > 0 && { when: brackets }),
    ...(numbers.length > 0 && { numbers }),
    where,
    ...(remark !== undefined && { remark }),
    style,
    span,
  }))
}

/** Rows of an aligned environment: one that begins with an operator goes on with the one before. */
const unwrapped = (rows: readonly Token[][]): Token[][] => {
  const result: Token[][] = []
  for (const row of rows) {
    const first = row.find((token) => token.type !== 'gap')
    if (!first) continue
    const goesOn =
      isRelation(first) || ['+', '-', '·', '/', '*', '⊙'].some((text) => isSign(first, text))
    if (goesOn && result.length > 0) result.at(-1)!.push(...row)
    else result.push([...row])
  }
  return result
}

const delimited = /^\s*(\$\$?|\\\[|\\\()([\s\S]*?)(\$\$?|\\\]|\\\))\s*$/

const styleOf = (raw: string): Style => (/\\\\?[A-Za-z,;:!|]|\\\\\s/.test(raw) ? 'latex' : 'text')

/** Spans in the text of the tokens → spans in what the user wrote. */
const relocate = <Tree>(tree: Tree, origin: (span: Span) => Span): Tree => {
  const visit = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, ''))
    if (value === null || typeof value !== 'object') return value
    if (key === 'span') return origin(value as Span)
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, visit(item, name)]),
    )
  }
  return visit(tree, '') as Tree
}

/** total_loss = row_share * scale: who joins words by _ writes a program, where no index stands. */
const isOfItsNames = (text: string, words: readonly string[]): boolean =>
  !/[\\{}∂Σ∑^∇]/.test(text) && words.some((word) => isOfWords(word) && text.includes(word))

const read = (given: string, options: ReadOptions): Claim[] => {
  const raw = options.style ? given : plainText(given)
  const dollars = delimited.exec(raw)
  const style = options.style ?? (dollars ? 'latex' : styleOf(raw))
  // Blanks keep every place where it was.
  const inner = dollars
    ? raw.replace(delimited, (all, open: string, body: string, close: string) => {
        const before = all.indexOf(open) + open.length
        return `${' '.repeat(before)}${body}${' '.repeat(all.length - before - body.length)}${''.padEnd(0, close)}`
      })
    : raw
  const known = options.words ?? []
  const program = style === 'text' && (isProgram(inner) || isOfItsNames(inner, known))
  const plain = withDifferentials(program ? programText(inner) : inner, options)
  const source = normalise(inSigns(withoutLowLines(withoutQuotes(plain))))
  const assigned = style === 'text' ? assignedIn(inner, { ...options, words: known }) : []
  // In a formula ab may be a b.
  const own = program ? assigned : assigned.filter((name) => /^[A-Za-z]{4,}$/.test(name))
  const words = [...known, ...own].sort((a, b) => b.length - a.length)
  const budget: Budget = { nodes: 0, level: 0 }
  try {
    if (program) requireSaid(inner)
    const grouped = (tokens: readonly Token[]) => group(joinAll(tokens, words))
    const inText = (text: string) => grouped(textTokens(text, words))
    const claimsIn = (tokens: readonly Token[]) =>
      sentences(idioms(asUsual(tokens, options.letters ?? []))).flatMap((part) =>
        readSentence(part, budget, style),
      )
    const rows = (): Token[][] =>
      style === 'latex'
        ? latexRows(source.text, words, options.macros)
        : [textTokens(source.text, words)]
    const claims = program
      ? programClaims(source.text, own, inText, claimsIn)
      : unwrapped(rows()).flatMap((row) => claimsIn(grouped(row)))
    if (claims.length === 0)
      throw new ClaimError('There is no formula', { start: 0, end: source.text.length })
    for (const claim of claims)
      if (depthOf(claim) > limits.depth)
        throw new ClaimError(`A formula nests at most ${limits.depth} deep`, claim.span)
    const placed = claims.map((claim) => relocate(claim, source.origin))
    if (!program) return placed
    const [only, ...others] = placed
    // With np. before it, and without a comment.
    const written = { start: inner.search(/\S/), end: inner.replace(/\s*(?:#.*)?$/, '').length }
    const whole = others.length === 0 ? [{ ...only!, span: written }] : placed
    return whole.map((claim) => ({ ...claim, program }))
  } catch (error) {
    if (!(error instanceof ClaimError)) throw error
    throw new ClaimError(error.reason, source.origin(error))
  }
}

/**
 * All claims of one formula: `a = b = c` is one, `a = b; c = d` and `a = b, c = d` are two.
 * @throws ClaimError where a part is not understood: nothing is dropped.
 */
export const parseFormula = (raw: string, options: ReadOptions = {}): Claim[] => {
  if (typeof raw === 'string') return read(raw, options)
  throw new ClaimError(`${show(raw)} is no formula: it must be text`, { start: 0, end: 0 })
}

/** The one claim of a formula. @throws ClaimError also where there are two. */
export const parseClaim = (raw: string, options: ReadOptions = {}): Claim => {
  const [claim, second] = parseFormula(raw, options)
  if (second) throw new ClaimError('A second claim', second.span)
  return claim!
}
