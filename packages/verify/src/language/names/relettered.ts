// A letter as the graph has it: without its accent or in the other case, where the graph has that
// alone.
import { greek } from '../lexicon.ts'
import type { Scope, ScopeName } from '../resolved.ts'
import type { Name } from '../syntax.ts'
import { compact, tagOf } from './layer-tags.ts'
import { factorsOf } from './names.ts'

const isBare = ({ superscript, subscript }: Name): boolean => !superscript && !subscript

/** ẑ without what it wears. */
const undressed = (base: string): string => {
  const apart = base.normalize('NFD')
  return apart.length > 1 ? apart.replace(/\p{M}+/gu, '') : apart
}

const otherCase = (letter: string): string =>
  letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()

/** β of a graph whose array is called beta. */
const word: ReadonlyMap<string, string> = new Map(
  [...greek].map(([name, letter]) => [letter, name]),
)

/** eps and lam, as programs have them. */
const shortWords: ReadonlyMap<string, readonly string[]> = new Map([
  ['ε', ['eps']],
  ['λ', ['lam', 'lmbda']],
])

/** d_k and N_{out} where lengths are called so. */
export const sizeNamed = (name: Name, { sizes = [] }: Scope): Name | undefined => {
  const { subscript, ...lone } = name
  const [only, ...others] = subscript?.parts ?? []
  if (!only || others.length > 0 || name.superscript || name.primes > 0) return undefined
  const called = `${name.base}_${compact(only)}`
  return sizes.some((size) => size.name === called) ? { ...lone, base: called } : undefined
}

/** Letters that have a meaning of their own. */
const ownMeaning: ReadonlySet<string> = new Set([...'eEdDiITσδ∂'])
/** The claim's letters, as far as they say what a name may be. */
export interface Letters {
  readonly scope: Scope
  /** Letters that stand in subscripts: indices. */
  readonly indices: ReadonlySet<string>
  /** Those that count, once for each name that they stand below, and each sum over them. */
  readonly counted: () => readonly string[]
  /** What a formula defines itself. */
  readonly defined: ReadonlySet<string>
  /** Every letter that the formula writes, as it writes it. */
  readonly written: ReadonlySet<string>
}

export const has = ({ names }: Scope, base: string): boolean =>
  names.some((each) => each.base === base)

/** e_{ij} of a matrix E. */
const isEntryOf = (name: Name, other: string, { names }: Scope): boolean => {
  const indices =
    name.superscript || name.base === 'I' ? [] : factorsOf(name.subscript?.parts ?? [])
  return (
    indices.length > 1 &&
    names.some(({ base, tag, rank }) => base === other && tag === '' && rank === indices.length)
  )
}

/** The letter without its accent, or in the other case, where the graph has that alone. */
export const relettered = (name: Name, letters: Letters): Name | undefined => {
  const { scope, indices, defined } = letters
  const { base } = name
  const full = base + "'".repeat(name.primes)
  if (has(scope, base) || has(scope, full) || [...defined].some((each) => each[0] === base))
    return undefined
  const plain = undressed(base)
  if (plain !== base) return dressed(name, plain, letters)
  const spelt = [word.get(base), ...(shortWords.get(base) ?? [])].find(
    (each) => each !== undefined && has(scope, each),
  )
  if (spelt) return { ...name, base: spelt }
  const length = sizeNamed(name, scope)
  if (length) return length
  // d_k is the length d.
  const { subscript, ...lone } = name
  const isSize = scope.sizes?.some((size) => size.name === base)
  if (subscript && isSize && !name.superscript && !isRowOf(name, letters)) return lone
  const hasMeaning = ownMeaning.has(base) && !isEntryOf(name, otherCase(base), scope)
  if (hasMeaning || (isBare(name) && indices.has(base))) return undefined
  if (isSize && isBare(name)) return undefined
  const other = otherCase(base)
  const isCost = scope.names.some((each) => each.base === other && each.name === scope.costName)
  // 1/H and H_i beside h_j: who writes both means two things; x_i beside X is a row.
  const isRow = base !== base.toUpperCase() && !isBare(name)
  if (other === base || isCost || (!isRow && letters.written.has(other))) return undefined
  const isLetter = () => [...base].length === 1 && /\p{L}/u.test(base)
  return has(scope, other + "'".repeat(name.primes)) && isLetter()
    ? { ...name, base: other }
    : undefined
}

/** k_j of a matrix K, where other names have a j too. */
const isRowOf = ({ base, subscript }: Name, { scope, counted }: Letters): boolean =>
  scope.names.some((each) => each.base === otherCase(base) && each.rank > 0) &&
  factorsOf(subscript!.parts).every(
    (part) => part.kind === 'name' && counted().filter((letter) => letter === part.base).length > 1,
  )

/** x_{ia} (p_i − y_i) of an X with two axes: no function has its indices. */
export const entryHead = (head: Name, letters: Letters): Name => {
  const other = head.primes > 0 ? undefined : relettered(head, letters)
  const count = factorsOf(head.subscript?.parts ?? []).length
  const isEntry = letters.scope.names.some(
    ({ base, rank }) => base === other?.base && rank === count,
  )
  return other && count > 0 && isEntry && !/^[afghφϕσ]$/.test(head.base) ? other : head
}

/**
 * ĥ is h where the graph computes h and has no other. Of data x, x̂ is what became of them: the
 * standardised x of a batch norm, where there is one; of a target y, ŷ is what the network says it
 * is. ȳ is a mean or an adjoint: nobody knows.
 */
const dressed = (name: Name, plain: string, letters: Letters): Name | undefined => {
  const { names } = letters.scope
  if (/[\u0304\u0307]/.test(name.base.normalize('NFD'))) return undefined
  const exact = names.filter((each) => each.base === plain)
  const own = exact.length > 0 ? exact : names.filter(({ base }) => base === otherCase(plain))
  // h̃ beside h is another array, which the graph does not have.
  if (exact.some(({ role }) => role !== 'leaf'))
    return letters.written.has(plain) ? undefined : { ...name, base: plain }
  // ŷ of targets t, where nothing is called y.
  const isLone = plain === 'y' && own.length === 0
  const made = names.filter(
    ({ standardises, predicts = [] }) =>
      own.some((each) => each.name === standardises) ||
      (isTagOf(name, '') &&
        predicts.length === 1 &&
        (isLone || own.some((each) => each.name === predicts[0]))),
  )
  const [only, ...others] = made
  return only && others.length === 0 ? tagged(name, only) : undefined
}

const isTagOf = ({ superscript }: Name, tag: string): boolean =>
  (superscript ? compact(superscript.parts[0]!) : '') === tag

/** The name as that array, whose tag it has not: ŷ as a^L. */
const tagged = (name: Name, { base, tag }: ScopeName): Name => {
  if (tag === '' || name.superscript) return { ...name, base }
  const { span } = name
  return { ...name, base, superscript: { parts: [tagOf(tag, span)], parenthesised: true, span } }
}
