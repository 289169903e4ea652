// The dense layer y = x wᵀ + b and its two derivatives, each a matrix product.
import type { MatrixProduct } from './matrix-product.ts'

/** x [samples, inputs], w [units, inputs], b [units], y [samples, units]. */
export interface DenseShape {
  readonly samples: number
  readonly inputs: number
  readonly units: number
}

/** Addresses: those of the operands in the op's order, and of the result. */
type DenseProduct = (
  shape: DenseShape,
  operands: readonly (number | undefined)[],
  result: number,
) => MatrixProduct

/** y_{n,k} = Σ_i x_{n,i} w_{k,i} + b_k */
export const dense: DenseProduct = ({ samples, inputs, units }, [x, w, b], y) => ({
  m: samples,
  n: units,
  k: inputs,
  a: { address: x!, row: inputs, column: 1 },
  b: { address: w!, row: 1, column: inputs },
  c: y,
  ...(b === undefined ? {} : { bias: { address: b, along: 'columns' } }),
})

/** x_{n,i} = Σ_k y_{n,k} w_{k,i} */
export const denseInput: DenseProduct = ({ samples, inputs, units }, [y, w], x) => ({
  m: samples,
  n: inputs,
  k: units,
  a: { address: y!, row: units, column: 1 },
  b: { address: w!, row: inputs, column: 1 },
  c: x,
})

/** w_{k,i} = Σ_n y_{n,k} x_{n,i} */
export const denseWeight: DenseProduct = ({ samples, inputs, units }, [x, y], w) => ({
  m: units,
  n: inputs,
  k: samples,
  a: { address: y!, row: 1, column: units },
  b: { address: x!, row: inputs, column: 1 },
  c: w,
})
