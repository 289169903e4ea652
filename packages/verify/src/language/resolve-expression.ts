// One expression with its names looked up, in one reading and at one layer.
import { freeIndices } from './free.ts'
import { indicesOf, type Layers, matchName, nameText, unknownName, visibleRanks } from './names.ts'
import { negative, over, plus, rational, times } from './rational.ts'
import type { Resolved, ResolvedBinder, ResolvedCondition, Scope } from './resolved.ts'
import {
  type Binder,
  ClaimError,
  type Comparison,
  type Condition,
  type Expression,
  type Name,
  type Rational,
  type Span,
} from './syntax.ts'

export interface Context {
  readonly scope: Scope
  readonly layers: Layers
  /** Where both readings exist: a power, not part of the name. */
  readonly asPower: boolean
  /** Collects the names for which both readings exist. */
  readonly ambiguities: Set<string>
  readonly ordinals: ReadonlyMap<Expression, number>
  readonly definitions: ReadonlyMap<string, Expression>
  readonly variables: ReadonlySet<string>
  readonly bound: ReadonlySet<string>
  /** Free on the other side of the relation, so that an implicit Σ leaves them free. */
  readonly outer: ReadonlySet<string>
  /** index: every bare letter is an index; guard: one that the graph has not is. */
  readonly position: 'value' | 'guard' | 'index'
  /** Every name is a size. */
  readonly sizesOnly: boolean
}

const costLetters: ReadonlySet<string> = new Set(['C', 'J'])
/** Letters that people use for an activation; applied, they are one unless an array says otherwise. */
const activationLetters: ReadonlySet<string> = new Set(['f', 'g', 'h', 'a', 'φ', 'ϕ'])
const largestExponent = 100n

type Kind = Expression['kind']
type Of<K extends Kind> = Extract<Expression, { kind: K }>

export const resolveExpression = (expression: Expression, context: Context): Resolved => {
  const resolve = resolvers[expression.kind] as (node: Expression, context: Context) => Resolved
  return resolve(expression, context)
}

const all = (expressions: readonly Expression[], context: Context): Resolved[] =>
  expressions.map((each) => resolveExpression(each, context))

const asIndex = (context: Context): Context => ({ ...context, position: 'index' })

// ---- names

const letterOf = ({ base, primes }: Name): string => base + "'".repeat(primes)

const isBare = (name: Name): boolean => !name.superscript && !name.subscript

const inScope = (name: Name, context: Context): boolean =>
  matchName(name, name.base, context.scope, context.layers, context.asPower) !== undefined

const resolveName = (name: Name, context: Context): Resolved => {
  const { span } = name
  if (context.sizesOnly) return sizeOrIndex(name, context)
  if (isBare(name)) {
    const letter = letterOf(name)
    const definition = context.definitions.get(letter)
    if (context.bound.has(letter)) return { kind: 'index', name: letter, span }
    if (definition) return resolveDefinition(letter, definition, context)
    if (context.variables.has(letter)) return { kind: 'variable', name: letter, span }
    if (context.scope.sizes?.some((size) => size.name === letter) && !inScope(name, context))
      return { kind: 'size', name: letter, span }
    if (context.position === 'index') return { kind: 'index', name: letter, span }
  }
  return arrayOf(name, context) ?? constantOf(name, context)
}

/** Each definition once on the way down, so that i' = i' + 1 cannot go on for ever. */
const resolveDefinition = (letter: string, value: Expression, context: Context): Resolved => {
  const definitions = new Map(context.definitions)
  definitions.delete(letter)
  return resolveExpression(value, { ...context, definitions })
}

const sizeOrIndex = (name: Name, context: Context): Resolved => {
  const text = nameText(name)
  const kind = isBare(name) && context.bound.has(letterOf(name)) ? 'index' : 'size'
  return { kind, name: text, span: name.span }
}

/** Arrays of the graph, and δ^X for ∂C/∂z^X. */
const arrayOf = (name: Name, context: Context): Resolved | undefined => {
  const { scope, layers, asPower } = context
  const own = matchName(name, name.base, scope, layers, asPower)
  const isDelta = !own && name.base === 'δ'
  const match = isDelta ? matchName(name, 'z', scope, layers, asPower) : own
  if (!match) return undefined
  if (match.ambiguous) context.ambiguities.add(nameText({ ...name, primes: 0 }))
  const { span } = name
  const { array, leading, power } = match
  const { indices, skip } = indicesOf(array, leading, name.subscript?.parts, span)
  const leaf: Resolved =
    array.name === scope.costName
      ? { kind: 'cost', span }
      : { kind: 'array', name: array.name, skip, span }
  const whole: Resolved = isDelta
    ? { kind: 'derivative', of: { kind: 'cost', span }, by: [leaf], delta: true, span }
    : leaf
  const entry: Resolved =
    indices.length === 0
      ? whole
      : {
          kind: 'entry',
          array: whole,
          indices: indices.map((each) => each && resolveExpression(each, asIndex(context))),
          span,
        }
  const transposed: Resolved = match.transposed
    ? { kind: 'transposed', operand: entry, span }
    : entry
  return power ? powerOf(transposed, resolveExpression(power, context), span) : transposed
}

