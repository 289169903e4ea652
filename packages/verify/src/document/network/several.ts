// Several values at once: h, c = …, N, D = x.shape, i, f = gates.chunk(2, 1), and [a b] of MATLAB.
import { type NetworkExpression, nameIn, numeral, withParts } from './tree.ts'

/** Those of h, c, of x.shape, and of gates.chunk(4, 1): each of the parts. */
export const valuesIn = (
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
