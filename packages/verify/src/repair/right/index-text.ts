// Indices and lengths of terms, in letters that count from 1.

import type { Node } from '@backprove/graph'
import { constantPart, type Polynomial, polynomial } from '../../arithmetic/polynomial.ts'
import { isIndex, type Variable } from '../../arithmetic/variable.ts'
import { type Style, text } from '../../read-as/style.ts'
import type { Derived } from './derived.ts'

/** What has no name in the language: the mask of a pooling, a constant of the graph. */
export class UnwritableError extends Error {
  override readonly name = 'UnwritableError'
}

export interface Writing {
  readonly derived: Derived
  readonly cost: Node
  /** What letters are called, and how lengths are. */
  readonly letters: ReadonlyMap<Variable, string>
  readonly lengths: ReadonlyMap<Variable, string>
  /** Names that no new letter may have. */
  readonly taken: ReadonlySet<string>
  /** What theirs sums over: the first choice for what is summed. */
  readonly bound: readonly string[]
}

/** Σ coefficient · letter + constant, of letters that count from 1. */
interface Linear {
  readonly parts: readonly (readonly [name: string, coefficient: bigint])[]
  readonly constant: bigint
}

/** `origin`: what an index that counts from 0 is less than one that counts from 1. */
const linearOf = (p: Polynomial, origin: bigint, writing: Writing): Linear => {
  const { letters, lengths, derived } = writing
  const parts = new Map<string, bigint>()
  let constant = constantPart(p) + origin
  for (const { coefficient, variables } of p.values()) {
    if (variables.length === 0) continue
    const sizes = variables.filter((v) => !isIndex(v))
    const index = variables.find(isIndex)
    const [size] = sizes
    const named = !index && sizes.length === 1 ? lengths.get(size!) : undefined
    if (named !== undefined) {
      parts.set(named, (parts.get(named) ?? 0n) + coefficient)
      continue
    }
    const factor = sizes.reduce(
      (all, v) => all * BigInt(derived.symbolic.sizes.recorded(polynomial(v))),
      coefficient,
    )
    if (!index) constant += factor
    else {
      const name = letters.get(index)
      if (name === undefined) throw new UnwritableError('an index without a letter')
      parts.set(name, (parts.get(name) ?? 0n) + factor)
      constant -= factor
    }
  }
  return { parts: [...parts].filter(([, c]) => c !== 0n), constant }
}

export const magnitude = (n: bigint): bigint => (n < 0n ? -n : n)

const spelled = ({ parts, constant }: Linear): string => {
  const ordered = [...parts].sort(([, a], [, b]) => (a > 0n ? 0 : 1) - (b > 0n ? 0 : 1))
  const letters = ordered.map(([name, c]) => ({
    size: `${magnitude(c) === 1n ? '' : magnitude(c)}${name}`,
    isNegative: c < 0n,
  }))
  const number = { size: `${magnitude(constant)}`, isNegative: constant < 0n }
  const all = constant === 0n && letters.length > 0 ? letters : [...letters, number]
  return all
    .map(({ size, isNegative }, k) => `${isNegative ? '-' : k > 0 ? '+' : ''}${size}`)
    .join('')
}

export const indexText = (p: Polynomial, writing: Writing) => spelled(linearOf(p, 1n, writing))

/** p = 0 or p ≥ 0 with nothing negative on a side. */
export const relationText = (p: Polynomial, sign: '=' | '≥', writing: Writing): string => {
  const { parts, constant } = linearOf(p, 0n, writing)
  const side = (isLeft: boolean) =>
    spelled({
      parts: parts
        .filter(([, c]) => c > 0n === isLeft)
        .map(([name, c]) => [name, magnitude(c)] as const),
      constant: constant > 0n === isLeft ? magnitude(constant) : 0n,
    })
  return `${side(true)} ${sign} ${side(false)}`
}

/** A length as a factor. */
export const lengthFactor = (v: Variable, { lengths, derived }: Writing): string =>
  lengths.get(v) ?? `${derived.symbolic.sizes.recorded(polynomial(v))}`

const isLetter = (index: string): boolean => /^\p{L}'*$/u.test(index)

/** W_{ij} needs no comma. */
export const style: Style = {
  ...text,
  subscript: (base, indices) =>
    text.subscript(base, indices.every(isLetter) ? [indices.join('')] : indices),
}
