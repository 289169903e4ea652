// Sums that an equation decides, carried out: Σ_r [r = e] f(r) is f(e).
import { iverson, number, productOf, quotientOf } from '../../notation/algebra.ts'
import type { Expression, Guard, Variable } from '../../notation/index.ts'
import { substitute } from '../../notation/substitute.ts'
import { mapChildren, mentionsFree, nodes } from '../../notation/traverse.ts'
import type { Shape } from '../../shape.ts'
import { isWithin, type Ranges, rangeOf } from './ranges.ts'
import { asLargest, type Solution, solve } from './solve.ts'

export interface Settling {
  readonly ranges: Ranges
  readonly shapes: Readonly<Record<string, Shape>>
  readonly inProse: boolean
}

/** Σ_r [r = e] f(r) is f(e), wherever e stays in the range of r or f ends with it. */
export function settleSums(expression: Expression, settling: Settling): Expression {
  const { ranges, shapes, inProse } = settling
  const inner = mapChildren(expression, (part) => settleSums(part, settling))
  if (inner.kind !== 'reduction' || inner.reduction !== 'Σ') return inner
  let variables = inner.variables
  const whole = overNumber(inner.body)
  let factors = factorsOf(whole.body)
  const joined = factors.find((factor) => isSum(factor) && pins(factor.body, variables))
  if (joined && isSum(joined)) {
    variables = [...variables, ...joined.variables]
    factors = factors.flatMap((factor) => (factor === joined ? factorsOf(joined.body) : [factor]))
  }
  if (inProse && isBlocks(factors, variables, settling)) factors = asLargest(factors)
  const next = () =>
    findPin(factors, variables, ranges) ??
    solve({ factors, variables, ranges, shapeOf: (key) => shapes[key]! })
  for (let solved = next(); solved; solved = next()) {
    const { values, guard } = solved
    variables = variables.filter(({ name }) => !values.has(name))
    factors = factors
      .map((factor) => withoutGuard(factor, guard))
      .map((factor) => substitute(factor, values))
  }
  const product = productOf(factors)
  const body = whole.divisor === 1 ? product : divided(product, whole.divisor)
  return variables.length > 0 ? { ...inner, variables, body } : body
}

/** A term over a number, which stands in front of what a solved sum comes to. */
const overNumber = (body: Expression): { body: Expression; divisor: number } =>
  body.kind === 'quotient' && body.denominator.kind === 'number'
    ? { body: body.numerator, divisor: body.denominator.value }
    : { body, divisor: 1 }

const divided = (product: Expression, divisor: number): Expression =>
  quotientOf(product, number(divisor))

/** Whether every window of a sum over windows is decided: they touch and do not overlap. */
const isBlocks = (
  factors: readonly Expression[],
  variables: readonly Variable[],
  { ranges, shapes }: Settling,
): boolean => {
  const solved = solve({
    factors: asLargest(factors),
    variables,
    ranges,
    shapeOf: (key) => shapes[key]!,
  })
  return solved !== undefined && solved.values.size > 1
}

type Sum = Extract<Expression, { kind: 'reduction' }>

const isSum = (expression: Expression): expression is Sum =>
  expression.kind === 'reduction' && expression.reduction === 'Σ'

export const factorsOf = (body: Expression): readonly Expression[] =>
  body.kind === 'product' ? body.factors : [body]

const equations = (factors: readonly Expression[]): readonly Guard[] =>
  factors
    .flatMap((factor) => (factor.kind === 'iverson' ? factor.guards : []))
    .filter((guard) => guard.kind === 'relation' && guard.relations.join() === '=')

/** Whether the body of an inner sum has an equation for a variable of the outer one. */
const pins = (body: Expression, variables: readonly Variable[]): boolean =>
  equations(factorsOf(body)).some(
    (guard) =>
      guard.kind === 'relation' &&
      guard.operands.some(
        (side) => side.kind === 'symbol' && variables.some(({ name }) => name === side.name),
      ),
  )

function findPin(
  factors: readonly Expression[],
  variables: readonly Variable[],
  ranges: Ranges,
): Solution | undefined {
  for (const guard of equations(factors)) {
    if (guard.kind !== 'relation') continue
    const [left, right] = guard.operands as [Expression, Expression]
    for (const [side, value] of [
      [left, right],
      [right, left],
    ] as const) {
      if (side.kind !== 'symbol' || !variables.some(({ name }) => name === side.name)) continue
      // An entry is no place: w_{x_i+1} stays Σ_k [k = x_i + 1] w_k.
      if ([...nodes(value)].some(({ kind }) => kind === 'access')) continue
      const { greatest } = ranges.get(side.name)!
      if (!mentionsFree(value, side.name) && isWithin(rangeOf(value, ranges), 1, greatest)) {
        return { values: new Map([[side.name, value]]), guard }
      }
    }
  }
  return undefined
}

function withoutGuard(factor: Expression, guard: Guard): Expression {
  if (factor.kind !== 'iverson') return factor
  const guards = factor.guards.filter((other) => other !== guard)
  return guards.length > 0 ? iverson(guards) : number(1)
}
