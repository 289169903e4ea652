// The lines of a network's text as statements: comments are left out, what is open in brackets goes
// on, `;` divides, and what is indented below `for`, `if` or `def` is their body.
import { greek } from '../../language/lexicon.ts'

export interface Statement {
  readonly text: string
  /** Where it begins in the text of the block. */
  readonly start: number
  readonly body: readonly Statement[]
}

interface Piece {
  readonly text: string
  readonly start: number
  readonly indent: number
  readonly line: number
}

const blank = (text: string): string => ' '.repeat(text.length)

/** Comments as spaces, so that places stay what they are. */
const withoutComment = (line: string): string =>
  line
    .replace(/#.*$/, blank)
    .replace(/(^\s*|;\s*)(%|\/\/).*$/, blank)
    .replace(/\r$/, ' ')
    .replaceAll(/\bself\./g, blank)

const accents: Readonly<Record<string, string>> = { hat: '\u0302', tilde: '\u0303' }

/** \\mu as μ and \\hat{x} as x̂: names are written as the formulas have them, as long as before. */
const inUnicode = (line: string): string =>
  line.includes('\\')
    ? line
        .replace(/\\(?:var)?([A-Za-z]+)(?![A-Za-z])/g, (all, name) => greek.get(name) ?? all)
        .replace(
          /\\(hat|tilde)\s*(?:\{\s*(\p{L})\s*\}|(\p{L})(?!\p{L}))/gu,
          (_, accent, braced, bare) => ((braced ?? bare) + accents[accent]!).normalize('NFC'),
        )
        .padEnd(line.length)
    : line

/** How many brackets are open at the end. */
const opened = (text: string): number => {
  let open = 0
  for (const sign of text) {
    if ('([{'.includes(sign)) open++
    if (')]}'.includes(sign)) open--
  }
  return open
}

/** Where a sign stands that is in no bracket and no quotation. */
export const outside = (text: string, is: (text: string, at: number) => boolean): number => {
  let open = 0
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (quote) quote = sign === quote ? '' : quote
    else if (sign === '"') quote = sign
    else if ('([{'.includes(sign)) open++
    else if (')]}'.includes(sign)) open--
    else if (open === 0 && is(text, at)) return at
  }
  return -1
}

/** The parts between signs that stand in no bracket, and where each begins. */
export const dividedAt = (text: string, sign: string): { text: string; start: number }[] => {
  const parts: { text: string; start: number }[] = []
  for (let start = 0; ; ) {
    const rest = text.slice(start)
    const at = outside(rest, (all, k) => all.startsWith(sign, k))
    parts.push({ text: at < 0 ? rest : rest.slice(0, at), start })
    if (at < 0) return parts
    start += at + sign.length
  }
}

/** The last of the lines that brackets or a \ at the end hold together, from `at`. */
const endOf = (lines: readonly string[], at: number): number => {
  let text = ''
  for (let end = at; end < lines.length; end++) {
    text += lines[end]!
    if (!goesOn.test(lines[end]!) && opened(text) <= 0) return end
  }
  // Where brackets never close, the line is wrong by itself.
  return at
}

const goesOn = /(?:\\|\.\.\.)(?=\s*$)/

const entrywise = /(?<=[\s)\]'\w])\.([*/^])/g
/** a .* b, and X' beside a star. */
const isMatlab = /[\s)\]'\w]\.[*/^]|'\s*\*|\*\s*\w+'/

/** [ones(m, 1) X]: a comma between. */
const rows = (text: string): string =>
  text.replaceAll(/\[[^[\]=;]*\]/g, (list) => list.replaceAll(/(?<=[\w)'])\s(?=[\p{L}\d(])/gu, ','))

/** Its * is the product of matrices, and .* is entry by entry; as long as before. */
const fromMatlab = (text: string): string =>
  rows(text)
    .replaceAll(/(?<!\.)\*(?!\*)/g, '∗')
    .replaceAll(entrywise, ' $1')

const joined = (text: string): { text: string; start: number }[] => {
  // What stands between three quotation marks explains.
  const said = text.replaceAll(/("""|''')[\s\S]*?\1/g, (all) => all.replaceAll(/[^\n]/g, ' '))
  const written = (isMatlab.test(said) ? fromMatlab(said) : said).split('\n')
  const lines = written.map((line) => inUnicode(withoutComment(line)))
  const found: { text: string; start: number }[] = []
  let start = 0
  for (let at = 0; at < lines.length; ) {
    const end = endOf(lines, at)
    const own = lines.slice(at, end + 1).map((line) => line.replace(goesOn, blank))
    found.push({ text: own.join(' '), start })
    for (; at <= end; at++) start += written[at]!.length + 1
  }
  return found
}

const begins = /^(?:for|if|elif|else|def|class|while|with)\b/

/** After a colon that opens a block its first statement may stand in the same line. */
const headOf = (text: string): number =>
  begins.test(text) ? outside(text, (all, at) => all[at] === ':' && all[at + 1] !== '=') : -1

const pieces = (text: string): Piece[] =>
  joined(text).flatMap(({ text: written, start }, line) => {
    const indent = written.search(/\S/)
    if (indent < 0) return []
    return dividedAt(written, ';').flatMap((part) => {
      const own = part.text.search(/\S/)
      if (own < 0) return []
      return [{ text: part.text.trim(), start: start + part.start + own, indent, line }]
    })
  })

/** @returns the statements from `at` that are indented by at least so much, and where they end */
const blockFrom = (all: readonly Piece[], from: number, indent: number) => {
  const statements: Statement[] = []
  let at = from
  while (at < all.length && all[at]!.indent >= indent) {
    const { text, start, indent: own } = all[at]!
    if (/^end\b/.test(text)) {
      at++
      break
    }
    const colon = headOf(text)
    const isMatlab = /^for\b/.test(text) && !/\bin\b/.test(text) && /=/.test(text)
    const isOpen = isMatlab && !/^for\b[^:]*(?::[^:]+)?:\s*$/.test(text)
    at++
    if (colon < 0 && !isMatlab) {
      statements.push({ text, start, body: [] })
      continue
    }
    const rest = isMatlab ? '' : text.slice(colon + 1)
    if (rest.trim() !== '') {
      const inline = text.slice(0, colon + 1)
      const within = rest.search(/\S/)
      const first = { ...all[at - 1]!, text: rest.trim(), start: start + colon + 1 + within }
      // for …: a; b — what stands behind it in the line is its body too.
      const line = [first]
      while (all[at]?.line === first.line) line.push(all[at++]!)
      statements.push({ text: inline, start, body: blockFrom(line, 0, 0).statements })
      continue
    }
    const deeper = all[at] && all[at]!.indent > own
    const inner = deeper || isOpen ? blockFrom(all, at, deeper ? own + 1 : own) : undefined
    statements.push({ text, start, body: inner?.statements ?? [] })
    at = inner?.at ?? at
    if (isOpen && deeper && /^end\b/.test(all[at]?.text ?? '')) at++
  }
  return { statements, at }
}

export const statementsIn = (text: string): Statement[] => {
  const all = pieces(text)
  const least = Math.min(...all.map(({ indent }) => indent))
  const statements: Statement[] = []
  for (let at = 0; at < all.length; ) {
    const block = blockFrom(all, at, least)
    statements.push(...block.statements)
    at = Math.max(block.at, at + 1)
  }
  return statements
}
