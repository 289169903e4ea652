// What a document says of an array that no equation makes, in a way that is not read:
// h ≈ tanh(W x), 0 = h − tanh(W x), x → h, ∂h/∂x = W. Taken for an input, it would hide the path
// through it.
import type { DocumentEntry } from '../../document/document.ts'
import { greek } from '../../language/lexicon.ts'
import { spokenOf } from '../../language/names-in.ts'
import type { Claim } from '../../language/syntax.ts'
import { isForward } from './equations.ts'

/** Letters of what no equation makes, and of all. */
interface Letters {
  readonly leaves: ReadonlySet<string>
  readonly arrays: ReadonlySet<string>
}

const relation =
  /:?=|[≈∼≡∝≅]|\\(?:approx|propto|cong|simeq|sim|coloneqq|doteq|equiv|in|(?:long)?leftarrow|gets)\b/u

const derivative = /\\(?:partial|nabla)|[∂∇]|(?<![\\A-Za-z])d[A-Za-z]/u

const words = /\\(?:text|textrm|mathrm|operatorname\*?|begin|end)\s*\{[^{}]{2,}\}|\\[A-Za-z]{2,}/g

const forth =
  /\\(?:x|[lL]ong|hook)?(?:[rR]ightarrow|mapsto)\b|\\(?:to|leadsto|rightsquigarrow)\b|[→↦⟶⇒⟹]/u
/** h ∝ x says how h is made too. */
const back = /\\x?(?:long)?leftarrow\b|\\(?:gets|propto)\b|[←↤⟵∝]/u

/** What arrows lead to from elsewhere: h of x → h and of h ← x; a formula there is one of its own. */
const headsIn = (formula: string, arrays: ReadonlySet<string>): readonly string[] =>
  ([forth, back] as const).flatMap((arrow) => {
    const sides = formula.split(arrow)
    const letters = sides.map((side) => lettersIn(side, arrays))
    const from = arrow === forth ? -1 : 1
    return letters.flatMap((heads, at) =>
      sides[at]!.includes('=')
        ? []
        : heads.filter((head) => letters[at + from]?.some((each) => each !== head)),
    )
  })

const d = String.raw`(?:\\partial|∂|\\mathrm\{?d\}?|(?<![\\A-Za-z])d)`
const letter = String.raw`\s*\{?(\\[A-Za-z]+|\p{L})`
const slopes = [
  new RegExp(`${d}${letter}[^/{}=]*(?:\\}\\s*\\{|/)\\s*${d}`, 'gu'),
  new RegExp(String.raw`(?:\\nabla|∇|\\partial|∂)_(?:\{[^{}]*\}|\\?\w+)${letter}`, 'gu'),
]
const change = new RegExp(`(?:${d}|\\\\[dD]elta|[δΔ])${letter}`, 'gu')

/** What is differentiated as a function of something; of dh = V dy the last may be gradients. */
const differentiatedIn = (formula: string, { leaves, arrays }: Letters): readonly string[] => {
  const by = (pattern: RegExp, text: string): string[] =>
    [...text.matchAll(pattern)].flatMap(([, name]) => lettersIn(name!, arrays))
  const [left = '', right = ''] = formula.split('=')
  const changes = by(change, right)
  const areLeaves = changes.length > 0 && changes.every((name) => leaves.has(name))
  const isAlone = areLeaves || (right !== '' && lettersOf(right).size === 0)
  const [first] = left.trim().matchAll(change)
  const isChange = isAlone && first?.[0] === left.trim()
  return [...slopes.flatMap((slope) => by(slope, formula)), ...(isChange ? by(change, left) : [])]
}

/** σ(x) = 1/(1 + e^{−x}) says what σ is of any x. */
const isOfAny = ({ operands: [left, ...others] }: Claim, arrays: ReadonlySet<string>): boolean => {
  if (left?.kind !== 'application' || arrays.has(left.head.base)) return false
  const own = left.operands.flatMap(spokenOf)
  const isOwn = (name: string): boolean => own.includes(name) || !arrays.has(name)
  return left.operands.every(({ kind }) => kind === 'name') && others.flatMap(spokenOf).every(isOwn)
}

/** ĥ of \hat h is meant where an h stands. */
const bare = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '')

const lettersOf = (text: string): ReadonlySet<string> =>
  new Set(text.replace(words, (word) => greek.get(word.slice(1)) ?? ' ').match(/\p{L}/gu))

/** The arrays whose letters stand in a text. */
const lettersIn = (text: string, arrays: ReadonlySet<string>): string[] => {
  const letters = lettersOf(text)
  return [...arrays].filter((name) => letters.has(bare(name)))
}

/** Those of each side; of a ≈ y nothing is made. */
const lettersBySide = (formula: string, arrays: ReadonlySet<string>): string[][] => {
  const sides = derivative.test(formula) ? [] : formula.split(relation)
  if (sides.every((side) => lettersOf(side).size === 1)) return []
  return sides.map((side) => lettersIn(side, arrays))
}

/** h of h, c = g(x). */
const isFirstOfSeveral = ({ formula }: DocumentEntry, { span }: Claim): boolean => {
  const [head = '', ...others] = formula.split(relation)
  return others.length > 0 && span.end <= head.length && head.includes(',')
}

/** The letters of each side of what may say how one is made. */
const sidesOf = (entry: DocumentEntry, arrays: ReadonlySet<string>): readonly string[][] => {
  if (entry.kind === 'ill-formed') return lettersBySide(entry.formula, arrays)
  if (entry.kind === 'mention')
    return isFirstOfSeveral(entry, entry.claim) ? lettersBySide(entry.formula, arrays) : []
  const { operands, relations } = entry.claim
  const isSaid = relations.some((each) => ['=', '∈'].includes(each)) && operands.every(isForward)
  return isSaid && !isOfAny(entry.claim, arrays) ? operands.map(spokenOf) : []
}

/**
 * Of the leaves, by their letters, those that stand on one side of a relation and another array on
 * the other; all beside another one, where one side has none: 0 = h − g(x); and those that arrows
 * lead to, or that are differentiated.
 */
export const boundIn = (entry: DocumentEntry, letters: Letters): readonly string[] => {
  const { formula } = entry
  const { leaves, arrays } = letters
  const isArray = (name: string): boolean => arrays.has(name)
  const [first] = entry.kind === 'ill-formed' ? [] : entry.claim.operands
  // h(x) and h(0): h is a function; p(h|x) says how h is drawn.
  const applied = first?.kind === 'application' ? first : undefined
  const given = applied?.operands.flatMap(spokenOf) ?? []
  const isOf = entry.kind === 'mention' && given.some(isArray)
  const isFunction = applied && (isOf || (given.length === 0 && applied.head.primes === 0))
  const made = [
    ...(isFunction ? [applied.head.base] : []),
    ...(applied?.bar ? given.slice(0, 1) : []),
    ...headsIn(formula, arrays),
    ...differentiatedIn(formula, letters),
  ]
  const sides = sidesOf(entry, arrays).map((names) => names.filter(isArray))
  if (sides.length < 2) return made.filter((name) => leaves.has(name))
  const full = sides.filter((names) => names.length > 0)
  const isBeside = (name: string): boolean =>
    full.length === 1
      ? entry.kind === 'claim' && full[0]!.some((other) => other !== name)
      : full.some((names) => names.every((other) => other !== name)) &&
        full.some((names) => names.includes(name))
  const all = [...made, ...full.flat().filter(isBeside)]
  return [...new Set(all)].filter((name) => leaves.has(name))
}
