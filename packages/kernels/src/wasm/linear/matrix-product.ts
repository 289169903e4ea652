// A product of matrices in memory, as data: what its kernels are made for.
import type { Epilogue } from '../elementwise/elementwise.ts'

/** A matrix in memory: strides in elements of its rows, its columns and the batch axes. */
export interface Matrix {
  readonly address: number
  readonly row: number
  readonly column: number
  readonly batch?: readonly number[]
}

export interface MatrixProduct {
  /** C is m × n and A m × k. */
  readonly m: number
  readonly n: number
  readonly k: number
  readonly batch?: readonly number[]
  readonly a: Matrix
  readonly b: Matrix
  /** Rows of C are contiguous runs of n; the batch is in row-major order. */
  readonly c: number
  /** One number for each row or each column. */
  readonly bias?: {
    readonly address: number
    readonly along: 'rows' | 'columns'
    readonly batch?: readonly number[]
  }
  /** Its arrays have the entries of C in the same order; one may be C itself. */
  readonly epilogue?: Epilogue | undefined
}
