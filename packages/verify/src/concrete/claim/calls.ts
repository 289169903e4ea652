// Functions of a claim: σ, exp, a layer's own activation, and those of whole arrays.
import type { Node } from '@backprove/graph'
import { ConcreteError } from '../../core/errors.ts'
import { type Networked, nodeNamed, type World } from '../../evaluate/world.ts'
import type { Resolved } from '../../language/resolved.ts'
import { activationOf, scalarActivation } from '../../network/activation.ts'
import { poolingsOf } from '../../network/pooling.ts'
import { wordOf } from '../../network/word-ops.ts'
import { realFunctions, winningValue } from '../domains/comparing.ts'
import { type Domain, exactRational, type Tensor } from '../domains/domain.ts'
import { elementwise, median } from '../domains/elementary.ts'
import { type Border, pad, rot180, sizeOf, upsample } from './arrays.ts'
import { broadcast } from './broadcast.ts'
import { array, type Compiled, type CompiledArray, scalar, shapeOf } from './compiled.ts'
import { compileExpression } from './expression.ts'
import { compileIndex, type Site } from './site.ts'

type Call = Extract<Resolved, { kind: 'call' }>
type Activation = Extract<Resolved, { kind: 'activation' }>

export const compileCall = <T>(node: Call | Activation, site: Site<T>): Compiled<T> => {
  if (node.kind === 'activation') {
    const apply = activationAt(node, site.world)
    return entrywise(compileExpression(node.operand, site), site, apply)
  }
  const rule = elementwise(node.word)
  if (rule) {
    const { domain } = site.world
    const [operand] = node.operands.map((each) => compileExpression(each, site))
    return entrywise(operand!, site, (x) => rule(domain, x, node.order))
  }
  const compiler = arrayCalls[node.word]
  if (!compiler) throw new ConcreteError(`${node.word} has no meaning here`)
  return compiler(node, site)
}

const entrywise = <T>(operand: Compiled<T>, { world }: Site<T>, apply: (x: T) => T): Compiled<T> =>
  broadcast('A function', [operand], world.domain.zero, ([x]) => apply(x!))

/** The array whose layer decides which activation a(z) is. */
const layerOf = (operand: Resolved, world: Networked): Node | undefined => {
  if (operand.kind === 'array') return nodeNamed(world, operand.name)
  return operand.kind === 'entry' ? layerOf(operand.array, world) : undefined
}

const activationAt = <T>({ operand, order }: Activation, world: World<T>): ((x: T) => T) => {
  const found = activationOf(world.network, layerOf(operand, world))
  if (!found) throw new ConcreteError('An activation of no layer, or of layers that differ')
  const word = wordOf(found.value.op)
  const rule = word && elementwise(word)
  const isPlain = !found.value.graph.applicationOf(found.value)
  if (rule && isPlain) return (x) => rule(world.domain, x, order)
  const { argument, value } = scalarActivation(found, order)
  return (x) => {
    const values = new Map<Node, Tensor<T>>([[argument, { shape: [], data: [x] }]])
    world.interpreter.run([value], values)
    return values.get(value)!.data[0]!
  }
}

const wholeArray = <T>(node: Call, site: Site<T>): CompiledArray<T> => {
  const compiled = compileExpression(node.operands[0]!, site)
  if (compiled.rank === 0) throw new ConcreteError(`${node.word} is of an array`)
  return compiled
}

const numbersOf = <T>(node: Resolved | undefined, site: Site<T>): number[] =>
  node?.kind === 'list'
    ? node.items.flatMap((item) => numbersOf(item, site))
    : node
      ? [compileIndex(node, site)()]
      : []

const pairOf = <T>(node: Resolved | undefined, site: Site<T>): [number, number] | undefined => {
  const [first, second = first] = numbersOf(node, site)
  if (first === undefined || second === undefined) return undefined
  if ([first, second].some((n) => !Number.isInteger(n) || n < 0 || n > 1000))
    throw new ConcreteError('Sizes are whole numbers from 0 to 1000')
  return [first, second]
}

interface Block {
  readonly size: readonly [number, number]
  /** Of what a pooling of that result pools, which its windows need not cover. */
  readonly image?: readonly [number, number]
}

const lastTwo = ({ shape }: Node): [number, number] => [shape.at(-2)!, shape.at(-1)!]

/**
 * Of the pooling whose result has the array's size, or of the only kind of pooling that there is.
 */
const blockOf = (shape: readonly number[], world: Networked): Block => {
  const poolings = poolingsOf(world.network)
  const result = shape.slice(-2).join()
  const own = poolings.filter((pooling) => lastTwo(pooling).join() === result)
  const sizes = new Map(
    (own.length > 0 ? own : poolings).map((pooling) => {
      const { size } = pooling.params as { size: readonly [number, number] }
      return [size.join(), [size[0], size[1]] as [number, number]]
    }),
  )
  const [block, other] = [...sizes.values()]
  if (!block || other) throw new ConcreteError('up: by how much? Write up(δ, 2)')
  const images = new Map(own.map(({ args }) => [lastTwo(args[0]!).join(), lastTwo(args[0]!)]))
  if (images.size > 1) throw new ConcreteError('up: to which size? Write up(δ, 2)')
  const [image] = images.values()
  return { size: block, ...(image && { image }) }
}

const borderOf = <T>(node: Resolved | undefined, site: Site<T>): Border => {
  const sides =
    node?.kind === 'list' && node.items.some((item) => item.kind === 'list')
      ? node.items.map((item) => pairOf(item, site)!)
      : (pairOf(node, site) ?? []).map((n): [number, number] => [n, n])
  if (sides.length !== 2) throw new ConcreteError('pad takes [rows, columns]')
  return sides
}

