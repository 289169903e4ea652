// Rows and columns: matrices, cases, equations that are aligned, and lines.
import { type Mark, mark } from './marks.ts'
import type { Place, Setting } from './rows.ts'
import { listed, type Style, type TexNode } from './tree.ts'

const DISPLAY = { displaystyle: 'true' }
const SIDES = { l: 'left', r: 'right', c: '' } as const

export function arraySet(node: TexNode, place: Place, { row }: Setting): Mark {
  const rows = node.body as readonly (readonly TexNode[])[]
  const style = (rows[0]?.[0]?.style ?? 'text') as Style
  const columns = (node.cols ?? []).filter(({ type }) => type === 'align')
  // Lines between columns: the number of columns before each.
  const lines = (node.cols ?? []).flatMap(({ type }, k, all) =>
    type === 'separator' ? [all.slice(0, k).filter((each) => each.type === 'align').length] : [],
  )
  const below = (at: number): boolean => (node.hLinesBeforeRow?.[at]?.length ?? 0) > 0
  const cell = (each: TexNode, column: number, at: number): Mark => {
    const names = [
      SIDES[columns[column]?.align ?? 'c'],
      lines.includes(column) && 'line-before',
      column + 1 === columns.length && lines.includes(column + 1) && 'line-after',
      below(at) && 'line-above',
      at + 1 === rows.length && below(at + 1) && 'line-below',
    ].filter(Boolean)
    const parts = listed(each.body).flatMap((part) =>
      part.type === 'ordgroup' ? listed(part.body) : [part],
    )
    const attributes = names.length > 0 ? { class: names.join(' ') } : undefined
    return mark('mtd', row(parts, { ...place, style }), attributes)
  }
  const table = mark(
    'mtable',
    rows.map((cells, at) => {
      return mark(
        'mtr',
        cells.map((each, column) => cell(each, column, at)),
      )
    }),
    { class: nameOf(node, lines.length > 0), ...(style === 'display' && DISPLAY) },
  )
  return style === 'script' && place.style !== 'script'
    ? mark('mstyle', [table], { scriptlevel: '1' })
    : table
}

/** How far apart its rows and columns are. */
function nameOf({ addJot, arraystretch = 1 }: TexNode, hasLines: boolean): string {
  if (addJot) return 'aligned'
  if (hasLines) return 'ruled'
  return arraystretch < 1 ? 'lines' : arraystretch > 1 ? 'cases' : 'array'
}

/** Lines of no environment: one below the other, from the left. */
export function linesSet(nodes: readonly TexNode[], place: Place, { row }: Setting): Mark {
  const rows: TexNode[][] = [[]]
  for (const node of nodes)
    if (node.type === 'cr') rows.push([])
    else rows.at(-1)!.push(node)
  return mark(
    'mtable',
    rows
      .filter((each) => each.length > 0)
      .map((each) => mark('mtr', [mark('mtd', row(each, place), { class: 'left' })])),
    { class: 'aligned', ...(place.style === 'display' && DISPLAY) },
  )
}
