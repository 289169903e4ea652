// The definition of an op, a line of the notation, as a table over its operands. Packs become
// letters, bound letters get the axis that they index bare; no op is known here.

import { notation } from '@backprove/graph'
import { constantValue, type Polynomial } from '../arithmetic/polynomial.ts'
import { type Rational, rational } from '../arithmetic/rational.ts'
import { exactRational } from '../concrete/domains/domain.ts'
import * as build from './build.ts'
import type { Axis, Contest, Guard, Index, Letter, Scalar, Source, Table } from './core.ts'
import { letterOf } from './core.ts'
import { ConcreteError } from './errors.ts'

type Expression = notation.Expression
type Shape = readonly Polynomial[]

const { PACK } = notation

export interface Operand {
  readonly from: Source
  readonly shape: Shape
}

export interface LineReading {
  readonly line: notation.Line
  /** Of the result. */
  readonly shape: Shape
  /** By letter; an operand that is absent reads 0. */
  readonly operands: ReadonlyMap<string, Operand>
  /** Sizes and parameters of the line that are integers. */
  readonly symbols: ReadonlyMap<string, Polynomial>
  /** Other parameters. */
  readonly numbers: ReadonlyMap<string, Rational>
}

interface Context extends LineReading {
  readonly letters: ReadonlyMap<string, Letter>
  /** Begins the names of the letters that `…` stands for: `…2`, `…1`, from the right. */
  readonly pack: string
}

const isPack = (e: Expression): boolean => e.kind === 'symbol' && e.name === PACK

const isOne = (length: Polynomial): boolean => constantValue(length) === 1n

const withLetters = (context: Context, letters: readonly Letter[]): Context => ({
  ...context,
  letters: new Map([...context.letters, ...letters.map((each) => [each.name, each] as const)]),
})

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

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

const exact = (value: number): Rational => {
  const { numerator, denominator } = exactRational(value)
  return rational(numerator, denominator)
}

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

// ---- what is bound

const bound = (
  variables: readonly notation.Variable[],
  body: Expression,
  context: Context,
): { readonly over: readonly Axis[]; readonly inner: Context } => {
  const hasPack = variables.some(({ name }) => name === PACK)
  const pack = hasPack ? `${context.pack}′` : context.pack
  const from = build.whole(1)
  const over = variables.flatMap(({ name, upTo }): Axis[] => {
    if (name === PACK)
      return packAxes(body, context).map(({ place, length }) => ({
        letter: letterOf(`${pack}${place}`),
        from,
        to: build.length(length),
      }))
    const to = upTo ? indexOf(upTo, context) : build.length(extentOf(name, body, context))
    return [{ letter: letterOf(name), from, to }]
  })
  const inner = withLetters(
    context,
    over.map(({ letter }) => letter),
  )
  return { over, inner: { ...inner, pack } }
}

/** Every access of an expression, those under other binders too. */
const accessesIn = (e: unknown, found: Of<'access'>[] = []): readonly Of<'access'>[] => {
  if (Array.isArray(e)) for (const part of e) accessesIn(part, found)
  else if (e !== null && typeof e === 'object') {
    if ((e as Expression).kind === 'access') found.push(e as Of<'access'>)
    for (const part of Object.values(e)) accessesIn(part, found)
  }
  return found
}

/** The axes that `…` stands for in a body, from the left, without those of length 1 everywhere. */
const packAxes = (body: Expression, { operands }: Context) => {
  const axes = new Map<number, Polynomial>()
  for (const { array, indices } of accessesIn(body)) {
    const operand = operands.get(array)
    const before = indices.findIndex(isPack)
    if (!operand || before < 0) continue
    const packed = operand.shape.length - (indices.length - 1)
    for (let place = packed; place >= 1; place--) {
      const length = operand.shape[before + packed - place]!
      if (!isOne(length)) axes.set(place, length)
    }
  }
  return [...axes].map(([place, length]) => ({ place, length })).sort((a, b) => b.place - a.place)
}

