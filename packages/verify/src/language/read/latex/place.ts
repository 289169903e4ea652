// Where in the text a node of KaTeX’s tree stands: nodes made by macros have no place of their own.

import type { Span } from '../../syntax.ts'
import type { Macros } from './author-macros.ts'
import type { LatexNode } from './tree.ts'

/** Nodes in source order; `cursor` is where the last one with a place ended. */
export interface Walk {
  readonly text: string
  /** What the author's macros stand for. */
  readonly macros: ReadonlySet<string>
  cursor: number
}

const opening = /^\s*(?:\\begin\{(?:equation|(?:align|gather)(?:ed|at)?|split)\*?\}\s*)*/

/** What a macro begins stands behind what opens the lines. */
export const walkOf = (text: string, macros: Macros): Walk => ({
  text,
  macros: new Set(Object.values(macros)),
  cursor: opening.exec(text)![0].length,
})

export const list = (body: LatexNode['body']): LatexNode[] =>
  body === undefined ? [] : Array.isArray(body) ? (body.flat() as LatexNode[]) : [body]

/**
 * Nodes made by a macro of KaTeX have no place of their own: they get the next command's. One of
 * the author's makes several, which stand where the macro does.
 */
export const place = (walk: Walk, node: LatexNode, written?: string): Span => {
  const { loc, text } = { ...node, text: walk.text }
  // KaTeX takes the blanks behind \mu to be part of it.
  if (loc && loc.lexer.input === text)
    return { start: loc.start, end: loc.start + text.slice(loc.start, loc.end).trimEnd().length }
  if (loc && walk.macros.has(loc.lexer.input)) return { start: walk.cursor, end: walk.cursor }
  const found = text.indexOf(written ?? '\\', walk.cursor)
  const inner = firstPlace(walk, node)
  if (found > inner && inner >= 0) return madeAt(walk, inner)
  const start = found < 0 ? Math.min(walk.cursor, text.length) : found
  if (found < 0) return { start, end: start }
  const command = /^\\(?:[A-Za-z]+|.)/s.exec(text.slice(start, start + 64))
  return { start, end: start + (command?.[0].length ?? written?.length ?? 1) }
}

export const advance = (walk: Walk, span: Span): Span => {
  walk.cursor = Math.max(walk.cursor, span.end)
  return span
}

/** Of what is written in the text itself, and by no macro; −1 where nothing is. */
export const firstPlace = (walk: Walk, node: LatexNode | null | undefined): number => {
  if (!node) return -1
  if (node.loc && node.loc.lexer.input === walk.text) return node.loc.start
  for (const part of [...list(node.body), node.base, node.numer, node.denom]) {
    const found = firstPlace(walk, part)
    if (found >= 0) return found
  }
  return -1
}

/** What a macro makes begins with its own command, the last before what it was given. */
const madeAt = (walk: Walk, given: number): Span => {
  const start = walk.cursor + walk.text.slice(walk.cursor).search(/\S|$/)
  const command = given < 0 ? -1 : walk.text.lastIndexOf('\\', given - 1)
  const from = Math.max(start, command)
  return { start: from, end: Math.max(from, given) }
}

/**
 * The command of a node whose name ends so, \frac or \dfrac: the next one, if it stands before
 * what the node holds. The cursor moves past it.
 */
export const commandAt = (walk: Walk, ending: string, node: LatexNode): Span => {
  const inner = firstPlace(walk, node)
  const found = walk.text.indexOf(ending, walk.cursor)
  if (found < 0 || found > inner) return advance(walk, madeAt(walk, inner))
  const start = Math.max(walk.text.lastIndexOf('\\', found), walk.cursor)
  return advance(walk, { start, end: found + ending.length })
}

/** Behind the end of a line. */
export const toNextLine = (walk: Walk): void => {
  const found = walk.text.indexOf('\\\\', walk.cursor)
  if (found >= 0) walk.cursor = found + 2
}
