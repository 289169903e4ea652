// Which cells compete in a maximum or median of the network, by the places that they have in it.
import { type MaxParams, type Node, ops } from '@backprove/graph'
import { sizeOf } from '../evaluate/machine.ts'
import { windowsOf } from '../network/pooling.ts'

/** Whether entries were met that come out in the one way, and in the other. */
export type Outcomes = (
  of: (node: Node) => readonly number[],
) => readonly [holds: boolean, fails: boolean]

/** Entries of what is compared, row-major, a list for each entry of the result. */
type Groups = readonly (readonly number[])[]

const alongAxes = ({ shape }: Node, axes: readonly number[]): Groups => {
  const groups = new Map<string, number[]>()
  for (let entry = 0; entry < sizeOf(shape); entry++) {
    let rest = entry
    const index = shape.map(() => 0)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis]!
      rest = Math.floor(rest / shape[axis]!)
    }
    const key = index.filter((_, axis) => !axes.includes(axis)).join()
    const group = groups.get(key) ?? []
    group.push(entry)
    groups.set(key, group)
  }
  return [...groups.values()]
}

const inWindows = (pooling: Node): Groups => {
  const { shape } = pooling.args[0]!
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!]
  const windows = windowsOf(pooling)
  const maps = sizeOf(shape) / (rows * columns)
  return Array.from({ length: maps }, (_, map) => map * rows * columns).flatMap((start) =>
    windows.map((cells) => cells.map(([row, column]) => start + row * columns + column)),
  )
}

const contests: ReadonlyMap<unknown, (node: Node) => Groups> = new Map([
  [ops.max, (node: Node) => alongAxes(node.args[0]!, (node.params as MaxParams).axes)],
  [ops.argmax, (node: Node) => alongAxes(node.args[0]!, [(node.params as { axis: number }).axis])],
  [ops.maxPool2d, inWindows],
  [ops.medianPool2d, inWindows],
])

/** Those of a contest of more cells stand for the others. */
const mostPlaces = 12

/** The largest, or the one or two in the middle. */
const winning = (values: readonly number[], isMedian: boolean): readonly number[] => {
  if (!isMedian) return [Math.max(...values)]
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return [sorted[Math.floor(middle)]!, sorted[Math.ceil(middle)]!]
}

/** For each place: whether a cell was met there that wins alone, and one that does not win. */
export const placesOf = (node: Node): Outcomes[] => {
  const find = contests.get(node.op)
  if (!find) return []
  // Of two both are in the middle.
  const isMedian = node.op === ops.medianPool2d
  const groups = find(node).filter(({ length }) => length > (isMedian ? 2 : 1))
  const most = Math.max(0, ...groups.map(({ length }) => length))
  return Array.from({ length: Math.min(most, mostPlaces) }, (_, k) => (of) => {
    const cells = of(node.args[0]!)
    const seen = groups.flatMap((group) => {
      if (k >= group.length) return []
      const values = group.map((cell) => cells[cell]!)
      const isAlone = values.filter((each) => each === values[k]).length === 1
      return [isAlone && winning(values, isMedian).includes(values[k]!)]
    })
    return [seen.includes(true), seen.includes(false)]
  })
}
