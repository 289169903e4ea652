// Ranks of cells moved sideways, in their order and without overlap, so that what is linked stands
// below one another: for each rank in turn the least squares, by pooling adjacent violators.

export interface Cell {
  readonly x: number
  readonly rank: number
  readonly left: number
  readonly right: number
  readonly links: { readonly cell: Cell; readonly weight: number }[]
}

const SWEEPS = 12

/** The place of each cell. */
export function aligned(cells: readonly Cell[], gap: number): Map<Cell, number> {
  const ranks: Cell[][] = []
  for (const cell of cells) {
    ranks[cell.rank] ??= []
    ranks[cell.rank]!.push(cell)
  }
  for (const rank of ranks) rank.sort((a, b) => a.x - b.x)
  const xs = new Map(cells.map((cell) => [cell, cell.x]))
  const settle = (rank: readonly Cell[], towards: (cell: Cell) => boolean): void => {
    const wished = rank.map((cell) => {
      const links = cell.links.filter((link) => towards(link.cell))
      const weight = links.reduce((sum, link) => sum + link.weight, 0)
      if (weight === 0) return { x: xs.get(cell)!, weight: 0.01 }
      const x = links.reduce((sum, link) => sum + link.weight * xs.get(link.cell)!, 0) / weight
      return { x, weight }
    })
    const placed = spread(rank, wished, gap)
    rank.forEach((cell, k) => {
      xs.set(cell, placed[k]!)
    })
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isLast = sweep >= SWEEPS - 2
    for (const rank of ranks) settle(rank, (cell) => isLast || cell.rank < rank[0]!.rank)
    for (const rank of [...ranks].reverse()) {
      settle(rank, (cell) => isLast || cell.rank > rank[0]!.rank)
    }
  }
  for (const chain of chainsAmong(cells)) straighten(chain, ranks, xs, gap)
  return xs
}

/** Cells that follow one another with no other link between: they should stand exactly upright. */
function chainsAmong(cells: readonly Cell[]): Cell[][] {
  const only = (cell: Cell, side: 1 | -1): Cell | undefined => {
    const links = cell.links.filter((link) => side * (link.cell.rank - cell.rank) > 0)
    return links.length === 1 ? links[0]!.cell : undefined
  }
  const chains: Cell[][] = []
  for (const first of cells) {
    const before = only(first, -1)
    if (before && only(before, 1) === first) continue
    const chain = [first]
    for (let last = first, next = only(last, 1); next && only(next, -1) === last; ) {
      chain.push(next)
      last = next
      next = only(last, 1)
    }
    if (chain.length > 1) chains.push(chain)
  }
  return chains
}

/** As near to the mean of the chain as its neighbours leave room, or where it was. */
function straighten(
  chain: readonly Cell[],
  ranks: readonly (readonly Cell[])[],
  xs: Map<Cell, number>,
  gap: number,
): void {
  let [least, most, sum] = [-Infinity, Infinity, 0]
  for (const cell of chain) {
    const rank = ranks[cell.rank]!
    const at = rank.indexOf(cell)
    const [before, after] = [rank[at - 1], rank[at + 1]]
    if (before) least = Math.max(least, xs.get(before)! + before.right + gap + cell.left)
    if (after) most = Math.min(most, xs.get(after)! - after.left - gap - cell.right)
    sum += xs.get(cell)!
  }
  if (least > most) return
  const x = Math.min(most, Math.max(least, sum / chain.length))
  for (const cell of chain) xs.set(cell, x)
}

interface Wish {
  readonly x: number
  readonly weight: number
}

/** Nearest to the wishes under x[k+1] − x[k] ≥ right[k] + gap + left[k+1]. */
function spread(rank: readonly Cell[], wished: readonly Wish[], gap: number): number[] {
  const offsets: number[] = []
  rank.forEach((cell, k) => {
    const before = rank[k - 1]
    offsets.push(before ? offsets[k - 1]! + before.right + gap + cell.left : 0)
  })
  const pools: { sum: number; weight: number; count: number }[] = []
  wished.forEach(({ x, weight }, k) => {
    let pool = { sum: (x - offsets[k]!) * weight, weight, count: 1 }
    for (let last = pools.at(-1); last && last.sum / last.weight > pool.sum / pool.weight; ) {
      pools.pop()
      pool = {
        sum: last.sum + pool.sum,
        weight: last.weight + pool.weight,
        count: last.count + pool.count,
      }
      last = pools.at(-1)
    }
    pools.push(pool)
  })
  const level = pools.flatMap(({ sum, weight, count }) => Array<number>(count).fill(sum / weight))
  return level.map((x, k) => x + offsets[k]!)
}
