// What a document says of an array that no equation makes, in a way that is not read:
// h ≈ tanh(W x), 0 = h − tanh(W x). Taken for an input, it would hide the path through it.
import type { DocumentEntry } from '../../document/document.ts'
import { greek } from '../../language/lexicon.ts'
import { spokenOf } from '../../language/names-in.ts'
import type { Claim } from '../../language/syntax.ts'
import { isForward } from './equations.ts'

const relation =
  /:?=|≈|∼|≡|\\(?:approx|simeq|sim|coloneqq|doteq|equiv|in|(?:long)?leftarrow|gets)\b/u

const derivative = /\\(?:partial|nabla)|[∂∇]|(?<![\\A-Za-z])d[A-Za-z]/u

const words = /\\(?:text|textrm|mathrm|operatorname\*?|begin|end)\s*\{[^{}]{2,}\}|\\[A-Za-z]{2,}/g

/** σ(x) = 1/(1 + e^{−x}) says what σ is of any x. */
const isOfAny = ({ operands: [left] }: Claim, arrays: ReadonlySet<string>): boolean =>
  left?.kind === 'application' &&
  !arrays.has(left.head.base) &&
  left.operands.every(({ kind }) => kind === 'name')

/** ĥ of \hat h is meant where an h stands. */
const bare = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '')

/** The arrays whose letters stand in each side; of a ≈ y nothing is made. */
const lettersOf = (formula: string, arrays: ReadonlySet<string>): string[][] => {
  const sides = (derivative.test(formula) ? [] : formula.split(relation)).map((side) => {
    const text = side.replace(words, (word) => greek.get(word.slice(1)) ?? ' ')
    return new Set(text.match(/\p{L}/gu))
  })
  if (sides.every(({ size }) => size === 1)) return []
  return sides.map((letters) => [...arrays].filter((name) => letters.has(bare(name))))
}

/** h of h, c = g(x). */
const isFirstOfSeveral = ({ formula }: DocumentEntry, { span }: Claim): boolean => {
  const [head = '', ...others] = formula.split(relation)
  return others.length > 0 && span.end <= head.length && head.includes(',')
}

/** The letters of each side of what may say how one is made. */
const sidesOf = (entry: DocumentEntry, arrays: ReadonlySet<string>): readonly string[][] => {
  if (entry.kind === 'ill-formed') return lettersOf(entry.formula, arrays)
  if (entry.kind === 'mention')
    return isFirstOfSeveral(entry, entry.claim) ? lettersOf(entry.formula, arrays) : []
  const { operands, relations } = entry.claim
  const isSaid = relations.some((each) => ['=', '∈'].includes(each)) && operands.every(isForward)
  return isSaid && !isOfAny(entry.claim, arrays) ? operands.map(spokenOf) : []
}

/**
 * Of the leaves, by their letters, those that stand on one side of a relation and another array on
 * the other; and all beside another one, where one side has none: 0 = h − g(x).
 */
export const boundIn = (
  entry: DocumentEntry,
  leaves: ReadonlySet<string>,
  arrays: ReadonlySet<string>,
): readonly string[] => {
  const sides = sidesOf(entry, arrays).map((names) => names.filter((each) => arrays.has(each)))
  if (sides.length < 2) return []
  const full = sides.filter((names) => names.length > 0)
  const isBeside = (name: string): boolean =>
    full.length === 1
      ? entry.kind === 'claim' && full[0]!.some((other) => other !== name)
      : full.some((names) => names.every((other) => other !== name)) &&
        full.some((names) => names.includes(name))
  return [...new Set(full.flat())].filter((name) => leaves.has(name) && isBeside(name))
}
