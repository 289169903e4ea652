// Schedules against their closed forms and hand-worked values.
import { describe, expect, it } from 'vitest'
import { ScheduleError, schedules } from './schedules.ts'

describe('schedules', () => {
  it('constant: η', () => {
    expect([0, 1, 1000].map(schedules.constant(0.3))).toEqual([0.3, 0.3, 0.3])
  })

  it('step: η, η, η, ηγ, … for every = 3', () => {
    const rate = schedules.step({ rate: 8, every: 3, factor: 0.5 })
    expect([0, 1, 2, 3, 5, 6, 9].map(rate)).toEqual([8, 8, 8, 4, 4, 2, 1])
  })

  it('exponential: the recurrence η ← γη', () => {
    const rate = schedules.exponential({ rate: 1, factor: 0.9 })
    let expected = 1
    for (let k = 0; k < 50; k++) {
      expect(rate(k)).toBeCloseTo(expected, 14)
      expected *= 0.9
    }
  })

  it('cosine: ends, quarter, middle, and past the end', () => {
    const rate = schedules.cosine({ rate: 1, steps: 4, floor: 0.2 })
    // cos(π/4) = √½ at the quarter.
    const quarter = 0.2 + 0.4 * (1 + Math.SQRT1_2)
    const expected = [1, quarter, 0.6, 1.2 - quarter, 0.2, 0.2]
    for (const [k, value] of expected.entries()) expect(rate(k)).toBeCloseTo(value, 14)
    expect(rate(1000)).toBe(rate(4))
  })

  it('warmup: a straight line, then the schedule from its own beginning', () => {
    const rate = schedules.warmup(4, schedules.step({ rate: 8, every: 2, factor: 0.5 }))
    expect([0, 1, 2, 3, 4, 5, 6, 8].map(rate)).toEqual([2, 4, 6, 8, 8, 8, 4, 2])
  })

  it('refuses lengths that are not positive', () => {
    expect(() => schedules.cosine({ rate: 1, steps: 0 })).toThrow(ScheduleError)
    expect(() => schedules.step({ rate: 1, every: -1 })).toThrow(/every > 0, and got -1/)
    expect(() => schedules.warmup(Number.NaN, schedules.constant(1))).toThrow(ScheduleError)
  })
})
