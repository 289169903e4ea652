// The grammar of the notation, by recursive descent in bounded time. Nothing is evaluated.
//
//   line    := NAME [sub] '=' expr               sub  := '_' (atom | '{' [expr {',' expr}] '}')
//   expr    := ['-'] term {('+' | '-') term}
//   term    := product {('/' | 'mod') product}   a numeral over a numeral is one number
//   product := power {['·'] power}
//   power   := atom ['^' (atom | '{' expr '}')]

import { PI } from '../algebra.ts'
import { NotationError } from '../error.ts'
import {
  type Expression,
  type Guard,
  type Line,
  PACK,
  type Reduction,
  type Relation,
  type Variable,
} from '../syntax.ts'
import { depth, impliedIndices, isPack } from '../traverse.ts'
import { Cursor } from './cursor.ts'
import { FUNCTIONS, REDUCTIONS, RELATIONS, WINNERS } from './words.ts'

/** Deeper nesting is refused: readers recurse. */
export const MAX_DEPTH = 200

/** A factor without `·` before it starts with a number, a name, a word or one of these. */
const FACTOR_SIGNS: readonly string[] = ['(', '[', '⌊', '⌈', '√', 'Σ', 'π', '|', PACK]

export class Parser extends Cursor {
  /** Undefined: any name may be indexed, and a bare name is a symbol. */
  private readonly operands: readonly string[] | undefined
  private nesting = 0

  constructor(text: string, operands: readonly string[] | undefined) {
    super(text)
    this.operands = operands
  }

  line(): Line {
    const result = this.name('A line starts with the name of its result')
    const given = this.sees('_') ? this.subscript() : undefined
    this.expect('=')
    const body = this.expression()
    this.end([...(given ?? []), body])
    return { result, indices: given ?? impliedIndices(body), body }
  }

  wholeList(): readonly Expression[] {
    if (this.tokens.length === 0) return []
    const list = [this.expression()]
    while (this.accept(',')) list.push(this.expression())
    this.end(list)
    return list
  }

  private end(trees: readonly Expression[]): void {
    const token = this.tokens[this.next]
    if (token) this.fail(`“${token.text}” is not expected here.`)
    if (trees.some((tree) => depth(tree) > MAX_DEPTH)) {
      throw new NotationError(`This nests deeper than ${MAX_DEPTH} levels.`, this.text)
    }
  }

  private expression(): Expression {
    const terms = [this.signedTerm(this.accept('-'))]
    while (this.sees('+') || this.sees('-')) terms.push(this.signedTerm(this.take().text === '-'))
    return terms.length > 1 ? { kind: 'sum', terms } : terms[0]!
  }

  private signedTerm(negative: boolean): Expression {
    const operand = this.term()
    return negative ? { kind: 'negation', operand } : operand
  }

  private term(): Expression {
    let left = this.product(this.numeralQuotient())
    while (true) {
      if (this.accept('/')) {
        left = { kind: 'quotient', numerator: left, denominator: this.product() }
      } else if (this.accept('mod')) {
        left = { kind: 'modulo', left, right: this.product() }
      } else return left
    }
  }

  /** `1/2 x` is (1/2) x, although juxtaposition binds tighter than `/`. */
  private numeralQuotient(): Expression | undefined {
    const isNumber = (ahead: number) => this.tokens[this.next + ahead]?.kind === 'number'
    if (!isNumber(0) || !this.sees('/', 1) || !isNumber(2) || this.sees('^', 3)) return undefined
    const numerator = this.number()
    this.expect('/')
    return { kind: 'quotient', numerator, denominator: this.number() }
  }

  private product(first?: Expression): Expression {
    const factors = [first ?? this.power()]
    while (this.accept('·') || this.startsFactor()) factors.push(this.power())
    return factors.length > 1 ? { kind: 'product', factors } : factors[0]!
  }

  private startsFactor(): boolean {
    const token = this.tokens[this.next]
    if (!token) return false
    if (token.text === '|') return !this.insideBars
    if (token.kind === 'sign') return FACTOR_SIGNS.includes(token.text)
    return token.text !== 'mod'
  }

  private power(): Expression {
    const base = this.atom()
    return this.accept('^') ? { kind: 'power', base, exponent: this.exponent() } : base
  }

  private exponent(): Expression {
    const exponent = this.accept('{') ? this.closed('}') : this.atom()
    if (this.sees('^')) this.fail('A power of a power needs braces or parentheses.')
    return exponent
  }

  private atom(): Expression {
    if (++this.nesting > MAX_DEPTH) this.fail(`This nests deeper than ${MAX_DEPTH} levels.`)
    const atom = this.anyAtom()
    this.nesting--
    return atom
  }

