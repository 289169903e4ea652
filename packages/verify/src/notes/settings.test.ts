// What letters of lengths are said to be holds for the formulas that speak of them.
import { expect, it } from 'vitest'
import { verifySizes } from '../verdict/sizes.ts'
import { checkNotes } from './check.ts'

it.each([
  ['m > n where m = n + 1', 'proved'],
  ['m < n where m = n + 1', 'refuted'],
  ['⌊(n + 2p - f)/s⌋ + 1 = n where p = (f-1)/2, s = 1', 'proved'],
  ['⌊(n + 2p - f)/s⌋ + 1 = n where p = (f-1)/2, s = 2', 'refuted'],
  ['m := n + 1', 'refuted'],
])('of lengths alone, %s: %s', (claim, kind) => {
  expect(verifySizes(claim).kind).toBe(kind)
})

it('a diagnosis is asked of whoever is given in its place', () => {
  const text = '```network\nx: input 3\nC = sum(x)\n```\n\n$$∂C/∂x_i = 2$$\n'
  const asked: unknown[] = []
  const diagnose = (request: unknown) => {
    asked.push(request)
    return []
  }
  const [entry] = checkNotes(text, { diagnose }).entries
  expect(entry?.verdict).toMatchObject({ kind: 'refuted', diagnoses: [] })
  expect(asked).toHaveLength(1)
  expect(checkNotes(text).entries[0]?.verdict).toMatchObject({ diagnoses: [{ name: 'factor' }] })
})

it.each([
  ['$m := n + 1$ $m > n$ $m < n$', ['declaration', 'proved', 'refuted']],
  ['$k = 2 n$ $k ≥ n$ $k < n$', ['declaration', 'proved', 'refuted']],
  ['$k = 2 n$ $k = n$ $k > n$', ['declaration', 'declaration', 'refuted']],
  ['$k ≥ n$ $k = 2 n$', ['refuted', 'declaration']],
  ['$n = 3$ $n + 1 > n$ $n > 2$', ['declaration', 'proved', 'proved']],
])('in a document of lengths, %s', (body, kinds) => {
  const { entries } = checkNotes(`\`\`\`network\nsizes\n\`\`\`\n\n${body}\n`)
  expect(entries.map(({ kind, verdict }) => verdict?.kind ?? kind)).toEqual(kinds)
})
