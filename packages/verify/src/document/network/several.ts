// Several values at once: h, c = …, N, D = x.shape, i, f = gates.chunk(2, 1), and [a b] of MATLAB.
import { ClaimError, type Span } from '../../language/syntax.ts'
import type { Target } from './targets.ts'
import { type NetworkExpression, nameIn, numeral, withParts } from './tree.ts'

/** Those of h, c, of x.shape, and of gates.chunk(4, 1): each of the parts. */
const valuesIn = (
  read: NetworkExpression,
  count: number,
  known: (name: string) => number | undefined,
): readonly NetworkExpression[] | undefined => {
  if (read.kind === 'list') return read.items
  const { span } = read
  const each = Array.from({ length: count }, (_, k) => numeral(k, span))
  if (read.kind === 'name' && read.name.endsWith('.shape')) {
    const lengths = each.map(({ value }) => known(`${read.name}.${value}`))
    return lengths.flatMap((length) => (length === undefined ? [] : [numeral(length, span)]))
  }
  if (read.kind !== 'call' || !/(?:^|\.)(?:chunk|split)$/.test(read.op)) return undefined
  const of = { name: 'parts', value: numeral(count, span), span }
  return each.map((value) => ({
    ...read,
    options: [...read.options, of, { name: 'part', value, span }],
  }))
}

/** [ones(m, 1) X] of MATLAB: arrays side by side. */
export const inRows = (read: NetworkExpression): NetworkExpression => {
  const node = withParts(read, inRows)
  const isRow = node.kind === 'list' && !node.isTuple && node.items.some((each) => nameIn(each))
  return isRow
    ? { kind: 'call', op: 'np.hstack', operands: [node], options: [], span: node.span }
    : node
}

/** Each name with its value; of out, (h, c) = … the values of h and c are parts of the second. */
export const shared = (
  targets: readonly Target[],
  read: NetworkExpression,
  span: Span,
  known: (name: string) => number | undefined,
  apart: (name: string, value: NetworkExpression) => NetworkExpression,
): readonly (readonly [Target, NetworkExpression])[] => {
  const values = valuesIn(read, targets.length, known)
  if (values?.length !== targets.length)
    throw new ClaimError(`${targets.length} names get ${targets.length} values here`, span)
  const items = values.map((value, k) => apart(targets[k]!.name, value))
  return targets.flatMap((target, k) =>
    target.several
      ? shared(target.several, items[k]!, span, known, (_, value) => value)
      : [[target, items[k]!] as const],
  )
}
