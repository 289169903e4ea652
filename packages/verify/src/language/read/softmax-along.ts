// softmax_j(S_{ij}): of what has the index j, e to it over the sum over j.
import { withNames } from '../names-in.ts'
import { ClaimError, type Expression, type Name } from '../syntax.ts'
import { mapped } from '../walk.ts'
import { whole } from './pratt.ts'
import { scripted } from './scripts.ts'
import { type Cursor, joinSpans, make, next, peek } from './tokens/cursor.ts'
import { extent } from './tokens/tokens.ts'

const isLetter = (node: object, letter: string): boolean => {
  const { kind, base, primes, superscript, subscript } = node as Name
  return kind === 'name' && base === letter && primes === 0 && !superscript && !subscript
}

export const softmaxAlong = (cursor: Cursor): Expression => {
  const word = next(cursor)
  const group = peek(cursor)
  const [index, ...others] = word.subscript!.tokens
  const isPlain = index?.type === 'name' && others.length === 0 && !word.superscript && !word.primes
  if (!isPlain || group?.type !== 'group' || group.text !== '(')
    throw new ClaimError(
      'Below softmax stands the index that it sums over: softmax_j(x_j)',
      extent(word),
    )
  cursor.at++
  const body = whole(cursor, group.body!, group.span)
  const span = joinSpans(word, group)
  const used = new Set(withNames(body).map(({ base }) => base))
  const letter = [...'qrsuvwpnm'].find((each) => !used.has(each)) ?? `${index.text}″`
  const renamed = mapped(body, (node) =>
    isLetter(node, index.text) ? { ...node, base: letter } : undefined,
  )
  if (renamed === body)
    throw new ClaimError(
      'Below softmax stands the index that it sums over: softmax_j(x_j)',
      extent(word),
    )
  const exp = (of: Expression): Expression => ({ kind: 'call', word: 'exp', operands: [of], span })
  const denominator: Expression = {
    kind: 'reduction',
    operator: 'sum',
    binders: [{ name: letter, span }],
    conditions: [],
    implicit: false,
    body: exp(renamed),
    span,
  }
  const made = make(cursor, { kind: 'quotient' as const, numerator: exp(body), denominator, span })
  return scripted(cursor, made, group)
}
