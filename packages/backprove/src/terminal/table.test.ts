// Cells as a terminal counts them.
import { expect, test } from 'vitest'
import { columns, widthOf, wrapped } from './table.ts'

test.each([
  ['abc', 3],
  ['卷积', 4],
  ['🙂', 2],
  ['👩‍🔬', 2],
  ['e\u0301', 1],
  ['\u001b[31mred\u001b[0m', 3],
  ['δ ⊙ σ′', 6],
])('%j takes %i cells', (text, cells) => {
  expect(widthOf(text)).toBe(cells)
})

test('columns and lines are measured in cells', () => {
  expect(
    columns([
      ['卷积', 'a'],
      ['x', 'b'],
    ]),
  ).toEqual(['卷积  a', 'x     b'])
  expect(wrapped('卷积 卷积 b', 9)).toEqual(['卷积 卷积', 'b'])
})
