// Text → tree, remembered by text: lines of ops, size rules, and lists of axes.

import { NotationError } from '../error.ts'
import type { Expression, Line } from '../syntax.ts'
import { Parser } from './grammar.ts'

const MEMO_SIZE = 500

/**
 * A line such as `y_{…,i,j} = Σ_k a_{…,i,k} b_{…,k,j}`. A bare operand is read elementwise, at `…`.
 * @throws NotationError where the text is not a line, or indexes what is not an operand
 */
export function parseLine(text: string, operands: readonly string[]): Line {
  const key = `${operands.join(' ')}|${text}`
  return memoised(lines, key, () => {
    const parser = new Parser(text, operands)
    return parser.line()
  })
}

/** A size rule or the value of a symbol, such as `⌊(H+p+q-d(m-1)-1)/s⌋+1`. */
export function parseExpression(text: string): Expression {
  const [expression, ...more] = parseExpressionList(text)
  if (!expression || more.length > 0) {
    throw new NotationError('One expression is expected here, not a list.', text)
  }
  return expression
}

/** Expressions between commas: the axes of an operand, `…,C,H,W`, or of a result. */
export function parseExpressionList(text: string): readonly Expression[] {
  return memoised(lists, text, () => new Parser(text, undefined).wholeList())
}

const lines = new Map<string, Line>()
const lists = new Map<string, readonly Expression[]>()

/** The oldest entry makes room: hostile input cannot fill the memory. */
function memoised<T>(memo: Map<string, T>, key: string, make: () => T): T {
  const known = memo.get(key)
  if (known !== undefined) return known
  const value = make()
  if (memo.size >= MEMO_SIZE) memo.delete(memo.keys().next().value!)
  memo.set(key, value)
  return value
}
