// ∂ log y_k/∂z_i: the derivative of an expression, by the rules of calculus, in derivatives of the
// arrays that it holds. What has no rule here is left as it is written.
import { keepsConditions } from './conditions.ts'
import { freeIndices } from './free.ts'
import { plus, rational } from './rational.ts'
import type { Resolved } from './resolved.ts'
import type { Span, Word } from './syntax.ts'
import { childNodes, mapped } from './walk.ts'

type Kind = Resolved['kind']
type Of<K extends Kind> = Resolved & { readonly kind: K }

/** By an entry of an array, or by a whole vector. */
interface By {
  readonly variable: Resolved
  /** The expression and the variable are whole vectors: the derivative is a matrix. */
  readonly isWhole: boolean
  /** Arrays of one number: they have derivatives as entries have. */
  readonly isNumber: (node: Resolved) => boolean
}

/** Functions of one number with primes of their own. */
const smooth: ReadonlySet<Word> = new Set([
  'exp',
  'log',
  'tanh',
  'sin',
  'cos',
  'erf',
  'sqrt',
  'relu',
  'sigmoid',
  'softplus',
])

const numeral = (value: bigint, span: Span): Resolved => ({
  kind: 'numeral',
  value: rational(value),
  span,
})

const isZero = (node: Resolved) => node.kind === 'numeral' && node.value.numerator === 0n

const product = (factors: readonly Resolved[], span: Span): Resolved =>
  factors.some(isZero) ? numeral(0n, span) : { kind: 'product', factors, span }

const sum = (terms: readonly Resolved[], span: Span): Resolved => {
  const rest = terms.filter((term) => !isZero(term))
  const [only, second] = rest
  if (!only) return numeral(0n, span)
  return second ? { kind: 'addition', terms: rest, span } : only
}

/** An entry with all indices, or the whole of an array. */
const isArray = (node: Resolved): boolean =>
  node.kind === 'array' ||
  (node.kind === 'entry' && node.array.kind === 'array' && node.indices.every((at) => at !== null))

const holdsArrays = (node: object): boolean =>
  childNodes<Resolved>(node).some(
    (child) => child.kind === 'array' || child.kind === 'cost' || holdsArrays(child),
  )

type Rule<K extends Kind> = (node: Of<K>, by: By) => Resolved | undefined

/** f'(u) ∂u/∂x, or diag(f'(u)) ∂u/∂x of vectors. */
const chain = (outer: Resolved, operand: Resolved, by: By, span: Span): Resolved | undefined => {
  const inner = derived(operand, by)
  if (!inner || isZero(inner)) return inner
  const diagonal: Resolved = { kind: 'call', word: 'diag', order: 0, operands: [outer], span }
  return product([by.isWhole ? diagonal : outer, inner], span)
}

const allDerived = (nodes: readonly Resolved[], by: By): Resolved[] | undefined => {
  const read = nodes.map((node) => derived(node, by))
  return read.every((each) => each !== undefined) ? (read as Resolved[]) : undefined
}

const constant: Rule<Kind> = ({ span }) => numeral(0n, span)

const ofArray: Rule<'array' | 'entry'> = (node, { variable, isWhole, isNumber }) => {
  const isWholeArray = node.kind === 'array' && !isNumber(node)
  if (!isArray(node) || isWholeArray !== isWhole) return undefined
  const { span } = node
  return { kind: 'derivative', of: node, by: [variable], delta: false, isWhole, span }
}

const rules: { readonly [K in Kind]?: Rule<K> } = {
  numeral: constant,
  index: constant,
  size: constant,
  array: ofArray,
  entry: ofArray,
  variable: ({ name, span }, { variable }) =>
    numeral(variable.kind === 'variable' && variable.name === name ? 1n : 0n, span),
  cost: (of, { variable }) => ({
    kind: 'derivative',
    of,
    by: [variable],
    delta: false,
    span: of.span,
  }),
  negation: ({ operand, span }, by) => {
    const inner = derived(operand, by)
    return inner && (isZero(inner) ? inner : { kind: 'negation', operand: inner, span })
  },
  addition: ({ terms, span }, by) => {
    const read = allDerived(terms, by)
    return read && sum(read, span)
  },
  product: ({ factors, span }, by) => {
    const read = by.isWhole ? undefined : allDerived(factors, by)
    return (
      read &&
      sum(
        factors.map((_, at) => product(factors.with(at, read[at]!), span)),
        span,
      )
    )
  },
  hadamard: ({ left, right, span }, by) =>
    by.isWhole ? undefined : derived({ kind: 'product', factors: [left, right], span }, by),
  quotient: ({ numerator, denominator, span }, by) => {
    if (by.isWhole) return undefined
    const exponent: Resolved = { kind: 'numeral', value: rational(-1n), span }
    const inverse: Resolved = { kind: 'power', base: denominator, exponent, span }
    return derived({ kind: 'product', factors: [numerator, inverse], span }, by)
  },
  power: ({ base, exponent, span }, by) => {
    if (exponent.kind !== 'numeral') return undefined
    const { value } = exponent
    const less: Resolved = { ...exponent, value: plus(value, rational(-1n)) }
    const isNegative = value.numerator < 0n
    const numerator = isNegative ? -value.numerator : value.numerator
    const size: Resolved = { ...exponent, value: { ...value, numerator } }
    const outer = product([size, { kind: 'power', base, exponent: less, span }], span)
    return chain(isNegative ? { kind: 'negation', operand: outer, span } : outer, base, by, span)
  },
  call: (node, by) => {
    const { word, order, operands, span } = node
    const [operand, ...others] = operands
    // max(0, u) is relu(u).
    const rest = operands.filter((each) => !isZero(each))
    if (word === 'max' && operands.length === 2 && rest.length === 1)
      return derived({ ...node, word: 'relu', operands: rest }, by)
    if (!operand || others.length > 0) return undefined
    if (!smooth.has(word)) return undefined
    return chain({ ...node, order: order + 1 }, operand, by, span)
  },
  activation: (node, by) => chain({ ...node, order: node.order + 1 }, node.operand, by, node.span),
  reduction: (node, by) => {
    if (node.operator !== 'sum' || by.isWhole) return undefined
    const body = derived(node.body, by)
    return body && (isZero(body) ? body : { ...node, body })
  },
  // Off its jumps a bracket is constant; one of indices is constant everywhere.
  iverson: (node) => (holdsArrays(node) ? undefined : numeral(0n, node.span)),
}

