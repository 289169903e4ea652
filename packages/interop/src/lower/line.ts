// An op's line at known shapes → the operations that compute it. Each term is split into its sign,
// its sums, the places that it goes to and what is left; see the notation.
import type { Shape } from '@backprove/graph'
import * as notation from '@backprove/graph/notation'
import { indexAlong, without } from './axes.ts'
import {
  axesOf,
  bind,
  evaluate,
  type Letter,
  type Lowering,
  type Scope,
  sumOver,
} from './expression.ts'
import { type Field, Fields, isKnown } from './fields.ts'
import { type Place, scatter } from './scatter.ts'
import type { Target, Tensor } from './target.ts'

/**
 * The result of an instantiated line (numbers for letters, ranges explicit), from its operands by
 * their names in the line; one that is absent reads 0.
 * @throws TypeError where an index or a range depends on what it may not depend on
 * @throws RangeError where a constant would be too large
 */
export function lowerLine<V extends Tensor>(
  target: Target<V>,
  line: notation.Line,
  operands: Readonly<Record<string, V | undefined>>,
  shape: Shape,
): V {
  const fields = new Fields(target)
  const lowering = { fields, operands }
  const letters = line.indices.flatMap((index, axis) =>
    index.kind === 'symbol' ? [[index.name, fields.axis(shape[axis]!)] as const] : [],
  )
  const scope: Scope = new Map(
    letters.map(([name, axis]): [string, Letter] => [name, { value: indexAlong(axis), axis }]),
  )
  const total = notation
    .splitTerms(line)
    .map((term) => lowerTerm(term, scope, lowering))
    .reduce((sum, term) => fields.binary('add', sum, term))
  const axes = letters.map(([, axis]) => axis)
  return target.reshape(fields.across(total, axes), shape)
}

/** [name = expression] */
const isAt = (name: string, expression: notation.Expression): notation.Expression => ({
  kind: 'iverson',
  guards: [
    { kind: 'relation', relations: ['='], operands: [{ kind: 'symbol', name }, expression] },
  ],
})

function lowerTerm<V extends Tensor>(
  { sign, variables, places, rest }: notation.SplitTerm,
  scope: Scope,
  lowering: Lowering<V>,
): Field<V> {
  const { fields } = lowering
  const { inner, axes } = bind(variables, scope, fields)
  const sent: (Place & { readonly name: string })[] = []
  // A place that data says is asked for like any other condition.
  const asked: notation.Expression[] = []
  for (const [name, expression] of places) {
    const { field: at } = evaluate(expression, inner, lowering)
    if (isKnown(at)) sent.push({ name, axis: scope.get(name)!.axis!, at })
    else asked.push(isAt(name, expression))
  }
  const whole: notation.Expression =
    asked.length > 0 ? { kind: 'product', factors: [...asked, rest] } : rest
  const body = new Map(inner)
  for (const { name, at } of sent) body.set(name, { value: at, axis: undefined })
  const kept = axesOf(sent.map(({ at }) => at))
  const sum = sumOver(without(axes, kept), whole, body, lowering)
  const term = sent.length > 0 ? scatter(fields, sum, sent) : sum
  return sign === 1 ? term : fields.unary('negate', term)
}
