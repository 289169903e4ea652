// What looking a name up may depend on: the graph, the layer, what is bound, where in the formula
// one is.
import type { Layers } from './layer-tags.ts'
import { matchName } from './names.ts'
import type { Scope } from './resolved.ts'
import type { Expression, Name } from './syntax.ts'

/** Arrays read as functions, X(i + m, j + n), may count from 0; everything else counts from 1. */
export type Origin = 0 | 1

export interface Context {
  readonly scope: Scope
  readonly layers: Layers
  /** Where both readings exist: a power, not part of the name. */
  readonly asPower: boolean
  /** Collects the names for which both readings exist. */
  readonly ambiguities: Set<string>
  readonly ordinals: ReadonlyMap<Expression, number>
  readonly definitions: ReadonlyMap<string, Expression>
  /** What the indices of X(i, j) count from. */
  readonly origin: Origin
  readonly variables: ReadonlySet<string>
  readonly bound: ReadonlySet<string>
  /** Free on the other side of the relation, so that an implicit Σ leaves them free. */
  readonly outer: ReadonlySet<string>
  /** Bare in a subscript somewhere: in a guard an index, though an array may be called so too. */
  readonly subscripts: ReadonlySet<string>
  /** index: every bare letter is an index; guard: one that the graph has not is. */
  readonly position: 'value' | 'guard' | 'index'
  /** Every name is a size. */
  readonly sizesOnly: boolean
}

export type Kind = Expression['kind']
export type Of<K extends Kind> = Extract<Expression, { kind: K }>

export const asIndex = (context: Context): Context => ({ ...context, position: 'index' })

export const letterOf = ({ base, primes }: Name): string => base + "'".repeat(primes)

export const isBare = (name: Name): boolean => !name.superscript && !name.subscript

export const inScope = (name: Name, context: Context): boolean =>
  matchName(name, name.base, context.scope, context.layers, context.asPower) !== undefined

export const withBound = (context: Context, names: readonly string[]): Context => ({
  ...context,
  bound: new Set([...context.bound, ...names]),
})
