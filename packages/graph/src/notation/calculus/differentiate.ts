// Where a body reads an array, and the factor in front of each place: the rules of calculus.

import {
  iverson,
  negate,
  number,
  PI,
  powerOf,
  productOf,
  quotientOf,
  relation,
  symbol,
} from '../algebra.ts'
import { avoid, binds, freshName, renameBinder } from '../substitute.ts'
import {
  type Expression,
  type FunctionName,
  PACK,
  type Reduction,
  type Variable,
} from '../syntax.ts'
import { children } from '../traverse.ts'

/** One place where the array is read: ∂body/∂array = Σ_variables Π factors at `indices`. */
export interface Place {
  /** Of every Σ, max, … around the place, hoisted to the front. */
  readonly variables: readonly Variable[]
  readonly factors: readonly Expression[]
  readonly indices: readonly Expression[]
}

type Slope = (a: Expression, b: Expression) => Expression | undefined

const NONE: Slope = () => undefined

/** The partial derivatives by each operand. At a kink the first operand wins. */
const SLOPES: Readonly<Record<FunctionName, readonly Slope[]>> = {
  exp: [(a) => call('exp', a)],
  log: [(a) => quotientOf(number(1), a)],
  log1p: [(a) => quotientOf(number(1), { kind: 'sum', terms: [number(1), a] })],
  '√': [(a) => quotientOf(number(1), productOf([number(2), call('√', a)]))],
  tanh: [(a) => oneMinusSquare(call('tanh', a))],
  sin: [(a) => call('cos', a)],
  cos: [(a) => negate(call('sin', a))],
  erf: [bellOf],
  π: [() => PI],
  abs: [(a) => call('sign', a)],
  sign: [NONE],
  floor: [NONE],
  ceil: [NONE],
  max: [(a, b) => iverson([relation(a, '≥', b)]), (a, b) => iverson([relation(b, '>', a)])],
  min: [(a, b) => iverson([relation(a, '≤', b)]), (a, b) => iverson([relation(b, '<', a)])],
}

/** erf′(a) = 2 e^{−a²}/√π */
function bellOf(a: Expression): Expression {
  const bell = call('exp', negate(powerOf(a, number(2))))
  return quotientOf(productOf([number(2), bell]), call('√', PI))
}

function call(name: FunctionName, operand: Expression): Expression {
  return { kind: 'call', name, operands: [operand] }
}

function oneMinusSquare(value: Expression): Expression {
  return { kind: 'sum', terms: [number(1), negate(powerOf(value, number(2)))] }
}

/** Masks and indices have no derivative. `taken` are the names in use; it grows. */
export function placesOf(
  body: Expression,
  array: string,
  outer: readonly string[],
  taken: Set<string>,
): readonly Place[] {
  const places: Place[] = []

  const visit = (
    node: Expression,
    factors: readonly Expression[],
    variables: readonly Variable[],
  ): void => {
    if (!reads(node, array)) return
    const into = (part: Expression, ...slope: readonly Expression[]): void =>
      visit(part, [...factors, ...slope], variables)
    switch (node.kind) {
      case 'access':
        if (node.array === array) places.push({ variables, factors, indices: node.indices })
        return
      case 'negation':
        into(node.operand, number(-1))
        return
      case 'sum':
        for (const term of node.terms) into(term)
        return
      case 'product':
        node.factors.forEach((factor, position) => {
          into(factor, ...node.factors.filter((_, other) => other !== position))
        })
        return
      case 'quotient': {
        const { numerator, denominator } = node
        into(numerator, quotientOf(number(1), denominator))
        into(denominator, number(-1), quotientOf(numerator, powerOf(denominator, number(2))))
        return
      }
      case 'power': {
        const { base, exponent } = node
        into(base, exponent, powerOf(base, oneLess(exponent)))
        into(exponent, node, call('log', base))
        return
      }
      case 'modulo': {
        const floor = call('floor', quotientOf(node.left, node.right))
        into(node.left)
        into(node.right, number(-1), floor)
        return
      }
      case 'call': {
        const [a, b = a] = node.operands as [Expression, Expression?]
        node.operands.forEach((operand, position) => {
          const slope = SLOPES[node.name][position]?.(a, b as Expression)
          if (slope) into(operand, slope)
        })
        return
      }
      case 'reduction':
        hoist(node, factors, variables)
        return
      default:
    }
  }

  /** Σ_v body: v joins the variables; max_v body: and v is where the maximum is first reached. */
  const hoist = (
    node: Extract<Expression, { kind: 'reduction' }>,
    factors: readonly Expression[],
    variables: readonly Variable[],
  ): void => {
    const around = new Set([...outer, ...variables.map(({ name }) => name)])
    const own = new Set(node.variables.map(({ name }) => name))
    const isTwice = factors.some((factor) => binds(factor, own))
    const names = new Map(
      [...own]
        .filter((name) => name !== PACK && (isTwice || around.has(name)))
        .map((name) => [name, freshName(name, taken)]),
    )
    const open = renameBinder(node, names)
    const mask =
      node.reduction === 'Σ' ? [] : [winnerMask(node.reduction, open.variables, node, taken)]
    visit(open.body, [...factors, ...mask], [...variables, ...open.variables])
  }

  visit(body, [], [])
  return places
}

/** [u,v = argmax_{u′,v′} body] */
function winnerMask(
  reduction: Exclude<Reduction, 'Σ'>,
  at: readonly Variable[],
  { variables, body }: { variables: readonly Variable[]; body: Expression },
  taken: Set<string>,
): Expression {
  const guard = iverson([
    { kind: 'winner', reduction, at: at.map(({ name }) => symbol(name)), variables, body },
  ])
  return avoid(guard, new Set(variables.map(({ name }) => name)), taken)
}

function oneLess(exponent: Expression): Expression {
  if (exponent.kind === 'number') return number(exponent.value - 1)
  return { kind: 'sum', terms: [exponent, negate(number(1))] }
}

/** Is the array read in what has a derivative? */
function reads(node: Expression, array: string): boolean {
  if (node.kind === 'access') return node.array === array
  if (node.kind === 'iverson') return false
  return children(node).some((part) => reads(part, array))
}
