// Brackets matched into groups, on an explicit stack.

import { closing, opening } from '../../lexicon.ts'
import { ClaimError, limits } from '../../syntax.ts'
import { bare } from './join.ts'
import type { Script, Token } from './tokens.ts'

/**
 * Brackets matched into groups, in all scripts too. The front ends bound the depth of scripts and
 * fractions; here only brackets nest, on an explicit stack.
 * @throws ClaimError at a bracket without its partner, or nested too deeply.
 */
export const group = (tokens: readonly Token[], depth = 0): Token[] => {
  const stack: { open: Token; body: Token[] }[] = []
  let body: Token[] = []
  for (const each of tokens) {
    // A wide space separates claims, and means nothing inside of one.
    if (each.type === 'gap' && depth + stack.length > 0) continue
    const token = groupInside(each, depth + stack.length)
    if (token.type === 'sign' && opening.has(token.text)) {
      if (depth + stack.length >= limits.depth)
        throw new ClaimError(`Brackets nest more than ${limits.depth} deep`, token.span)
      stack.push({ open: token, body })
      body = []
    } else if (token.type === 'sign' && closing.has(token.text)) {
      const frame = stack.pop()
      if (!frame) throw new ClaimError(`‘${token.text}’ closes nothing`, token.span)
      if (opening.get(frame.open.text) !== token.text)
        throw new ClaimError(`‘${token.text}’ does not close ‘${frame.open.text}’`, token.span)
      const span = { start: frame.open.span.start, end: token.span.end }
      const made: Token = { ...token, type: 'group', text: frame.open.text, span, body }
      body = frame.body
      body.push(...withoutBraces(made))
    } else {
      body.push(token)
    }
  }
  const open = stack.at(-1)?.open
  if (open) throw new ClaimError(`‘${open.text}’ is never closed`, open.span)
  return body
}

/** Braces only group: {w}_{ij} is w_{ij}, {f_a}' is f_a', {∂ over ∂w} an operator, {} nothing. */
const withoutBraces = (group: Token): Token[] => {
  const [only, ...others] = group.body!
  if (group.text !== '{') return [group]
  if (!only) return bare(group) ? [] : [group]
  if (others.length > 0) return [group]
  if (bare(group) && only.type === 'fraction') return [only]
  const clash =
    (only.superscript && (group.superscript || group.primes > 0)) ||
    (only.subscript && group.subscript)
  if (only.type !== 'name' || clash) return [group]
  const superscript = group.superscript ?? only.superscript
  const subscript = group.subscript ?? only.subscript
  return [
    {
      ...only,
      primes: only.primes + group.primes,
      ...(superscript && { superscript }),
      ...(subscript && { subscript }),
    },
  ]
}

const groupInside = (token: Token, depth: number): Token => {
  if (depth > limits.depth)
    throw new ClaimError(`The formula nests more than ${limits.depth} deep`, token.span)
  const inside = (script: Script): Script => ({
    ...script,
    tokens: group(script.tokens, depth + 1),
  })
  return {
    ...token,
    ...(token.superscript && { superscript: inside(token.superscript) }),
    ...(token.subscript && { subscript: inside(token.subscript) }),
    ...(token.body && { body: group(token.body, depth + 1) }),
    ...(token.below && { below: group(token.below, depth + 1) }),
  }
}
