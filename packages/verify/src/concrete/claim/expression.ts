// Claims at one point: a resolved expression → closures over a domain. The meaning is the claim
// language's: outside its box an array is 0 and annuls its product.

import { ConcreteError, ShapesError } from '../../core/errors.ts'
import { offsetOf, type Value } from '../../evaluate/machine.ts'
import { nodeNamed, nodeValue } from '../../evaluate/world.ts'
import { freeIndices } from '../../language/free.ts'
import type { Resolved } from '../../language/resolved.ts'
import { exactRational, rationalPower } from '../domains/domain.ts'
import { sameShape } from './arrays.ts'
import { broadcast } from './broadcast.ts'
import { compileCall } from './calls.ts'
import { array, type Compiled, remembered, scalar, shapeOf, transposed } from './compiled.ts'
import { compileBrackets } from './conditions.ts'
import { compileDerivative } from './derivatives.ts'
import { compileProduct, compileStar } from './products.ts'
import { compileReduction } from './reductions.ts'
import { compileIndex, type Site, visibleShape } from './site.ts'

type Kind = Resolved['kind']
type Of<K extends Kind> = Extract<Resolved, { kind: K }>

/** A node of a claim takes about as long to compile as so many numbers to compute. */
const operationsForNode = 10

export const compileExpression = <T>(node: Resolved, site: Site<T>): Compiled<T> => {
  site.world.budget.tick(operationsForNode)
  const compiler = compilers[node.kind] as (node: Resolved, site: Site<T>) => Compiled<T>
  const compiled = compiler(node, site)
  if (compiled.rank === 0) return compiled
  const depends = freeIndices(node).flatMap((name) => site.scope.get(name) ?? [])
  return { ...compiled, tensor: remembered(compiled.tensor, site.slots, depends) }
}

/** A number. @throws ConcreteError where it is an array */
export const compileScalar = <T>(node: Resolved, site: Site<T>): (() => Value<T>) => {
  const compiled = compileExpression(node, site)
  if (compiled.rank === 0) return compiled.value
  if (compiled.shape.every((length) => length === 1)) return () => compiled.tensor().data[0]!
  throw new ConcreteError(
    `An array of shape [${compiled.shape.join(', ')}] where a number should be`,
  )
}

const whole = <T>(site: Site<T>, value: number): T =>
  site.world.domain.fromRational(exactRational(value))

const ofIndex = <T>(node: Resolved, site: Site<T>): Compiled<T> => {
  const value = compileIndex(node, site)
  return scalar(() => whole(site, value()))
}

/** Indices may leave axes whole: w^{Fk} is the k-th filter. */
export const compileEntry = <T>(
  shape: readonly number[],
  data: () => readonly T[],
  indices: readonly (Resolved | null)[],
  site: Site<T>,
): Compiled<T> => {
  const hidden = shape.length - indices.length
  // (A * B)_{ij} of one image: leading axes of length 1 are invisible.
  if (hidden > 0 && shape.slice(0, hidden).every((length) => length === 1))
    return compileEntry(shape.slice(hidden), data, indices, site)
  if (hidden !== 0)
    throw new ConcreteError(`${indices.length} indices for an array of rank ${shape.length}`)
  const at = indices.map((index) => index && compileIndex(index, site))
  if (at.every((index) => index !== null)) {
    const given = at as (() => number)[]
    return scalar(() => {
      const cell = offsetOf(shape, given)
      return cell < 0 ? null : data()[cell]!
    })
  }
  const kept = shape.filter((_, axis) => at[axis] === null)
  return array(kept, () => {
    const values = data()
    const position = kept.map(() => 1)
    const readers = at.map((index, axis) => {
      const own = at.slice(0, axis).filter((each) => each === null).length
      return index ?? (() => position[own]!)
    })
    const found: T[] = []
    const visit = (axis: number): void => {
      if (axis < kept.length) {
        for (let k = 1; k <= kept[axis]!; k++) {
          position[axis] = k
          visit(axis + 1)
        }
        return
      }
      const cell = offsetOf(shape, readers)
      found.push(cell < 0 ? site.world.domain.zero : values[cell]!)
    }
    visit(0)
    return { shape: kept, data: found }
  })
}

