// Superscripts and subscripts as they were written.

import { elementwiseWords } from '../lexicon.ts'
import {
  ClaimError,
  type Expression,
  type Name,
  type Span,
  type Subscript,
  type Superscript,
} from '../syntax.ts'
import { whole } from './pratt.ts'
import { type Cursor, isRelation, isSign, make, next, splitAt, within } from './tokens/cursor.ts'
import { extent, type Script, type Token, token } from './tokens/tokens.ts'

/** The scripts of a bracket, a call, a numeral: first the entry, then the power or transpose. */
export const scripted = (cursor: Cursor, written: Expression, token: Token): Expression => {
  const base = token.primes > 0 ? primed(written, token.primes) : written
  if (!base) throw new ClaimError('A prime on what is no function', extent(token))
  const { subscript: under, superscript: over } = token
  const entryOf = (array: Expression): Expression => {
    if (!under) return array
    const { parts: indices } = subscript(cursor, under)
    return make(cursor, { kind: 'entry', array, indices, span: reach(array, under) })
  }
  // (W)^T_{ij} is an entry of the transpose, (a)_i^2 the square of an entry.
  if (over && isTranspose(over)) return entryOf(raised(cursor, base, over))
  return over ? raised(cursor, entryOf(base), over) : entryOf(base)
}

/** (\\tanh x)' is \\tanh' x, and (σ(z))' is σ'(z). */
const primed = (node: Expression, primes: number): Expression | undefined => {
  const { span } = node
  if (node.kind === 'product' && node.factors.length === 1) return primed(node.factors[0]!, primes)
  if (node.kind === 'application')
    return { ...node, head: { ...node.head, primes: node.head.primes + primes } }
  if (node.kind !== 'call' || !elementwiseWords.has(node.word)) return undefined
  const head: Name = { kind: 'name', base: node.word, primes, span }
  return { kind: 'application', head, operands: node.operands, bar: false, span }
}

const isTranspose = ({ tokens: [only, ...others] }: Script): boolean =>
  only?.type === 'name' &&
  only.text === 'T' &&
  others.length === 0 &&
  !only.subscript &&
  !only.superscript &&
  only.primes === 0

const reach = (base: Expression, script: Script): Span => ({
  start: base.span.start,
  end: Math.max(base.span.end, script.span.end),
})

export const raised = (cursor: Cursor, base: Expression, script: Script): Expression => {
  const span = reach(base, script)
  if (isTranspose(script)) return make(cursor, { kind: 'transposed', operand: base, span })
  const exponent = whole(cursor, unparenthesised(script).tokens, script.span)
  return make(cursor, { kind: 'power', base, exponent, span })
}

const unparenthesised = (script: Script): Script => {
  const [only, ...others] = script.tokens
  const wrapped = only?.type === 'group' && only.text === '(' && others.length === 0
  if (!wrapped || only.superscript || only.subscript || only.primes) return script
  return { tokens: only.body!, span: script.span }
}

export const partsOf = (cursor: Cursor, tokens: readonly Token[], span: Span): Expression[] =>
  splitAt(tokens, ',').map((part) => whole(cursor, part, span))

/** W^{[2]}, W^{[2]T} and x^{⟨t⟩}: the brackets of a layer are its parentheses. */
const withParentheses = (script: Script): Script => {
  const [first, ...others] = script.tokens
  const isLayer = first?.type === 'group' && (first.text === '[' || first.text === '⟨')
  if (!isLayer || first.body!.some(isRelation)) return script
  return { ...script, tokens: [{ ...first, text: '(' }, ...others] }
}

/** W^{(l)^T} is W^{(l)T}. */
const withTransposeBeside = (script: Script): Script => {
  const last = script.tokens.at(-1)
  if (last?.type !== 'group' || !last.superscript || !isTranspose(last.superscript)) return script
  const { superscript: over, ...plain } = last
  return { ...script, tokens: [...script.tokens.slice(0, -1), plain, ...over.tokens] }
}

/** y^* is a name. */
const withStarAsName = (script: Script): Script => {
  const [only, ...others] = script.tokens
  const isStar = isSign(only, '*') && others.length === 0
  return isStar ? { ...script, tokens: [{ ...only!, type: 'name' }] } : script
}

const superscript = (cursor: Cursor, written: Script): Superscript => {
  const script = withStarAsName(withTransposeBeside(withParentheses(written)))
  const inner = unparenthesised(script)
  const parts = partsOf(cursor, inner.tokens, script.span)
  return { parts, parenthesised: inner !== script, span: script.span }
}

/** P_{i:} is P_{i,:}. */
const withColonsApart = (tokens: readonly Token[]): readonly Token[] =>
  tokens.flatMap((each, at) => {
    if (!isSign(each, ':')) return [each]
    const comma = { ...token('sign', ',', each.span) }
    const isOpen = (beside: Token | undefined) => beside !== undefined && !isSign(beside, ',')
    return [
      ...(isOpen(tokens[at - 1]) ? [comma] : []),
      each,
      ...(isOpen(tokens[at + 1]) ? [comma] : []),
    ]
  })

/** Indices between commas; Y_{i,:} and x[i, :] have all of an axis. */
export const indicesIn = (cursor: Cursor, tokens: readonly Token[], span: Span): Expression[] =>
  splitAt(tokens, ',').map((part) => {
    const [only] = part
    return part.length === 1 && isSign(only, ':')
      ? make(cursor, { kind: 'name' as const, base: ':', primes: 0, span: only!.span })
      : whole(cursor, part, span)
  })

const subscript = (cursor: Cursor, script: Script): Subscript => ({
  parts: indicesIn(cursor, withColonsApart(unparenthesised(script).tokens), script.span),
  span: script.span,
})

/** g^{[1]'} and σ^{(l)'}: primes after a layer are those of the letter. */
const withPrimesApart = (token: Token): Token => {
  const last = token.superscript?.tokens.at(-1)
  if (!last?.primes || last.type === 'name') return token
  const tokens = [...token.superscript!.tokens.slice(0, -1), { ...last, primes: 0 }]
  const superscript = { ...token.superscript!, tokens }
  return { ...token, primes: token.primes + last.primes, superscript }
}

export const bareName = (cursor: Cursor): Name => {
  const token = withPrimesApart(next(cursor))
  return make(cursor, {
    kind: 'name',
    base: token.text,
    primes: token.primes,
    ...(token.superscript && { superscript: superscript(cursor, token.superscript) }),
    ...(token.subscript && { subscript: subscript(cursor, token.subscript) }),
    span: extent(token),
  })
}

/** The name without its superscript, for ∂a². */
export const nameWithoutSuperscript = (cursor: Cursor, token: Token): Name => {
  const { superscript: _, ...rest } = token
  return { ...bareName(within(cursor, [rest], token.span)), span: extent(token) }
}
