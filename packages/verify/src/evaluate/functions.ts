// Functions of the core over any domain: those of the notation, those that claims have a word for,
// and those of layers.

import type { Node } from '@backprove/graph'
import { realFunctions } from '../concrete/domains/comparing.ts'
import type { Domain, Tensor } from '../concrete/domains/domain.ts'
import { elementwise, median } from '../concrete/domains/elementary.ts'
import type { FunctionRef } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
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

export const functionIn = <T>(
  f: FunctionRef,
  order: number,
  domain: Domain<T>,
  interpreter: Interpreter<T>,
): Apply<T> => {
  if (f.kind === 'notation') return notationFunction(f, domain)
  if (f.kind === 'word') {
    if (f.name === 'med') return (values) => median(domain, values)
    const rule = elementwise(f.name)
    if (!rule) throw new ConcreteError(`${f.name} has no meaning here`)
    return ([x]) => rule(domain, x!, order)
  }
  const word = wordOf(f.of.value.op)
  const rule = word && elementwise(word)
  if (rule && !f.of.value.graph.applicationOf(f.of.value)) return ([x]) => rule(domain, x!, order)
  const { argument, value } = scalarActivation(f.of, order)
  return ([x]) => {
    const values = new Map<Node, Tensor<T>>([[argument, { shape: [], data: [x!] }]])
    interpreter.run([value], values)
    return values.get(value)!.data[0]!
  }
}
