// A convention that a document declares holds of every claim in it, also of one that looks as if it
// counted otherwise.
import { expect, test } from 'vitest'
import { checkNotes } from '../notes/check.ts'

const network = '```network\nx: input 3\ny = 2*x\nC = sum(y)\n```'

test.each([
  ['y_0 = 2 x_0', 'proved'],
  ['y_3 = 2 x_3', 'ill-formed'],
  [String.raw`C = \sum_{j=0}^{2} y_j`, 'proved'],
  [String.raw`C = \sum_{j=1}^{2} y_j`, 'refuted'],
  [String.raw`C = \sum_{j=1}^{3} y_j`, 'refuted'],
])('count: 0, and %s: %s', (formula, kind) => {
  const head = '<!-- conventions: count: 0 -->'
  const { entries } = checkNotes(`${head}\n\n${network}\n\n$$${formula}$$\n`)
  expect(entries[0]!.verdict!.kind).toBe(kind)
})
