// The one grammar of claims, by precedence climbing over grouped tokens; both front ends end here.
// Tight to loose: scripts, juxtaposition, /, star, ⊙, the body of Σ, + −, relations.
import { functionWords, modes, vulgarFractions } from './lexicon.ts'
import { rational, readRational } from './rational.ts'
import {
  type Binder,
  ClaimError,
  type Comparison,
  type Condition,
  type Expression,
  type Extremum,
  limits,
  type Mode,
  type Name,
  type RelationSign,
  type Span,
  type Subscript,
  type Superscript,
  type Word,
} from './syntax.ts'
import { extent, hull, type Script, type Token } from './tokens.ts'

const relationSigns: ReadonlySet<string> = new Set(['=', '≠', '<', '≤', '>', '≥', '∈'])
export const isRelation = (token: Token | undefined): boolean =>
  token?.type === 'sign' && relationSigns.has(token.text)

const isSign = (token: Token | undefined, text: string): boolean =>
  token?.type === 'sign' && token.text === text

export const splitAt = (tokens: readonly Token[], separator: string): Token[][] => {
  const parts: Token[][] = [[]]
  for (const token of tokens)
    if (isSign(token, separator)) parts.push([])
    else parts.at(-1)!.push(token)
  return parts
}

const joinSpans = (from: { span: Span }, to: { span: Span }): Span => ({
  start: from.span.start,
  end: to.span.end,
})

/** Counts nodes and levels over the whole of one formula. */
export interface Budget {
  nodes: number
  level: number
}

/** Reads one list of tokens to its end. */
export class Parser {
  readonly tokens: readonly Token[]
  readonly budget: Budget
  readonly span: Span
  at = 0
  #bars = 0

  constructor(tokens: readonly Token[], budget: Budget, span: Span) {
    this.tokens = tokens
    this.budget = budget
    this.span = span
  }

