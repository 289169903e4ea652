// The lines that a network's text comes to, and what is kept of each. Types.
import type { Span } from '../../language/syntax.ts'
import type { NetworkExpression } from './tree.ts'

export interface Dimension {
  readonly length: number
  /** The letter that formulas may use for this length. */
  readonly letter?: string
}

export interface LeafLine {
  readonly kind: 'leaf'
  readonly name: string
  readonly role: 'input' | 'parameter'
  readonly shape: readonly Dimension[]
  /** Among its own lengths, at `at`, stand those of an array above: all of them, or the last. */
  readonly like?: { readonly array: string; readonly axes: 'all' | 'last'; readonly at?: number }
  /** Nobody declares it; a line that does stands for this one. */
  readonly unsaid?: true
  readonly span: Span
}

export interface OpLine {
  readonly kind: 'op'
  readonly name: string
  readonly value: NetworkExpression
  /** It gives the name another value, as x += 1 does and every pass of a loop. */
  readonly again?: true
  /** Nobody can say the name. */
  readonly hidden?: true
  readonly span: Span
}

export type NetworkLine =
  | LeafLine
  | OpLine
  | { readonly kind: 'cost'; readonly name: string; readonly span: Span }

/** Spans count in the text of the block. */
export type NetworkText =
  | { kind: 'named'; name: string; options: readonly string[]; span: Span }
  | { kind: 'lines'; lines: readonly NetworkLine[]; span: Span }