  private anyAtom(): Expression {
    const token = this.tokens[this.next]
    if (!token) return this.fail('The text ends where a value is expected.')
    const { kind, text } = token
    if (kind === 'number') return this.number()
    if (kind === 'name') return this.named()
    if (REDUCTIONS.includes(text) && this.sees('_', 1)) return this.reduction()
    if (Object.hasOwn(FUNCTIONS, text)) return this.call()
    if (this.accept('(')) return this.closed(')')
    if (this.accept('⌊')) return { kind: 'call', name: 'floor', operands: [this.closed('⌋')] }
    if (this.accept('⌈')) return { kind: 'call', name: 'ceil', operands: [this.closed('⌉')] }
    if (this.accept('|')) return { kind: 'call', name: 'abs', operands: [this.closed('|')] }
    if (this.accept('[')) return this.bracketed(false, () => this.iverson())
    if (this.accept(PACK)) return { kind: 'symbol', name: PACK }
    if (this.accept('π')) return PI
    return this.fail(`A value is expected here, not “${text}”.`)
  }

  private number(): Expression {
    return { kind: 'number', value: Number(this.take().text) }
  }

  /** An access, a bare operand, a symbol, or e^…, which is exp. */
  private named(): Expression {
    const position = this.next
    const { text: name } = this.take()
    if (name === 'e' && this.accept('^')) {
      return { kind: 'call', name: 'exp', operands: [this.exponent()] }
    }
    const isOperand = this.operands?.includes(name)
    if (this.sees('_')) {
      if (isOperand === false) this.fail(`“${name}” is indexed but is no operand.`, position)
      return { kind: 'access', array: name, indices: this.subscript() }
    }
    if (isOperand) return { kind: 'access', array: name, indices: [{ kind: 'symbol', name: PACK }] }
    return { kind: 'symbol', name }
  }

  private subscript(): readonly Expression[] {
    this.expect('_')
    if (!this.accept('{')) return [this.atom()]
    if (this.accept('}')) return []
    return this.list('}', () => this.expression())
  }

  private reduction(): Expression {
    const reduction = this.take().text as Reduction
    return { kind: 'reduction', reduction, variables: this.bound(), body: this.term() }
  }

  private bound(): readonly Variable[] {
    this.expect('_')
    return this.accept('{') ? this.list('}', () => this.variable()) : [this.variable()]
  }

  private variable(): Variable {
    if (this.accept(PACK)) return { name: PACK }
    const position = this.next
    const name = this.name('A bound index is expected here')
    if (this.operands?.includes(name)) {
      this.fail(`“${name}” is an operand; an index needs another letter.`, position)
    }
    return this.accept('≤') ? { name, upTo: this.expression() } : { name }
  }

  private call(): Expression {
    const position = this.next
    const { name, arity } = FUNCTIONS[this.take().text]!
    this.expect('(')
    const operands = this.list(')', () => this.expression())
    if (operands.length !== arity) {
      this.fail(`“${name}” takes ${arity} operand(s), not ${operands.length}.`, position)
    }
    return { kind: 'call', name, operands }
  }

  /** After `[`: relations `1 ≤ i ≤ n` and winners `u,v = argmax_{a,b} …`, between commas. */
  private iverson(): Expression {
    const guards: Guard[] = []
    let tuple: Expression[] = []
    do {
      tuple.push(this.expression())
      if (this.sees('=') && WINNERS.includes(this.tokens[this.next + 1]?.text ?? '')) {
        guards.push(this.winner(tuple))
        tuple = []
      } else if (this.seesRelation()) {
        if (tuple.length > 1) this.fail('Only a winner is compared with a tuple.')
        guards.push(this.relation(tuple[0]!))
        tuple = []
      }
    } while (this.accept(','))
    if (tuple.length > 0) this.fail('A relation is missing here.')
    this.expect(']')
    return { kind: 'iverson', guards }
  }

  private seesRelation(): boolean {
    return RELATIONS.includes(this.tokens[this.next]?.text ?? '')
  }

  private relation(first: Expression): Guard {
    const relations: Relation[] = []
    const operands = [first]
    while (this.seesRelation()) {
      relations.push(this.take().text as Relation)
      operands.push(this.expression())
    }
    return { kind: 'relation', relations, operands }
  }

  private winner(at: readonly Expression[]): Guard {
    this.expect('=')
    const position = this.next
    const reduction = this.take().text.slice('arg'.length) as Exclude<Reduction, 'Σ'>
    const variables = this.bound()
    const packed = at.some(isPack) || variables.some(({ name }) => name === PACK)
    if (!packed && at.length !== variables.length) {
      this.fail(`${at.length} value(s) face ${variables.length} index(es).`, position)
    }
    return { kind: 'winner', reduction, at, variables, body: this.term() }
  }

  private closed(close: string): Expression {
    return this.bracketed(close === '|', () => {
      const expression = this.expression()
      this.expect(close)
      return expression
    })
  }
}
