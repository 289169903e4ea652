// The benchmark's arithmetic, and a race between engines made for the purpose.

import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type Entrant, median, race } from './harness.ts'
import { quantity, table } from './table.ts'

test('the median of an even number of values is the mean of the middle two', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([9, 1, 5, 3])).toBe(4)
})

test('quantities have three significant digits', () => {
  expect([0.123456, 1.5, 42, 9999, 12_345, 8_000_000].map(quantity)).toEqual([
    '0.123',
    '1.50',
    '42.0',
    '9999',
    '12.3 k',
    '8.00 M',
  ])
})

/** A process that answers every request of the protocol with one fixed reply after the first. */
function entrant(name: string, ready: object, measured: object): Entrant {
  const script = `
    let asked = 0
    console.log('a greeting of the engine')
    require('node:readline').createInterface({ input: process.stdin }).on('line', () =>
      console.log(asked++ ? ${quote(measured)} : ${quote(ready)}))`
  return { name, version: '1', command: process.execPath, args: ['-e', script] }
}
const quote = (value: object) => JSON.stringify(JSON.stringify(value))

test('a race reports rates, costs, absences and failures', async () => {
  const told: string[] = []
  const results = await race(
    'w1b',
    [
      entrant('fast', { costs: [2, 1] }, { samples: 400, seconds: 2 }),
      entrant('slow', { costs: [2, 1] }, { samples: 100, seconds: 2 }),
      entrant('absent', { absent: true }, {}),
      entrant('broken', { failure: 'no such kernel' }, {}),
      { name: 'missing', version: '1', command: fileURLToPath(import.meta.url), args: [] },
    ],
    { rounds: 3, seconds: 1 },
    (line) => told.push(line),
  )
  expect(results.map(({ name, rate }) => [name, rate])).toEqual([
    ['fast', 200],
    ['slow', 50],
  ])
  expect(told).toHaveLength(2)
  expect(told[0]).toBe('broken failed: no such kernel')
  expect(table(results, 'fast')).toContain('| slow 1 |      50.0 |   4.00× | 2.0000 → 1.0000 |')
})
