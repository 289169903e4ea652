// What a document says of an array that no equation makes, in a way that is not read:
// h ≈ tanh(W x), 0 = h − tanh(W x), x → h, h ⊥ x, ∂h/∂x = W. Taken for an input, it would hide the
// path through it. An array is an input only where every formula that names it beside another is.
import type { DocumentEntry } from '../../document/document.ts'
import { greek } from '../../language/lexicon.ts'
import { spokenOf, withNames } from '../../language/names-in.ts'
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

const text = /\\(?:text(?:rm)?|mbox)\s*\{[^{}]*\}/g

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
const any = `(?:${d}|\\\\[dD]elta|[δΔ])`
const letter = String.raw`\s*\{?(\\[A-Za-z]+|\p{L})`
const slopes = [
  new RegExp(`${any}${letter}[^/{}=]*(?:\\}\\s*\\{|/)\\s*${any}`, 'gu'),
  new RegExp(String.raw`(?:\\nabla|∇|\\partial|∂)_(?:\{[^{}]*\}|\\?\w+)${letter}`, 'gu'),
]
const change = new RegExp(any + letter, 'gu')

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

/** The h of \text{h depends on }: what stands alone, and is no article. */
const saidIn = (word: string): string =>
  /^\\(?:text|mathrm)/.test(word)
    ? (
        word.slice(word.indexOf('{')).match(/(?<![\p{L}'’.-])[^\P{L}aAI](?![\p{L}'’.-])/gu) ?? []
      ).join()
    : ''

const lettersOf = (text: string): ReadonlySet<string> =>
  new Set(
    text.replace(words, (word) => greek.get(word.slice(1)) ?? ` ${saidIn(word)} `).match(/\p{L}/gu),
  )

/** The arrays whose letters stand in a text. */
const lettersIn = (text: string, arrays: ReadonlySet<string>): string[] => {
  const letters = lettersOf(text)
  return [...arrays].filter((name) => letters.has(bare(name)))
}

const around =
  /[_^]\s*(?:\{[^{}]*\}|\\?\w+)|\\(?:left|right|[lc]?dots|q?quad|math\w+|bold\w+)\b|\\?[{}()[\]]|\\[,;:! ]/g

/** x, h and (x_i, y_i) ∼ D: names, of which nothing is said. */
const isList = (formula: string, arrays: ReadonlySet<string>): boolean => {
  const sides = formula.replace(around, '').split(relation)
  const plain = sides.map((side) => side.replace(words, (word) => greek.get(word.slice(1)) ?? '?'))
  const areNames = plain.every((side) =>
    side.split(/[,;]/).every((item) => /^\s*\p{L}?\s*$/u.test(item)),
  )
  return areNames && plain.filter((side) => lettersIn(side, arrays).length > 0).length < 2
}

/** The arrays of a formula of several; of a ≈ y nothing is made, and arrows say what is. */
const lettersBeside = (formula: string, { arrays, leaves }: Letters): readonly string[] => {
  const isArrow = !formula.includes('=') && [forth, back].some((arrow) => arrow.test(formula))
  if (isArrow || derivative.test(formula.replace(text, ''))) return []
  const sides = formula.split(relation)
  const names = lettersIn(formula, arrays)
  const isMade = sides.length > 1 && names.some((name) => !leaves.has(name))
  if (isMade && sides.every((side) => lettersOf(side).size === 1)) return []
  return names.length > 1 && !isList(formula, arrays) ? names : []
}

/** h of h, c = g(x). */
const isFirstOfSeveral = ({ formula }: DocumentEntry, { span }: Claim): boolean => {
  const [head = '', ...others] = formula.split(relation)
  return others.length > 0 && span.end <= head.length && head.includes(',')
}

const isEquation = ({ relations }: Claim): boolean => relations.every((each) => each === '=')

/** x > 0 and h ∈ ℝ^n. */
const isOfOne = (names: readonly string[]): boolean => new Set(names).size < 2

/** Heads with primes, h′(x) and h′ of h′(x) = W and h′ = W. */
const primed = ({ operands }: Claim): string[] =>
  operands.flatMap(withNames).flatMap(({ base, primes }) => (primes > 0 ? [base] : []))

/**
 * Letters of what a formula says in a way that is not read, or that is not so: all beside others
 * of what is not read, 0 = h − g(x), h > x, x → h; of a relation that is, those on one side alone.
 */
const besideOthers = (
  entry: DocumentEntry,
  letters: Letters,
  isRead: (claim: Claim) => boolean,
): readonly string[] => {
  const { arrays } = letters
  const isArray = (name: string): boolean => arrays.has(name)
  if (entry.kind === 'declaration') {
    const [left, set] = entry.claim.operands.map((side) => spokenOf(side).filter(isArray))
    return set?.length ? left! : []
  }
  if (entry.kind === 'ill-formed') return lettersBeside(entry.formula, letters)
  const { claim, kind } = entry
  // If $y s < 1$ says nothing of the s that there are.
  if (entry.isCase) return []
  if (kind === 'mention') {
    const isPlain = isRead({
      ...claim,
      operands: [claim.operands[0]!, claim.operands[0]!],
      relations: ['='],
    })
    const isSaid =
      lettersIn(entry.formula.match(words)?.map(saidIn).join() ?? '', arrays).length > 0
    return !isPlain || isSaid || isFirstOfSeveral(entry, claim)
      ? lettersBeside(entry.formula, letters)
      : []
  }
  if (!claim.operands.every(isForward) || isOfAny(claim, arrays)) return []
  const sides = claim.operands.map((side) =>
    withNames(side)
      .map(({ base }) => base)
      .filter(isArray),
  )
  if (!isEquation(claim) || !isRead(claim)) return isOfOne(sides.flat()) ? [] : sides.flat()
  const full = sides.filter((names) => names.length > 0)
  const isBeside = (name: string): boolean =>
    full.length === 1
      ? full[0]!.some((other) => other !== name)
      : full.some((names) => names.every((other) => other !== name)) &&
        full.some((names) => names.includes(name))
  return full.flat().filter(isBeside)
}

/**
 * The leaves, by their letters, of which an entry says more than is understood: beside others, or
 * as what is differentiated. `isRead`: whether a claim has a meaning in the network.
 */
export const boundIn = (
  entry: DocumentEntry,
  letters: Letters,
  isRead: (claim: Claim) => boolean,
): readonly string[] => {
  const { leaves, arrays } = letters
  const [first] = entry.kind === 'ill-formed' ? [] : entry.claim.operands
  // h(x) and h(0): h is a function; p(h|x) says how h is drawn.
  const applied = first?.kind === 'application' ? first : undefined
  const given = applied?.operands.flatMap(spokenOf) ?? []
  const isOf = entry.kind === 'mention' && given.some((name) => arrays.has(name))
  const isFunction = applied && (isOf || (given.length === 0 && applied.head.primes === 0))
  const all = [
    ...(isFunction ? [applied.head.base] : []),
    ...(applied?.bar ? given.slice(0, 1) : []),
    ...(entry.kind === 'claim' ? primed(entry.claim) : []),
    ...headsIn(entry.formula, arrays),
    ...differentiatedIn(entry.formula, letters),
    ...besideOthers(entry, letters, isRead),
  ]
  return [...new Set(all)].filter((name) => leaves.has(name))
}
