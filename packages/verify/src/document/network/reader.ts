// The words of an expression one after the other, and where the reader stands.
import { ClaimError, type Span } from '../../language/syntax.ts'
import { networkLimits } from './limits.ts'
import type { Token } from './tokens.ts'
import type { NetworkExpression } from './tree.ts'

type Read = (reader: Reader) => NetworkExpression

export interface Reader {
  readonly tokens: readonly Token[]
  readonly end: Span
  /** The whole of an expression, a product, and what is a factor of it. */
  readonly whole: Read
  readonly product: Read
  readonly factor: Read
  /** What stands in braces, e^{−z}. */
  readonly nested: (text: string, offset: number) => NetworkExpression
  at: number
  depth: number
  /** Norms that are open: ‖ closes the last, and begins none. */
  norms: number
}

export const isSign = (token: Token | undefined, ...texts: string[]): boolean =>
  token?.kind === 'sign' && texts.includes(token.text)

/** Whether the next is one of these signs. */
export const isNext = (reader: Reader, ...texts: string[]): boolean =>
  isSign(reader.tokens[reader.at], ...texts)

export const take = (reader: Reader): Token => {
  const token = reader.tokens[reader.at]
  if (!token) throw new ClaimError('Something is missing in the network', reader.end)
  reader.at++
  return token
}

export const notHere = ({ text, span }: Token): ClaimError =>
  new ClaimError(`‘${text}’ is not understood here`, span)

export const expectSign = (reader: Reader, text: string): Token => {
  const token = take(reader)
  if (!isSign(token, text)) throw new ClaimError(`‘${text}’ is missing`, token.span)
  return token
}

export const spanFrom = (from: { span: Span }, to: { span: Span }): Span => ({
  start: from.span.start,
  end: to.span.end,
})

export const deeper = <Found>(reader: Reader, read: () => Found): Found => {
  if (++reader.depth > networkLimits.depth)
    throw new ClaimError(
      `A network nests at most ${networkLimits.depth} deep`,
      reader.tokens[reader.at]?.span ?? reader.end,
    )
  const found = read()
  reader.depth--
  return found
}

/** Items with commas between them, up to a sign; the last may have a comma of its own. */
export const separated = <Item>(
  reader: Reader,
  close: string,
  read: (reader: Reader) => Item,
): { readonly read: Item[]; readonly close: Token; readonly isOpen: boolean } => {
  const items: Item[] = []
  let isOpen = false
  while (!isNext(reader, close)) {
    if (items.length > 0 && !isOpen) expectSign(reader, ',')
    items.push(read(reader))
    isOpen = isNext(reader, ',')
    if (isOpen) reader.at++
  }
  return { read: items, close: take(reader), isOpen }
}
