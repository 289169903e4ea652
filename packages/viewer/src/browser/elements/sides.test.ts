// A long equation is set in lines that are read without being scrolled, and nothing of it is lost.
import { describe, expect, test } from 'vitest'
import { sidesBelow } from './sides.ts'

const sum = (terms: number): string =>
  Array.from({ length: terms }, (_, k) => String.raw`\delta^{O}_{${k + 1}} \cdot (-2.17)`).join(
    ' + ',
  )

/** Without what sets lines below one another. */
const joined = (tex: string): string =>
  tex
    .replaceAll(/\\(?:begin|end)\{aligned\}| \\\\ |&(?:\\qquad)?/g, ' ')
    .replaceAll(/\\Big(l|r)(?=[()])/g, (_, side) => (side === 'l' ? '\\left' : '\\right'))
    .replaceAll(/\s+/g, ' ')
    .trim()

describe('a long equation', () => {
  test('that fits stays on its line', () => {
    expect(sidesBelow('a = b + c')).toBe('a = b + c')
  })

  test('stands side below side, and a long side in several lines', () => {
    const tex = String.raw`\delta_{11} = [a = \max] \left(${sum(8)}\right) \sigma'(z) = ${sum(2)}`
    const set = sidesBelow(tex)
    const lines = set.split(String.raw` \\ `)
    expect(lines.length).toBeGreaterThan(3)
    expect(lines.filter((line) => line.includes('&='))).toHaveLength(2)
    for (const line of lines) expect(line.length).toBeLessThan(140)
    expect(set).not.toMatch(/\\left|\\right/)
    expect(joined(set)).toBe(tex)
  })

  test('brackets have one size on two lines; a pair on one line grows as it needs', () => {
    const pairs = Array.from({ length: 9 }, (_, k) => String.raw`\frac{\left(-0.${k}\right)}{4}`)
    const set = sidesBelow(String.raw`a = ${pairs.join(' + ')} + \left(${sum(4)}\right)`)
    expect(set.match(/\\left\(/g)).toHaveLength(9)
    expect(set.match(/\\Big[lr]/g)).toEqual(['\\Bigl', '\\Bigr'])
  })

  test('a product that is too wide is broken before a sum, with a dot', () => {
    const factor = String.raw`[(i - i', 2 + j - f') = \max a^{1,k}_{i'+u-2,f'+v-2}]`
    const side = String.raw`\sum_{i',f'} ${factor} \sum_{k'} \delta^{5,k'}_{i',f'} \sum_n ${factor}`
    const lines = sidesBelow(`\\delta = ${side}`).split(String.raw` \\ `)
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines.slice(1)) expect(line).toContain(String.raw`\cdot \sum`)
    expect(joined(lines.join(' ')).replaceAll('\\cdot ', '')).toBe(`\\delta = ${side}`)
  })

  test('is not broken within a fraction, an index or a condition', () => {
    const long = sum(9)
    for (const side of [String.raw`\frac{${long}}{4}`, `w_{${long}}`, `[${long} > 0]`])
      expect(sidesBelow(`a = ${side}`).split(String.raw` \\ `)).toHaveLength(1)
  })
})
