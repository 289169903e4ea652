// Expressions of a network's text, as they were read. A type and what walks it.
import type { Span } from '../../language/syntax.ts'

/** (x > 0) is 1 where it holds, and 0 elsewhere. */
export type Comparing = '<' | '>' | '<=' | '>=' | '==' | '!='
/** `beside`: two that stand side by side. `dot`: u · v. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '@' | 'beside' | 'dot' | '//' | Comparing

export type NetworkExpression =
  | { kind: 'name'; name: string; span: Span }
  /** `text`: as it is written, with more digits than a double has. */
  | { kind: 'number'; value: number; text: string; span: Span }
  /** 'ij,jk->ik'. */
  | { kind: 'text'; text: string; span: Span }
  | { kind: 'negation'; operand: NetworkExpression; span: Span }
  /** x^2, x**2: of a name with its power in one word, `power` of build-network.ts. */
  | { kind: 'power'; base: NetworkExpression; exponent: NetworkExpression; span: Span }
  | { kind: 'transposed'; operand: NetworkExpression; span: Span }
  | {
      kind: 'binary'
      operator: BinaryOperator
      left: NetworkExpression
      right: NetworkExpression
      span: Span
    }
  | {
      kind: 'call'
      op: string
      operands: readonly NetworkExpression[]
      options: readonly NetworkOption[]
      span: Span
    }
  /** s[0], W[1, 2], x[:, None], z[:4]: places from 0. */
  | { kind: 'entry'; base: NetworkExpression; parts: readonly NetworkPart[]; span: Span }
  /** x[i] = v: x with v in the place of a part. */
  | {
      kind: 'replaced'
      base: NetworkExpression
      parts: readonly NetworkPart[]
      value: NetworkExpression
      span: Span
    }
  /** `isTuple`: several values, and no array of them. */
  | { kind: 'list'; items: readonly NetworkExpression[]; isTuple?: true; span: Span }
  /** Σ_{i=1}^{n} of what has the letters. */
  | { kind: 'sum'; letters: readonly SumLetter[]; body: NetworkExpression; span: Span }

/** A letter that a Σ runs over, and how far where that is said. */
export interface SumLetter {
  readonly name: string
  readonly from?: NetworkExpression
  readonly to?: NetworkExpression
}

/** What stands between two commas of x[…]. */
export type NetworkPart =
  | { kind: 'at'; place: NetworkExpression }
  | { kind: 'range'; from?: NetworkExpression; to?: NetworkExpression }
  | { kind: 'new' | 'rest' }

export type NetworkCall = Extract<NetworkExpression, { kind: 'call' }>

export interface NetworkOption {
  readonly name: string
  /** A name stands for a node, or for a word such as same: the option knows. */
  readonly value: NetworkExpression
  readonly span: Span
}

type Change = (node: NetworkExpression) => NetworkExpression

const inPart = (part: NetworkPart, change: Change): NetworkPart => {
  if (part.kind === 'at') return { ...part, place: change(part.place) }
  if (part.kind !== 'range') return part
  const { from, to } = part
  return { kind: 'range', ...(from && { from: change(from) }), ...(to && { to: change(to) }) }
}

/** The same with each of its parts changed. */
export const withParts = (node: NetworkExpression, change: Change): NetworkExpression => {
  switch (node.kind) {
    case 'name':
    case 'number':
    case 'text':
      return node
    case 'negation':
    case 'transposed':
      return { ...node, operand: change(node.operand) }
    case 'power':
      return { ...node, base: change(node.base), exponent: change(node.exponent) }
    case 'binary':
      return { ...node, left: change(node.left), right: change(node.right) }
    case 'call': {
      const options = node.options.map((each) => ({ ...each, value: change(each.value) }))
      return { ...node, operands: node.operands.map(change), options }
    }
    case 'entry':
      return {
        ...node,
        base: change(node.base),
        parts: node.parts.map((part) => inPart(part, change)),
      }
    case 'replaced':
      return {
        ...node,
        base: change(node.base),
        value: change(node.value),
        parts: node.parts.map((part) => inPart(part, change)),
      }
    case 'list':
      return { ...node, items: node.items.map(change) }
    case 'sum':
      return { ...node, body: change(node.body) }
  }
}

/** Whether something in it is so. */
export const someIn = (
  node: NetworkExpression,
  is: (node: NetworkExpression) => boolean,
): boolean => {
  let found = is(node)
  if (!found)
    withParts(node, (each) => {
      found ||= someIn(each, is)
      return each
    })
  return found
}

/** The name that an expression begins with: x of x, of x.T and of x.view(4, 6). */
export const nameIn = (each: NetworkExpression): string | undefined => {
  if (each.kind === 'name') return each.name.replace(/\..*$/, '')
  return each.kind === 'call' ? each.op.replace(/\..*$/, '') : undefined
}

export const numeral = (value: number, span: Span) => ({
  kind: 'number' as const,
  value,
  text: `${value}`,
  span,
})
