// Arrays over axes, and what can be done with them: what is known is worked out now, the rest is
// left to the engine.
import * as notation from '@backprove/graph/notation'
import {
  type Axis,
  combine,
  countOf,
  fold,
  isEverywhere,
  type Known,
  knownNumber,
  sizes,
  spread,
  union,
  without,
} from './axes.ts'
import type { Binary, Comparison, Reduction, Target, Tensor, Unary } from './target.ts'

/** An array that the engine will compute, its axes in ascending order. */
interface Computed<V> {
  readonly axes: readonly Axis[]
  readonly kind: Tensor['kind']
  readonly value: V
}
export type Field<V> = Known | Computed<V>

export const isKnown = <V>(field: Field<V>): field is Known => 'data' in field

const UNARY: Readonly<Record<Unary, (a: number) => number>> = {
  negate: (a) => -a,
  exp: Math.exp,
  log: Math.log,
  log1p: Math.log1p,
  tanh: Math.tanh,
  sin: Math.sin,
  cos: Math.cos,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
}
const BINARY: Readonly<Record<Binary, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: (a, b) => a ** b,
  maximum: Math.max,
  minimum: Math.min,
}
const REDUCTIONS: Readonly<Record<Reduction, readonly [start: number, Binary]>> = {
  sum: [0, 'add'],
  max: [-Infinity, 'maximum'],
  min: [Infinity, 'minimum'],
}
const holds = (isTrue: boolean): number => (isTrue ? 1 : 0)

export class Fields<V extends Tensor> {
  readonly target: Target<V>
  readonly #constants = new WeakMap<Known, V>()
  #axes = 0

  constructor(target: Target<V>) {
    this.target = target
  }

  axis(size: number): Axis {
    return { id: this.#axes++, size }
  }

  /** The array as the engine has it, of the lengths of its axes. */
  valueOf(field: Field<V>): V {
    if (!isKnown(field)) return field.value
    const made = this.#constants.get(field)
    if (made) return made
    const value = this.target.constant(field.data, sizes(field.axes), field.kind)
    this.#constants.set(field, value)
    return value
  }

  /** An array whose axes stand in that order. */
  ordered(value: V, order: readonly Axis[]): Field<V> {
    const axes = union(order)
    const kind = value.kind
    return {
      axes,
      kind,
      value: this.target.transpose(
        value,
        axes.map((a) => order.indexOf(a)),
      ),
    }
  }

  /** The array with all of the axes, of length 1 where it has no such axis. */
  onto(field: Field<V>, axes: readonly Axis[]): V {
    const value = this.valueOf(field)
    if (field.axes.length === 0 || field.axes.length === axes.length) return value
    const shape = axes.map((axis) => (field.axes.includes(axis) ? axis.size : 1))
    return this.target.reshape(value, shape)
  }

  /** The array repeated along all of the axes that it lacks. */
  across(field: Field<V>, axes: readonly Axis[]): V {
    if (isKnown(field)) return this.valueOf({ ...field, axes, data: spread(field, axes) })
    if (field.axes.length === axes.length) return field.value
    const level = this.target.reshape(
      field.value,
      axes.map((axis) => (field.axes.includes(axis) ? axis.size : 1)),
    )
    return this.target.expand(level, sizes(axes))
  }

  unary(f: Unary, a: Field<V>): Field<V> {
    if (isKnown(a)) return combine('number', UNARY[f], a)
    return { axes: a.axes, kind: 'number', value: this.target.unary(f, a.value) }
  }

  binary(f: Binary, a: Field<V>, b: Field<V>): Field<V> {
    if (isKnown(a) && isKnown(b)) return combine('number', BINARY[f], a, b)
    if (f === 'multiply' && isOne(a)) return b
    if ((f === 'multiply' || f === 'divide') && isOne(b)) return a
    return this.#joined('number', [a, b], (left, right) => this.target.binary(f, left!, right!))
  }

  compare(relation: Comparison, a: Field<V>, b: Field<V>): Field<V> {
    const isTrue = notation.RELATION_VALUES[relation]
    if (isKnown(a) && isKnown(b)) return combine('truth', (x, y) => holds(isTrue(x!, y!)), a, b)
    return this.#joined('truth', [a, b], (l, r) => this.target.compare(relation, l!, r!))
  }

  both(a: Field<V>, b: Field<V>): Field<V> {
    if (isKnown(a) && isEverywhere(a, 1)) return b
    if (isKnown(b) && isEverywhere(b, 1)) return a
    if (isKnown(a) && isKnown(b)) return combine('truth', (x, y) => x! * y!, a, b)
    return this.#joined('truth', [a, b], (left, right) => this.target.both(left!, right!))
  }

  either(a: Field<V>, b: Field<V>): Field<V> {
    if (isKnown(a) && isKnown(b)) return combine('truth', (x, y) => holds(x! + y! > 0), a, b)
    return this.#joined('truth', [a, b], (left, right) => this.target.either(left!, right!))
  }

  not(a: Field<V>): Field<V> {
    if (isKnown(a)) return combine('truth', (x) => 1 - x!, a)
    return { axes: a.axes, kind: 'truth', value: this.target.not(a.value) }
  }

  select(condition: Field<V>, a: Field<V>, b: Field<V>): Field<V> {
    if (isKnown(condition)) {
      if (isEverywhere(condition, 1)) return a
      if (isEverywhere(condition, 0)) return b
      if (isKnown(a) && isKnown(b)) {
        return combine('number', (c, x, y) => (c === 1 ? x! : y!), condition, a, b)
      }
    }
    return this.#joined('number', [condition, a, b], (c, x, y) => this.target.select(c!, x!, y!))
  }

  reduce(f: Reduction, field: Field<V>, over: readonly Axis[]): Field<V> {
    const axes = without(field.axes, over)
    if (axes.length === field.axes.length) return field
    if (isKnown(field)) {
      const [start, join] = REDUCTIONS[f]
      return fold(field, over, start, BINARY[join])
    }
    const positions = field.axes.flatMap((axis, k) => (over.includes(axis) ? [k] : []))
    return { axes, kind: 'number', value: this.target.reduce(f, field.value, positions) }
  }

  /** The sum along axes, of which the array may lack some. */
  sum(field: Field<V>, over: readonly Axis[]): Field<V> {
    const times = countOf(without(over, field.axes))
    const total = this.reduce('sum', field, over)
    return times === 1 ? total : this.binary('multiply', total, knownNumber(times))
  }

  #joined(kind: Tensor['kind'], parts: readonly Field<V>[], join: (...values: V[]) => V): Field<V> {
    const axes = union(...parts.map((part) => part.axes))
    return { axes, kind, value: join(...parts.map((part) => this.onto(part, axes))) }
  }
}

const isOne = <V>(field: Field<V>): boolean =>
  isKnown(field) && field.axes.length === 0 && field.data[0] === 1
