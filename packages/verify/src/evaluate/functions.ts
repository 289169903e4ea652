// Functions of the core over any domain: those of the notation, those that claims have a word for,
// and those of layers.

import type { Node } from '@backprove/graph'
import { realFunctions } from '../concrete/domains/comparing.ts'
import type { Domain, Tensor } from '../concrete/domains/domain.ts'
import { elementwise, median } from '../concrete/domains/elementary.ts'
import { lacksValues } from '../conditions/conditions.ts'
import type { FunctionRef } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import { exactRational } from '../core/exact.ts'
import { scalarActivation } from '../network/activation.ts'
import { wordOf } from '../network/word-ops.ts'
import type { Interpreter } from './program.ts'

type Apply<T> = (values: readonly T[]) => T

export const notationFunction = <T>(f: FunctionRef, domain: Domain<T>): Apply<T> => {
  if (f.kind !== 'notation') throw new ConcreteError('a function that no line has')
  const apply = realFunctions[f.name]
  // max(a, b, c) is max(max(a, b), c), which prefers a.
  if (f.name === 'max' || f.name === 'min')
    return (values) => values.reduce((a, b) => apply(domain, a, b))
  return ([a]) => apply(domain, a!, domain.zero)
}

/** The slope of relu: at 0 it is what the graph says, or what a policy leans to. */
const reluSlope =
  <T>(domain: Domain<T>, atZero: number): Apply<T> =>
  ([x]) => {
    const sign = domain.compare(x!, domain.zero)
    if (sign === 0) domain.seen.kinks = true
    const leaning = sign || domain.lean
    if (!leaning) return domain.fromRational(exactRational(atZero))
    return leaning > 0 ? domain.one : domain.zero
  }

/** `reluAtZero` is the policy of the graph that the claim speaks of. */
export const functionIn = <T>(
  f: FunctionRef,
  order: number,
  domain: Domain<T>,
  interpreter: Interpreter<T>,
  reluAtZero = 0,
): Apply<T> => {
  if (f.kind === 'notation') return notationFunction(f, domain)
  if (f.kind === 'word') {
    if (f.name === 'med') return (values) => median(domain, values)
    if (f.name === 'relu' && order === 1) return reluSlope(domain, reluAtZero)
    const rule = elementwise(f.name)
    if (!rule) throw new ConcreteError(`${f.name} has no meaning here`)
    return ([x]) => rule(domain, x!, order)
  }
  const word = wordOf(f.of.value.op)
  if (word === 'relu' && order === 1 && !f.of.value.graph.applicationOf(f.of.value))
    return reluSlope(domain, reluAtZero)
  const rule = word && elementwise(word)
  if (rule && !f.of.value.graph.applicationOf(f.of.value)) return ([x]) => rule(domain, x!, order)
  // What has no value has no slope either, though the formula of one may have a value.
  const asked = [0, order].map((each) => scalarActivation(f.of, each))
  return ([x]) => {
    const [, found] = asked.map(({ argument, value }, k) => {
      const values = new Map<Node, Tensor<T>>([[argument, { shape: [], data: [x!] }]])
      if (k > 0 || lacksValues(value)) interpreter.run([value], values)
      return values.get(value)?.data[0]
    })
    return found!
  }
}
