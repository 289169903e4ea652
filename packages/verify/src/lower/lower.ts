// An expression of a claim → core, by one row for each kind of it. Whole arrays become
// comprehensions over letters; shapes that do not fit are refused here and nowhere else.

import { rational } from '../arithmetic/rational.ts'
import {
  nodeSource,
  number,
  power,
  product,
  quotient,
  read,
  size,
  sum,
  whole,
} from '../core/build.ts'
import type { Scalar } from '../core/core.ts'
import { ConcreteError, ShapesError } from '../core/errors.ts'
import type { Resolved } from '../language/resolved.ts'
import { isOne } from '../network/lengths.ts'
import { demandVector } from './arrays.ts'
import { lowerBrackets } from './brackets.ts'
import { lowerCall } from './calls.ts'
import { lowerDerivative } from './derivatives.ts'
import { entryOf, namedArray } from './entries.ts'
import { entrywise } from './entrywise.ts'
import { indexOf } from './indices.ts'
import { lowerList } from './lists.ts'
import { isSingle, sameShape } from './plans/products.ts'
import { lowerProduct, productOfValues, scaled, transposed } from './products.ts'
import { recordedShape, type Site } from './site.ts'
import { lowerStar } from './stars.ts'
import { lowerReduction } from './sums.ts'
import { numberValue, shapeOf, type Value } from './value.ts'

type Kind = Resolved['kind']
type Of<K extends Kind> = Extract<Resolved, { kind: K }>

/** A node of a claim takes about as long to lower as so many numbers to compute. */
const operationsForNode = 10

export const lower = (node: Resolved, site: Site): Value => {
  site.budget.tick(operationsForNode)
  const row = rows[node.kind] as (node: Resolved, site: Site) => Value
  return row(node, site)
}

/** A number. @throws ConcreteError where it is an array */
export const lowerNumber = (node: Resolved, site: Site): Scalar => {
  const value = lower(node, site)
  if (value.kind === 'number') return value.scalar
  if (value.shape.every(isOne)) return value.at(value.shape.map(() => whole(1)))
  const shape = recordedShape(value.shape, site).join(', ')
  throw new ConcreteError(`An array of shape [${shape}] where a number should be`)
}

const ofIndex = (node: Resolved, site: Site): Value => numberValue(size(indexOf(node, site)))

const hadamard = ({ left, right }: Of<'hadamard'>, site: Site): Value => {
  const values = [lower(left, site), lower(right, site)]
  if (values.every(({ kind }) => kind === 'number')) return productOfValues(values, site)
  const [a, b] = values.map((value) => recordedShape(shapeOf(value), site)) as [number[], number[]]
  if (!isSingle(a) && !isSingle(b) && !sameShape(a, b)) throw new ShapesError('⊙', a, b)
  return entrywise('⊙', values, site, (parts) => product(parts))
}

const minusOne = number(rational(-1))

const rows: { readonly [K in Kind]: (node: Of<K>, site: Site) => Value } = {
  numeral: ({ value }) => numberValue(number(value)),
  index: ofIndex,
  size: ofIndex,
  variable: ({ name }) => numberValue(read({ kind: 'variable', name })),
  array: (node, site) => namedArray(node, site),
  cost: (_node, { network }) => numberValue(read(nodeSource(network.cost))),
  entry: (node, site) => {
    if (node.array.kind === 'derivative') return lowerDerivative(node.array, node.indices, site)
    const value = lower(node.array, site)
    if (value.kind === 'number') throw new ConcreteError('Indices on what is a number')
    if (node.array.kind === 'call' && node.array.word === 'vec') demandVector(node.array, site)
    return entryOf(value, node.indices, site)
  },
  derivative: (node, site) => lowerDerivative(node, undefined, site),
  call: lowerCall,
  activation: lowerCall,
  product: ({ factors }, site) => lowerProduct(factors, site),
  addition: ({ terms }, site) =>
    entrywise(
      'A sum',
      terms.map((term) => lower(term, site)),
      site,
      (parts) => sum(parts),
    ),
  negation: ({ operand }, site) => scaled(minusOne, lower(operand, site)),
  quotient: ({ numerator, denominator }, site) =>
    entrywise('A quotient', [lower(numerator, site), lower(denominator, site)], site, ([a, b]) =>
      quotient(a!, b!),
    ),
  power: ({ base, exponent }, site) =>
    entrywise('A power', [lower(base, site), lower(exponent, site)], site, ([a, b]) =>
      power(a!, b!),
    ),
  transposed: ({ operand }, site) => {
    const value = lower(operand, site)
    return value.kind === 'number' ? value : transposed(value)
  },
  hadamard,
  star: lowerStar,
  reduction: lowerReduction,
  iverson: ({ conditions }, site) => lowerBrackets(conditions, site),
  list: lowerList,
}