const derived = (node: Resolved, by: By): Resolved | undefined => {
  const rule = rules[node.kind] as Rule<Kind> | undefined
  return rule?.(node, by)
}

/** Σ_k by z_k: the sum has an index of its own. */
const renamed = (node: Of<'reduction'>, taken: ReadonlySet<string>): Of<'reduction'> => {
  const clashing = node.binders.filter(({ name }) => taken.has(name))
  if (clashing.length === 0) return node
  const used = new Set([...taken, ...namesIn(node)])
  const names = new Map<string, string>()
  for (const { name } of clashing) {
    let fresh = `${name}″`
    while (used.has(fresh)) fresh += '″'
    used.add(fresh)
    names.set(name, fresh)
  }
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    if (value === null || typeof value !== 'object') return value
    const each = value as { kind?: string; name?: string; binders?: readonly { name: string }[] }
    // A sum inside that binds the letter again speaks of its own.
    if (each !== node && each.binders?.some(({ name }) => names.has(name))) return value
    const copy = Object.fromEntries(Object.entries(each).map(([key, part]) => [key, visit(part)]))
    const isIndex = each.kind === 'index' || (each.kind === undefined && 'name' in each)
    const fresh = isIndex && each.name !== undefined ? names.get(each.name) : undefined
    return fresh === undefined ? copy : { ...copy, name: fresh }
  }
  return visit(node) as Of<'reduction'>
}

/** Every sum in it with an index of its own. */
const withOwnLetters = (node: Resolved, taken: ReadonlySet<string>): Resolved =>
  mapped(node, (each) => {
    const sum = each as Resolved
    if (sum.kind !== 'reduction') return undefined
    return renamed({ ...sum, body: withOwnLetters(sum.body, taken) }, taken)
  })

const namesIn = (node: object): string[] => {
  const { name, binders = [] } = node as { name?: string; binders?: readonly { name: string }[] }
  return [
    ...(name === undefined ? [] : [name]),
    ...binders.map((each) => each.name),
    ...childNodes<Resolved>(node).flatMap(namesIn),
  ]
}

const isDone = (node: Resolved): boolean =>
  ['cost', 'array', 'derivative', 'transposed'].includes(node.kind) || isArray(node)

/** Made of the cost and of numbers alone. */
const isOfCost = (node: Resolved): boolean => {
  if (['numeral', 'size', 'cost'].includes(node.kind)) return true
  const isArithmetic = ['addition', 'product', 'negation', 'quotient', 'power'].includes(node.kind)
  return isArithmetic && childNodes<Resolved>(node).every(isOfCost)
}

/**
 * The derivative f′ of an f as f′ (1 + 0 f) where the rules lost what f asks for: log(−1) + x has
 * no value, and so no derivative.
 */
const keepingConditions = (found: Resolved | undefined, of: Resolved): Resolved | undefined => {
  if (!found || keepsConditions(found, of)) return found
  const { span } = of
  const none: Resolved = { kind: 'product', factors: [numeral(0n, span), of], span }
  const one: Resolved = { kind: 'addition', terms: [numeral(1n, span), none], span }
  return { kind: 'product', factors: [one, found], span }
}

/**
 * The derivative of an expression by one entry, or of a vector by a vector; undefined where it is
 * one of the graph's own already, or where there is no rule.
 */
export const derivativeOf = (
  of: Resolved,
  by: readonly Resolved[],
  isVector: (node: Resolved) => boolean,
  isNumber: (node: Resolved) => boolean,
): Resolved | undefined => {
  const [variable, ...others] = by
  if (variable?.kind === 'variable' && others.length > 0) {
    const once = derivativeOf(of, [variable], isVector, isNumber)
    return once && derivativeOf(once, others, isVector, isNumber)
  }
  if (!variable || others.length > 0 || isDone(of)) return undefined
  if (variable.kind !== 'variable' && !isArray(variable)) return undefined
  const isWhole = variable.kind === 'array' && !isNumber(variable)
  // E = 2C: a number, by an array of any rank.
  if (isWhole && isOfCost(of))
    return keepingConditions(derived(of, { variable, isWhole: false, isNumber }), of)
  if (isWhole && !(isVector(variable) && isVector(of))) return undefined
  if (isWhole) {
    const found = derived(of, { variable, isWhole, isNumber })
    return found && keepsConditions(found, of) ? found : undefined
  }
  const apart = withOwnLetters(of, new Set(freeIndices(variable)))
  return keepingConditions(derived(apart, { variable, isWhole, isNumber }), apart)
}