/** The longest axis that a letter indexes bare: beyond an array all is 0. */
const extentOf = (name: string, body: Expression, { operands }: Context): Polynomial => {
  let found: Polynomial | undefined
  for (const { array, indices } of accessesIn(body)) {
    const operand = operands.get(array)
    const packAt = indices.findIndex(isPack)
    indices.forEach((index, position) => {
      if (!operand || index.kind !== 'symbol' || index.name !== name) return
      const after = packAt >= 0 && position > packAt
      const axis = after ? operand.shape.length - indices.length + position : position
      const length = operand.shape[axis]
      if (length && (!found || isLonger(length, found))) found = length
    })
  }
  if (found) return found
  throw new ConcreteError(`Nothing bounds the index “${name}”: it indexes no axis bare.`)
}

const isLonger = (a: Polynomial, b: Polynomial): boolean => {
  const [m, n] = [constantValue(a), constantValue(b)]
  return m !== undefined && n !== undefined ? m > n : isOne(b)
}

// ---- indices

/** The indices of an access; `…` is right-aligned, an axis of length 1 is read at 1. */
const placeOf = (e: Of<'access'>, { shape }: Operand, context: Context): readonly Index[] => {
  const packed = shape.length - (e.indices.length - 1)
  const indices = e.indices.flatMap((index, position): Index[] => {
    if (!isPack(index)) return [indexOf(index, context)]
    return Array.from({ length: Math.max(0, packed) }, (_, offset) =>
      isOne(shape[position + offset]!)
        ? build.whole(1)
        : indexOf({ kind: 'symbol', name: `${context.pack}${packed - offset}` }, context),
    )
  })
  if (indices.length === shape.length) return indices
  throw new ConcreteError(`“${e.array}” does not have the axes that the line reads.`)
}

const choices = new Set<string>(['floor', 'ceil', 'abs', 'sign', 'max', 'min'])

/** Whether it is made of letters, sizes and numbers alone. */
const isIndex = (e: Expression, context: Context): boolean => {
  if (e.kind === 'symbol') return context.letters.has(e.name) || !context.numbers.has(e.name)
  if (['access', 'reduction', 'iverson', 'power'].includes(e.kind)) return false
  if (e.kind === 'call' && !choices.has(e.name)) return false
  return partsOf(e).every((part) => isIndex(part, context))
}

const partsOf = (e: Expression): readonly Expression[] => {
  switch (e.kind) {
    case 'sum':
      return e.terms
    case 'product':
      return e.factors
    case 'negation':
      return [e.operand]
    case 'quotient':
      return [e.numerator, e.denominator]
    case 'modulo':
      return [e.left, e.right]
    case 'call':
      return e.operands
    default:
      return []
  }
}

const indexOf = (e: Expression, context: Context): Index => {
  const parts = partsOf(e).map((part) => indexOf(part, context))
  switch (e.kind) {
    case 'number': {
      const { numerator, denominator } = exact(e.value)
      return build.over(build.whole(numerator), build.whole(denominator))
    }
    case 'symbol': {
      const letter = context.letters.get(e.name)
      if (letter) return build.at(letter)
      const known = context.symbols.get(e.name)
      if (known) return build.length(known)
      throw new ConcreteError(`the letter ${e.name} has no value`)
    }
    case 'sum':
      return build.plus(...parts)
    case 'product':
      return build.times(...parts)
    case 'negation':
      return build.times(build.whole(-1), parts[0]!)
    case 'quotient':
      return build.over(parts[0]!, parts[1]!)
    case 'modulo':
      return build.modulo(parts[0]!, parts[1]!)
    case 'call':
      if (choices.has(e.name)) return build.choice(e.name as 'floor', ...parts)
      break
    default:
  }
  throw new ConcreteError(`an index with ${e.kind}`)
}
