// The grammar of a formula of one variable, by recursive descent in bounded time: what it reads
// records ops, nothing is evaluated.
//
//   formula    := comparison ['?' formula ':' formula]
//   comparison := sum [('<' | '≤' | '>' | '≥' | '==' | '≠') sum]
//   sum        := term {('+' | '-') term}
//   term       := product {('*' | '/') product}    a numeral over a numeral is one number
//   product    := signed {power}                   2x: binds tighter than '/'
//   signed     := ('-' | '+') signed | power
//   power      := atom ['^' signed]
//   atom       := NUMBER | 'x' | CONSTANT | FUNCTION '(' formula {',' formula} ')'
//               | '(' formula ')' | '|' formula '|' | '[' comparison ']'
import { FormulaError } from '../errors.ts'
import { nearNames } from '../names/names.ts'
import { abs } from '../ops/arithmetic/abs.ts'
import { add } from '../ops/arithmetic/add.ts'
import { div } from '../ops/arithmetic/div.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { neg } from '../ops/arithmetic/neg.ts'
import { pow } from '../ops/arithmetic/pow.ts'
import { sub } from '../ops/arithmetic/sub.ts'
import { exp } from '../ops/entrywise/exp.ts'
import { where } from '../ops/selection/where.ts'
import { Node } from '../record/node.ts'
import type { Operand } from '../record/operand.ts'
import { show } from '../show.ts'
import { Cursor, MAX_CHARACTERS, own, refuse } from './cursor.ts'
import { COMPARISONS, CONSTANTS, type Combine, FUNCTIONS } from './functions.ts'

/** Records the formula over its variable. */
export type Build = (x: Node) => Operand

export const asNode = (value: Operand, x: Node): Node =>
  value instanceof Node ? value : x.graph.constant(value)

/** @throws FormulaError where the text is no formula of x, naming what was not understood */
export function readFormula(text: unknown): Build {
  if (typeof text !== 'string') {
    throw new FormulaError(
      `activation: the formula is ${show(text)}; it must be text, such as 'x / (1 + exp(-x))'`,
    )
  }
  if (text.trim() === '') refuse(text, 'it is empty')
  if (text.length > MAX_CHARACTERS) {
    refuse(`${text.slice(0, 40)}…`, `it is longer than ${MAX_CHARACTERS} characters`)
  }
  return new Reader(text).whole()
}

class Reader extends Cursor {
  whole(): Build {
    const build = this.formula()
    const rest = this.tokens[this.next]
    if (rest) this.unexpected(rest)
    return build
  }

  private formula(): Build {
    return this.nested(() => {
      const condition = this.comparison()
      if (!this.accept('?')) return condition
      const yes = this.formula()
      this.expect(':')
      return combined(where as Combine, [condition, yes, this.formula()])
    })
  }

  private comparison(): Build {
    const left = this.sum()
    const compare = this.oneOf(COMPARISONS)
    if (!compare) return left
    const both = combined(compare, [left, this.sum()])
    if (this.oneOf(COMPARISONS)) this.fail('one comparison at a time: a < b and b < c are two')
    return both
  }

  private sum(): Build {
    let left = this.term()
    for (let op = this.oneOf(SUMS); op; op = this.oneOf(SUMS)) {
      left = combined(op, [left, this.term()])
    }
    return left
  }

  private term(): Build {
    let left = this.product(this.numeralQuotient())
    for (let op = this.oneOf(PRODUCTS); op; op = this.oneOf(PRODUCTS)) {
      left = combined(op, [left, this.product()])
    }
    return left
  }

  /** `1/2 x` is (1/2) x, although a product without a sign binds tighter than `/`. */
  private numeralQuotient(): Build | undefined {
    const isNumber = (ahead: number) => this.tokens[this.next + ahead]?.kind === 'number'
    if (!isNumber(0) || !this.sees('/', 1) || !isNumber(2) || this.sees('^', 3)) return undefined
    const numerator = this.number()
    this.expect('/')
    const quotient = numerator / this.number()
    return () => quotient
  }