/** e^x, e, the cost, an index among values; otherwise nobody knows the name. */
const constantOf = (name: Name, context: Context): Resolved => {
  const { span } = name
  if (name.base === 'e' && name.primes === 0 && !name.subscript) {
    const [exponent, ...others] = name.superscript?.parts ?? []
    if (others.length > 0) throw new ClaimError('A list as an exponent', span)
    const operand: Resolved = exponent
      ? resolveExpression(exponent, context)
      : { kind: 'numeral', value: rational(1n), span }
    return { kind: 'call', word: 'exp', order: 0, operands: [operand], span }
  }
  if (costLetters.has(name.base) && isBare(name) && name.primes === 0) return { kind: 'cost', span }
  const letter = letterOf(name)
  if (isBare(name) && (context.position === 'guard' || context.outer.has(letter)))
    return { kind: 'index', name: letter, span }
  const [exponent] = name.superscript?.parts ?? []
  if (context.position === 'index' && exponent && !name.subscript) {
    const { superscript: _, ...base } = name
    const bare = resolveName(base, context)
    return powerOf(bare, resolveExpression(exponent, context), span)
  }
  throw unknownName(name, context.scope)
}

// ---- what stands before parentheses

const isIndexLike = (expression: Expression, context: Context): boolean => {
  if (expression.kind === 'numeral') return true
  if (expression.kind === 'name')
    return (
      isBare(expression) &&
      (context.bound.has(letterOf(expression)) || !inScope(expression, context))
    )
  if (expression.kind === 'negation') return isIndexLike(expression.operand, context)
  if (expression.kind === 'addition')
    return expression.terms.every((each) => isIndexLike(each, context))
  if (expression.kind === 'product')
    return expression.factors.every((each) => isIndexLike(each, context))
  return false
}

type Role = 'read' | 'sigmoid' | 'activation' | 'cost' | 'name' | 'product'

/** What w(x), σ'(z), X(i, j), f(Y), p(y|x) are. */
const roleOf = (node: Of<'application'>, context: Context): Role => {
  const { head, operands, bar } = node
  const match = matchName(head, head.base, context.scope, context.layers, context.asPower)
  if (bar) return 'name'
  if (match && operands.length > 1) return 'read'
  const [operand] = operands
  const ranks = match ? visibleRanks(match.array) : []
  const given = match?.leading.length ?? 0
  const isRead = match && !head.subscript && ranks.includes(given + 1)
  if (isRead && isIndexLike(operand!, context)) return 'read'
  if (!match && isBare(head)) {
    if (head.base === 'σ') return 'sigmoid'
    const isCapital = operand?.kind === 'name' && isBare(operand) && /^\p{Lu}$/u.test(operand.base)
    if (head.base === 'f' && head.primes === 0 && isCapital) return 'cost'
    if (costLetters.has(head.base) && head.primes === 0) return 'cost'
  }
  const isFunction = isBare(head) && activationLetters.has(head.base)
  if (operands.length === 1 && isFunction && (!match || head.base === 'a')) return 'activation'
  return 'product'
}

/** w(x)^T is w · x^T where w is no function: the head, and the rest with its postfixes. */
const peel = (node: Expression, context: Context): { head: Name; rest: Expression } | undefined => {
  if (node.kind === 'application') {
    if (node.operands.length !== 1 || roleOf(node, context) !== 'product') return undefined
    return { head: node.head, rest: node.operands[0]! }
  }
  const inner =
    node.kind === 'transposed'
      ? node.operand
      : node.kind === 'power'
        ? node.base
        : node.kind === 'entry'
          ? node.array
          : undefined
  const peeled = inner && peel(inner, context)
  if (!peeled) return undefined
  const { head, rest } = peeled
  if (node.kind === 'transposed') return { head, rest: { ...node, operand: rest } }
  if (node.kind === 'power') return { head, rest: { ...node, base: rest } }
  return { head, rest: { ...(node as Of<'entry'>), array: rest } }
}

