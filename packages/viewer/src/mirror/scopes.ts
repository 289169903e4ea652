// Blocks that open and close: which rows stand in which block, and what is drawn when some of the
// blocks are closed.
import type { Scope } from '../document.ts'
import type { Row } from './rows.ts'

export interface Block {
  /** Stable while the page lives: the places of the block and of those around it, `2.0`. */
  readonly id: string
  readonly title: string
  readonly rows: readonly Row[]
  readonly inside: readonly Block[]
}

/** What is drawn in one place: an array, or a closed block of several. */
export type Item =
  | { readonly kind: 'row'; readonly id: string; readonly row: Row }
  | { readonly kind: 'block'; readonly id: string; readonly block: Block }

/** More rows than this are put in blocks, where the document has none. */
const MOST_FLAT = 120

export function blocksOf(rows: readonly Row[], scopes: readonly Scope[]): Block[] {
  const byName = new Map(
    rows.flatMap((row) => (row.node.name ? [[row.node.name, row]] : [])) as [string, Row][],
  )
  const given = scopes.flatMap((scope, k) => blockOf(scope, `${k}`, byName) ?? [])
  if (given.length > 0 || rows.length <= MOST_FLAT) return given
  const dotted = dottedScopes(rows)
  if (dotted.length > 1) return dotted.flatMap((scope, k) => blockOf(scope, `${k}`, byName) ?? [])
  return runs(rows)
}

function blockOf(scope: Scope, id: string, byName: ReadonlyMap<string, Row>): Block | undefined {
  const own = new Set(scope.names.flatMap((name) => byName.get(name) ?? []))
  const inside = scope.inside.flatMap((each, k) => blockOf(each, `${id}.${k}`, byName) ?? [])
  for (const block of inside) for (const row of block.rows) own.add(row)
  return own.size < 2 ? undefined : { id, title: scope.title, rows: [...own], inside }
}

/** `layer1.0.conv` stands in layer1, as frameworks name arrays. */
function dottedScopes(rows: readonly Row[]): Scope[] {
  const groups = new Map<string, string[]>()
  for (const { node } of rows) {
    const [first, ...rest] = (node.name ?? '').split('.')
    if (!first || rest.length === 0) continue
    groups.set(first, [...(groups.get(first) ?? []), node.name!])
  }
  return [...groups].map(([title, names]) => ({ title, names, inside: [] }))
}

/** Rows in the order of computation, as many in a block as there are blocks. */
function runs(rows: readonly Row[]): Block[] {
  const length = Math.ceil(Math.sqrt(rows.length))
  return Array.from({ length: Math.ceil(rows.length / length) }, (_, k) => {
    const part = rows.slice(k * length, (k + 1) * length)
    return {
      id: `${k}`,
      title: `${k * length + 1} … ${k * length + part.length}`,
      rows: part,
      inside: [],
    }
  })
}

/** Every block with the blocks inside it. */
export const allBlocks = (blocks: readonly Block[]): Block[] =>
  blocks.flatMap((block) => [block, ...allBlocks(block.inside)])

export interface Items {
  readonly items: readonly Item[]
  /** Between items, without repetition: [from, to], positions in `items`. */
  readonly edges: readonly (readonly [number, number])[]
  /** The item in which each row stands. */
  readonly itemOf: ReadonlyMap<Row, number>
}

/** The rows with each block that is not open drawn as one item, in the order of computation. */
export function itemsOf(
  rows: readonly Row[],
  blocks: readonly Block[],
  open: ReadonlySet<string>,
): Items {
  const closed = new Map<Row, Block>()
  const visit = (block: Block): void => {
    if (open.has(block.id)) block.inside.forEach(visit)
    else for (const row of block.rows) closed.set(row, block)
  }
  blocks.forEach(visit)
  const items: Item[] = []
  const itemOf = new Map<Row, number>()
  const placed = new Map<Block, number>()
  for (const row of rows) {
    const block = closed.get(row)
    const known = block && placed.get(block)
    if (known !== undefined) {
      itemOf.set(row, known)
      continue
    }
    if (block) placed.set(block, items.length)
    itemOf.set(row, items.length)
    items.push(
      block
        ? { kind: 'block', id: `b${block.id}`, block }
        : { kind: 'row', id: `r${row.node.id}`, row },
    )
  }
  const edges = new Map<string, readonly [number, number]>()
  for (const row of rows) {
    for (const source of row.sources) {
      const [from, to] = [itemOf.get(source)!, itemOf.get(row)!]
      if (from !== to) edges.set(`${from} ${to}`, [from, to])
    }
  }
  return { items, edges: [...edges.values()], itemOf }
}
