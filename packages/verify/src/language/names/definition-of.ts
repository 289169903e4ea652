// What a definition is called and what it says: Δ = …, Δᵀ = …, Δ_{ij} := …, G_2 = …
import { namesIn, withNames } from '../names-in.ts'
import type { Scope } from '../resolved.ts'
import type { Claim, Definition, Expression, Name } from '../syntax.ts'
import { mapped } from '../walk.ts'
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

/** 2 of G_2 and Z of G_Z, which are names and no entries where they are defined. */
export const numberBelow = ({ subscript }: Name): string => {
  const [only, ...others] = subscript?.parts ?? []
  const isTag = only?.kind === 'numeral' || (isLetter(only) && /^[A-KM-Z]$/.test(only.base))
  return isTag && others.length === 0 ? `_${compact(only)}` : ''
}

/** 2 of G_2, and o of δ_o. */
const tagBelow = (name: Name): string => {
  const [only, ...others] = name.subscript?.parts ?? []
  const isTag = isLetter(only) && others.length === 0
  return isTag ? `_${letterOf(only)}` : numberBelow(name)
}

/** What a definition is found by: the name with its tag; `entry` where what is below it is none. */
export const keyOf = (name: Name): { key: string; entry: string; isTransposed: boolean } => {
  const { tag, isTransposed } = withoutTranspose(name.superscript?.parts ?? [])
  const entry = letterOf(name) + (tag && `^${tag}`)
  return { key: entry + tagBelow(name), entry, isTransposed }
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
  const { key, entry, isTransposed } = keyOf(left)
  const turned: Expression = { kind: 'transposed', operand: value, span: value.span }
  return {
    name: parameters.length > 0 ? entry : key,
    left,
    parameters,
    value: isTransposed ? turned : value,
    span,
  }
}

/** δ_o = (t − o) ⊙ o ⊙ (1 − o) of an array o: it says which δ, and is no index. */
export const ofArray = (definition: Definition, { names }: Scope): Definition => {
  const { left, parameters, value } = definition
  const [letter, ...others] = parameters
  if (left.kind !== 'name' || letter === undefined || others.length > 0) return definition
  const isIt = (name: Name) => isLetter(name) && letterOf(name) === letter
  const written = withNames(value)
  const isBelow = written.some(({ subscript }) => subscript && namesIn(subscript).some(isIt))
  const isArray = names.some(({ base, rank }) => base === letter && rank > 0)
  if (!isArray || isBelow || !written.some(isIt)) return definition
  return { ...definition, name: keyOf(left).key, parameters: [] }
}

/** δ_o as one word, and δ_j beside δ_k: which δ it is, the letter says that stands below it. */
export const withWords = (claim: Claim): Claim => {
  const words = new Map<string, Definition>()
  for (const each of claim.where) {
    const isApart = (other: Definition) =>
      other.name === each.name && other.parameters.join() !== each.parameters.join()
    const isOne = each.parameters.length === 0 || claim.where.some(isApart)
    const [below, ...others] = (each.left as Name).subscript?.parts ?? []
    if (isOne && isLetter(below) && others.length === 0)
      words.set(keyOf(each.left as Name).key, each)
  }
  if (words.size === 0) return claim
  const spelled = mapped(claim, (node) => {
    const name = node as Name
    const word = name.kind === 'name' ? keyOf(name).key : ''
    const definition = words.get(word)
    if (!definition) return undefined
    const { subscript, ...plain } = name
    return { ...plain, base: word, ...(definition.parameters.length > 0 && { subscript }) }
  })
  const keys = new Map([...words].map(([word, { span }]) => [span, word]))
  const where = spelled.where.map((each) => ({ ...each, name: keys.get(each.span) ?? each.name }))
  return { ...spelled, where }
}
