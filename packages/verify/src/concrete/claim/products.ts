// Products and stars of a claim: of numbers, of whole arrays, and of both.

import { ConcreteError } from '../../core/errors.ts'
import type { Value } from '../../evaluate/machine.ts'
import { isCotangent } from '../../language/cotangent.ts'
import type { Resolved } from '../../language/resolved.ts'
import type { Tensor } from '../domains/domain.ts'
import { multiplyArrays, planProduct, rot180, shapeOfProduct } from './arrays.ts'
import { array, asRow, type Compiled, scalar } from './compiled.ts'
import { compileExpression } from './expression.ts'
import { isRow, isRowBeside } from './rows.ts'
import type { Site } from './site.ts'
import { star } from './star.ts'
import { shapeOfStar, starPlans } from './star-plans.ts'

/** Masks first: what annuls a product keeps the rest from being computed. */
const eagerness = ({ kind }: Resolved): number =>
  kind === 'iverson' ? 0 : kind === 'entry' ? 1 : 2

export const compileProduct = <T>(factors: readonly Resolved[], site: Site<T>): Compiled<T> => {
  const { domain, budget } = site.world
  const alone = factors.map((factor) => ({ factor, part: compileExpression(factor, site) }))
  const isProduct = alone.filter(({ part }) => part.rank !== 0).length > 1
  const compiled = alone.map(({ factor, part }, at) => {
    const row = isProduct && factor.kind === 'transposed' && compileExpression(factor.operand, site)
    if (!row || row.rank === 0) return { factor, part }
    const before = alone
      .slice(0, at)
      .flatMap(({ part: left }) =>
        left.rank === 0 ? [] : [{ rank: left.shape.length, dual: left.dual }],
      )
    const isRow = isRowBeside(before, row.shape.length)
    return { factor, part: isRow ? { ...row, dual: true } : asRow(row) }
  })
  const numbers = compiled
    .flatMap(({ factor, part }) => (part.rank === 0 ? [{ factor, value: part.value }] : []))
    .sort((a, b) => eagerness(a.factor) - eagerness(b.factor))
    .map(({ value }) => value)
  const number = (): Value<T> => {
    let product = domain.one
    for (const value of numbers) {
      const factor = value()
      if (factor === null) return null
      product = product === domain.one ? factor : domain.multiply(product, factor)
    }
    return product
  }
  const [first, ...others] = compiled.flatMap(({ part }) => (part.rank === 0 ? [] : [part]))
  if (!first) return scalar(number)
  const product = others.reduce((left, right) => {
    const plan = planProduct(left.shape, left.dual, right.shape, right.dual)
    const shape = shapeOfProduct(left.shape, right.shape, plan)
    const tensor = () => multiplyArrays(domain, budget, left.tensor(), right.tensor(), plan)
    return array(shape, tensor, isRow(left.dual, plan))
  }, first)
  const scaled = (): Tensor<T> => {
    const factor = number() ?? domain.zero
    const { shape, data } = product.tensor()
    if (factor === domain.one) return { shape, data }
    return { shape, data: data.map((value) => domain.multiply(factor, value)) }
  }
  if (product.shape.length === 0) return scalar(() => scaled().data[0]!)
  return array(product.shape, scaled, product.dual)
}

export const compileStar = <T>(
  node: Extract<Resolved, { kind: 'star' }>,
  site: Site<T>,
): Compiled<T> => {
  const { domain, budget, choices, reading } = site.world
  const [left, right] = [compileExpression(node.left, site), compileExpression(node.right, site)]
  if (left.rank === 0 || right.rank === 0) return compileProduct([node.left, node.right], site)
  const read = node.ordinal === undefined ? undefined : reading?.[node.ordinal]
  const mode = node.mode ?? read?.mode
  if (!mode) throw new ConcreteError('A star without a mode needs a reading')
  const [image, kernel] = read?.kernel === 'left' ? [right, left] : [left, right]
  const isConvolution = node.operation === 'convolution' || read?.star === 'convolution'
  const backwards = isCotangent(read?.kernel === 'left' ? node.right : node.left)
  const plans = starPlans(image.shape, kernel.shape, { mode, backwards })
  const plan = plans[choices.choose(plans.length)]!
  const going = { mode, ...(node.steps && { steps: node.steps }) }
  const shape = shapeOfStar(image.shape, kernel.shape, going, plan)
  return array(shape, () => {
    const turned = isConvolution ? rot180(kernel.tensor()) : kernel.tensor()
    return star(domain, budget, image.tensor(), turned, going, plan)
  })
}