  /** @throws ClaimError over the limit of nodes. */
  #make<Node extends { readonly span: Span }>(node: Node): Node {
    if (++this.budget.nodes > limits.nodes)
      throw new ClaimError(`A formula has at most ${limits.nodes} parts`, node.span)
    return node
  }

  #peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead]
  }

  #next(): Token {
    const token = this.tokens[this.at++]
    if (!token) throw new ClaimError('Something is missing here', this.#end())
    return token
  }

  #end(): Span {
    const last = this.tokens.at(-1)
    return last ? { start: extent(last).end, end: extent(last).end } : this.span
  }

  #deeper<Result>(read: () => Result): Result {
    if (++this.budget.level > limits.depth)
      throw new ClaimError(
        `A formula nests at most ${limits.depth} deep`,
        this.#peek()?.span ?? this.span,
      )
    const result = read()
    this.budget.level--
    return result
  }

  #sub(tokens: readonly Token[], span: Span): Parser {
    return new Parser(tokens, this.budget, span)
  }

  /** All of the tokens as one expression. */
  whole(): Expression {
    const read = this.addition()
    this.finish()
    return read
  }

  finish(): void {
    const rest = this.#peek()
    if (rest) throw new ClaimError(`‘${rest.text}’ is not understood here`, rest.span)
  }

  /** A chain of relations; one operand where there is none. */
  comparison(): Comparison {
    const operands = [this.addition()]
    const relations: RelationSign[] = []
    while (isRelation(this.#peek())) {
      relations.push(this.#relation())
      operands.push(this.addition())
    }
    const span = joinSpans(operands[0]!, operands.at(-1)!)
    return this.#make({ kind: 'comparison', operands, relations, span })
  }

  #relation(): RelationSign {
    const token = this.#next()
    if (token.subscript || token.superscript || token.primes)
      throw new ClaimError('A relation has no scripts', extent(token))
    return token.text as RelationSign
  }

  addition(): Expression {
    return this.#deeper(() => {
      const terms = [this.#term()]
      while (isSign(this.#peek(), '+') || isSign(this.#peek(), '-')) {
        const sign = this.#next()
        this.#plain(sign)
        const term = this.#term()
        const span = { start: sign.span.start, end: term.span.end }
        terms.push(sign.text === '+' ? term : this.#make({ kind: 'negation', operand: term, span }))
      }
      if (terms.length === 1) return terms[0]!
      const span = joinSpans(terms[0]!, terms.at(-1)!)
      return this.#make({ kind: 'addition', terms, span })
    })
  }

  /** A sign of the grammar has no scripts; only brackets, names and Σ have. */
  #plain(sign: Token): void {
    if (sign.subscript || sign.superscript || sign.primes)
      throw new ClaimError(`A script on ‘${sign.text}’`, extent(sign))
  }

  /** −a ⊙ b is −(a ⊙ b). */
  #term(): Expression {
    const sign = this.#peek()
    if (isSign(sign, '…')) {
      this.at++
      return this.#make({ kind: 'ellipsis', span: sign!.span })
    }
    if (!isSign(sign, '-') && !isSign(sign, '+')) return this.hadamard()
    return this.#deeper(() => {
      this.#plain(this.#next())
      const operand = this.#term()
      if (sign!.text === '+') return operand
      return this.#make({ kind: 'negation', operand, span: joinSpans(sign!, operand) })
    })
  }

  hadamard(): Expression {
    return this.#leftToRight(
      ['⊙'],
      () => this.#star(),
      (left, right) => ({
        kind: 'hadamard',
        left,
        right,
        span: joinSpans(left, right),
      }),
    )
  }

  #star(): Expression {
    return this.#leftToRight(
      ['*', 'conv'],
      () => this.#quotient(),
      (left, right, sign) => {
        const mode = this.#mode(sign)
        const operation = sign.text === 'conv' ? 'convolution' : mode ? 'correlation' : 'bare'
        const span = joinSpans(left, right)
        return { kind: 'star', operation, ...(mode && { mode }), left, right, span }
      },
    )
  }

  /** The mode of a star: `*full`, `*_{full}`, `\overset{full}{*}`, `conv full`. */
  #mode(sign: Token): Mode | undefined {
    if (sign.mode && !sign.subscript && !sign.superscript) return sign.mode
    const script = sign.subscript ?? sign.superscript
    if (!script) return sign.text === 'conv' ? this.#followingMode() : undefined
    const mode = modes.get(script.tokens.map((token) => token.text).join(''))
    if (!mode || sign.mode || sign.primes || (sign.subscript && sign.superscript))
      throw new ClaimError('The mode of a star is valid, full or same', script.span)
    return mode
  }

  #followingMode(): Mode | undefined {
    for (const [word, mode] of modes) {
      const letters = this.tokens.slice(this.at, this.at + word.length)
      const written = letters.every((token, position) => {
        const before = letters[position - 1]
        return token.type === 'name' && (!before || extent(before).end === token.span.start)
      })
      if (!written || letters.map((token) => token.text).join('') !== word) continue
      const after = this.tokens[this.at + word.length]
      if (after?.type === 'name' && after.span.start === letters.at(-1)!.span.end) continue
      this.at += word.length
      return mode
    }
    return undefined
  }

  /** Binary operators of one level; a minus may stand before the right operand: a ⊙ −b. */
  #leftToRight(
    operators: readonly string[],
    operand: () => Expression,
    combine: (left: Expression, right: Expression, sign: Token) => Expression,
  ): Expression {
    let left = operand()
    let length = 0
    while (this.#peek()?.type === 'sign' && operators.includes(this.#peek()!.text)) {
      const sign = this.#next()
      if (++length > limits.depth)
        throw new ClaimError(`More than ${limits.depth} operators in a row`, sign.span)
      const made = combine
      const place = { left, sign }
      left = this.#withRight(place, operand, made)
    }
    return left
  }

  #withRight(
    place: { left: Expression; sign: Token },
    operand: () => Expression,
    combine: (left: Expression, right: Expression, sign: Token) => Expression,
  ): Expression {
    const { left, sign } = place
    // `conv full B`: the mode stands between the sign and its right operand.
    const mode = sign.text === 'conv' && !sign.mode ? this.#followingMode() : undefined
    const right = this.#signed(operand)
    return this.#make(combine(left, right, mode ? { ...sign, mode } : sign))
  }

  #signed(operand: () => Expression): Expression {
    const minus = this.#peek()
    if (!isSign(minus, '-')) return operand()
    return this.#deeper(() => {
      this.#plain(this.#next())
      const inner = this.#signed(operand)
      return this.#make({ kind: 'negation', operand: inner, span: joinSpans(minus!, inner) })
    })
  }

  #quotient(): Expression {
    let left = this.#product(true)
    let length = 0
    while (isSign(this.#peek(), '/')) {
      const sign = this.#next()
      this.#plain(sign)
      if (++length > limits.depth)
        throw new ClaimError(`More than ${limits.depth} operators in a row`, sign.span)
      const denominator = this.#signed(() => this.#product(false))
      const span = joinSpans(left, denominator)
      left = this.#make({ kind: 'quotient', numerator: left, denominator, span })
    }
    return left
  }

  #product(mayFold: boolean): Expression {
    const factors = [this.#factor(mayFold)]
    for (;;) {
      const token = this.#peek()
      if (isSign(token, '·')) {
        this.#plain(this.#next())
        factors.push(this.#signed(() => this.#factor(true)))
      } else if (this.#startsFactor(token)) factors.push(this.#factor(mayFold))
      else break
    }
    if (factors.length === 1) return factors[0]!
    const span = joinSpans(factors[0]!, factors.at(-1)!)
    return this.#make({ kind: 'product', factors, span })
  }

  #startsFactor(token: Token | undefined): boolean {
    if (!token) return false
    if (token.type === 'sign')
      return '∂Σ√½¼¾'.includes(token.text) || (token.text === '|' && this.#bars === 0)
    return !['keyword', 'prose', 'gap'].includes(token.type)
  }

  #factor(mayFold: boolean): Expression {
    const token = this.#peek()
    if (!token) throw new ClaimError('Something is missing here', this.#end())
    const read = this.#primaries[token.type === 'sign' ? token.text : token.type]
    if (!read) throw new ClaimError(`‘${token.text}’ is not understood here`, extent(token))
    if (token.type === 'number' && mayFold) return this.#number(true)
    return this.#deeper(read)
  }

  /** What a factor begins with → how it is read. */
  readonly #primaries: Readonly<Record<string, () => Expression>> = Object.assign(
    Object.create(null),
    {
      number: () => this.#number(false),
      '½': () => this.#number(false),
      '¼': () => this.#number(false),
      '¾': () => this.#number(false),
      name: () => this.#name(),
      function: () => this.#function(),
      group: () => this.#group(),
      fraction: () => this.#fraction(),
      root: () => this.#root(),
      '√': () => this.#prefixRoot(),
      Σ: () => this.#reduction('sum'),
      '∂': () => this.#derivative(),
      '|': () => this.#absolute(),
    },
  )

  #number(mayFold: boolean): Expression {
    const token = this.#next()
    const vulgar = vulgarFractions.get(token.text)
    const value = vulgar ? rational(...vulgar) : readRational(token.text, token.span)
    const [slash, below] = [this.#peek(), this.#peek(1)]
    const folds =
      mayFold &&
      isSign(slash, '/') &&
      below?.type === 'number' &&
      !token.superscript &&
      !token.subscript &&
      !below.superscript &&
      !below.subscript &&
      !/^0*(\.0*)?$/.test(below.text)
    if (!folds) {
      const span = token.span
      return this.#scripted(this.#make({ kind: 'numeral', value, text: token.text, span }), token)
    }
    this.at += 2
    const over = readRational(below.text, below.span)
    return this.#make({
      kind: 'numeral',
      value: rational(value.numerator * over.denominator, value.denominator * over.numerator),
      text: `${token.text}/${below.text}`,
      span: joinSpans(token, below),
    })
  }

  /** The scripts of a bracket, a call, a numeral: first the entry, then the power or transpose. */
  #scripted(base: Expression, token: Token): Expression {
    if (token.primes) throw new ClaimError('A prime on what is no function', extent(token))
    let result = base
    if (token.subscript) {
      const { parts } = this.#subscript(token.subscript)
      const span = {
        start: base.span.start,
        end: Math.max(base.span.end, token.subscript.span.end),
      }
      result = this.#make({ kind: 'entry', array: result, indices: parts, span })
    }
    return token.superscript ? this.#raised(result, token.superscript) : result
  }

  #raised(base: Expression, script: Script): Expression {
    const span = { start: base.span.start, end: Math.max(base.span.end, script.span.end) }
    const [only, ...others] = script.tokens
    if (only?.type === 'name' && only.text === 'T' && others.length === 0 && !only.subscript)
      return this.#make({ kind: 'transposed', operand: base, span })
    const exponent = this.#sub(this.#unparenthesised(script).tokens, script.span).whole()
    return this.#make({ kind: 'power', base, exponent, span })
  }

  #unparenthesised(script: Script): Script {
    const [only, ...others] = script.tokens
    const wrapped = only?.type === 'group' && only.text === '(' && others.length === 0
    if (!wrapped || only.superscript || only.subscript || only.primes) return script
    return { tokens: only.body!, span: script.span }
  }

  #superscript(script: Script): Superscript {
    const inner = this.#unparenthesised(script)
    const parts = splitAt(inner.tokens, ',').map((part) => this.#sub(part, script.span).whole())
    return { parts, parenthesised: inner !== script, span: script.span }
  }

  #subscript(script: Script): Subscript {
    const inner = this.#unparenthesised(script)
    const parts = splitAt(inner.tokens, ',').map((part) => this.#sub(part, script.span).whole())
    return { parts, span: script.span }
  }

  #name(): Expression {
    if (this.#isTotalDerivative()) return this.#derivative()
    const name = this.#bareName()
    const group = this.#peek()
    if (group?.type !== 'group' || group.text !== '(') return name
    this.at++
    return this.#scripted(this.#application(name, group), group)
  }

  #bareName(): Name {
    const token = this.#next()
    return this.#make({
      kind: 'name',
      base: token.text,
      primes: token.primes,
      ...(token.superscript && { superscript: this.#superscript(token.superscript) }),
      ...(token.subscript && { subscript: this.#subscript(token.subscript) }),
      span: extent(token),
    })
  }

  #application(head: Name, group: Token): Expression {
    const body = group.body!
    const span = { start: head.span.start, end: group.span.end }
    const bar = body.filter((token) => isSign(token, '|')).length === 1
    const parts = splitAt(body, bar ? '|' : ',')
    const operands = parts.map((part) => this.#sub(part, group.span).whole())
    return this.#make({ kind: 'application', head, operands, bar, span })
  }

  #function(): Expression {
    const token = this.#next()
    const word = functionWords.get(token.text)!
    if (token.subscript && (word === 'sum' || word === 'max' || word === 'min' || word === 'med')) {
      this.at--
      return this.#reduction(word)
    }
    if (token.primes || token.subscript)
      throw new ClaimError(`A script on ‘${token.text}’`, extent(token))
    const group = this.#peek()
    if (group?.type === 'group' && group.text === '(') {
      this.at++
      const operands = splitAt(group.body!, ',').map((part) => this.#sub(part, group.span).whole())
      const span = { start: token.span.start, end: group.span.end }
      const call = this.#scripted(this.#make({ kind: 'call', word, operands, span }), group)
      // log^2(x) is log(x)^2, as everybody writes it.
      return token.superscript ? this.#raised(call, token.superscript) : call
    }
    if (token.superscript) throw new ClaimError(`A script on ‘${token.text}’`, extent(token))
    const operand = this.#factor(false)
    return this.#make({ kind: 'call', word, operands: [operand], span: joinSpans(token, operand) })
  }

  #call(word: Word, operand: Expression, span: Span): Expression {
    return this.#make({ kind: 'call', word, operands: [operand], span })
  }

  #group(): Expression {
    const token = this.#next()
    const body = token.body!
    if (token.text === '⌊' || token.text === '⌈') {
      const inner = this.#sub(body, token.span).whole()
      return this.#scripted(
        this.#call(token.text === '⌊' ? 'floor' : 'ceil', inner, token.span),
        token,
      )
    }
    if (token.text === '[' && body.some((each) => isRelation(each) || each.type === 'keyword'))
      return this.#scripted(this.#iverson(token), token)
    const parts = splitAt(body, ',')
    if (parts.length > 1) {
      if (token.text !== '[') throw new ClaimError('A list of values in parentheses', token.span)
      const items = parts.map((part) => this.#sub(part, token.span).whole())
      return this.#scripted(this.#make({ kind: 'list', items, span: token.span }), token)
    }
    const inner = this.#sub(body, token.span).whole()
    const scripted = this.#scripted({ ...inner, span: token.span }, token)
    return this.#readEntry(scripted)
  }

  /** (X * W)(i, j): at least two operands, for (a)(b) is a product. */
  #readEntry(array: Expression): Expression {
    const group = this.#peek()
    if (group?.type !== 'group' || group.text !== '(') return array
    const parts = splitAt(group.body!, ',')
    if (parts.length < 2) return array
    this.at++
    const indices = parts.map((part) => this.#sub(part, group.span).whole())
    const span = { start: array.span.start, end: group.span.end }
    return this.#scripted(this.#make({ kind: 'entry', array, indices, span }), group)
  }

  #iverson(token: Token): Expression {
    const conditions: Condition[] = []
    let pending: Token[] = []
    for (const part of splitAt(token.body!, ',')) {
      pending = pending.length > 0 ? [...pending, ...part] : part
      const hasRelation = part.some((each) => isRelation(each) || each.type === 'keyword')
      if (!hasRelation) {
        // u, v = argmax…: the comma separates places, so the parts are kept apart.
        pending = [...part]
        this.#places.push(part)
        continue
      }
      conditions.push(this.#condition(part, token.span))
      pending = []
    }
    if (this.#places.length > 0)
      throw new ClaimError('A condition needs a relation', hull(this.#places[0]!, token.span))
    return this.#make({ kind: 'iverson', conditions, span: token.span })
  }

  #places: Token[][] = []

  #condition(tokens: readonly Token[], span: Span): Condition {
    const places = this.#places
    const equals = tokens.findIndex((token) => isSign(token, '='))
    const after = tokens[equals + 1]
    const here = hull(tokens, span)
    if (equals >= 0 && after?.type === 'keyword' && after.text.startsWith('arg')) {
      this.#places = []
      const which = after.text.slice(3) as Extremum
      const at = [...places, tokens.slice(0, equals)].map((part) => this.#sub(part, here).whole())
      const rest = this.#sub(tokens.slice(equals + 1), here)
      const { binders, body } = rest.#bound(which)
      rest.finish()
      return this.#make({ kind: 'winner', which, at, binders, body, span: here })
    }
    if (places.length > 0)
      throw new ClaimError('A condition needs a relation', hull(places[0]!, span))
    const first = tokens.findIndex((token) => token.type === 'keyword' && token.text === 'first')
    const last = tokens.at(-1)!
    const which = functionWords.get(last.text) as Extremum
    const isWord = last.type === 'function' && ['max', 'min', 'med'].includes(which)
    const marks = isWord && !last.subscript && !last.superscript && !last.primes
    if (first >= 0) {
      const operandTokens = first > 0 ? tokens.slice(0, first - 1) : []
      const wellFormed = first === 0 || (first > 1 && isSign(tokens[first - 1], '='))
      if (!marks || first !== tokens.length - 2 || !wellFormed)
        throw new ClaimError('‘first’ stands before max, as in [first max]', here)
      if (first === 0) return this.#make({ kind: 'first', which, span: here })
      const operand = this.#sub(operandTokens, here).whole()
      return this.#make({ kind: 'first', which, operand, span: here })
    }
    if (marks && equals > 0 && equals === tokens.length - 2) {
      const operand = this.#sub(tokens.slice(0, equals), here).whole()
      return this.#make({ kind: 'extremum', which, operand, span: here })
    }
    const parser = this.#sub(tokens, here)
    const comparison = parser.comparison()
    parser.finish()
    return comparison
  }

  #fraction(): Expression {
    const token = this.#next()
    const [body, below] = [token.body!, token.below!]
    if (isDifferential(body) && isDifferential(below)) {
      const top = this.#sub(body, token.span)
      const derivative = top.#numerator(token.span)
      const bottom = this.#sub(below, token.span)
      const by = bottom.#denominators(derivative.order, true)
      bottom.finish()
      const of = derivative.of ?? this.#operandOfOperator()
      top.finish()
      const { total } = derivative
      const span = { start: token.span.start, end: Math.max(token.span.end, of.span.end) }
      return this.#scripted(
        this.#make({ kind: 'derivative', of, by, total, span: derivative.of ? token.span : span }),
        token,
      )
    }
    const numerator = this.#sub(body, token.span).whole()
    const denominator = this.#sub(below, token.span).whole()
    return this.#scripted(this.#over(numerator, denominator, token.span), token)
  }

  #over(numerator: Expression, denominator: Expression, span: Span): Expression {
    if (
      numerator.kind === 'numeral' &&
      denominator.kind === 'numeral' &&
      denominator.value.numerator !== 0n
    ) {
      const [a, b] = [numerator.value, denominator.value]
      const value = rational(a.numerator * b.denominator, a.denominator * b.numerator)
      const text = `${numerator.text}/${denominator.text}`
      return this.#make({ kind: 'numeral', value, text, span })
    }
    return this.#make({ kind: 'quotient', numerator, denominator, span })
  }

  #root(): Expression {
    const token = this.#next()
    const inner = this.#sub(token.body!, token.span).whole()
    return this.#scripted(this.#call('sqrt', inner, token.span), token)
  }

  /** √(…) and √x. */
  #prefixRoot(): Expression {
    const sign = this.#next()
    this.#plain(sign)
    const operand = this.#factor(false)
    return this.#call('sqrt', operand, joinSpans(sign, operand))
  }

  #absolute(): Expression {
    const open = this.#next()
    this.#plain(open)
    this.#bars++
    const inner = this.addition()
    this.#bars--
    const close = this.#next()
    if (!isSign(close, '|')) throw new ClaimError('‘|’ is never closed', open.span)
    const span = joinSpans(open, close)
    return this.#scripted(this.#call('abs', inner, span), close)
  }

  #reduction(operator: 'sum' | Extremum): Expression {
    const sign = this.#peek()!
    const { binders, conditions, body } = this.#bound(operator)
    const implicit = binders.length === 0
    const span = joinSpans(sign, body)
    return this.#make({ kind: 'reduction', operator, binders, conditions, implicit, body, span })
  }

  /** Σ_{…} body, max_{…} body, argmax_{…} body: everything tighter than + belongs to the body. */
  #bound(operator: string): {
    binders: Binder[]
    conditions: Comparison[]
    body: Expression
  } {
    const sign = this.#next()
    if (sign.primes) throw new ClaimError('A prime on what is no function', extent(sign))
    if (operator !== 'sum' && !sign.subscript)
      throw new ClaimError(`‘${sign.text}’ needs an index below it`, extent(sign))
    if (sign.superscript && (!sign.subscript || operator !== 'sum'))
      throw new ClaimError('An upper bound without an index', sign.superscript.span)
    const under = sign.subscript
      ? this.#sub(sign.subscript.tokens, sign.subscript.span).#under()
      : { binders: [], conditions: [] }
    const upper =
      sign.superscript && this.#sub(sign.superscript.tokens, sign.superscript.span).whole()
    const binders = upper ? withUpper(under.binders, upper) : under.binders
    if (sign.subscript && binders.length === 0)
      throw new ClaimError('No index under the sign', sign.subscript.span)
    return {
      binders,
      conditions: under.conditions,
      body: this.#deeper(() => this.#signed(() => this.hadamard())),
    }
  }

  /** What stands under Σ: i,j · ij · i=1 · 1≤i≤n · i≠j. */
  #under(): { binders: Binder[]; conditions: Comparison[] } {
    const binders: Binder[] = []
    const conditions: Comparison[] = []
    const [only] = this.tokens
    const wrapped = only?.type === 'group' && only.text === '(' && this.tokens.length === 1
    for (const part of splitAt(wrapped ? only.body! : this.tokens, ',')) {
      const parser = this.#sub(part, this.span)
      const { operands, relations, span } = parser.comparison()
      parser.finish()
      if (relations.length === 0) {
        for (const name of indexNames(operands[0]!))
          binders.push({ name: name.text, span: name.span })
        continue
      }
      const bounds = boundsOf(operands, relations)
      const known = bounds && binders.some((binder) => binder.name === bounds.name)
      if (bounds && !known) {
        const before = bounds.more.map((name) => ({ ...bounds, name: name.text, span: name.span }))
        for (const { more: _, ...binder } of [...before, bounds]) binders.push(binder)
      } else {
        const free = indexNames(operands[0]!, true)[0]
        if (free && !binders.some((binder) => binder.name === free.text))
          binders.push({ name: free.text, span: free.span })
        conditions.push(this.#make({ kind: 'comparison', operands, relations, span }))
      }
    }
    return { binders, conditions }
  }

  /** `d` is a differential where d… / d… is written, and a name elsewhere. */
  #isTotalDerivative(): boolean {
    if (!isDifferentialToken(this.#peek(), 'd')) return false
    const application = this.#peek(2)?.type === 'group' ? 3 : 2
    const operand = this.#peek(1)
    const slash = isSign(operand, '/') ? 1 : application
    const below = this.#peek(slash + 1)
    const starts = below?.type === 'group' ? below.body![0] : below
    const more = below?.type === 'group' ? true : this.#peek(slash + 2)?.type === 'name'
    return isSign(this.#peek(slash), '/') && isDifferentialToken(starts, 'd') && more
  }

  /** ∂C/∂W, ∂²C/(∂a ∂b), and the operator ∂/∂x before what it is applied to. */
  #derivative(): Expression {
    const start = this.#peek()!
    const { of, order, total } = this.#numerator(start.span)
    const slash = this.#next()
    if (!isSign(slash, '/')) throw new ClaimError('∂ without ‘/’', slash.span)
    const group = this.#peek()
    let by: Expression[]
    let end: Token | undefined
    if (group?.type === 'group' && group.text === '(' && isDifferential(group.body!)) {
      this.at++
      const inner = this.#sub(group.body!, group.span)
      by = inner.#denominators(order, true)
      inner.finish()
      end = group
    } else by = this.#denominators(order, false)
    const operand = of ?? this.#operandOfOperator()
    const last = of ? (end ?? by.at(-1)!) : operand
    const span = joinSpans(start, last)
    const made = this.#make({ kind: 'derivative' as const, of: operand, by, total, span })
    return end ? this.#scripted(made, end) : made
  }

  #operandOfOperator(): Expression {
    return this.#factor(false)
  }

  /** ∂, its order, and what is differentiated, absent in the operator ∂/∂x. */
  #numerator(span: Span): { of?: Expression; order: number; total: boolean } {
    const sign = this.#next()
    const order = this.#order(sign)
    const next = this.#peek()
    const total = sign.text === 'd'
    if (!next || isSign(next, '/')) return { order, total }
    if (order < 1) throw new ClaimError('The order of a derivative is at least 1', span)
    return { of: this.#differentiated(), order, total }
  }

  #order(sign: Token): number {
    if (!sign.superscript) return 1
    const [only, ...others] = sign.superscript.tokens
    const order = only?.type === 'number' && others.length === 0 ? Number(only.text) : Number.NaN
    if (!Number.isInteger(order) || order < 1 || order > 4)
      throw new ClaimError(
        'The order of a derivative is a numeral from 1 to 4',
        sign.superscript.span,
      )
    return order
  }

  /** One primary: a name with its scripts and application, or a bracket. */
  #differentiated(): Expression {
    const token = this.#peek()
    if (token?.type === 'name' && token.text !== 'd') return this.#deeper(() => this.#name())
    return this.#factor(false)
  }

  /** ∂a_i ∂b_j, or ∂a². In a fraction all of it; after a slash as many as the order says. */
  #denominators(order: number, all: boolean): Expression[] {
    const by: Expression[] = []
    while (by.length < order || (all && this.#peek())) {
      const sign = this.#next()
      if (!isDifferentialToken(sign, '∂') && !isDifferentialToken(sign, 'd'))
        throw new ClaimError('∂ is missing before what is differentiated by', sign.span)
      if (sign.superscript) throw new ClaimError('A script on ‘∂’', extent(sign))
      const operand = this.#by(order - by.length)
      for (let count = 0; count < operand.times; count++) by.push(operand.by)
    }
    if (by.length !== order)
      throw new ClaimError(`A derivative of order ${order} by ${by.length} variables`, this.span)
    return by
  }

  /** ∂a_i² counts twice where the order asks for it; ∂a^2 of order 1 is by a^2. */
  #by(left: number): { by: Expression; times: number } {
    const token = this.#peek()
    if (token?.type !== 'name') return { by: this.#factor(false), times: 1 }
    const [only, ...others] = token.superscript?.tokens ?? []
    const times = only?.type === 'number' && others.length === 0 ? Number(only.text) : 1
    if (left < 2 || times !== left) return { by: this.#bareName(), times: 1 }
    const { superscript: _, ...rest } = token
    this.at++
    const bare = this.#sub([rest], token.span).#bareName()
    return { by: { ...bare, span: extent(token) }, times }
  }
}

