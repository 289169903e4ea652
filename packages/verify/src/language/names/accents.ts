// x̂ and h̃ in all of their spellings: xhat, x_hat and \hat x are one name, htilde, h_tilde and
// \tilde h are another. The graph may have any of them, or what became of x under another name.
import type { Scope, ScopeName } from '../resolved.ts'
import type { Name } from '../syntax.ts'
import { compact, tagOf } from './layer-tags.ts'

/** What stands above a letter, and how programs say it behind the letter: in a word or below. */
const spellings: ReadonlyMap<string, readonly string[]> = new Map([
  ['\u0302', ['hat', 'norm', 'normalized', 'normalised']],
  ['\u0303', ['tilde']],
  ['\u0304', ['bar']],
  ['\u0307', ['dot']],
])
/** The word of each accent that may stand right behind its letter, as one name. */
const fused: ReadonlyMap<string, string> = new Map(
  [...spellings].map(([accent, [word]]) => [word!, accent]),
)
const letterAndWord = new RegExp(`^(\\p{L})(${[...fused.keys()].join('|')})$`, 'u')
const plainAlone = /^\p{L}$/u

/** Words that are one letter with an accent, as programs write them: xhat of a graph with x or x̂. */
export const accentWords = (bases: readonly string[]): string[] => [
  ...new Set(
    bases.flatMap((base) => {
      const plain = base.normalize('NFD').replace(/[\u0302\u0303\u0304\u0307]$/, '')
      return plainAlone.test(plain) ? [...fused.keys()].map((word) => plain + word) : []
    }),
  ),
]

interface Accented {
  readonly plain: string
  readonly accent: string
}

const accentOf = (word: string): string | undefined =>
  [...spellings].find(([, words]) => words.includes(word))?.[0]

/** x and the hat of x̂, xhat and x_hat; undefined of what wears nothing. */
const accentedOf = ({ base, subscript }: Name): Accented | undefined => {
  const parts = base.normalize('NFD')
  const last = parts.slice(-1)
  if (spellings.has(last)) return { plain: parts.slice(0, -1), accent: last }
  const [, letter, word] = (base.length > 3 && letterAndWord.exec(base)) || []
  if (letter) return { plain: letter, accent: fused.get(word!)! }
  const [first] = subscript?.parts ?? []
  const accent = first && accentOf(compact(first))
  return accent === undefined ? undefined : { plain: base, accent }
}

const isSpelling = ({ base, tag, isBelow }: ScopeName, { plain, accent }: Accented): boolean => {
  const words = spellings.get(accent)!
  const isOneName = base === (plain + accent).normalize('NFC') || base === plain + words[0]!
  const isNorm = base === `${plain}norm` && words.includes('norm')
  return (
    (tag === '' && (isOneName || isNorm)) ||
    (base === plain && isBelow === true && words.includes(tag))
  )
}

/** The name with its accent above, and the indices that it has besides. */
const accentedName = (name: Name, { plain, accent }: Accented): Name => {
  const { subscript, ...whole } = name
  const isBelow = subscript && spellings.get(accent)!.includes(compact(subscript.parts[0]!))
  const parts = isBelow ? subscript.parts.slice(1) : subscript?.parts
  const base = (plain + accent).normalize('NFC')
  return { ...whole, base, ...(parts?.length && { subscript: { ...subscript!, parts } }) }
}

/** As the graph spells it, where it has one such name; with an accent where it has none. */
export const withAccent = (name: Name, { names }: Scope): Name | undefined => {
  const accented = accentedOf(name)
  if (!accented || name.primes > 0) return undefined
  const { plain } = accented
  const [first] = name.subscript?.parts ?? []
  const isOwn = names.some(
    ({ base, tag }) =>
      base === name.base && (tag === '' ? base !== plain : first && tag === compact(first)),
  )
  if (isOwn) return undefined
  const made = accentedName(name, accented)
  const [only, ...others] = names.filter((each) => isSpelling(each, accented))
  if (!only || others.length > 0) return made.base === name.base ? undefined : made
  if (only.tag === '') return { ...made, base: only.base }
  const { span } = name
  const above = { parts: [tagOf(only.tag, span)], parenthesised: true, span }
  return { ...made, base: only.base, superscript: above }
}
