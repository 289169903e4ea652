// Macros that a formula defines for itself: \newcommand{\pd}[2]{…}, \def\bx{…}. They are taken out
// at the same length, and KaTeX expands them, a bounded number of times.
import { ClaimError } from '../../syntax.ts'
import { forbidden } from './tree.ts'

const most = { definitions: 100, characters: 300, text: 2000 } as const

const heads: readonly RegExp[] = [
  /\\(?:re|provide)?(?:new)?command\*?\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*(?:\[\d\])?\s*(?=\{)/g,
  /\\[gx]?def\s*(\\[A-Za-z]+)\s*(?:#\d)*\s*(?=\{)/g,
  /\\DeclareMathOperator\*?\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*(?=\{)/g,
]

/** Where the brace at `open` closes, just after it. */
const afterBraces = (text: string, open: number): number | undefined => {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at + 1
  }
  return undefined
}

export type Macros = Readonly<Record<string, string>>

export interface OwnMacros {
  readonly text: string
  readonly macros: Macros
}

const anyHead = new RegExp(heads.map(({ source }) => source).join('|'), 'y')

/** Where the definition of a macro that begins at `at` ends. */
export const macroAt = (text: string, at: number): number | undefined => {
  anyHead.lastIndex = at
  const head = anyHead.exec(text)
  return head
    ? afterBraces(text.slice(0, anyHead.lastIndex + most.text), anyHead.lastIndex)
    : undefined
}

/** @throws ClaimError for one that is too long, or that does more than stand for mathematics */
export const withoutMacros = (source: string): OwnMacros => {
  const macros: Record<string, string> = {}
  let text = source
  for (const head of heads)
    for (const match of source.matchAll(head)) {
      const open = match.index + match[0].length
      const end = afterBraces(source, open)
      if (end === undefined) continue
      const span = { start: match.index, end }
      const body = source.slice(open + 1, end - 1)
      if (body.length > most.characters || forbidden.test(body) || body.includes(match[1]!))
        throw new ClaimError(`This macro is not read: ${match[1]}`, span)
      macros[match[1]!] = match[0].startsWith('\\Declare') ? `\\operatorname{${body}}` : body
      text = text.slice(0, span.start) + ' '.repeat(end - span.start) + text.slice(end)
    }
  if (Object.keys(macros).length > most.definitions)
    throw new ClaimError(`A formula defines at most ${most.definitions} macros`, {
      start: 0,
      end: source.length,
    })
  return { text, macros }
}
