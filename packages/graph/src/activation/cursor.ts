// A place in the tokens of a formula: look ahead, take, complain, go inside brackets.
import { FormulaError } from '../errors.ts'
import { type Token, tokensOf } from './tokens.ts'

export const MAX_CHARACTERS = 1000
const MAX_DEPTH = 64
const MAX_PARTS = 500

export function refuse(formula: string, why: string): never {
  throw new FormulaError(`activation: cannot read "${formula}": ${why}`)
}

/** What a table has under a key of its own: `constructor` is no entry of any. */
export const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

export class Cursor {
  protected readonly text: string
  protected readonly tokens: readonly Token[]
  protected next = 0
  /** Between two bars, the next bar closes. */
  protected insideBars = false
  private depth = 0

  constructor(text: string) {
    this.text = text
    this.tokens = tokensOf(text)
    if (this.tokens.length > MAX_PARTS) this.fail(`it has more than ${MAX_PARTS} parts`)
  }

  protected sees(text: string, ahead = 0): boolean {
    return this.tokens[this.next + ahead]?.text === text
  }

  protected accept(text: string): boolean {
    const seen = this.sees(text)
    if (seen) this.next++
    return seen
  }

  protected oneOf<T>(table: Readonly<Record<string, T>>): T | undefined {
    const found = own(table, this.tokens[this.next]?.text ?? '')
    if (found) this.next++
    return found
  }

  protected expect(text: string): void {
    if (this.accept(text)) return
    const token = this.tokens[this.next]
    if (!token) this.fail(`it ends where “${text}” is expected`)
    this.fail(`“${text}” is expected where “${token.text}” stands`)
  }

  protected unexpected({ text }: Token): never {
    const hint = text === '=' ? '; a comparison is ==' : ''
    return this.fail(`“${text}” is not expected here${hint}`)
  }

  protected fail(why: string): never {
    return refuse(this.text, why)
  }

  protected closed<T>(close: string, content: () => T): T {
    const outside = this.insideBars
    this.insideBars = close === '|'
    const value = content()
    this.insideBars = outside
    this.expect(close)
    return value
  }

  protected nested<T>(content: () => T): T {
    if (++this.depth > MAX_DEPTH) this.fail(`it nests deeper than ${MAX_DEPTH}`)
    const value = content()
    this.depth--
    return value
  }
}
