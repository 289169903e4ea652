// Where in the text a node of KaTeX’s tree stands: nodes made by macros have no place of their own.

import type { Span } from '../../syntax.ts'
import type { LatexNode } from './tree.ts'

/** Nodes in source order; `cursor` is where the last one with a place ended. */
export interface Walk {
  readonly text: string
  cursor: number
}

export const list = (body: LatexNode['body']): LatexNode[] =>
  body === undefined ? [] : Array.isArray(body) ? (body.flat() as LatexNode[]) : [body]

/** Nodes made by a macro have no place of their own: they get the next command's. */
export const place = (walk: Walk, node: LatexNode, written?: string): Span => {
  const { loc, text } = { ...node, text: walk.text }
  if (loc && loc.lexer.input === text) return { start: loc.start, end: loc.end }
  const found = text.indexOf(written ?? '\\', walk.cursor)
  const start = found < 0 ? Math.min(walk.cursor, text.length) : found
  if (found < 0) return { start, end: start }
  const command = /^\\(?:[A-Za-z]+|.)/s.exec(text.slice(start, start + 64))
  return { start, end: start + (command?.[0].length ?? written?.length ?? 1) }
}

export const advance = (walk: Walk, span: Span): Span => {
  walk.cursor = Math.max(walk.cursor, span.end)
  return span
}

export const firstPlace = (walk: Walk, node: LatexNode): number => {
  for (let at: LatexNode | undefined = node; at; at = list(at.body)[0] ?? at.base ?? undefined)
    if (at.loc && at.loc.lexer.input === walk.text) return at.loc.start
  return -1
}

/** The next command whose name ends so: \frac, \dfrac. The cursor moves past it. */
export const commandAt = (walk: Walk, ending: string): Span => {
  const found = walk.text.indexOf(ending, walk.cursor)
  if (found < 0) return { start: walk.cursor, end: walk.cursor }
  const start = Math.max(walk.text.lastIndexOf('\\', found), walk.cursor)
  return advance(walk, { start, end: found + ending.length })
}
