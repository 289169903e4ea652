// Where everything stands. dagre ranks and orders the forward arrays; here each rank is moved, in
// that order, until chains are straight. The derivative is the reflection: no second layout.
import { graphlib, layout } from '@dagrejs/dagre'
import { aligned, type Cell } from './align.ts'

export interface Size {
  /** How far the item reaches to the left and to the right of the middle of its node. */
  readonly left: number
  readonly right: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Placement {
  /** The middle of each item's node. */
  readonly places: readonly Point[]
  /** The points that each edge passes, from the middle of one node to that of the other. */
  readonly lanes: readonly (readonly Point[])[]
  readonly width: number
  readonly height: number
}

export const GAP = { x: 22, y: 30, lane: 14, margin: 16 } as const

export function place(
  sizes: readonly Size[],
  edges: readonly (readonly [number, number])[],
  above = 0,
): Placement {
  const drawn = new graphlib.Graph({ multigraph: false })
  drawn.setGraph({
    ...{ rankdir: 'TB', nodesep: GAP.x, edgesep: GAP.lane, ranksep: 40 },
    ranker: 'longest-path',
  })
  sizes.forEach(({ left, right }, k) => {
    drawn.setNode(`${k}`, { width: left + right, height: 20 })
  })
  for (const [from, to] of edges) drawn.setEdge(`${from}`, `${to}`, {})
  layout(drawn)
  return straightened(sizes, edges, drawn, above)
}

interface Drawn {
  node(name: string): { x: number; y: number }
  edge(from: string, to: string): { points: Point[] }
}

function straightened(
  sizes: readonly Size[],
  edges: readonly (readonly [number, number])[],
  drawn: Drawn,
  above: number,
): Placement {
  const centres = sizes.map((_, k) => drawn.node(`${k}`))
  const levels = [...new Set(centres.map(({ y }) => Math.round(y)))].sort((a, b) => a - b)
  const rankOf = new Map(levels.map((y, rank) => [y, rank]))
  const cells: Cell[] = centres.map(({ x, y }, k) => ({
    ...{ x, rank: rankOf.get(Math.round(y))!, left: sizes[k]!.left, right: sizes[k]!.right },
    links: [],
  }))
  const lanes = edges.map(([from, to]) => {
    const [a, b] = [cells[from]!, cells[to]!]
    const { points } = drawn.edge(`${from}`, `${to}`)
    const chain = [a]
    for (let rank = Math.min(a.rank, b.rank) + 1; rank < Math.max(a.rank, b.rank); rank++) {
      const x = crossing(points, levels[rank]!)
      const lane: Cell = { x, rank, left: GAP.lane / 2, right: GAP.lane / 2, links: [] }
      cells.push(lane)
      chain.push(lane)
    }
    if (a.rank > b.rank) chain.splice(1, chain.length - 1, ...chain.slice(1).reverse())
    chain.push(b)
    for (let k = 1; k < chain.length; k++) {
      const isLane = chain.length > 2 ? (k > 1 && k < chain.length - 1 ? 8 : 2) : 1
      chain[k - 1]!.links.push({ cell: chain[k]!, weight: isLane })
      chain[k]!.links.push({ cell: chain[k - 1]!, weight: isLane })
    }
    return chain
  })
  const xs = aligned(cells, GAP.x)
  const tops = rankTops(cells.slice(0, sizes.length), sizes, levels.length, above)
  const least = Math.min(...cells.map((cell) => xs.get(cell)! - cell.left))
  const most = Math.max(...cells.map((cell) => xs.get(cell)! + cell.right))
  const at = (cell: Cell): Point => ({
    x: xs.get(cell)! - least + GAP.margin,
    y: tops[cell.rank]!,
  })
  const lowest = Math.max(...sizes.map((size, k) => tops[cells[k]!.rank]! + size.height / 2))
  return {
    places: sizes.map((_, k) => at(cells[k]!)),
    lanes: lanes.map((chain) => chain.map(at)),
    width: most - least + 2 * GAP.margin,
    height: lowest + GAP.margin,
  }
}

/** The middle of each rank, the highest item of a rank deciding. */
function rankTops(
  cells: readonly Cell[],
  sizes: readonly Size[],
  ranks: number,
  above: number,
): number[] {
  const heights = new Array<number>(ranks).fill(0)
  cells.forEach(({ rank }, k) => {
    heights[rank] = Math.max(heights[rank]!, sizes[k]!.height)
  })
  let top: number = GAP.margin + above
  return heights.map((height) => {
    const middle = top + height / 2
    top += height + GAP.y
    return middle
  })
}

/** Where a line of points passes a height. */
function crossing(points: readonly Point[], y: number): number {
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1]!, points[k]!]
    if ((a.y - y) * (b.y - y) > 0) continue
    return a.y === b.y ? a.x : a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y)
  }
  return points[Math.floor(points.length / 2)]?.x ?? 0
}
