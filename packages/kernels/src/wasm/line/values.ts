// The loops of a line as WebAssembly: numbers in doubles, one entry after another. What annuls its
// product is known apart, so that nothing is multiplied by it.
import type { FunctionName, Relation } from '@backprove/graph/notation'
import type { Affine } from '../../line/affine.ts'
import { mayAnnul, type Read, type Reduce, type Test, type Value } from '../../line/program.ts'
import {
  type Body,
  type Expression,
  f32,
  f64,
  f64x2,
  type I32,
  i32,
  type Local,
  select,
  type V128,
} from '../encoder/index.ts'
import { type Lanes, lanesOf } from '../lanes.ts'
import { erf } from '../math/error-function.ts'
import { exp, tanh } from '../math/exponential.ts'
import { log, power, powerOf } from '../math/logarithm.ts'
import { cos, sin } from '../math/sine.ts'

type F64 = Expression<'f64'>

/** Where the code of a value stands. */
export interface Context {
  readonly f: Body
  readonly lanes: Lanes
  readonly operands: readonly number[]
  /** Of tables, which hold doubles. */
  readonly kept: readonly number[]
  readonly slots: readonly Local<'i32'>[]
  /** Set to 1 where something is read outside its box. */
  readonly outside?: Local<'i32'>
}

/** A value, and whether it annuls its product where it may. */
interface Code {
  readonly value: F64
  readonly annuls?: Local<'i32'>
}

const number = f64.constant

export function indexCode({ constant, terms }: Affine, { slots }: Context): I32 {
  let total: I32 = i32.constant(constant)
  let isZero = constant === 0
  for (const [slot, by] of terms) {
    const part = i32.mul(slots[slot]!, by)
    total = isZero ? part : i32.add(total, part)
    isZero = false
  }
  return total
}

const entry = ({ lanes }: Context, address: number, at: I32): F64 => {
  const place = i32.mul(at, lanes.bytes)
  return lanes.dtype === 'float64' ? f64.load(place, address) : f32Entry(place, address)
}
const f32Entry = (place: I32, address: number): F64 => f32.promote(f32.load(place, address))

function readCode({ operand, offset, bounded, computed }: Read, context: Context): Code {
  const { f, outside } = context
  const address = context.operands[operand]!
  if (bounded.length + computed.length === 0) {
    return { value: entry(context, address, indexCode(offset, context)) }
  }
  // One comparison of numbers without signs asks both ends.
  let inside: I32 | undefined
  const also = (holds: I32): void => {
    inside = inside ? i32.and(inside, holds) : holds
  }
  for (const { at, size } of bounded) also(i32.ltU(indexCode(at, context), size))
  let cell = indexCode(offset, context)
  for (const { at, size, stride } of computed) {
    const index = f.let(valueCode(at, context).value)
    const isWhole = f64.eq(f64.floor(index), index)
    also(i32.and(isWhole, i32.and(f64.ge(index, number(1)), f64.le(index, number(size)))))
    cell = i32.add(cell, i32.mul(i32.sub(i32.truncate(index), 1), stride))
  }
  const annuls = f.let(i32.eqz(inside!))
  const value = f.let(number(0))
  f.if(
    annuls,
    () => {
      if (outside) f.set(outside, i32.constant(1))
    },
    () => f.set(value, entry(context, address, cell)),
  )
  return { value, annuls }
}

/** Runs the body for every value of the loops, the first outermost. */
function nest({ loops }: Reduce, context: Context, body: () => void): void {
  const { f, slots } = context
  const from = (level: number): void => {
    const loop = loops[level]
    if (!loop) {
      body()
      return
    }
    const slot = slots[loop.slot]!
    const { constant, terms } = loop.last
    const isFixed = terms.size === 0
    const last = isFixed ? undefined : f.let(indexCode(loop.last, context))
    const count = last ? select(i32.gtS(last, 0), last, i32.constant(0)) : Math.max(0, constant)
    f.set(slot, i32.constant(1))
    f.repeat(count, () => {
      from(level + 1)
      f.bump(slot, 1)
    })
  }
  from(0)
}

/** The context of a body that what lies outside does not concern. */
const apart = ({ outside: _, ...context }: Context): Context => context

