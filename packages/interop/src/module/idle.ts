// A target that is not asked for what changes nothing: a reshape to the same shape, an empty pad.
import { sameShape } from '@backprove/graph'
import type { Target, Tensor } from '../lower/target.ts'

export function withoutIdle<V extends Tensor>(target: Target<V>): Target<V> {
  const methods: Target<V> = {
    constant: (data, shape, kind) => target.constant(data, shape, kind),
    unary: (f, a) => target.unary(f, a),
    binary: (f, a, b) => target.binary(f, a, b),
    compare: (relation, a, b) => target.compare(relation, a, b),
    both: (a, b) => target.both(a, b),
    either: (a, b) => target.either(a, b),
    not: (a) => target.not(a),
    select: (condition, a, b) => target.select(condition, a, b),
    take: (a, axis, places) => target.take(a, axis, places),
    dot: (a, b, contraction) => target.dot(a, b, contraction),
    reshape: (a, shape) => (sameShape(a.shape, shape) ? a : target.reshape(a, shape)),
    transpose: (a, axes) => (axes.every((axis, k) => axis === k) ? a : target.transpose(a, axes)),
    slice: (a, axis, start, end, step) =>
      start === 0 && end === a.shape[axis] && step === 1
        ? a
        : target.slice(a, axis, start, end, step),
    reverse: (a, axis) => (a.shape[axis] === 1 ? a : target.reverse(a, axis)),
    pad: (a, axis, before, after) =>
      before === 0 && after === 0 ? a : target.pad(a, axis, before, after),
    expand: (a, shape) => (sameShape(a.shape, shape) ? a : target.expand(a, shape)),
    // An axis of length 1 has one entry, whatever is made of it.
    reduce: (f, a, axes) => {
      const long = axes.filter((axis) => a.shape[axis] !== 1)
      if (long.length === axes.length) return axes.length === 0 ? a : target.reduce(f, a, axes)
      const kept = a.shape.filter((_, axis) => !axes.includes(axis))
      return methods.reshape(long.length === 0 ? a : target.reduce(f, a, long), kept)
    },
  }
  return methods
}