/** The product that parentheses after a name were, or what `otherwise` makes. */
const orProduct =
  <K extends 'application' | 'transposed' | 'power' | 'entry'>(
    otherwise: (node: Of<K>, context: Context) => Resolved,
  ) =>
  (node: Of<K>, context: Context): Resolved => {
    const peeled = peel(node, context)
    if (!peeled) return otherwise(node, context)
    const factors = [resolveName(peeled.head, context), resolveExpression(peeled.rest, context)]
    return { kind: 'product', factors, span: (node as Expression).span }
  }

const resolveApplication = (node: Of<'application'>, context: Context): Resolved => {
  const { head, operands, span } = node
  const role = roleOf(node, context)
  if (role === 'name') return resolveName(head, context)
  if (role === 'cost') return { kind: 'cost', span }
  if (role === 'read') return arrayRead(node, context)
  if (role === 'product') throw unknownName(head, context.scope)
  const operand = resolveExpression(operands[0]!, context)
  const order = head.primes
  if (role === 'activation') return { kind: 'activation', order, operand, span }
  return { kind: 'call', word: 'sigmoid', order, operands: [operand], span }
}

/** X(i+m, j+n) is X_{i+m,j+n}. */
const arrayRead = ({ head, operands, span }: Of<'application'>, context: Context): Resolved => {
  if (head.subscript) throw new ClaimError('Subscripts and parentheses at once', span)
  const subscript = { parts: operands, span }
  return resolveName({ ...head, subscript, span }, context)
}

// ---- powers

/** The value of what holds no name. @throws ClaimError when a power is too large. */
const constant = (node: Resolved): Rational | undefined => {
  const fold = (nodes: readonly Resolved[], combine: typeof plus, start: Rational) =>
    nodes.reduce<Rational | undefined>((sum, each) => {
      const value = sum && constant(each)
      return value && combine(sum, value)
    }, start)
  if (node.kind === 'numeral') return node.value
  if (node.kind === 'addition') return fold(node.terms, plus, rational(0n))
  if (node.kind === 'product') return fold(node.factors, times, rational(1n))
  if (node.kind === 'negation') {
    const value = constant(node.operand)
    return value && negative(value)
  }
  if (node.kind === 'quotient') {
    const [a, b] = [constant(node.numerator), constant(node.denominator)]
    return a && b && b.numerator !== 0n ? over(a, b) : undefined
  }
  if (node.kind !== 'power') return undefined
  const [base, exponent] = [constant(node.base), constant(node.exponent)]
  if (!base || !exponent || exponent.denominator !== 1n || exponent.numerator < 0n) return undefined
  return rational(base.numerator ** exponent.numerator, base.denominator ** exponent.numerator)
}

const powerOf = (base: Resolved, exponent: Resolved, span: Span): Resolved => {
  const value = constant(exponent)
  if (!value) return { kind: 'power', base, exponent, span }
  const size = value.numerator < 0n ? -value.numerator : value.numerator
  if (size > largestExponent * value.denominator || value.denominator > largestExponent)
    throw new ClaimError(`An exponent is at most ${largestExponent}`, exponent.span)
  return { kind: 'power', base, exponent: { kind: 'numeral', value, span: exponent.span }, span }
}

// ---- what binds

const withBound = (context: Context, names: readonly string[]): Context => ({
  ...context,
  bound: new Set([...context.bound, ...names]),
})

const resolveBinders = (binders: readonly Binder[], context: Context): ResolvedBinder[] =>
  binders.map(({ name, lower, upper, span }) => ({
    name,
    ...(lower && { lower: resolveExpression(lower, asIndex(context)) }),
    ...(upper && { upper: resolveExpression(upper, asIndex(context)) }),
    span,
  }))

const resolveReduction = (node: Of<'reduction'>, context: Context): Resolved => {
  const { operator, span } = node
  if (node.implicit) return implicitSum(node, context)
  const names = node.binders.map((binder) => binder.name)
  const inner = withBound(context, names)
  const body = resolveExpression(node.body, inner)
  const binders = resolveBinders(node.binders, inner)
  const conditions = node.conditions.map((each) => resolveComparison(each, asIndex(inner)))
  return { kind: 'reduction', operator, binders, conditions, body, span }
}

