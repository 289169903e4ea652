// The common stream of both front ends: letters, digits and signs with their scripts attached.
// `join.ts` joins what touches, `group.ts` matches the brackets.
import { type Axes, ClaimError, type Mode, type Span } from '../../syntax.ts'

export interface Script {
  readonly tokens: Token[]
  readonly span: Span
}

export interface Token {
  /**
   * letter, digit: one character as read. After `join`: name, number, function, keyword.
   * group: a matched bracket (`text` is the opening sign). fraction: `body` over `below`.
   * root: √ over `body`. prose: text that is no word of the language. gap: a wide space.
   */
  readonly type:
    | 'letter'
    | 'digit'
    | 'sign'
    | 'name'
    | 'number'
    | 'function'
    | 'keyword'
    | 'group'
    | 'fraction'
    | 'root'
    | 'prose'
    | 'gap'
  readonly text: string
  readonly span: Span
  primes: number
  superscript?: Script
  subscript?: Script
  body?: Token[]
  below?: Token[]
  mode?: Mode
  /** A brace of LaTeX, which groups and is not seen. */
  unseen?: boolean
  /** Of a word of a program: sum(A, axis=0). */
  along?: Axes
}

export const token = (type: Token['type'], text: string, span: Span): Token => ({
  type,
  text,
  span,
  primes: 0,
})

const scriptEnd = (token: Token): number =>
  Math.max(token.span.end, token.superscript?.span.end ?? 0, token.subscript?.span.end ?? 0)

/** The span with its scripts. */
export const extent = (token: Token): Span => ({ start: token.span.start, end: scriptEnd(token) })

export const hull = (tokens: readonly Token[], fallback: Span): Span => {
  const first = tokens[0]
  const last = tokens.at(-1)
  return first && last ? { start: first.span.start, end: scriptEnd(last) } : fallback
}

/**
 * Attaches a script; leading primes of a superscript count as primes of the token.
 * @throws ClaimError at a second script of the same kind.
 */
export const attach = (base: Token, kind: 'superscript' | 'subscript', script: Script): Token => {
  let primes = 0
  if (kind === 'superscript')
    while (script.tokens[primes]?.type === 'sign' && script.tokens[primes]?.text === "'") primes++
  const tokens = script.tokens.slice(primes)
  const raised = { ...base, primes: base.primes + primes }
  if (tokens.length === 0 && primes > 0) {
    const end = Math.max(base.span.end, script.span.end)
    return { ...raised, span: { start: base.span.start, end } }
  }
  if (base[kind]) throw new ClaimError(`A second ${kind}`, script.span)
  // \sum_{k}^{}: braces around nothing.
  if (tokens.length === 0) return raised
  return { ...raised, [kind]: { tokens, span: script.span } }
}
