// The loops of a line as WebAssembly: numbers in doubles, one entry after another. What annuls its
// product is known apart, so that nothing is multiplied by it.
import type { Relation } from '@backprove/graph/notation'
import { mayAnnul, type Read, type Test, type Value } from '../../line/program.ts'
import { f64, type I32, i32 } from '../encoder/index.ts'
import { type Code, type Context, entry, type F64, indexCode } from './context.ts'
import { callCode, powerCode } from './functions.ts'
import { sumCode, winnerCode } from './reduce.ts'

const number = f64.constant

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
      return (value.by === 'Σ' ? sumCode : winnerCode)(
        value,
        context,
        (inner) => valueCode(value.body, inner).value,
      )
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
      const exponent = numberOf(value.exponent) ?? of(value.exponent)
      const result = f.let(powerCode(f, base.value, exponent))
      if (!base.annuls) return { value: result }
      return { value: result, annuls: f.let(i32.and(base.annuls, f64.eq(result, number(0)))) }
    }
    case 'modulo': {
      const [a, b] = [f.let(of(value.left)), f.let(of(value.right))]
      return { value: f64.sub(a, f64.mul(b, f64.floor(f64.div(a, b)))) }
    }
    case 'call':
      return { value: callCode(f, value.name, value.of.map(of)) }
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

const numberOf = (value: Value): number | undefined => {
  if (value.kind === 'number') return value.value
  const inner = value.kind === 'negation' ? numberOf(value.of) : undefined
  return inner === undefined ? undefined : -inner
}