function sumCode(reduce: Reduce, context: Context): Code {
  const { f } = context
  const total = f.let(number(0))
  const inner = apart(context)
  nest(reduce, inner, () => f.set(total, f64.add(total, valueCode(reduce.body, inner).value)))
  return { value: total }
}

/** A NaN does not compete, nor does what lies outside its box. */
function winnerCode(reduce: Reduce, context: Context): Code {
  const { f } = context
  const isMax = reduce.by === 'max'
  const nothing = isMax ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const best = f.let(number(nothing))
  const place = f.let(i32.constant(-1))
  const at = f.let(i32.constant(0))
  const met = f.let(i32.constant(0))
  const outside = f.local('i32')
  const inner = { ...context, outside }
  nest(reduce, inner, () => {
    f.set(outside, i32.constant(0))
    const value = f.let(valueCode(reduce.body, inner).value)
    const better = isMax ? f64.gt(value, best) : f64.lt(value, best)
    const first = i32.and(i32.ltS(place, 0), f64.eq(value, value))
    f.if(i32.eqz(outside), () => {
      f.set(met, i32.constant(1))
      f.if(i32.or(first, better), () => {
        f.set(best, value)
        f.set(place, at)
      })
    })
    f.bump(at, 1)
  })
  if (reduce.gives === 'place') return { value: f64.convert(place) }
  const isNone = i32.and(met, i32.ltS(place, 0))
  return { value: f.let(select(isNone, number(Number.NaN), best)) }
}

const INDEX_RELATIONS: Readonly<Record<Relation, (a: I32, b: I32) => I32>> = {
  '=': i32.eq,
  '≠': i32.ne,
  '<': i32.ltS,
  '≤': i32.leS,
  '>': i32.gtS,
  '≥': i32.geS,
}
const VALUE_RELATIONS: Readonly<Record<Relation, (a: F64, b: F64) => I32>> = {
  '=': f64.eq,
  '≠': f64.ne,
  '<': f64.lt,
  '≤': f64.le,
  '>': f64.gt,
  '≥': f64.ge,
}

function testCode(test: Test, context: Context): I32 {
  const { f } = context
  if (test.kind === 'indices') {
    const [left, right] = [indexCode(test.left, context), indexCode(test.right, context)]
    return INDEX_RELATIONS[test.relation](left, right)
  }
  if (test.kind === 'values') {
    const left = f.let(valueCode(test.left, context).value)
    return VALUE_RELATIONS[test.relation](left, valueCode(test.right, context).value)
  }
  let cell: I32 = i32.constant(0)
  let inside: I32 = i32.constant(1)
  test.at.forEach((each, axis) => {
    const place = f.let(indexCode(each, context))
    inside = i32.and(inside, i32.ltU(place, test.lengths[axis]!))
    cell = i32.add(i32.mul(cell, test.lengths[axis]!), place)
  })
  const winner = valueCode(test.winner, context).value
  return i32.and(inside, f64.eq(winner, f64.convert(cell)))
}

/** The factors in order; once one annuls, none is computed after it. */
function productCode(factors: readonly Value[], context: Context): Code {
  const { f } = context
  if (!factors.some(mayAnnul)) {
    const values = factors.map((factor) => valueCode(factor, context).value)
    return { value: values.reduce((a, b) => f64.mul(a, b)) }
  }
  const total = f.let(number(0))
  const annuls = f.let(i32.constant(1))
  const from = (position: number, product: F64 | undefined): void => {
    const factor = factors[position]
    if (!factor) {
      f.set(total, product ?? number(1))
      f.set(annuls, i32.constant(0))
      return
    }
    const code = valueCode(factor, context)
    const next = (): void => {
      // A test that holds is 1.
      const value = factor.kind === 'tests' ? undefined : code.value
      from(position + 1, product && value ? f.let(f64.mul(product, value)) : (value ?? product))
    }
    if (code.annuls) f.if(i32.eqz(code.annuls), next)
    else next()
  }
  from(0, undefined)
  return { value: total, annuls }
}

