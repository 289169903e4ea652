// What looking a name up may depend on: the graph, the layer, what is bound, where in the formula
// one is.
import { freeIndices } from '../free.ts'
import type { Layers } from '../names/layer-tags.ts'
import { matchName } from '../names/names.ts'
import type { Resolved, Scope } from '../resolved.ts'
import { ClaimError, type Definition, type Expression, type Name } from '../syntax.ts'
import type { writingOut } from '../walk.ts'

/** Arrays read as functions, X(i + m, j + n), may count from 0; everything else counts from 1. */
export type Origin = 0 | 1

/** What only the shapes of both sides settle. */
export interface Choices {
  /**
   * a · b of two vectors: their inner product, or entry by entry; where it is tried a b too, and of
   * a b c the first two or the last.
   */
  readonly dots: 'inner' | 'entrywise' | 'beside' | 'beside last'
  /** a · b · c of three vectors: an inner product times the third, or entry by entry. */
  readonly chains: 'inner' | 'entrywise'
  /** x_i of a matrix: its row as a column, or as a row. */
  readonly rows: 'column' | 'row'
  /** x_i of a matrix: what has that index on its first axis, or on its second, w_j of W alone. */
  readonly axis: 'first' | 'second of weights' | 'second'
  /** a * b of one shape where the network slides: one of the readings of a star, or ⊙. */
  readonly stars: 'sliding' | 'entrywise'
  /** The image of a star that is full stands on its left; or the kernel, where that is tried. */
  readonly kernels: 'right' | 'left'
  /** A star of as many filters as channels: how the likeliest pairs of axes are passed over. */
  readonly pairs: 0 | 1 | 2
  /** The same of every star but the first. */
  readonly laterPairs: 0 | 1 | 2
  /** Of three stars and more not every way is tried, and none refutes. */
  readonly manyPairs: 'alike'
  /** a ⊗ b of two vectors of one length: entry by entry, or their outer product. */
  readonly outers: 'entrywise' | 'matrix'
  /** a ⊙ b cᵀ: b cᵀ first, or a ⊙ b. */
  readonly hadamards: 'last' | 'first'
  /** A² of a square matrix: A A, or entry by entry. */
  readonly powers: 'matrix' | 'entrywise'
  /** g ⊙ A of a vector and a matrix: an error of shapes, or g beside every row. */
  readonly spread: 'never' | 'rows'
  /** x_i of [1, 4]: the first axis, or the one that is longer than 1. */
  readonly units: 'kept' | 'left out'
  /** (a − y)² of a vector: entry by entry, or the inner product with itself. */
  readonly squares: 'entrywise' | 'inner'
  /** Xᵗ: an index above, or the transpose. */
  readonly turns: 'indices' | 'transposes'
  /** δ_{ij} where the error is a matrix: its entry, or Kronecker's. */
  readonly deltas: 'errors' | 'kronecker'
  /** A vector is a column, x^T a row; or the other way round, where that convention is tried. */
  readonly vectors: 'columns' | 'rows'
  /** ∂C/∂x of a vector is a column as x is; or a row, where that convention is tried. */
  readonly gradients: 'columns' | 'rows'
  /** ∂u/∂x of two vectors has a row for each entry of u; or of x, where that convention is tried. */
  readonly jacobians: 'numerator' | 'denominator'
  /** a(1 − a): a product, for nothing is a function of itself; or the activation of 1 − a. */
  readonly selves: 'product' | 'function'
  /** f(x) of an input x: its activation, or what the network says of it. */
  readonly predictions: 'activations' | 'outputs'
  /** f(x) of an f that is computed from x: f itself, or a product. */
  readonly applied: 'itself' | 'product'
}
export type Choice = keyof Choices

export const usualChoices: Choices = {
  dots: 'inner',
  chains: 'inner',
  rows: 'column',
  axis: 'first',
  stars: 'sliding',
  kernels: 'right',
  pairs: 0,
  laterPairs: 0,
  manyPairs: 'alike',
  outers: 'entrywise',
  hadamards: 'last',
  powers: 'matrix',
  spread: 'never',
  squares: 'entrywise',
  turns: 'indices',
  units: 'kept',
  deltas: 'errors',
  vectors: 'columns',
  gradients: 'columns',
  jacobians: 'numerator',
  selves: 'product',
  predictions: 'activations',
  applied: 'itself',
}

