// A place in the tokens of a text: look ahead, take, complain, go inside brackets. It knows signs,
// not their grammar.

import { NotationError } from '../error.ts'
import { type Token, tokenize } from './tokens.ts'

/** A longer text is refused before it is read. */
export const MAX_CHARACTERS = 20_000

export class Cursor {
  protected readonly text: string
  protected readonly tokens: readonly Token[]
  protected next = 0
  /** Between two bars, the next bar closes. */
  protected insideBars = false

  /** @throws NotationError for a text that is too long */
  constructor(text: string) {
    if (text.length > MAX_CHARACTERS) {
      throw new NotationError(
        `A line has at most ${MAX_CHARACTERS} characters; this one has ${text.length}.`,
        text.slice(0, 80),
      )
    }
    this.text = text
    this.tokens = tokenize(text)
  }

  protected name(complaint: string): string {
    if (this.tokens[this.next]?.kind !== 'name') this.fail(`${complaint}.`)
    return this.take().text
  }

  protected take(): Token {
    return this.tokens[this.next++]!
  }

  protected sees(text: string, ahead = 0): boolean {
    return this.tokens[this.next + ahead]?.text === text
  }

  protected accept(text: string): boolean {
    const seen = this.sees(text)
    if (seen) this.next++
    return seen
  }

  protected expect(text: string): void {
    if (!this.accept(text)) this.fail(`“${text}” is expected here.`)
  }

  protected fail(reason: string, at = this.next): never {
    throw new NotationError(reason, this.text, this.tokens[at]?.position ?? this.text.length)
  }

  protected list<T>(close: string, item: () => T): readonly T[] {
    return this.bracketed(false, () => {
      const items = [item()]
      while (this.accept(',')) items.push(item())
      this.expect(close)
      return items
    })
  }

  protected bracketed<T>(bars: boolean, content: () => T): T {
    const outside = this.insideBars
    this.insideBars = bars
    const value = content()
    this.insideBars = outside
    return value
  }
}
