// The d of a gradient, dW, where what follows it is in another font.
import type { Token } from '../tokens/tokens.ts'

/** The d of d\mathbf{h} touches its h, as that of dh does. */
export const withDifferentials = (tokens: readonly Token[], text: string): Token[] =>
  tokens.map((each, at) => {
    const next = tokens[at + 1]
    const isD = each.type === 'letter' && each.text === 'd' && next?.type === 'letter'
    if (!isD || each.subscript || each.superscript) return each
    const between = text.slice(each.span.end, next.span.start)
    const touches = /^\\(?:math|bold|text)[a-z]+\{?$/.test(between)
    const { start } = next.span
    return touches ? { ...each, span: { start: start - 1, end: start } } : each
  })