const compilePower = <T>(node: Of<'power'>, site: Site<T>): Compiled<T> => {
  const { domain } = site.world
  const base = compileExpression(node.base, site)
  const { exponent } = node
  if (exponent.kind === 'numeral') {
    const raise = (value: Value<T>): Value<T> =>
      value === null && exponent.value.numerator > 0n
        ? null
        : rationalPower(domain, value ?? domain.zero, exponent.value)
    if (base.rank === 0) return scalar(() => raise(base.value()))
    return array(base.shape, () => {
      const { shape, data } = base.tensor()
      return { shape, data: data.map((value) => raise(value)!) }
    })
  }
  const power = compileExpression(exponent, site)
  return broadcast('A power', [base, power], domain.zero, (values) => domain.call('power', values))
}

const compilers: { readonly [K in Kind]: <T>(node: Of<K>, site: Site<T>) => Compiled<T> } = {
  numeral: ({ value }, { world }) => {
    const exact = world.domain.fromRational(value)
    return scalar(() => exact)
  },
  index: ofIndex,
  size: ofIndex,
  variable: ({ name }, { world }) => {
    const value = world.variable(name)
    return scalar(() => value)
  },
  array: (node, site) => {
    const graphNode = nodeNamed(site.world, node.name)
    const shape = visibleShape(node, site)
    const data = () => nodeValue(site.world, graphNode).data
    if (shape.length === 0) return scalar(() => data()[0]!)
    return array(shape, () => ({ shape, data: data() }))
  },
  cost: (_node, { world }) => scalar(() => nodeValue(world, world.network.cost).data[0]!),
  entry: (node, site) => {
    if (node.array.kind === 'derivative') return compileDerivative(node.array, node.indices, site)
    const inner = compileExpression(node.array, site)
    if (inner.rank === 0) throw new ConcreteError('Indices on what is a number')
    return compileEntry(inner.shape, () => inner.tensor().data, node.indices, site)
  },
  derivative: (node, site) => compileDerivative(node, undefined, site),
  call: (node, site) => compileCall(node, site),
  activation: (node, site) => compileCall(node, site),
  product: ({ factors }, site) => compileProduct(factors, site),
  addition: ({ terms }, site) => {
    const { domain } = site.world
    return broadcast(
      'A sum',
      terms.map((term) => compileExpression(term, site)),
      domain.zero,
      (values) => values.reduce(domain.add),
    )
  },
  negation: ({ operand }, site) => {
    const { domain } = site.world
    const inner = compileExpression(operand, site)
    if (inner.rank !== 0)
      return broadcast('A sign', [inner], domain.zero, ([value]) => domain.negate(value!))
    return scalar(() => {
      const value = inner.value()
      return value === null ? null : domain.negate(value)
    })
  },
  quotient: ({ numerator, denominator }, site) => {
    const { domain } = site.world
    const [above, below] = [
      compileExpression(numerator, site),
      compileExpression(denominator, site),
    ]
    if (above.rank !== 0 || below.rank !== 0)
      return broadcast('A quotient', [above, below], domain.zero, ([a, b]) => domain.divide(a!, b!))
    return scalar(() => {
      const value = above.value()
      return value === null ? null : domain.divide(value, below.value() ?? domain.zero)
    })
  },
  power: compilePower,
  transposed: ({ operand }, site) => {
    const inner = compileExpression(operand, site)
    return inner.rank === 0 ? inner : transposed(inner)
  },
  hadamard: ({ left, right }, site) => {
    const { domain } = site.world
    const parts = [compileExpression(left, site), compileExpression(right, site)]
    if (parts.every(({ rank }) => rank === 0)) return compileProduct([left, right], site)
    const [a, b] = parts.map(shapeOf)
    if (a!.length > 0 && b!.length > 0 && !sameShape(a!, b!)) throw new ShapesError('⊙', a!, b!)
    return broadcast('⊙', parts, domain.zero, ([x, y]) => domain.multiply(x!, y!))
  },
  star: compileStar,
  reduction: compileReduction,
  iverson: ({ conditions }, site) => compileBrackets(conditions, site),
  list: () => {
    throw new ConcreteError('A list stands only where pad and up take sizes')
  },
}
