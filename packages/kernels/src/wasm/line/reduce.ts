// Loops of a line in WebAssembly: sums, and who wins.
import type { Reduce } from '../../line/program.ts'
import { f64, i32, select } from '../encoder/index.ts'
import { type Code, type Context, type F64, indexCode } from './context.ts'

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

type Inner = (context: Context) => F64

export function sumCode(reduce: Reduce, context: Context, body: Inner): Code {
  const { f } = context
  const total = f.let(f64.constant(0))
  const inner = apart(context)
  nest(reduce, inner, () => f.set(total, f64.add(total, body(inner))))
  return { value: total }
}

/** A NaN does not compete, nor does what lies outside its box. */
export function winnerCode(reduce: Reduce, context: Context, body: Inner): Code {
  const { f } = context
  const isMax = reduce.by === 'max'
  const nothing = isMax ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const best = f.let(f64.constant(nothing))
  const place = f.let(i32.constant(-1))
  const at = f.let(i32.constant(0))
  const met = f.let(i32.constant(0))
  const outside = f.local('i32')
  const inner = { ...context, outside }
  nest(reduce, inner, () => {
    f.set(outside, i32.constant(0))
    const value = f.let(body(inner))
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
  return { value: f.let(select(isNone, f64.constant(Number.NaN), best)) }
}
