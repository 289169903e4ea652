// What the notation's tests share: arrays, and a line read at them.

import { evaluateLine, type Values } from './meaning/interpret.ts'
import { parseLine } from './read/parse.ts'

export function values(shape: readonly number[], data: readonly number[]): Values {
  return { shape, data: Float64Array.from(data) }
}

/** Numbers in (−1, 1), the same ones for the same shape and seed. */
export function random(shape: readonly number[], seed = 1): Values {
  const size = shape.reduce((product, axis) => product * axis, 1)
  let state = (seed * 7919 + size * 104729) % 2147483647
  const next = () => {
    state = (state * 16807) % 2147483647
    return (2 * state) / 2147483647 - 1
  }
  return { shape, data: Float64Array.from({ length: size }, next) }
}

export function read(
  line: string,
  operands: Readonly<Record<string, Values>>,
  shape: readonly number[],
  symbols: Readonly<Record<string, number>> = {},
): Float64Array {
  return evaluateLine(parseLine(line, Object.keys(operands)), { operands, symbols, shape })
}
