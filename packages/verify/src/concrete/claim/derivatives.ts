// ∂C/∂W, δ^X, ∂z_i/∂a_j and second derivatives of a claim, by running the graph's own derivatives.
import type { Node } from '@backprove/graph'
import { ConcreteError } from '../../core/errors.ts'
import { offsetOf } from '../../evaluate/machine.ts'
import { gradientOf, jacobianRows, nodeNamed, nodeValue, type World } from '../../evaluate/world.ts'
import type { Resolved } from '../../language/resolved.ts'
import { sizeOf } from './arrays.ts'
import { array, type Compiled, scalar } from './compiled.ts'
import { compileEntry } from './expression.ts'
import { compileIndex, type Site, visibleShape } from './site.ts'

type Derivative = Extract<Resolved, { kind: 'derivative' }>
type Indices = readonly (Resolved | null)[]

/** What is differentiated, or by what: a node, and the indices of one of its entries. */
interface Target {
  readonly node: Node
  readonly shape: readonly number[]
  readonly indices: Indices | undefined
}

const targetOf = <T>(expression: Resolved, site: Site<T>): Target => {
  const { world } = site
  switch (expression.kind) {
    case 'cost':
      return { node: world.network.cost, shape: [], indices: undefined }
    case 'array':
      return {
        node: nodeNamed(world, expression.name),
        shape: visibleShape(expression, site),
        indices: undefined,
      }
    case 'entry':
      return { ...targetOf(expression.array, site), indices: expression.indices }
    case 'derivative':
      return gradientTarget(expression, site)
    case 'negation':
    case 'transposed':
      break
  }
  throw new ConcreteError(
    'A derivative is of the cost or of an array of the graph, by such an array',
  )
}

/** δ, as an array that is differentiated again. */
const gradientTarget = <T>(expression: Derivative, site: Site<T>): Target => {
  const of = targetOf(expression.of, site)
  const [by, ...others] = expression.by.map((each) => targetOf(each, site))
  if (!by || others.length > 0 || of.node !== site.world.network.cost)
    throw new ConcreteError('Only a first derivative of the cost is differentiated again')
  return { node: gradientOf(site.world, by.node), shape: by.shape, indices: by.indices }
}

interface Tensor2<T> {
  /** The axes of what is differentiated, then those of what it is differentiated by. */
  readonly shape: readonly number[]
  readonly rowLength: number
  readonly row: (k: number) => readonly T[]
}

const rows = <T>(of: Target, by: Target, world: World<T>): Tensor2<T> => {
  const shape = [...of.shape, ...by.shape]
  const rowLength = sizeOf(by.shape)
  if (of.node === world.network.cost) {
    const gradient = gradientOf(world, by.node)
    return { shape, rowLength, row: () => nodeValue(world, gradient).data }
  }
  let made: ((k: number) => readonly T[]) | undefined
  return {
    shape,
    rowLength,
    row: (k) => {
      made ??= jacobianRows(world, of.node, by.node)
      return made(k)
    },
  }
}

/** The nodes of a derivative, where a second one is the derivative of a gradient. */
const targetsOf = <T>(node: Derivative, site: Site<T>): { of: Target; by: Target } => {
  const [first, second, ...more] = node.by.map((each) => targetOf(each, site))
  const of = targetOf(node.of, site)
  if (!first || more.length > 0) throw new ConcreteError('A derivative of an order above 2')
  if (!second) return { of, by: first }
  if (of.node !== site.world.network.cost)
    throw new ConcreteError('A second derivative is of the cost')
  return { of: { ...first, node: gradientOf(site.world, first.node) }, by: second }
}

/** Of a derivative without the indices around it. */
export const derivativeShape = <T>(
  node: Derivative,
  site: Site<T>,
): readonly number[] | undefined => {
  try {
    const { of, by } = targetsOf(node, site)
    return [...openAxes(of), ...openAxes(by)]
  } catch (error) {
    if (error instanceof ConcreteError) return undefined
    throw error
  }
}

const openAxes = ({ shape, indices }: Target): readonly number[] =>
  indices ? shape.filter((_, axis) => indices[axis] === null) : shape

/** `outer`: the indices around it, (∂C/∂W)_{ij} and δ_{ij}. */
export const compileDerivative = <T>(
  node: Derivative,
  outer: Indices | undefined,
  site: Site<T>,
): Compiled<T> => {
  const { of, by } = targetsOf(node, site)
  const { world } = site
  const table = rows(of, by, world)
  const given = [of, by].flatMap((target) => target.indices ?? target.shape.map(() => null))
  const around = [...(outer ?? [])]
  const open = given.filter((index) => index === null).length
  if (outer && around.length !== open)
    throw new ConcreteError(`${around.length} indices for a derivative with ${open} open axes`)
  const indices = outer ? given.map((index) => index ?? around.shift()!) : given
  const ofRank = of.shape.length
  if (indices.every((index) => index !== null)) {
    const at = indices.map((index) => compileIndex(index as Resolved, site))
    const [above, below] = [at.slice(0, ofRank), at.slice(ofRank)]
    return scalar(() => {
      const [row, column] = [offsetOf(of.shape, above), offsetOf(by.shape, below)]
      return row < 0 || column < 0 ? null : table.row(row)[column]!
    })
  }
  const everything = (): readonly T[] =>
    Array.from({ length: sizeOf(of.shape) }, (_, k) => table.row(k)).flat()
  if (indices.every((index) => index === null)) return wholeDerivative(of, by, table, site)
  return compileEntry(table.shape, everything, indices, site)
}

/**
 * ∂a/∂z of whole arrays: the Jacobian; or, where both have one shape and only entries of the same
 * place depend on each other, the derivative entry by entry.
 */
const wholeDerivative = <T>(
  of: Target,
  by: Target,
  table: Tensor2<T>,
  { world }: Site<T>,
): Compiled<T> => {
  const { domain } = world
  const count = sizeOf(of.shape)
  const isSquare = of.shape.length > 0 && of.shape.join() === by.shape.join()
  if (isSquare && world.choices.choose(2) === 1)
    return array(of.shape, () => {
      const data = Array.from({ length: count }, (_, k) => {
        const row = table.row(k)
        const isElsewhere = row.some((value, at) => at !== k && domain.real(value) !== 0)
        if (isElsewhere)
          throw new ConcreteError('A derivative that is not taken entry by entry: index it')
        return row[k]!
      })
      return { shape: of.shape, data }
    })
  const data = () => Array.from({ length: count }, (_, k) => table.row(k)).flat()
  if (table.shape.length === 0) return scalar(() => data()[0]!)
  return array(table.shape, () => ({ shape: table.shape, data: data() }))
}
