// Sums of a claim over one array or a product of two, times numbers that do not depend on the
// binders: summed in runs. Other sums are none of its business.

import { type Access, contraction, isWhole, type LinearIndex } from '../../evaluate/contraction.ts'
import type { Value } from '../../evaluate/machine.ts'
import { freeIndices } from '../../language/free.ts'
import type { Resolved } from '../../language/resolved.ts'
import { compileExpression, compileScalar } from './expression.ts'
import { linearIndexValue } from './index-value.ts'
import type { Loop } from './reductions.ts'
import { compileIndex, type Site } from './site.ts'

type Reduction = Extract<Resolved, { kind: 'reduction' }>
type Entry = Omit<Extract<Resolved, { kind: 'entry' }>, 'indices'> & {
  readonly indices: readonly Resolved[]
}

const isEntry = (node: Resolved): boolean =>
  node.kind === 'entry' && node.indices.every((index) => index !== null)

/** An array of the graph, or the gradient of the cost by one: its entries are all known at once. */
const isWholeArray = (array: Resolved): boolean =>
  array.kind === 'array' ||
  (array.kind === 'derivative' &&
    array.of.kind === 'cost' &&
    array.by.length === 1 &&
    array.by[0]!.kind === 'array')

/** What is surely a number. */
const isNumber = (node: Resolved): boolean =>
  ['numeral', 'index', 'size', 'iverson'].includes(node.kind) ||
  (node.kind === 'activation' ? isEntry(node.operand) : isEntry(node))

const mentions = (node: Resolved, letters: readonly string[]): boolean =>
  freeIndices(node).some((name) => letters.includes(name))

/**
 * The value of the sum, null where it has no term; undefined where terms are to be taken one by
 * one.
 */
export const summedInRuns = <T>(
  { operator, binders, conditions, body }: Reduction,
  { site, ranges }: Loop<T>,
): (() => Value<T>) | undefined => {
  const { domain, budget } = site.world
  const letters = binders.map(({ name }) => name)
  const hasLimits = binders.some(({ lower, upper }) =>
    [lower, upper].some((limit) => limit && freeIndices(limit).length > 0),
  )
  if (operator !== 'sum' || conditions.length > 0 || hasLimits) return undefined
  if (binders.length === 0 || new Set(letters).size < letters.length) return undefined
  const factors = body.kind === 'product' ? body.factors : [body]
  const moving = factors.filter((factor) => mentions(factor, letters))
  const fixed = factors.filter((factor) => !mentions(factor, letters))
  const isSummable = moving.every((each) => isEntry(each) && isWholeArray((each as Entry).array))
  if (!isSummable || moving.length > 2 || !fixed.every(isNumber)) return undefined

  const indices = moving.map((each) => linearIndices(each as Entry, letters, site))
  if (!indices.every((each) => each !== undefined)) return undefined
  const [a, b] = moving.map((each, k) => accessOf(each as Entry, indices[k]!, site))
  if (!a) return undefined
  const numbers = fixed.map((factor) => compileScalar(factor, site))
  const sum = contraction(domain, budget, ranges, b ? [a, b] : [a])
  return () => {
    const values: T[] = []
    for (const number of numbers) {
      const value = number()
      if (value === null) return null
      values.push(value)
    }
    const found = sum()
    return found === null
      ? null
      : values.reduce((product, value) => domain.multiply(product, value), found)
  }
}

const linearIndices = <T>(
  { indices }: Entry,
  letters: readonly string[],
  site: Site<T>,
): readonly LinearIndex[] | undefined => {
  const linear = indices.map((index) =>
    linearIndexValue(index, letters, (part) => compileIndex(part, site)),
  )
  return linear.every((index) => index !== undefined && isWhole(index))
    ? (linear as LinearIndex[])
    : undefined
}

const accessOf = <T>(
  { array }: Entry,
  indices: readonly LinearIndex[],
  site: Site<T>,
): Access<T> | undefined => {
  const whole = compileExpression(array, site)
  if (whole.rank === 0 || whole.shape.length !== indices.length) return undefined
  return { shape: whole.shape, indices, data: () => whole.tensor().data }
}
