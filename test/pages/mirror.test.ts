// The nets that people know, drawn with every block open: nothing overlaps, and no more lines cross
// than did.
import { bookCnn, leNet5, miniInception, miniResNet } from '@backprove/nn'
import { expect, test } from 'vitest'
import { mirrorOf } from '../../packages/viewer/src/mirror/cells.ts'
import { crossings, overlapping } from '../../packages/viewer/src/mirror/measures.ts'
import { rowsOf } from '../../packages/viewer/src/mirror/rows.ts'
import { allBlocks, blocksOf, itemsOf } from '../../packages/viewer/src/mirror/scopes.ts'
import { viewDocument } from '../../packages/viewer/src/view-document.ts'

test.each([
  ['the book', bookCnn, 0],
  ['LeNet-5', leNet5, 0],
  ['a residual net', miniResNet, 0],
  ['an Inception net', miniInception, 0],
])('%s: no overlap, %3$i crossings', (_, net, most) => {
  const { cost, y, layers } = net()
  const rows = rowsOf(cost, y)
  const blocks = blocksOf(rows, viewDocument(cost, { output: y, layers }).scopes)
  const open = new Set(allBlocks(blocks).map(({ id }) => id))
  const mirror = mirrorOf(itemsOf(rows, blocks, open), { sides: ['forward', 'derivative'] })
  expect(overlapping(mirror.cells)).toEqual([])
  expect(crossings(mirror)).toBe(most)
})
