// What is written is read back.
import { expect, it } from 'vitest'
import { DataError, decodePng, encodePng } from '../../index.ts'

it('writes colour and grey images that come back, rounded to 255ths', () => {
  const data = Float32Array.of(0, 1, 0.2, 0.4, 1, 0, 0.6, 0.8, 0, 0, 1, 1, 0.2, 0.2, 0.4, 0.4, 1, 0)
  expect(decodePng(encodePng({ shape: [3, 2, 3], data }))).toEqual({ shape: [3, 2, 3], data })
  const grey = Float32Array.of(-1, 0.2, 2)
  const { shape, data: found } = decodePng(encodePng({ shape: [1, 1, 3], data: grey }))
  expect([shape, Array.from(found)]).toEqual([[1, 1, 3], Array.from(Float32Array.of(0, 0.2, 1))])
})

it('refuses what is no image', () => {
  const data = new Float32Array(4)
  expect(() => encodePng({ shape: [4, 1, 1], data })).toThrow(DataError)
  expect(() => encodePng({ shape: [1, 1, 3], data })).toThrow('shape')
})
