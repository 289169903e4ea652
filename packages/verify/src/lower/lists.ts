// Arrays side by side and one below the other: [h, x] and [x; 1] are a vector, [X, H] a matrix.

import { plus as plusOf, polynomial } from '../arithmetic/polynomial.ts'
import { guarded, length, minus, product, related, sum, whole } from '../core/build.ts'
import { ConcreteError, ShapesError } from '../core/errors.ts'
import type { Resolved } from '../language/resolved.ts'
import { demandEqual } from '../network/lengths.ts'
import { lower } from './lower.ts'
import { recordedShape, type Site } from './site.ts'
import { type ArrayValue, arrayValue, readValue, type Value } from './value.ts'

type List = Extract<Resolved, { kind: 'list' }>

/** A number is a vector of one entry. */
const asArray = (value: Value): ArrayValue =>
  value.kind === 'array' ? value : (arrayValue([polynomial(1)], () => value.scalar) as ArrayValue)

/** [W, b]: b is the last column. */
const asColumn = (array: ArrayValue): ArrayValue =>
  array.shape.length > 1 || array.dual
    ? array
    : (arrayValue([...array.shape, polynomial(1)], ([e, column]) =>
        product([guarded([related(column!, '=', whole(1))]), readValue(array, [e!])]),
      ) as ArrayValue)

/** Each begins where the one before it ends; outside its box each is 0. */
const joined = (items: readonly ArrayValue[], axis: number, site: Site): Value => {
  const [first, ...others] = items as [ArrayValue, ...ArrayValue[]]
  const beside = ({ shape }: ArrayValue) => shape.filter((_, at) => at !== axis)
  for (const each of others) demandEqual('A list', beside(first), beside(each), site.lengths)
  let end = polynomial(0)
  const starts = items.map(({ shape }) => {
    const start = end
    end = plusOf(end, shape[axis]!)
    return start
  })
  const shape = first.shape.map((n, at) => (at === axis ? end : n))
  return arrayValue(
    shape,
    (index) =>
      sum(
        items.map((item, k) =>
          readValue(
            item,
            index.map((e, at) => (at === axis && k > 0 ? minus(e, length(starts[k]!)) : e)),
          ),
        ),
      ),
    { dual: first.dual },
  )
}

/** [x_1, x_2]: a column for each; a row for each of [x_1ᵀ; x_2ᵀ]. */
const stacked = (items: readonly ArrayValue[], asRows: boolean, site: Site): Value => {
  const [first, ...others] = items as [ArrayValue, ...ArrayValue[]]
  for (const each of others) demandEqual('A list', first.shape, each.shape, site.lengths)
  const [long, count] = [first.shape[0]!, polynomial(items.length)]
  return arrayValue(asRows ? [count, long] : [long, count], (index) => {
    const [place, at] = asRows ? [index[0]!, index[1]!] : [index[1]!, index[0]!]
    return sum(
      items.map((item, k) =>
        product([guarded([related(place, '=', whole(k + 1))]), readValue(item, [at])]),
      ),
    )
  })
}

/** @throws ConcreteError of a list of numbers; ShapesError where its arrays do not go together */
export const lowerList = (node: List, site: Site): Value => {
  const values = node.items.map((item) => lower(item, site))
  if (values.every(({ kind }) => kind === 'number'))
    throw new ConcreteError('A list stands only where pad and up take sizes')
  const arrays = values.map(asArray)
  const isMatrix = arrays.some(({ shape }) => shape.length > 1)
  const items = isMatrix && !node.isBelow ? arrays.map(asColumn) : arrays
  const shapes = items.map(({ shape }) => recordedShape(shape, site))
  const [first, ...others] = shapes as [number[], ...number[][]]
  const unlike = others.find(({ length: rank }) => rank !== first.length)
  if (unlike) throw new ShapesError('A list', first, unlike)
  const isAlike = (axis: number) => others.every((each) => each[axis] === first[axis])
  if (first.length === 1) {
    const duals = items.filter(({ dual }) => dual).length
    if (duals > 0 && duals < items.length) throw new ConcreteError('A list of rows and columns')
    if (node.isBelow && duals > 0) return stacked(items, true, site)
    const mayStack = !node.isBelow && duals === 0 && isAlike(0)
    const asColumns = mayStack && site.choose(2, node) === 1
    return asColumns ? stacked(items, false, site) : joined(items, 0, site)
  }
  if (first.length !== 2) throw new ConcreteError('A list is of vectors or of matrices')
  if (node.isBelow) return joined(items, 0, site)
  // [A, X] of columns of examples: one below the other.
  const ways = [...(isAlike(0) ? [1] : []), ...(isAlike(1) ? [0] : [])]
  if (ways.length === 0) throw new ShapesError('A list', first, others[0]!)
  return joined(items, ways[site.choose(ways.length, node)]!, site)
}
