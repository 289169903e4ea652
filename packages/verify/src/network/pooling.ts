// Which pooling window an entry belongs to: what [a_{ij} = max] and up(δ) speak of.
import {
  type Node,
  type PoolParams,
  pooledSize,
  resolvePads,
  topologicalOrder,
} from '@backprove/graph'
import type { Extremum } from '../language/syntax.ts'
import type { Network } from './network.ts'

type Nodes = Pick<Network, 'cost' | 'nodes'>

const everyNode = ({ cost, nodes }: Nodes): Node[] => topologicalOrder([...nodes.values(), cost])

/** All pooling nodes, as they were recorded. */
export const poolingsOf = (network: Nodes): Node[] =>
  everyNode(network).filter(({ op }) => op.traits?.window)

/** Which cell of a window the poolings of a network pass on, each kind once. */
export const picksOf = (network: Network): Extremum[] => [
  ...new Set(
    poolingsOf(network).flatMap(({ op }) => {
      const { window } = op.traits ?? {}
      return window && window !== 'all' ? [window] : []
    }),
  ),
]

/** The poolings that an array enters, directly or through increasing functions: z → a → pooling. */
export const poolingsEntered = (network: Nodes, array: Node): Node[] => {
  const nodes = everyNode(network)
  const same = new Set([array])
  for (const node of nodes) {
    const [arg] = node.args
    if (arg && same.has(arg) && node.op.traits?.monotone) same.add(node)
  }
  return nodes.filter((node) => node.op.traits?.window && same.has(node.args[0]!))
}

export const poolingOf = (network: Nodes, array: Node): Node | undefined =>
  poolingsEntered(network, array)[0]

/** Whether the cells of all of them lie in the same windows. */
export const haveSameWindows = (poolings: readonly Node[]): boolean => {
  const windows = poolings.map(({ params }) => {
    const { size, stride, dilation, padding } = params as PoolParams
    return JSON.stringify([size, stride, dilation, padding])
  })
  return new Set(windows).size < 2
}

/** Rows and columns, from 0, of the cells of every window, by window in row-major order. */
export const windowsOf = (pooling: Node): (readonly (readonly [number, number])[])[] => {
  const params = pooling.params as PoolParams
  const shape = pooling.args[0]!.shape
  const image = [shape.at(-2)!, shape.at(-1)!] as const
  const pads = resolvePads(params, image, params.size)
  const counts = pooledSize(params, image)
  const cells = (axis: 0 | 1, window: number): number[] =>
    Array.from(
      { length: params.size[axis] },
      (_, u) => params.stride[axis] * window + params.dilation[axis] * u - pads[axis][0],
    ).filter((cell) => cell >= 0 && cell < image[axis])
  const all = (count: number) => Array.from({ length: count }, (_, k) => k)
  return all(counts[0]).flatMap((i) =>
    all(counts[1]).map((j) =>
      cells(0, i).flatMap((row) => cells(1, j).map((column) => [row, column] as const)),
    ),
  )
}
