// What a definition is called and what it says: Δ = …, Δᵀ = …, Δ_{ij} := …, G_2 = …
import type { Definition, Expression, Name } from '../syntax.ts'
import { compact } from './layer-tags.ts'
import { factorsOf } from './names.ts'

export const isLetter = (node: Expression | undefined): node is Name =>
  node?.kind === 'name' && !node.superscript && !node.subscript

export const letterOf = ({ base, primes }: Name): string => base + "'".repeat(primes)

const isTranspose = (node: Expression | undefined): boolean =>
  isLetter(node) && letterOf(node) === 'T'

/** Δ^2 of Δ^{2T}: the superscript without its T, and whether it had one. */
export const withoutTranspose = (
  parts: readonly Expression[],
): { tag: string; isTransposed: boolean } => {
  const factors = factorsOf(parts)
  const isTransposed = isTranspose(factors.at(-1))
  const kept = isTransposed ? factors.slice(0, -1) : factors
  return { tag: kept.map(compact).join(''), isTransposed }
}

/** 2 of G_2, which is a name and no entry where G_2 is defined. */
export const numberBelow = ({ subscript }: Name): string => {
  const [only, ...others] = subscript?.parts ?? []
  return only?.kind === 'numeral' && others.length === 0 ? `_${only.text}` : ''
}

/** What a definition is found by: the name with its tag; `entry` where its number is none. */
export const keyOf = (name: Name): { key: string; entry: string; isTransposed: boolean } => {
  const { tag, isTransposed } = withoutTranspose(name.superscript?.parts ?? [])
  const entry = letterOf(name) + (tag && `^${tag}`)
  return { key: entry + numberBelow(name), entry, isTransposed }
}

/** ij of Δ_{ij}: letters that stand for indices. Undefined where something else is written. */
const parametersOf = ({ subscript }: Name): readonly string[] | undefined => {
  const letters = factorsOf(subscript?.parts ?? [])
  if (numberBelow({ subscript } as Name) !== '') return []
  if (!letters.every((each) => isLetter(each))) return undefined
  const names = letters.map((each) => letterOf(each as Name))
  return new Set(names).size === names.length ? names : undefined
}

/** `name = value` as a definition. Undefined where what is on the left can be none. */
export const definitionOf = (
  left: Expression,
  value: Expression,
  span: Definition['span'],
): Definition | undefined => {
  if (left.kind !== 'name') return undefined
  const parameters = parametersOf(left)
  if (!parameters) return undefined
  const { key, isTransposed } = keyOf(left)
  const turned: Expression = { kind: 'transposed', operand: value, span: value.span }
  return { name: key, left, parameters, value: isTransposed ? turned : value, span }
}
