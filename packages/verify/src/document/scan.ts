// Where a document, of Markdown or LaTeX, has formulas, networks and expectations. Prose, code and
// other fences are passed over.
import { macroAt } from '../language/read/latex/author-macros.ts'
import type { Style } from '../language/syntax.ts'
import { isLatexSource, withoutComments } from './latex-source.ts'

export interface Piece {
  readonly kind:
    | ('formula' | 'network' | 'expect' | 'assume' | 'skip' | 'conventions' | 'unclosed')
    /** `\\newcommand{…}{…}` in the text around formulas. */
    | 'macro'
  readonly text: string
  /** Where `text` begins in the document. */
  readonly start: number
  readonly source: 'inline' | 'display' | 'claim' | 'math' | 'network' | 'comment'
  /** Where the body of its fence begins: what the formulas of one fence have in common. */
  readonly fence?: number
  /** Absent in a claim fence: text or LaTeX, as it looks. */
  readonly style?: Style
}

const frontMatter = /^---[ \t]*\r?\n[\s\S]*?\n---[ \t]*(?:\r?\n|$)/
const fenceOpening = /[ \t]*(`{3,}|~{3,})[ \t]*([^\n`]*)(?:\n|$)/y

/** The end of the paragraph that holds `from`: the next blank line. */
const paragraphEnd = (text: string, from: number): number => {
  const blank = /\n[ \t\r]*\n/g
  blank.lastIndex = from
  return blank.exec(text)?.index ?? text.length
}

interface Fence {
  readonly info: string
  readonly bodyStart: number
  readonly bodyEnd: number
  readonly end: number
}

const fenceAt = (text: string, at: number): Fence | undefined => {
  fenceOpening.lastIndex = at
  const opening = fenceOpening.exec(text)
  if (!opening) return undefined
  const [, marks, info] = opening
  const bodyStart = fenceOpening.lastIndex
  for (let line = bodyStart; line < text.length; ) {
    const newline = text.indexOf('\n', line)
    const end = newline < 0 ? text.length : newline
    const written = text.slice(line, Math.min(end, line + 200)).trim()
    const closes = written.length >= marks!.length && written === marks![0]!.repeat(written.length)
    if (closes) return { info: info!.trim(), bodyStart, bodyEnd: line, end }
    line = end + 1
  }
  return { info: info!.trim(), bodyStart, bodyEnd: text.length, end: text.length }
}

/** Words after the marks of a fence that say LaTeX. */
const ofLatex = ['math', 'latex', 'tex', 'katex', 'mathjax']