  private product(first?: Build): Build {
    let left = first ?? this.signed()
    while (this.startsFactor()) left = combined(mul as Combine, [left, this.power()])
    return left
  }

  private startsFactor(): boolean {
    const token = this.tokens[this.next]
    if (!token) return false
    if (token.text === '|') return !this.insideBars
    return token.kind !== 'sign' || token.text === '(' || token.text === '['
  }

  private signed(): Build {
    if (this.accept('-')) return this.nested(() => combined(neg as Combine, [this.signed()]))
    return this.accept('+') ? this.nested(() => this.signed()) : this.power()
  }

  private power(): Build {
    const isE = this.sees('e')
    const base = this.atom()
    if (!this.accept('^')) return base
    const exponent = this.nested(() => this.signed())
    return isE ? combined(exp as Combine, [exponent]) : powerOf(base, exponent)
  }

  private atom(): Build {
    const token = this.tokens[this.next]
    if (!token) return this.fail('it ends where a value is expected')
    if (token.kind === 'number') {
      const value = this.number()
      return () => value
    }
    if (token.kind === 'word') return this.word()
    if (this.accept('(')) return this.closed(')', () => this.formula())
    if (this.accept('[')) return this.closed(']', () => this.comparison())
    if (this.accept('|')) return combined(abs as Combine, [this.closed('|', () => this.formula())])
    return this.unexpected(token)
  }

  private number(): number {
    const { text } = this.tokens[this.next++]!
    const value = Number(text)
    return Number.isFinite(value) ? value : this.fail(`${text} is larger than any number here`)
  }

  private word(): Build {
    const { text } = this.tokens[this.next++]!
    if (this.sees('(')) return this.call(text)
    if (text === 'x') return (x) => x
    const value = own(CONSTANTS, text)
    if (value !== undefined) return () => value
    if (own(FUNCTIONS, text)) return this.fail(`${text} is a function: ${text}(x)`)
    return this.fail(`it may not use "${text}"; its variable is x`)
  }

  private call(name: string): Build {
    const known = own(FUNCTIONS, name)
    if (!known) {
      if (name === 'x' || own(CONSTANTS, name) !== undefined) {
        this.fail(`${name} is no function; a product is ${name} * (…)`)
      }
      const [near] = nearNames(name, Object.keys(FUNCTIONS))
      const hint = near ? `is ${near}(…) meant?` : `it has ${Object.keys(FUNCTIONS).join(', ')}`
      this.fail(`it may not use ${name}(…); ${hint}`)
    }
    this.expect('(')
    const operands = this.closed(')', () => {
      const list = this.sees(')') ? [] : [this.formula()]
      while (this.accept(',')) list.push(this.formula())
      return list
    })
    const { arity, combine } = known
    if (operands.length !== arity) {
      const takes = arity === 1 ? 'one operand' : `${arity} operands`
      this.fail(`${name}(…) takes ${takes}, not ${operands.length}`)
    }
    return name === 'pow' ? powerOf(operands[0]!, operands[1]!) : combined(combine, operands)
  }
}

const SUMS: Readonly<Record<string, Combine>> = { '+': add, '-': sub } as Record<string, Combine>
const PRODUCTS: Readonly<Record<string, Combine>> = { '*': mul, '/': div } as Record<
  string,
  Combine
>

/** A power of numbers is a number; a fixed exponent is an op of its own. */
const powerOf =
  (base: Build, exponent: Build): Build =>
  (x) => {
    const [a, n] = [base(x), exponent(x)]
    if (typeof n !== 'number') return pow(asNode(a, x), n)
    return typeof a === 'number' ? a ** n : pow(a, n)
  }

/** At least one operand becomes a node, so that constants fold into the graph like any other. */
const combined =
  (combine: Combine, operands: readonly Build[]): Build =>
  (x) => {
    const values = operands.map((operand) => operand(x))
    return combine(...values.map((value, k) => (k === 0 ? asNode(value, x) : (value as Node))))
  }
