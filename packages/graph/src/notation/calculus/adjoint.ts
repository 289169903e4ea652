// The mechanical adjoint, line → line: y_L = body(x_I, …) becomes x̄_T = Σ ȳ_L ∂body/∂x_I [T = I],
// one term for each place that reads x. Repeatable: the adjoint of an adjoint is a line as well.

import { iverson, negate, number, relation, sumOf, symbol, tidyProduct } from '../algebra.ts'
import { LineError } from '../error.ts'
import { avoid, freshName, namesIn, substitute } from '../substitute.ts'
import { type Expression, type Line, PACK } from '../syntax.ts'
import { isPack } from '../traverse.ts'
import { type Place, placesOf } from './differentiate.ts'
import { settlePlace } from './settle.ts'

/** Options of `adjointLine`. */
export interface AdjointOptions {
  /** The name of the adjoint, `x̄` of x by default. */
  readonly result?: string
  /** The name of the incoming cotangent, `ȳ` of the result y by default. */
  readonly cotangent?: string
  /** Letters for the axes of the adjoint; undefined where the choice is free. */
  readonly names?: readonly (string | undefined)[]
}

/**
 * The line of the cotangent of `wrt`. A line that broadcasts has to be instantiated first, since
 * what is summed over depends on the shapes.
 * @throws LineError when one name stands for packs of different axes
 */
export function adjointLine(line: Line, wrt: string, options: AdjointOptions = {}): Line {
  const taken = new Set([...line.indices, line.body].flatMap((part) => [...namesIn(part)]))
  taken.add(line.result)
  const given = new Set(options.names?.filter((name) => name !== undefined))
  for (const name of given) taken.add(name)
  const result = options.result ?? freshName(`${wrt}̄`.normalize('NFC'), taken)
  const cotangent = options.cotangent ?? freshName(`${line.result}̄`.normalize('NFC'), taken)
  taken.add(cotangent)
  const forward = avoidLetters(line, given, taken)

  const outer = forward.indices.flatMap((index) => (index.kind === 'symbol' ? [index.name] : []))
  const places = placesOf(forward.body, wrt, outer, taken)
  const indices = resultIndices(places, options.names, taken)
  const read: Expression = { kind: 'access', array: cotangent, indices: forward.indices }
  const terms = places.map((place) => adjointTerm(place, outer, indices, read))
  return { result, indices, body: sumOf(terms) }
}

/** The given letters name the axes of the adjoint; the line's own make way. */
function avoidLetters(line: Line, given: ReadonlySet<string>, taken: Set<string>): Line {
  const renamed = new Map<string, Expression>()
  for (const index of line.indices) {
    if (index.kind === 'symbol' && given.has(index.name)) {
      renamed.set(index.name, symbol(freshName(index.name, taken)))
    }
  }
  const change = (part: Expression) => substitute(part, renamed)
  return {
    ...line,
    indices: line.indices.map(change),
    body: change(avoid(line.body, given, taken)),
  }
}

/** Tried in this order where no bare index of the line itself serves. */
const LETTERS = ['t', 'r', 'q', 'h', 'l', 'a', 'b']

function resultIndices(
  places: readonly Place[],
  names: AdjointOptions['names'],
  taken: Set<string>,
): readonly Expression[] {
  const first = places[0]?.indices ?? [symbol(PACK)]
  return first.map((index, axis) => {
    const all = places.map((place) => place.indices[axis])
    if (all.some((other) => other && isPack(other))) {
      if (all.every((other) => other && isPack(other))) return index
      throw new LineError('The axes of the pack “…” differ; instantiate the line first.')
    }
    // An axis that is only read at 1 has size 1.
    const only = index.kind === 'number' ? index.value : undefined
    if (all.every((other) => other?.kind === 'number' && other.value === only)) return index
    const name = names?.[axis] ?? bareLetter(places, axis)
    if (name !== undefined) return symbol(name)
    return symbol(freshName(LETTERS.find((letter) => !taken.has(letter)) ?? LETTERS[0]!, taken))
  })
}

/** x_{f,c,u} keeps its letters, where it is read once and each letter stands for one axis. */
function bareLetter(places: readonly Place[], axis: number): string | undefined {
  const [place, ...others] = places
  const index = place?.indices[axis]
  if (index?.kind !== 'symbol' || others.length > 0) return undefined
  const isFirst = place!.indices.findIndex(
    (other) => other.kind === 'symbol' && other.name === index.name,
  )
  return isFirst === axis ? index.name : undefined
}

function adjointTerm(
  place: Place,
  outer: readonly string[],
  indices: readonly Expression[],
  cotangent: Expression,
): Expression {
  const { variables, constraints, factors } = settlePlace({
    free: outer,
    variables: [...outer.map((name) => ({ name })), ...place.variables],
    constraints: indices.map((index, axis) => ({ index, is: place.indices[axis]! })),
    factors: [cotangent, ...place.factors],
  })
  const guards = constraints.map(({ index, is }) => relation(index, '=', is))
  const mask = guards.length > 0 ? [iverson(guards)] : []
  const { isNegative, product } = tidyProduct([...mask, ...factors])
  const isZero = product.kind === 'number' && product.value === 0
  if (isZero) return number(0)
  const term: Expression =
    variables.length > 0 ? { kind: 'reduction', reduction: 'Σ', variables, body: product } : product
  return isNegative ? negate(term) : term
}