const delimiters = /\$|\\\[(?!\d)|\\\(|\\begin\{document\}/

/** One formula for each line of a claim fence, for each paragraph of a math fence. */
const fencePieces = (text: string, fence: Fence): Piece[] => {
  const body = text.slice(fence.bodyStart, fence.bodyEnd)
  const [language = ''] = fence.info.split(/[\s{]/)
  if (language === 'network')
    return [{ kind: 'network', text: body, start: fence.bodyStart, source: 'network' }]
  if (!['claim', 'claims', ...ofLatex].includes(language)) return []
  const isMath = !language.startsWith('claim')
  // $$ … $$ and \[ … \] inside: what stands around them is prose.
  if (isMath && delimiters.test(body))
    return scanText(body).map((piece) => ({
      ...piece,
      start: fence.bodyStart + piece.start,
      ...(piece.kind === 'formula' && { fence: fence.bodyStart, source: 'math' as const }),
    }))
  const pieces: Piece[] = []
  let start = fence.bodyStart
  for (const part of body.split(isMath ? /(\n[ \t\r]*\n)/ : /(\n)/)) {
    if (part.trim() !== '')
      pieces.push({
        kind: 'formula',
        text: part,
        start,
        source: isMath ? 'math' : 'claim',
        fence: fence.bodyStart,
        ...(isMath && { style: 'latex' as const }),
      })
    start += part.length
  }
  return pieces
}

/** Scanning state that keeps a search that failed from being made again in the same paragraph. */
interface Scan {
  readonly text: string
  readonly pieces: Piece[]
  paragraph: number
  /** Delimiters that have no partner before `paragraph`. */
  unmatched: Set<string>
}

const find = (scan: Scan, delimiter: string, from: number): number => {
  if (from > scan.paragraph) {
    scan.paragraph = paragraphEnd(scan.text, from)
    scan.unmatched = new Set()
  }
  if (scan.unmatched.has(delimiter)) return -1
  const found = scan.text.indexOf(delimiter, from)
  if (found >= 0 && found < scan.paragraph) return found
  scan.unmatched.add(delimiter)
  return -1
}

/** The closing dollar: not escaped, not after a space, not before a digit, as Pandoc has it. */
const closingDollar = (scan: Scan, from: number): number => {
  for (let at = find(scan, '$', from); at >= 0; at = find(scan, '$', at + 1))
    if (scan.text[at - 1] !== '\\' && !/\d/.test(scan.text[at + 1] ?? '')) return at
  return -1
}

/** $ x = y $, with spaces inside, where it can only be a formula: $5 and $6 are prices. */
const spacedDollar = (scan: Scan, from: number): number => {
  const end = closingDollar(scan, from)
  if (end < 0 || !/\s/.test(scan.text[end - 1]!)) return -1
  return /[=^_\\]/.test(scan.text.slice(from, end)) ? end : -1
}

const readDollar = (scan: Scan, at: number): number => {
  const { text, pieces } = scan
  if (text[at + 1] === '$') {
    const end = find(scan, '$$', at + 2)
    if (end < 0) {
      const rest = text.slice(at + 2, scan.paragraph)
      pieces.push({ kind: 'unclosed', text: rest, start: at + 2, source: 'display' })
      return scan.paragraph
    }
    const body = text.slice(at + 2, end)
    pieces.push({ kind: 'formula', text: body, start: at + 2, source: 'display', style: 'latex' })
    return end + 2
  }
  const end = /\s/.test(text[at + 1] ?? ' ')
    ? spacedDollar(scan, at + 1)
    : closingDollar(scan, at + 1)
  if (end < 0) return at + 1
  // $`x = y`$, as GitHub has it.
  const quoted = text[at + 1] === '`' && text[end - 1] === '`' && end - at > 3 ? 1 : 0
  const start = at + 1 + quoted
  const body = text.slice(start, end - quoted)
  pieces.push({ kind: 'formula', text: body, start, source: 'inline', style: 'latex' })
  return end + 1
}

const readCode = (scan: Scan, at: number): number => {
  let length = 1
  while (scan.text[at + length] === '`') length++
  const end = find(scan, '`'.repeat(Math.min(length, 100)), at + length)
  return end < 0 ? at + length : end + length
}

const environment =
  /\\begin\{((?:equation|align|gather|multline|eqnarray|flalign|alignat|displaymath|split|aligned)\*?)\}/y

/** \[ … \], \( … \) and \begin{align} … \end{align}; undefined for any other escape. */
const readCommand = (scan: Scan, at: number): number | undefined => {
  const { text, pieces } = scan
  // \\\\[ and \\\\(, where Markdown takes one backslash away.
  if (/[[(]/.test(text[at + 2] ?? '') && text[at + 1] === '\\') {
    const close = text[at + 2] === '[' ? '\\\\]' : '\\\\)'
    const end = find(scan, close, at + 3)
    if (end < 0) return undefined
    const source = close.endsWith(']') ? 'display' : 'inline'
    const body = text.slice(at + 3, end)
    pieces.push({ kind: 'formula', text: body, start: at + 3, source, style: 'latex' })
    return end + 3
  }
  const pair = text.startsWith('\\[', at) ? '\\]' : text.startsWith('\\(', at) ? '\\)' : undefined
  if (pair) {
    const end = find(scan, pair, at + 2)
    if (end < 0) return undefined
    const source = pair === '\\]' ? 'display' : 'inline'
    pieces.push({
      kind: 'formula',
      text: text.slice(at + 2, end),
      start: at + 2,
      source,
      style: 'latex',
    })
    return end + 2
  }
  const macro = macroAt(text, at)
  if (macro !== undefined) {
    pieces.push({ kind: 'macro', text: text.slice(at, macro), start: at, source: 'display' })
    return macro
  }
  environment.lastIndex = at
  const match = environment.exec(text)
  const close = match && `\\end{${match[1]}}`
  const end = close ? text.indexOf(close, at) : -1
  if (!close) return undefined
  if (end < 0) {
    const stop = paragraphEnd(text, at)
    pieces.push({ kind: 'unclosed', text: text.slice(at, stop), start: at, source: 'display' })
    return stop
  }
  const body = text.slice(at, end + close.length)
  pieces.push({ kind: 'formula', text: body, start: at, source: 'display', style: 'latex' })
  return end + close.length
}

const readComment = (scan: Scan, at: number): number => {
  const end = scan.text.indexOf('-->', at + 4)
  if (end < 0) return scan.text.length
  const written = scan.text.slice(at + 4, Math.min(end, at + 300))
  if (/^\s*skip\s*$/.test(written))
    scan.pieces.push({ kind: 'skip', text: '', start: at, source: 'comment' })
  const match = /^\s*(expect|assume|conventions):\s*(\S[^\n]{0,200}?)\s*$/.exec(written)
  if (match) {
    const kind = match[1] as 'expect' | 'assume' | 'conventions'
    scan.pieces.push({ kind, text: match[2]!, start: at, source: 'comment' })
  }
  return end + 3
}

/** In the order of the document; in time proportional to its length. */
export const scanMarkdown = (text: string): Piece[] => {
  const head = frontMatter.exec(text)?.[0] ?? ''
  if (head === '') return scanText(text)
  const said: Piece = { kind: 'conventions', text: head, start: 0, source: 'comment' }
  return [said, ...scanText(text, head.length)]
}

const scanText = (given: string, from = 0): Piece[] => {
  // There a backtick opens a quotation, and no code.
  const isLatex = isLatexSource(given)
  const text = isLatex ? withoutComments(given) : given
  const scan: Scan = { text, pieces: [], paragraph: -1, unmatched: new Set() }
  let at = from
  while (at < text.length) {
    const isLineStart = at === 0 || text[at - 1] === '\n'
    const fence = isLineStart ? fenceAt(text, at) : undefined
    const character = text[at]
    if (fence) {
      scan.pieces.push(...fencePieces(text, fence))
      at = fence.end
    } else if (character === '\\') at = readCommand(scan, at) ?? at + 2
    else if (character === '$') at = readDollar(scan, at)
    else if (character === '`' && !isLatex) at = readCode(scan, at)
    else if (text.startsWith('<!--', at)) at = readComment(scan, at)
    else at++
  }
  return scan.pieces
}
