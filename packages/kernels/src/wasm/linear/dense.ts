// The dense layer y = x wᵀ + b and its two derivatives, each a matrix product.
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { type MatrixProduct, matmul, matmulScratch } from './matmul.ts'

/** x [samples, inputs], w [units, inputs], b [units], y [samples, units]. */
export interface DenseShape {
  readonly samples: number
  readonly inputs: number
  readonly units: number
}

type Addresses<Name extends string> = Readonly<Record<Name, number>>

const forward = (
  { samples, inputs, units }: DenseShape,
  at: Addresses<'x' | 'w' | 'y'> & { readonly b?: number },
): MatrixProduct => ({
  m: samples,
  n: units,
  k: inputs,
  a: { address: at.x, row: inputs, column: 1 },
  b: { address: at.w, row: 1, column: inputs },
  c: at.y,
  ...(at.b === undefined ? {} : { bias: { address: at.b, along: 'columns' } }),
})

/** x_{n,i} = Σ_k y_{n,k} w_{k,i} */
const toInput = (
  { samples, inputs, units }: DenseShape,
  at: Addresses<'x' | 'w' | 'y'>,
): MatrixProduct => ({
  m: samples,
  n: inputs,
  k: units,
  a: { address: at.y, row: units, column: 1 },
  b: { address: at.w, row: inputs, column: 1 },
  c: at.x,
})

/** w_{k,i} = Σ_n y_{n,k} x_{n,i} */
const toWeight = (
  { samples, inputs, units }: DenseShape,
  at: Addresses<'x' | 'w' | 'y'>,
): MatrixProduct => ({
  m: units,
  n: inputs,
  k: samples,
  a: { address: at.y, row: 1, column: units },
  b: { address: at.x, row: inputs, column: 1 },
  c: at.w,
})

const anywhere = { x: 0, w: 0, y: 0 }
export const denseScratch = (lanes: Lanes, shape: DenseShape): number =>
  matmulScratch(lanes, forward(shape, anywhere))
export const denseInputScratch = (lanes: Lanes, shape: DenseShape): number =>
  matmulScratch(lanes, toInput(shape, anywhere))
export const denseWeightScratch = (lanes: Lanes, shape: DenseShape): number =>
  matmulScratch(lanes, toWeight(shape, anywhere))

export const dense = (
  lanes: Lanes,
  shape: DenseShape,
  at: Addresses<'x' | 'w' | 'y' | 'scratch'> & { readonly b?: number },
): Kernel => matmul(lanes, forward(shape, at), at.scratch)

export const denseInput = (
  lanes: Lanes,
  shape: DenseShape,
  at: Addresses<'x' | 'w' | 'y' | 'scratch'>,
): Kernel => matmul(lanes, toInput(shape, at), at.scratch)

export const denseWeight = (
  lanes: Lanes,
  shape: DenseShape,
  at: Addresses<'x' | 'w' | 'y' | 'scratch'>,
): Kernel => matmul(lanes, toWeight(shape, at), at.scratch)
