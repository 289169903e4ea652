// The definition of an op, a line of the notation, as a table over its operands. Packs become
// letters, bound letters get the axis that they index bare; no op is known here.

import * as notation from '@backprove/graph/notation'
import * as build from '../build.ts'
import { type Contest, type Guard, letterOf, type Scalar, type Table } from '../core.ts'
import { ConcreteError } from '../errors.ts'
import { bound, packAxes } from './binders.ts'
import {
  type Context,
  exact,
  isOne,
  isPack,
  type LineReading,
  type Operand,
  withLetters,
} from './context.ts'
import { indexOf, isIndex, placeOf } from './index.ts'

type Expression = notation.Expression

const { PACK } = notation

/** What a line says, at lengths that are numbers or unknowns. */
export const tableOfLine = (reading: LineReading): Table => {
  const { line, shape } = reading
  const packed = shape.length - (line.indices.length - 1)
  const guards: Guard[] = []
  const places = line.indices.flatMap((index): (Expression | number)[] =>
    isPack(index) ? Array.from({ length: Math.max(0, packed) }, (_, k) => packed - k) : [index],
  )
  if (places.length !== shape.length) throw new ConcreteError('a line of another rank')
  const axes = places.map((place, axis) => {
    const length = shape[axis]!
    if (typeof place === 'number') return { letter: letterOf(`${PACK}${place}`), length }
    if (place.kind === 'symbol') return { letter: letterOf(place.name), length }
    if (place.kind !== 'number') throw new ConcreteError('a result read at an expression')
    const letter = letterOf('1')
    const isThere = isOne(length) && place.value === 1
    if (!isThere) guards.push(build.related(build.at(letter), '=', build.whole(place.value)))
    return { letter, length }
  })
  const none: Context = { ...reading, letters: new Map(), pack: PACK }
  const body = scalarOf(
    line.body,
    withLetters(
      none,
      axes.map(({ letter }) => letter),
    ),
  )
  const all = guards.length > 0 ? build.product([build.guarded(guards), body]) : body
  return { kind: 'table', axes, body: all }
}

/** A line of numbers alone, as the Jacobian y (1 − y) of a function of one number. */
export const scalarOfLine = (
  line: notation.Line,
  operands: ReadonlyMap<string, Operand>,
): Scalar => {
  const reading = { line, shape: [], operands, symbols: new Map(), numbers: new Map() }
  return scalarOf(line.body, { ...reading, letters: new Map(), pack: PACK })
}

// ---- values

const scalarOf = (e: Expression, context: Context): Scalar => {
  const value = (part: Expression): Scalar => scalarOf(part, context)
  switch (e.kind) {
    case 'number':
      return build.number(exact(e.value))
    case 'symbol': {
      const number = context.letters.has(e.name) ? undefined : context.numbers.get(e.name)
      return number ? build.number(number) : build.size(indexOf(e, context))
    }
    case 'access': {
      const operand = context.operands.get(e.array)
      return operand ? build.read(operand.from, ...placeOf(e, operand, context)) : build.zero
    }
    case 'sum':
      return build.sum(e.terms.map(value))
    case 'product':
      return build.product(e.factors.map(value))
    case 'negation':
      return build.negative(value(e.operand))
    case 'quotient':
      return build.quotient(value(e.numerator), value(e.denominator))
    case 'power':
      return { kind: 'power', base: value(e.base), exponent: value(e.exponent) }
    case 'modulo':
      return build.size(indexOf(e, context))
    case 'call':
      return {
        kind: 'apply',
        f: { kind: 'notation', name: e.name },
        order: 0,
        to: e.operands.map(value),
      }
    case 'reduction': {
      const { over, inner } = bound(e.variables, e.body, context)
      const by = e.reduction === 'Σ' ? 'sum' : (e.reduction as Contest)
      return { kind: 'reduce', by, over, when: [], body: scalarOf(e.body, inner) }
    }
    case 'iverson':
      return build.guarded(e.guards.flatMap((guard) => guardsOf(guard, context)))
  }
}

const guardsOf = (guard: notation.Guard, context: Context): readonly Guard[] => {
  if (guard.kind === 'winner') {
    const { over, inner } = bound(guard.variables, guard.body, context)
    const packs = packAxes(guard.body, context)
    const at = guard.at
      .flatMap((each) =>
        isPack(each)
          ? packs.map(
              ({ place }): Expression => ({
                kind: 'symbol',
                name: `${context.pack}${place}`,
              }),
            )
          : [each],
      )
      .map((each) => indexOf(each, context))
    const by = guard.reduction
    return [{ kind: 'winner', by, at, over, body: scalarOf(guard.body, inner) }]
  }
  return guard.relations.map((relation, k): Guard => {
    const [left, right] = [guard.operands[k]!, guard.operands[k + 1]!]
    return isIndex(left, context) && isIndex(right, context)
      ? build.related(indexOf(left, context), relation, indexOf(right, context))
      : {
          kind: 'values',
          relation,
          left: scalarOf(left, context),
          right: scalarOf(right, context),
        }
  })
}