export interface Context {
  readonly choices: Choices
  /** Collects the choices that the claim leaves open. */
  readonly met: Set<Choice>
  readonly scope: Scope
  readonly layers: Layers
  /** Where both readings exist: a power, not part of the name. */
  readonly asPower: boolean
  /** Letters that stand somewhere with an l above them. */
  readonly layered: ReadonlySet<string>
  /** Collects the names for which both readings exist, and what they are in each. */
  readonly ambiguities: Map<string, TwoReadings>
  readonly ordinals: ReadonlyMap<Expression, number | undefined>
  readonly definitions: ReadonlyMap<string, Definition>
  /** What they say passes here as it is put in. */
  readonly bounded: ReturnType<typeof writingOut>
  /** What the letters of a definition by entries stand for where it is used. */
  readonly substitutions: ReadonlyMap<string, Resolved>
  /** What the indices of X(i, j) count from. */
  readonly origin: Origin
  readonly variables: ReadonlySet<string>
  readonly bound: ReadonlySet<string>
  /** Free on the other side of the relation, so that an implicit Σ leaves them free. */
  readonly outer: ReadonlySet<string>
  /** Bare in a subscript somewhere: in a guard an index, though an array may be called so too. */
  readonly subscripts: ReadonlySet<string>
  /** Bare in a subscript of the claim itself, beside what it defines. */
  readonly ownIndices: ReadonlySet<string>
  /** Written by themselves, not only as a whole subscript: a length, where there is one so called. */
  readonly standing: ReadonlySet<string>
  /** n of x_1 + … + x_n where it stands nowhere else. */
  readonly ends: ReadonlySet<string>
  /** Letters that stand below before an index alone, as the k of x_{ki+u}: lengths of windows. */
  readonly windows: readonly string[]
  /** s is nowhere else than before an index: it may be the stride. */
  readonly hasStride: boolean
  /** index: every bare letter is an index; guard: one that the graph has not is. */
  readonly position: 'value' | 'guard' | 'index'
  /** A line of a program. */
  readonly program: boolean
  /** As authors write it: in text *full has its image on the left. */
  readonly isLatex: boolean
  /** Every name is a size. */
  readonly sizesOnly: boolean
}

/** What a name is where `asPower` is not set, and where it is. */
export type TwoReadings = readonly [first: string, second: string]

export type Kind = Expression['kind']
export type Of<K extends Kind> = Extract<Expression, { kind: K }>

export const asIndex = (context: Context): Context => ({ ...context, position: 'index' })

export const letterOf = ({ base, primes }: Name): string => base + "'".repeat(primes)

export const isBare = (name: Name): boolean => !name.superscript && !name.subscript

export const inScope = (name: Name, context: Context): boolean =>
  matchName(name, name.base, context.scope, context.layers, context.asPower) !== undefined

/** @throws ClaimError where an index that a definition is used at would be captured in it */
export const withBound = (context: Context, names: readonly string[]): Context => {
  const { substitutions } = context
  const bound = new Set([...context.bound, ...names])
  if (substitutions.size === 0) return { ...context, bound }
  const kept = new Map([...substitutions].filter(([letter]) => !names.includes(letter)))
  for (const index of kept.values()) {
    const captured = freeIndices(index).find((letter) => names.includes(letter))
    if (captured !== undefined)
      throw new ClaimError(
        `The definition that is used here sums over an index ‘${captured}’ of its own: rename it`,
        index.span,
      )
  }
  return { ...context, bound, substitutions: kept }
}

export const withSubstitutions = (
  context: Context,
  substitutions: Context['substitutions'],
): Context => ({
  ...context,
  substitutions,
  bound: new Set([...context.bound].filter((letter) => !substitutions.has(letter))),
})
