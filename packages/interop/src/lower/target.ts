// What an engine must be able to do: some twenty operations on tensors. Only these know an engine;
// everything above them is index notation.
import type { Shape } from '@backprove/graph'

/** Numbers of the module's dtype, or truth values. */
export type Kind = 'number' | 'truth'

/** An engine's name for an array that it will compute. */
export interface Tensor {
  readonly shape: Shape
  readonly kind: Kind
}

export type Unary =
  | 'negate'
  | 'exp'
  | 'log'
  | 'log1p'
  | 'tanh'
  | 'sin'
  | 'cos'
  | 'sqrt'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'ceil'
export type Binary = 'add' | 'subtract' | 'multiply' | 'divide' | 'power' | 'maximum' | 'minimum'
export type Comparison = '=' | '≠' | '<' | '≤' | '>' | '≥'
export type Reduction = 'sum' | 'max' | 'min'

/** Axes of the two factors, position by position: summed over, or the same in both. */
export interface Contraction {
  readonly summed: readonly (readonly [left: number, right: number])[]
  readonly shared: readonly (readonly [left: number, right: number])[]
}

/** Operands of an elementwise operation have one rank, or none; an axis of length 1 repeats. */
export interface Target<V extends Tensor> {
  /** Row-major; truth values as 0 and 1. */
  constant(data: ArrayLike<number>, shape: Shape, kind: Kind): V
  unary(f: Unary, a: V): V
  binary(f: Binary, a: V, b: V): V
  compare(relation: Comparison, a: V, b: V): V
  both(a: V, b: V): V
  either(a: V, b: V): V
  not(a: V): V
  /** a where the condition holds, b elsewhere, whatever the other one is. */
  select(condition: V, a: V, b: V): V
  reshape(a: V, shape: Shape): V
  transpose(a: V, axes: readonly number[]): V
  /** start ≤ index < end in steps, along one axis. */
  slice(a: V, axis: number, start: number, end: number, step: number): V
  reverse(a: V, axis: number): V
  /** Zeros before and after, along one axis. */
  pad(a: V, axis: number, before: number, after: number): V
  /** Repeats axes of length 1. */
  expand(a: V, shape: Shape): V
  reduce(f: Reduction, a: V, axes: readonly number[]): V
  /** Σ of products; the result's axes are the shared ones, then the left's own, then the right's. */
  dot(a: V, b: V, contraction: Contraction): V
  /** The entries of one axis at known places, from 0. */
  take(a: V, axis: number, places: readonly number[]): V
}
