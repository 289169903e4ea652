// The mirror as boxes: forward arrays at the left with their parameters as chips, and each adjoint
// in the same row at the right, with the gradients of those parameters. Numbers only; no page.
import type { Node } from '@backprove/graph'
import { type Point, place, type Size } from './place.ts'
import type { Row } from './rows.ts'
import type { Block, Items } from './scopes.ts'

export type Side = 'forward' | 'derivative'

export interface Cell {
  readonly id: string
  readonly side: Side
  readonly kind: 'node' | 'chip' | 'block'
  /** What it shows, and at the right the forward array whose gradient that is. */
  readonly node: Node | undefined
  readonly of: Node | undefined
  readonly row: Row | undefined
  readonly block: Block | undefined
  /** The upper left corner. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Lane {
  readonly side: Side
  readonly from: number
  readonly to: number
  readonly points: readonly Point[]
}

export interface Mirror {
  readonly cells: readonly Cell[]
  readonly lanes: readonly Lane[]
  /** Between a forward array and its adjoint. */
  readonly ties: readonly (readonly [Point, Point])[]
  readonly width: number
  readonly height: number
  /** Above each half: the middle of its widest chain. */
  readonly titles: readonly { readonly side: Side; readonly x: number }[]
}

export const BOX = {
  node: { width: 120, height: 48 },
  chip: { width: 98, height: 22 },
  block: { width: 172, height: 46 },
  title: 26,
  gap: 4,
  halves: 48,
} as const

/** Chips stand two on top of each other. */
const columnsOf = (chips: number): number => Math.ceil(chips / 2)

function sizeOf(item: Items['items'][number]): Size {
  const box = BOX[item.kind === 'row' ? 'node' : 'block']
  const columns = item.kind === 'row' ? columnsOf(item.row.chips.length) : 0
  const left = box.width / 2 + columns * (BOX.chip.width + BOX.gap)
  return { left, right: box.width / 2, height: box.height }
}

export interface MirrorOptions {
  readonly sides: readonly Side[]
}

export function mirrorOf({ items, edges }: Items, { sides }: MirrorOptions): Mirror {
  const { places, lanes, width, height } = place(items.map(sizeOf), edges, BOX.title)
  const both = sides.length === 2
  const total = both ? 2 * width + BOX.halves : width
  const across = (side: Side, x: number): number =>
    side === 'forward' ? x : both ? total - x : width - x
  const cells: Cell[] = []
  const ties: [Point, Point][] = []
  for (const side of sides) {
    items.forEach((item, k) => {
      const centre = { x: across(side, places[k]!.x), y: places[k]!.y }
      cells.push(...(item.kind === 'row' ? rowCells : blockCells)(item as never, side, centre))
    })
  }
  if (both) {
    items.forEach((item, k) => {
      const { x, y } = places[k]!
      const half = BOX[item.kind === 'row' ? 'node' : 'block'].width / 2 + 6
      if (item.kind === 'block' || item.row.adjoint) {
        ties.push([
          { x: x + half, y },
          { x: total - x - half, y },
        ])
      }
    })
  }
  const isCell = (side: Side, k: number): boolean => {
    const item = items[k]!
    return side === 'forward' || item.kind === 'block' || item.row.adjoint !== undefined
  }
  return {
    cells,
    ties,
    lanes: sides.flatMap((side) =>
      lanes.flatMap((points, k) => {
        const [from, to] = edges[k]!
        if (!isCell(side, from) || !isCell(side, to)) return []
        return [{ side, from, to, points: points.map(({ x, y }) => ({ x: across(side, x), y })) }]
      }),
    ),
    titles: sides.map((side) => ({ side, x: across(side, places[0]?.x ?? 0) })),
    ...{ width: total, height },
  }
}

function blockCells(
  { id, block }: { id: string; block: Block },
  side: Side,
  centre: Point,
): Cell[] {
  return [cell({ id: `${side}-${id}`, side, kind: 'block', block }, centre)]
}

function rowCells({ id, row }: { id: string; row: Row }, side: Side, centre: Point): Cell[] {
  const isForward = side === 'forward'
  const node = isForward ? row.node : row.adjoint
  const of = isForward ? undefined : row.node
  const own = node ? [cell({ id: `${side}-${id}`, side, kind: 'node', node, of, row }, centre)] : []
  const parameters = row.chips.filter((chip) => chip.op.name === 'parameter')
  const chips = isForward ? row.chips : row.gradients
  const away = isForward ? -1 : 1
  return [
    ...own,
    ...chips.map((chip, k) => {
      const column = Math.floor(k / 2)
      const inColumn = Math.min(2, chips.length - 2 * column)
      const step = BOX.chip.height + 2
      const middle = BOX.node.width / 2 + BOX.gap + BOX.chip.width / 2
      return cell(
        {
          ...{ id: `${side}-${id}-${k}`, side, kind: 'chip', row, node: chip },
          of: isForward ? undefined : parameters[k],
        },
        {
          x: centre.x + away * (middle + column * (BOX.chip.width + BOX.gap)),
          y: centre.y + ((k % 2) - (inColumn - 1) / 2) * step,
        },
      )
    }),
  ]
}

type CellParts = Pick<Cell, 'id' | 'side' | 'kind'> &
  Partial<Pick<Cell, 'node' | 'of' | 'row' | 'block'>>

function cell(parts: CellParts, { x, y }: Point): Cell {
  const { width, height } = BOX[parts.kind]
  const none = { node: undefined, of: undefined, row: undefined, block: undefined }
  return { ...none, ...parts, x: x - width / 2, y: y - height / 2, width, height }
}

export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

/** The next cell for an arrow key: along the chain, or across the row. */
export function neighbour(cells: readonly Cell[], from: Cell, direction: Direction): Cell {
  const middle = (cell: Cell) => ({ x: cell.x + cell.width / 2, y: cell.y + cell.height / 2 })
  const here = middle(from)
  const isUpright = direction === 'ArrowUp' || direction === 'ArrowDown'
  const sign = direction === 'ArrowUp' || direction === 'ArrowLeft' ? -1 : 1
  let best = from
  let least = Infinity
  for (const cell of cells) {
    const { x, y } = middle(cell)
    const [along, aside] = isUpright ? [y - here.y, x - here.x] : [x - here.x, y - here.y]
    if (sign * along <= 1) continue
    if (isUpright && cell.side !== from.side) continue
    if (!isUpright && Math.abs(aside) > BOX.node.height / 2 + 2) continue
    const far = isUpright
      ? Math.abs(along) + 2 * Math.abs(aside)
      : Math.abs(along) + Math.abs(aside)
    if (far < least) [best, least] = [cell, far]
  }
  return best
}