const same = <T>(
  operand: CompiledArray<T>,
  shape: readonly number[],
  change: (tensor: Tensor<T>) => Tensor<T>,
): Compiled<T> => array(shape, () => change(operand.tensor()))

const total = <T>(domain: Domain<T>, values: readonly T[]): T =>
  values.reduce(domain.add, domain.zero)

/** Σ δ of maps is one number for each, or the sum of them all: what the other side is says which. */
export const waysToSum = (rank: number): readonly number[] => (rank > 2 ? [0, rank - 2] : [0])

/** The sum of each map: the first `kept` axes stay. */
const sumOfMaps = <T>(operand: CompiledArray<T>, kept: number, { world }: Site<T>): Compiled<T> => {
  const shape = operand.shape.slice(0, kept)
  return array(shape, () => {
    const { data } = operand.tensor()
    const size = data.length / sizeOf(shape)
    const sums = Array.from({ length: sizeOf(shape) }, (_, at) =>
      total(world.domain, data.slice(at * size, (at + 1) * size)),
    )
    return { shape, data: sums }
  })
}

type ArrayCall = <T>(node: Call, site: Site<T>) => Compiled<T>

const turned: ArrayCall = (node, site) => {
  const operand = wholeArray(node, site)
  return same(operand, operand.shape, rot180)
}

const extremum =
  (which: 'max' | 'min'): ArrayCall =>
  (node, site) => {
    const { domain } = site.world
    const operands = node.operands.map((each) => compileExpression(each, site))
    if (operands.length > 1)
      return broadcast(which, operands, domain.zero, (values) =>
        values.reduce((a, b) => realFunctions[which](domain, a, b)),
      )
    const operand = wholeArray(node, site)
    return scalar(() => {
      const all = operand.tensor().data.map((value, at) => ({ value, at: [at] }))
      return winningValue(domain, which, all)!
    })
  }

const arrayCalls: Partial<Record<Call['word'], ArrayCall>> = {
  rot180: turned,
  flip: turned,
  transpose: (node, site) =>
    compileExpression({ kind: 'transposed', operand: node.operands[0]!, span: node.span }, site),
  up: (node, site) => {
    const operand = wholeArray(node, site)
    const given = pairOf(node.operands[1], site)
    const { size, image }: Block = given ? { size: given } : blockOf(operand.shape, site.world)
    const { zero } = site.world.domain
    const [height = 1, width = 1] = operand.shape.slice(-2)
    const to = image ?? ([height * size[0], width * size[1]] as const)
    const shape = [...operand.shape.slice(0, -2), ...to]
    return same(operand, shape, (tensor) => upsample(tensor, size, to, zero))
  },
  pad: (node, site) => {
    const operand = wholeArray(node, site)
    const border = borderOf(node.operands[1], site)
    const { zero } = site.world.domain
    const shape = operand.shape.map((length, axis) => {
      const side = border[axis - (operand.shape.length - 2)]
      return side ? length + side[0] + side[1] : length
    })
    return same(operand, shape, (tensor) => pad(tensor, border, zero))
  },
  sum: (node, site) => {
    const operand = compileExpression(node.operands[0]!, site)
    if (operand.rank === 0) return operand
    const ways = waysToSum(operand.shape.length)
    const kept = ways[site.world.choices.choose(ways.length)]!
    if (kept > 0) return sumOfMaps(operand, kept, site)
    return scalar(() => total(site.world.domain, operand.tensor().data))
  },
  mean: (node, site) => {
    const { domain } = site.world
    const operand = wholeArray(node, site)
    const count = domain.fromRational(exactRational(sizeOf(operand.shape)))
    return scalar(() => domain.divide(total(domain, operand.tensor().data), count))
  },
  diag: (node, site) => {
    const operand = wholeArray(node, site)
    const { zero } = site.world.domain
    const [n = 1, columns] = operand.shape
    if (operand.shape.length > 2 || (columns !== undefined && columns !== n))
      throw new ConcreteError('diag is of a vector or of a square matrix')
    if (columns === undefined)
      return same(operand, [n, n], ({ data }) => ({
        shape: [n, n],
        data: Array.from({ length: n * n }, (_, at) =>
          at % (n + 1) === 0 ? data[at / (n + 1)]! : zero,
        ),
      }))
    return same(operand, [n], ({ data }) => ({
      shape: [n],
      data: Array.from({ length: n }, (_, at) => data[at * (n + 1)]!),
    }))
  },
  ones: (node, site) => {
    const operand = wholeArray(node, site)
    const { one } = site.world.domain
    return same(operand, operand.shape, ({ shape, data }) => ({
      shape,
      data: data.map(() => one),
    }))
  },
  softmax: (node, site) => {
    const operand = wholeArray(node, site)
    const { domain } = site.world
    const length = shapeOf(operand).at(-1)!
    return same(operand, operand.shape, ({ shape, data }) => {
      const powers = data.map((value) => domain.call('exp', [value]))
      const sums = powers.flatMap((_, at) =>
        at % length === 0 ? [total(domain, powers.slice(at, at + length))] : [],
      )
      return {
        shape,
        data: powers.map((value, at) => domain.divide(value, sums[Math.floor(at / length)]!)),
      }
    })
  },
  max: extremum('max'),
  min: extremum('min'),
  med: (node, site) => {
    const { domain } = site.world
    const operands = node.operands.map((each) => compileExpression(each, site))
    if (operands.length > 1)
      return broadcast('med', operands, domain.zero, (values) => median(domain, values))
    const operand = wholeArray(node, site)
    return scalar(() => median(domain, operand.tensor().data))
  },
}