/** Code of a value; the locals that it sets are read before a slot moves on. */
export function valueCode(value: Value, context: Context): Code {
  const { f } = context
  const of = (part: Value): F64 => valueCode(part, context).value
  switch (value.kind) {
    case 'number':
      return { value: number(value.value) }
    case 'index':
      return { value: f64.convert(indexCode(value.of, context)) }
    case 'read':
      return readCode(value, context)
    case 'kept': {
      const at = i32.mul(indexCode(value.offset, context), 8)
      return { value: f64.load(at, context.kept[value.table]!) }
    }
    case 'reduce':
      return value.by === 'Σ' ? sumCode(value, context) : winnerCode(value, context)
    case 'sum':
      return { value: value.terms.map(of).reduce((a, b) => f64.add(a, b)) }
    case 'product':
      return productCode(value.factors, context)
    case 'negation': {
      const code = valueCode(value.of, context)
      return { ...code, value: f64.neg(code.value) }
    }
    case 'quotient': {
      const above = valueCode(value.above, context)
      if (!above.annuls) return { value: f64.div(above.value, of(value.below)) }
      const ratio = f.let(number(0))
      f.if(i32.eqz(above.annuls), () => f.set(ratio, f64.div(above.value, of(value.below))))
      return { value: ratio, annuls: above.annuls }
    }
    case 'power': {
      const base = valueCode(value.base, context)
      const result = f.let(powerCode(base.value, value.exponent, context))
      if (!base.annuls) return { value: result }
      return { value: result, annuls: f.let(i32.and(base.annuls, f64.eq(result, number(0)))) }
    }
    case 'modulo': {
      const [a, b] = [f.let(of(value.left)), f.let(of(value.right))]
      return { value: f64.sub(a, f64.mul(b, f64.floor(f64.div(a, b)))) }
    }
    case 'call':
      return { value: callCode(value.name, value.of.map(of), context) }
    case 'tests': {
      const annuls = f.let(i32.constant(1))
      const from = (position: number): void => {
        const test = value.tests[position]
        if (test) f.if(testCode(test, context), () => from(position + 1))
        else f.set(annuls, i32.constant(0))
      }
      from(0)
      return { value: f64.convert(i32.eqz(annuls)), annuls }
    }
  }
}

const doubles = lanesOf('float64')

/** A function of vectors, of one number. */
const ofVector = (value: F64, compute: (x: V128) => V128): F64 =>
  f64x2.extract(compute(f64x2.splat(value)), 0)

function powerCode(base: F64, exponent: Value, context: Context): F64 {
  const { f } = context
  const to = numberOf(exponent)
  if (to !== undefined) return ofVector(base, (x) => power(f, doubles, x, to))
  const times = f64x2.splat(valueCode(exponent, context).value)
  return ofVector(base, (x) => powerOf(f, doubles, x, times))
}

const numberOf = (value: Value): number | undefined => {
  if (value.kind === 'number') return value.value
  const inner = value.kind === 'negation' ? numberOf(value.of) : undefined
  return inner === undefined ? undefined : -inner
}

function callCode(name: FunctionName, [a, b]: readonly F64[], { f }: Context): F64 {
  const along = (compute: (f: Body, lanes: Lanes, x: V128) => V128): F64 =>
    ofVector(a!, (x) => compute(f, doubles, x))
  switch (name) {
    case 'exp':
      return along(exp)
    case 'log':
      return along(log)
    case 'tanh':
      return along(tanh)
    case 'sin':
      return along(sin)
    case 'cos':
      return along(cos)
    case 'erf':
      return along(erf)
    case 'log1p': {
      // log(1 + x) x / ((1 + x) − 1), in which the rounding of 1 + x cancels.
      const x = f.let(a!)
      const sum = f.let(f64.add(number(1), x))
      const more = f.let(f64.sub(sum, number(1)))
      const logarithm = f.let(ofVector(sum, (v) => log(f, doubles, v)))
      const exact = f64.div(f64.mul(logarithm, x), more)
      const isPlain = i32.and(f64.ne(more, number(0)), f64.lt(sum, number(Infinity)))
      return select(isPlain, exact, select(f64.eq(more, number(0)), x, logarithm))
    }
    case 'π':
      return f64.mul(number(Math.PI), a!)
    case '√':
      return f64.sqrt(a!)
    case 'abs':
      return f64.abs(a!)
    case 'floor':
      return f64.floor(a!)
    case 'ceil':
      return f64.ceil(a!)
    case 'max':
      return f64.max(a!, b!)
    case 'min':
      return f64.min(a!, b!)
    case 'sign': {
      const x = f.let(a!)
      const other = select(f64.lt(x, number(0)), number(-1), x)
      return select(f64.gt(x, number(0)), number(1), other)
    }
  }
}