const isDifferentialToken = (token: Token | undefined, text: '∂' | 'd'): boolean =>
  token !== undefined &&
  token.text === text &&
  (token.type === 'sign' || token.type === 'name') &&
  token.primes === 0 &&
  token.subscript === undefined

/** ∂C, ∂, d C — but d alone is a name. */
const isDifferential = (tokens: readonly Token[]): boolean =>
  isDifferentialToken(tokens[0], '∂') || (isDifferentialToken(tokens[0], 'd') && tokens.length > 1)

interface Letter {
  readonly text: string
  readonly span: Span
}

/** The names in a juxtaposition such as i j′. @throws ClaimError at anything else. */
const indexNames = (expression: Expression, lenient = false): Letter[] => {
  const factors = expression.kind === 'product' ? expression.factors : [expression]
  return factors.flatMap((factor) => {
    if (factor.kind === 'name' && !factor.superscript && !factor.subscript)
      return [{ text: factor.base + "'".repeat(factor.primes), span: factor.span }]
    if (lenient) return []
    throw new ClaimError('Only index letters stand under a sign', factor.span)
  })
}

/** i=1, i≤n, i≥1, 1≤i≤n; undefined for what only restricts, as i≠j. `more`: the i of Σ_{ij=1}. */
const boundsOf = (
  operands: readonly Expression[],
  relations: readonly RelationSign[],
): (Binder & { more: Letter[] }) | undefined => {
  const [first, second, third] = operands
  const signs = relations.join('')
  const named = signs === '≤≤' || (signs === '≤' && first!.kind === 'numeral') ? second! : first!
  const names = indexNames(named, true)
  const name = names.at(-1)
  if (!name) return undefined
  const made = { name: name.text, span: name.span, more: names.slice(0, -1) }
  if (signs === '=' || signs === '≥') return { ...made, lower: second! }
  if (signs === '≤≤') return { ...made, lower: first!, upper: third! }
  if (signs !== '≤') return undefined
  return named === second ? { ...made, lower: first! } : { ...made, upper: second! }
}

/** Σ_{i,j=1}^n bounds both. */
const withUpper = (binders: readonly Binder[], upper: Expression): Binder[] => {
  const last = binders.at(-1)
  return binders.map((binder) => {
    if (binder.upper) throw new ClaimError('Two upper bounds', upper.span)
    const lower = binder.lower ?? last?.lower
    return { ...binder, ...(lower && { lower }), upper }
  })
}
