// x̂ in all of its spellings: xhat, x_hat and \hat x are one name, and so is x_norm of what is
// normalised. The graph may have any of them, or what became of x under another name.
import type { Scope, ScopeName } from '../resolved.ts'
import type { Name } from '../syntax.ts'
import { compact, tagOf } from './layer-tags.ts'

const hat = '\u0302'
const wordsOfHats = ['hat', 'norm', 'normalized', 'normalised'] as const
const isWord = (text: string): boolean => (wordsOfHats as readonly string[]).includes(text)
const plainAlone = /^\p{L}$/u

/** Words that are one letter with a hat, as programs write them: xhat of a graph with x or x̂. */
export const hatWords = (bases: readonly string[]): string[] => [
  ...new Set(
    bases.flatMap((base) => {
      const plain = base.normalize('NFD').replace(hat, '')
      return plainAlone.test(plain) ? [`${plain}hat`] : []
    }),
  ),
]

/** x of x̂, xhat and x_hat; undefined of what wears no hat. */
const underHat = ({ base, subscript }: Pick<Name, 'base' | 'subscript'>): string | undefined => {
  const accented = base.normalize('NFD')
  if (accented.endsWith(hat)) return accented.slice(0, -1)
  const [, spelt] = /^(\p{L})hat$/u.exec(base) ?? []
  if (spelt) return spelt
  const [first] = subscript?.parts ?? []
  return first && isWord(compact(first)) ? base : undefined
}

const isHatOf = ({ base, tag, isBelow }: ScopeName, plain: string): boolean =>
  (tag === '' && [(plain + hat).normalize('NFC'), `${plain}hat`, `${plain}norm`].includes(base)) ||
  (base === plain && isBelow === true && isWord(tag))

/** The name with its hat as an accent, and the indices that it has besides. */
const accented = (name: Name, plain: string): Name => {
  const { subscript, ...whole } = name
  const isBelow = subscript && isWord(compact(subscript.parts[0]!))
  const parts = isBelow ? subscript.parts.slice(1) : subscript?.parts
  const base = (plain + hat).normalize('NFC')
  return { ...whole, base, ...(parts?.length && { subscript: { ...subscript!, parts } }) }
}

/** As the graph spells it, where it has one such name; with an accent where it has none. */
export const hatted = (name: Name, { names }: Scope): Name | undefined => {
  const plain = underHat(name)
  if (plain === undefined || name.primes > 0) return undefined
  const [first] = name.subscript?.parts ?? []
  const isOwn = names.some(
    ({ base, tag }) =>
      base === name.base && (tag === '' ? base !== plain : first && tag === compact(first)),
  )
  if (isOwn) return undefined
  const found = names.filter((each) => isHatOf(each, plain))
  const made = accented(name, plain)
  const [only, ...others] = found
  if (!only || others.length > 0) return made.base === name.base ? undefined : made
  if (only.tag === '') return { ...made, base: only.base }
  const { span } = name
  const above = { parts: [tagOf(only.tag, span)], parenthesised: true, span }
  return { ...made, base: only.base, superscript: above }
}
