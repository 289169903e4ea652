// The carried digits against the file that they were made from.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { moduleText, resample } from '../../data-scripts/digits123.ts'
import { digits123 } from './digits123.ts'

const source = new URL('../../data-scripts/digits.csv.gz', import.meta.url)

describe('digits123', () => {
  const data = digits123()

  it('has 182 ones, 177 twos and 183 threes of 6×6 grey values 0 … 1', () => {
    const counts = [0, 1, 2].map((label) => data.labels.filter((found) => found === label).length)
    expect(counts).toEqual([182, 177, 183])
    expect(data.shape).toEqual([1, 6, 6])
    expect(data.names).toEqual(['1', '2', '3'])
    expect(data.images.every((value) => value >= 0 && value <= 1)).toBe(true)
    expect(Math.max(...data.images)).toBe(1)
  })

  it('begins with this one', () => {
    const rows = [0, 1, 2, 3, 4, 5].map((i) => [...data.images.slice(6 * i, 6 * i + 6)])
    expect(rows.map((row) => row.map((value) => Math.round(value * 9)).join(''))).toEqual(FIRST)
    expect(data.labels[0]).toBe(0)
  })

  it('is made by the script from the UCI file', () => {
    const made = moduleText(gunzipSync(readFileSync(source)).toString())
    expect(readFileSync(new URL('./digits123-data.ts', import.meta.url), 'utf8')).toBe(made)
  })
})

describe('resample', () => {
  it('keeps a constant image constant', () => {
    expect(new Set(resample(Array(64).fill(16)))).toEqual(new Set([255]))
  })

  it('spreads one old pixel over the new ones it overlaps', () => {
    // Old pixel (1,1) covers [1,2]²; new pixel 0 is [0,4/3], 1 is [4/3,8/3]: shares 1/3 and 2/3,
    // each of a new area of 16/9.
    const one = Array(64).fill(0)
    one[9] = 16
    const share = (a: number, b: number) => Math.round(((a * b) / (16 / 9)) * 255)
    const small = resample(one)
    expect(small.slice(0, 3)).toEqual([share(1 / 3, 1 / 3), share(1 / 3, 2 / 3), 0])
    expect(small.slice(6, 9)).toEqual([share(2 / 3, 1 / 3), share(2 / 3, 2 / 3), 0])
    expect(small.slice(12).every((value) => value === 0)).toBe(true)
  })
})

const FIRST = ['005720', '006820', '158710', '007710', '007820', '005830']