/** Σ without indices binds those that the other side does not have; without any, it sums an array. */
const implicitSum = (node: Of<'reduction'>, context: Context): Resolved => {
  const { operator, span } = node
  const body = resolveExpression(node.body, context)
  const free = freeIndices(body).filter(
    (name) => !context.bound.has(name) && !context.outer.has(name),
  )
  if (free.length === 0) return { kind: 'call', word: 'sum', order: 0, operands: [body], span }
  const binders = free.map((name) => ({ name, span }))
  return { kind: 'reduction', operator, binders, conditions: [], body, span }
}

const resolveComparison = (node: Comparison, context: Context) => ({
  kind: 'comparison' as const,
  operands: all(node.operands, context),
  relations: node.relations,
  span: node.span,
})

const resolveCondition = (node: Condition, context: Context): ResolvedCondition => {
  const { span } = node
  switch (node.kind) {
    case 'comparison':
      return resolveComparison(node, context)
    case 'extremum':
      return {
        kind: 'extremum',
        which: node.which,
        operand: resolveExpression(node.operand, context),
        span,
      }
    case 'first': {
      const operand = node.operand && resolveExpression(node.operand, context)
      return { kind: 'first', which: node.which, ...(operand && { operand }), span }
    }
    case 'winner': {
      const inner = withBound(
        context,
        node.binders.map((binder) => binder.name),
      )
      const binders = resolveBinders(node.binders, inner)
      const body = resolveExpression(node.body, { ...inner, position: 'value' })
      return {
        kind: 'winner',
        which: node.which,
        at: all(node.at, asIndex(context)),
        binders,
        body,
        span,
      }
    }
  }
}

// ---- the table

const resolvers: { readonly [K in Kind]: (node: Of<K>, context: Context) => Resolved } = {
  name: resolveName,
  numeral: ({ value, span }) => ({ kind: 'numeral', value, span }),
  product: ({ factors, span }, context) => ({
    kind: 'product',
    factors: all(factors, context),
    span,
  }),
  addition: ({ terms, span }, context) => ({ kind: 'addition', terms: all(terms, context), span }),
  negation: ({ operand, span }, context) => ({
    kind: 'negation',
    operand: resolveExpression(operand, context),
    span,
  }),
  quotient: ({ numerator, denominator, span }, context) => ({
    kind: 'quotient',
    numerator: resolveExpression(numerator, context),
    denominator: resolveExpression(denominator, context),
    span,
  }),
  power: orProduct<'power'>(({ base, exponent, span }, context) =>
    powerOf(resolveExpression(base, context), resolveExpression(exponent, context), span),
  ),
  transposed: orProduct<'transposed'>(({ operand, span }, context) => ({
    kind: 'transposed',
    operand: resolveExpression(operand, context),
    span,
  })),
  hadamard: ({ left, right, span }, context) => ({
    kind: 'hadamard',
    left: resolveExpression(left, context),
    right: resolveExpression(right, context),
    span,
  }),
  star: (node, context) => {
    const { operation, mode, span } = node
    const ordinal = context.ordinals.get(node)
    return {
      kind: 'star',
      operation,
      ...(ordinal !== undefined && { ordinal }),
      ...(mode && { mode }),
      left: resolveExpression(node.left, context),
      right: resolveExpression(node.right, context),
      span,
    }
  },
  call: ({ word, operands, span }, context) => ({
    kind: 'call',
    word,
    order: 0,
    operands: all(operands, context),
    span,
  }),
  application: orProduct<'application'>(resolveApplication),
  entry: orProduct<'entry'>(({ array, indices, span }, context) => ({
    kind: 'entry',
    array: resolveExpression(array, context),
    indices: all(indicesApart(indices), asIndex(context)),
    span,
  })),
  reduction: resolveReduction,
  iverson: ({ conditions, span }, context) => ({
    kind: 'iverson',
    conditions: conditions.map((each) =>
      resolveCondition(
        each,
        context.position === 'index' ? context : { ...context, position: 'guard' },
      ),
    ),
    span,
  }),
  derivative: ({ of, by, span }, context) => ({
    kind: 'derivative',
    of: resolveExpression(of, context),
    by: all(by, context),
    delta: false,
    span,
  }),
  list: ({ items, span }, context) => ({ kind: 'list', items: all(items, context), span }),
  ellipsis: ({ span }) => {
    throw new ClaimError('Three dots: write every term, or a Σ', span)
  },
}

/** (A * B)_{ij} has two indices. The rank is known to elaboration only. */
const indicesApart = (indices: readonly Expression[]): readonly Expression[] => {
  const [only] = indices
  if (indices.length !== 1 || only?.kind !== 'product') return indices
  return only.factors.every((each) => each.kind === 'name') ? only.factors : indices
}
