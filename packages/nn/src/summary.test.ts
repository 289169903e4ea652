// Summaries against counts made by hand from the notes' formulas.
import { squaredError } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import {
  bookCnn,
  conv,
  dense,
  flatten,
  type Layer,
  leNet5,
  maxPool,
  miniInception,
  miniResNet,
  network,
} from './index.ts'

const rowsOf = (layers: readonly Layer[], input: readonly number[]) =>
  network({ input, layers, cost: squaredError }).summary().rows

describe('bookCnn, by hand', () => {
  const summary = bookCnn().summary()

  it('counts 27 + 3 + 36 + 3 parameters', () => {
    expect(summary.rows.map((row) => row.parameters)).toEqual([30, 0, 0, 39, 0])
    expect(summary.parameters).toBe(69)
    expect(summary.rows[0]!.counted).toBe('P·D·m·n+P = 3·1·3·3+3')
  })

  it('counts connections: full, local, shared', () => {
    const [filters, , , output] = summary.rows
    // 36 pixels to 48 units; 9 of them each; 27 different weights.
    expect([filters!.full, filters!.connections, filters!.weights]).toEqual([1728, 432, 27])
    expect([output!.full, output!.connections, output!.weights]).toEqual([36, 36, 36])
    expect(summary.multiplyAdds).toBe(432 + 36)
  })

  it('gives sizes with their formula, and how far each value sees', () => {
    expect(summary.rows.map(({ layer, output, size }) => [layer, output, size])).toEqual([
      ['conv', [3, 4, 4], '⌊(6+2·0−3)/1⌋+1'],
      ['sigmoid', [3, 4, 4], undefined],
      ['maxPool', [3, 2, 2], '⌊(4+2·0−2)/2⌋+1'],
      ['dense', [3], undefined],
      ['sigmoid', [3], undefined],
    ])
    const sees = summary.rows.map(({ receptiveField: [height] }) => height)
    expect(sees).toEqual([3, 3, 4, 6, 6])
  })

  it('prints as a table', () => {
    expect(String(summary)).toContain(
      'conv     3×4×4   ⌊(6+2·0−3)/1⌋+1 = 4  30: P·D·m·n+P = 3·1·3·3+3',
    )
    expect(String(summary)).toContain('1\u2009728 → 432 → 27')
    expect(String(summary)).toMatch(/69 parameters, 468 connections, 468 multiply–adds/)
  })
})

it('leNet5 has the 61 706 parameters of the paper’s sizes, at 32×32 and at 28×28', () => {
  // 6·1·25+6, 16·6·25+16, 120·400+120, 84·120+84, 10·84+10.
  const counts = [156, 2416, 48120, 10164, 850]
  for (const input of [
    [1, 32, 32],
    [1, 28, 28],
  ] as const) {
    const summary = leNet5({ input }).summary()
    expect(summary.rows.flatMap((row) => row.parameters || [])).toEqual(counts)
    expect(summary.parameters).toBe(61706)
    // 784·6·25, 1600·150 …: 28×28 maps of 6, 10×10 of 16.
    expect(summary.multiplyAdds).toBe(117600 + 240000 + 48000 + 10080 + 840)
    expect(summary.rows.map((row) => row.receptiveField[0]).slice(0, 6)).toEqual([
      ...[5, 5, 6, 14, 14, 16],
    ])
  }
  // 156 + 2416 + 120·64+120 + 10164 + 850.
  expect(leNet5({ input: [1, 8, 8] }).summary().parameters).toBe(21386)
})

it('miniResNet and miniInception, block by block', () => {
  // Convolutions 80, 584, 584, 1168, 2320, 144; γ and β 16 · 3 + 32 · 2; the classifier 170.
  const [resnet, inception] = [miniResNet().summary(), miniInception().summary()]
  expect(resnet.parameters).toBe(80 + 584 * 2 + 1168 + 2320 + 144 + 16 * 3 + 32 * 2 + 170)
  // The first block by the formula P·D·m·n+P: 8·8+8, 4·8+4, 8·4·9+8, 2·8+2, 4·2·25+4, 4·8+4.
  const first = inception.rows.filter((row) => row.depth === 1).slice(0, 12)
  const counts = first.flatMap((row) => row.parameters || [])
  expect(counts).toEqual([72, 36, 296, 18, 204, 36])
  const block = inception.rows.find((row) => row.layer === 'inception')!
  expect([block.output, block.parameters, block.receptiveField]).toEqual([[24, 8, 8], 0, [7, 7]])
})

describe('sizes', () => {
  it('stride, dilation, uneven padding and ceil appear as they are', () => {
    const [row] = rowsOf(
      [conv({ filters: 1, kernel: [3, 5], stride: 2, padding: [1, 0] })],
      [1, 8, 9],
    )
    expect(row!.size).toBe('⌊(8+2·1−3)/2⌋+1 × ⌊(9+2·0−5)/2⌋+1')
    expect(row!.output).toEqual([1, 4, 3])
    const [wide] = rowsOf([conv({ filters: 1, kernel: 3, dilation: 2 })], [1, 8, 8])
    expect([wide!.size, wide!.receptiveField]).toEqual(['⌊(8+2·0−(2·2+1))/1⌋+1', [5, 5]])
    const [last] = rowsOf([maxPool({ size: 2, ceil: true })], [1, 5, 5])
    expect([last!.size, last!.output]).toEqual(['⌈(5+2·0−2)/2⌉+1', [1, 3, 3]])
  })

  it('a dense layer sees everything, flattening nothing new', () => {
    const rows = rowsOf(
      [conv({ filters: 2, kernel: 3 }), flatten(), dense({ units: 2 })],
      [1, 6, 6],
    )
    expect(rows.map((row) => row.receptiveField[0])).toEqual([3, 3, 6])
  })

  it('groups see their share of the channels', () => {
    const [row] = rowsOf([conv({ filters: 4, kernel: 3, groups: 2, bias: false })], [2, 4, 4])
    expect(row!.counted).toBe('P·D·m·n = 4·1·3·3')
    expect([row!.parameters, row!.connections]).toEqual([36, 16 * 9])
  })
})
