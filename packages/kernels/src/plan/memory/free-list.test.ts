// The free list: stretches that are taken never overlap, and what is released is found again whole.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FreeList } from './free-list.ts'

test('the tightest gap is taken, and neighbours merge', () => {
  const list = new FreeList(2)
  const [a, b, c, d] = [list.take(10), list.take(4), list.take(5), list.take(1)]
  expect([a, b, c, d, list.end]).toEqual([0, 10, 14, 20, 22])
  list.release(a, 10)
  list.release(c, 5)
  expect(list.take(6)).toBe(14)
  list.release(14, 6)
  list.release(b, 4)
  expect(list.take(20)).toBe(0)
  expect(list.end).toBe(22)
})

test('a gap at the end is stretched', () => {
  const list = new FreeList(1)
  list.take(3)
  list.release(list.take(4), 4)
  expect(list.take(6)).toBe(3)
  expect(list.end).toBe(9)
})

test('taken stretches never overlap; all released, the arena is one gap', () => {
  const property = fc.property(
    fc.array(fc.record({ length: fc.integer({ min: 1, max: 20 }), drop: fc.nat(5) })),
    (turns) => {
      const list = new FreeList(4)
      const taken: { start: number; length: number }[] = []
      for (const { length, drop } of turns) {
        const start = list.take(length)
        for (const other of taken) {
          const apart = start >= other.start + other.length || other.start >= start + length
          expect(apart).toBe(true)
        }
        taken.push({ start, length })
        const [dropped] = drop < taken.length ? taken.splice(drop, 1) : []
        if (dropped) list.release(dropped.start, dropped.length)
      }
      for (const { start, length } of taken) list.release(start, length)
      const { end } = list
      if (end > 0) expect(list.take(end)).toBe(0)
      expect(list.end).toBe(end)
    },
  )
  fc.assert(property)
})
