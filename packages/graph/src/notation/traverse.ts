// Walking and rebuilding the notation's tree, one law for every kind of node. No evaluation here.

import { type Expression, type Guard, PACK, type Variable } from './syntax.ts'

type Change = (expression: Expression) => Expression

/** The same node with `change` applied to each child expression. */
export function mapChildren(expression: Expression, change: Change): Expression {
  switch (expression.kind) {
    case 'number':
    case 'symbol':
      return expression
    case 'access':
      return { ...expression, indices: expression.indices.map(change) }
    case 'sum':
      return { ...expression, terms: expression.terms.map(change) }
    case 'product':
      return { ...expression, factors: expression.factors.map(change) }
    case 'call':
      return { ...expression, operands: expression.operands.map(change) }
    case 'negation':
      return { ...expression, operand: change(expression.operand) }
    case 'quotient': {
      const { numerator, denominator } = expression
      return { kind: 'quotient', numerator: change(numerator), denominator: change(denominator) }
    }
    case 'power': {
      const { base, exponent } = expression
      return { kind: 'power', base: change(base), exponent: change(exponent) }
    }
    case 'modulo':
      return { kind: 'modulo', left: change(expression.left), right: change(expression.right) }
    case 'reduction':
      return {
        ...expression,
        variables: expression.variables.map((variable) => mapVariable(variable, change)),
        body: change(expression.body),
      }
    case 'iverson':
      return { ...expression, guards: expression.guards.map((guard) => mapGuard(guard, change)) }
  }
}

function mapVariable(variable: Variable, change: Change): Variable {
  return variable.upTo ? { ...variable, upTo: change(variable.upTo) } : variable
}

/** The same guard with `change` applied to each expression in it. */
export function mapGuard(guard: Guard, change: Change): Guard {
  if (guard.kind === 'relation') return { ...guard, operands: guard.operands.map(change) }
  return {
    ...guard,
    at: guard.at.map(change),
    variables: guard.variables.map((variable) => mapVariable(variable, change)),
    body: change(guard.body),
  }
}

/** The direct parts of a node, in the order in which they are written. */
export function children(expression: Expression): readonly Expression[] {
  const parts: Expression[] = []
  mapChildren(expression, (part) => {
    parts.push(part)
    return part
  })
  return parts
}

/** Every node of the tree, parents first, without recursion: safe on trees of any depth. */
export function* nodes(root: Expression): Generator<Expression> {
  const stack = [root]
  while (stack.length > 0) {
    const expression = stack.pop()!
    yield expression
    stack.push(...children(expression).toReversed())
  }
}

/** Levels of the tree, counted level by level. */
export function depth(root: Expression): number {
  let level: readonly Expression[] = [root]
  let count = 0
  while (level.length > 0) {
    level = level.flatMap(children)
    count++
  }
  return count
}

export function isPack(expression: Expression): boolean {
  return expression.kind === 'symbol' && expression.name === PACK
}

/** Does the symbol `name` occur anywhere, bound or free? */
export function mentions(expression: Expression, name: string): boolean {
  for (const node of nodes(expression)) {
    if (node.kind === 'symbol' && node.name === name) return true
  }
  return false
}

/** Does the symbol `name` occur outside the binders of that name? */
export function mentionsFree(expression: Expression, name: string): boolean {
  if (expression.kind === 'symbol') return expression.name === name
  if (expression.kind === 'reduction') return inBinder(expression, name)
  if (expression.kind === 'iverson') {
    return expression.guards.some((guard) =>
      guard.kind === 'relation'
        ? guard.operands.some((operand) => mentionsFree(operand, name))
        : guard.at.some((index) => mentionsFree(index, name)) || inBinder(guard, name),
    )
  }
  return children(expression).some((part) => mentionsFree(part, name))
}

interface Binder {
  readonly variables: readonly Variable[]
  readonly body: Expression
}

function inBinder({ variables, body }: Binder, name: string): boolean {
  if (variables.some(({ upTo }) => upTo && mentionsFree(upTo, name))) return true
  return !variables.some((variable) => variable.name === name) && mentionsFree(body, name)
}

/** `C = Σ_… …` is a scalar, `y = a + b` elementwise; so is a line that reads no array. */
export function impliedIndices(body: Expression): readonly Expression[] {
  const readsArrays = [...nodes(body)].some(({ kind }) => kind === 'access')
  if (readsArrays && !mentionsFree(body, PACK)) return []
  return [{ kind: 'symbol', name: PACK }]
}
