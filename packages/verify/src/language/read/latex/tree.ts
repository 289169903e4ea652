// LaTeX → the parse tree of KaTeX. KaTeX only reads; nothing is rendered.

import katex from 'katex'
import { ClaimError, limits } from '../../syntax.ts'
import { macros } from './prepare.ts'

/** What we look at in a node of KaTeX's tree, whose full type is internal to it. */
export interface LatexNode {
  readonly type: string
  readonly loc?: { start: number; end: number; lexer: { input: string } }
  readonly text?: string
  readonly name?: string
  readonly body?: LatexNode | LatexNode[] | LatexNode[][]
  readonly base?: LatexNode | null
  readonly sup?: LatexNode | null
  readonly sub?: LatexNode | null
  readonly numer?: LatexNode
  readonly denom?: LatexNode
  readonly hasBarLine?: boolean
  readonly leftDelim?: string | null
  readonly index?: LatexNode | null
  readonly left?: string
  readonly right?: string
  readonly arraystretch?: number
  readonly delim?: string
  readonly font?: string
  readonly label?: string
  readonly mathml?: LatexNode[]
  readonly dimension?: { number: number; unit: string }
  readonly colSeparationType?: string
}

/** Commands that could change the meaning of what follows them. */
export const forbidden =
  /\\(?:def|edef|gdef|xdef|let|futurelet|global|long|newcommand|renewcommand|providecommand|csname|expandafter|noexpand|char|catcode|input|include|href|url|htmlData|htmlClass|htmlId|htmlStyle|includegraphics)(?![A-Za-z])/

/** KaTeX recurses into unbraced arguments and after switches: each of these may be one level. */
const nesting =
  /\\(?:[dtc]?frac|d?binom|tbinom|sqrt|text\w*|math\w*|operatorname\*?|overset|underset|stackrel|boldsymbol|bm|hat|bar|vec|tilde|overline|underline|not)(?![A-Za-z])\s*(?![\s{])|\\(?:color|textcolor|displaystyle|textstyle|scriptstyle|scriptscriptstyle|rm|bf|it|sf|tt|cal|tiny|small|large|Large|huge|Huge|left)(?![A-Za-z])|\}\s*\\[dtc]?frac/g

/** @throws ClaimError before KaTeX could recurse too deeply, loop, or drop what was written. */
export const guard = (text: string): void => {
  const command = forbidden.exec(text)
  if (command)
    throw new ClaimError(`‘${command[0]}’ is not allowed in a claim`, {
      start: command.index,
      end: command.index + command[0].length,
    })
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '%' && text[at - 1] !== '\\')
      throw new ClaimError('A comment in a formula', { start: at, end: text.length })
    if (character === '\\') at++
    else if (character === '{') depth++
    else if (character === '}') depth--
    if (depth > limits.depth)
      throw new ClaimError(`Braces nest more than ${limits.depth} deep`, { start: at, end: at + 1 })
  }
  let levels = 0
  for (const match of text.matchAll(nesting))
    if (++levels > limits.depth)
      throw new ClaimError(`Commands nest more than ${limits.depth} deep`, {
        start: match.index,
        end: match.index + match[0].length,
      })
}

export const parseTree = (
  text: string,
  own: Readonly<Record<string, string>> = {},
): LatexNode[] => {
  try {
    const settings = {
      displayMode: true,
      strict: 'ignore' as const,
      trust: false,
      maxExpand: 500,
      globalGroup: false,
      throwOnError: true,
      macros: { ...macros, ...own },
    }
    const reader = katex as unknown as { __parse(text: string, options: object): LatexNode[] }
    return reader.__parse(text, settings)
  } catch (error) {
    const { position, rawMessage } = error as { position?: number; rawMessage?: string }
    const reason = rawMessage ?? 'KaTeX could not read it'
    const start = Math.min(position ?? 0, text.length)
    throw new ClaimError(`Not LaTeX: ${reason.slice(0, 200)}`, {
      start,
      end: position === undefined ? text.length : Math.min(start + 1, text.length),
    })
  }
}
