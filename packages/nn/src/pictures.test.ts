// Pictures and patterns against small ones drawn by hand.
import { conv2d, evaluate, Graph } from '@backprove/graph'
import { expect, it } from 'vitest'
import {
  bookCnn,
  digits123,
  HEF,
  imageOf,
  NetworkError,
  picture,
  similarity,
  VEF,
  valuesAt,
} from './index.ts'

it('draws five shades, maps side by side', () => {
  const data = [0, 0.25, 0.5, 0.75, 1, 1, 1, 0.5]
  expect(picture({ shape: [2, 2, 2], data })).toBe(
    ['┌────┐ ┌────┐', '│  ░░│ │████│', '│▒▒▓▓│ │██▒▒│', '└────┘ └────┘'].join('\n'),
  )
  expect(picture({ shape: [1, 2], data: [0, 1] }, { range: [0, 2] })).toContain('│  ▒▒│')
  expect(picture({ shape: [1, 2], data: [3, 3] })).toContain('│    │')
  expect(() => picture({ shape: [2, 2], data: [1] })).toThrow(NetworkError)
})

it('shows filters, and feature maps of an image', () => {
  const model = bookCnn()
  const image = imageOf(digits123(), 0)
  expect(valuesAt(model, 'w^F')).toEqual({ shape: [3, 1, 3, 3], data: model.values['w^F'] })
  const maps = valuesAt(model, 'a^{Fk}_{ij}', image)
  const expected = evaluate(model.graph.node('a^F'), { ...model.values, x: image.data })
  expect(maps.shape).toEqual([3, 4, 4])
  Array.from(maps.data).forEach((value, k) => {
    expect(value).toBeCloseTo(expected[k]!, 6)
  })
  expect(() => valuesAt(model, 'a^F')).toThrow('depends on the image')
})

it('similarity is what a convolution computes at each place', () => {
  // Bright left half: the vertical edge answers where the brightness ends, the horizontal nowhere.
  const image = Array.from({ length: 6 }, () => [10, 10, 10, 0, 0, 0])
  const region = image.slice(1, 4).map((row) => row.slice(2, 5))
  expect(similarity(VEF, region)).toBe(30)
  expect(similarity(HEF, region)).toBe(0)
  const graph = new Graph()
  const x = graph.constant([image])
  const vertical = evaluate(conv2d(x, graph.constant([[VEF.map((row) => [...row])]])), {})
  expect(Array.from(vertical)).toEqual([0, 30, 30, 0, 0, 30, 30, 0, 0, 30, 30, 0, 0, 30, 30, 0])
  expect(() => similarity(VEF, [[1]])).toThrow('differ in size')
})
