// What reading a line of the notation carries, and the pack `…` among its letters.

import type { notation } from '@backprove/graph'
import type { Field } from '../../index-terms/terms.ts'
import type { Functions } from '../functions/functions.ts'
import type { Indices, Letter } from '../letters.ts'
import type { NodeShape } from '../sizes/shapes.ts'
import { UnsupportedError } from '../unsupported.ts'

export type Expression = notation.Expression
export type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

export const PACK = '…'

export interface LineContext extends Indices {
  /** By letter; an operand that is absent reads 0. */
  readonly operands: ReadonlyMap<string, Field>
  readonly symbols: NodeShape['letters']
  readonly numbers: NodeShape['numbers']
  /** The axes that `…` stands for, from the left. */
  readonly pack: readonly Letter[]
  readonly functions: Functions
  /** Equal only for the same windows of the same array. */
  readonly maskKey: string
}

/** @throws UnsupportedError, always */
export const unsupported = (why: string): never => {
  throw new UnsupportedError(why)
}

export const isPack = (index: Expression): boolean => index.kind === 'symbol' && index.name === PACK

/** The pack as letters `…0`, `…1` before all others, so that a lift has its axes first. */
export const packed = (context: LineContext): LineContext => {
  const letters = context.pack.map((letter, k) => [PACK + k, letter] as const)
  return { ...context, letters: new Map([...letters, ...context.letters]) }
}

/** Letters in force that an expression may read: the pack's where it reads `…`. */
export const usedLetters = (expression: Expression, context: LineContext): string[] => {
  const names = new Set<string>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit)
    else if (node !== null && typeof node === 'object') {
      const { kind, name } = node as { kind?: string; name?: string }
      if (kind === 'symbol' && name) names.add(name)
      Object.values(node).forEach(visit)
    }
  }
  visit(expression)
  return [...context.letters.keys()].filter(
    (name) => names.has(name) || (name.startsWith(PACK) && names.has(PACK)),
  )
}
