// w_{kj} of a graph with w^{(1)}_{ji} and w^{(2)}_{kj} alone: its letters say which layer it is of,
// or how long what they run over is.

import { namesIn } from '../../names-in.ts'
import type { Scope, ScopeName } from '../../resolved.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { mapped } from '../../walk.ts'
import { compact, tagOf } from '../layer-tags.ts'
import { factorsOf } from '../names.ts'

export const lettersBelow = ({ subscript }: Name): readonly Expression[] =>
  factorsOf(subscript?.parts ?? [])

/** How long an index runs, by the arrays that have it; of no array whose layer is left out. */
export const lengthsOf = (letter: string, claim: Claim, { names }: Scope): ReadonlySet<number> =>
  new Set(
    namesIn(claim).flatMap((name) => {
      const letters = lettersBelow(name).map(compact)
      const above = (name.superscript?.parts ?? []).map(compact).join()
      const own = names.find(({ base, tag }) => base === name.base && tag === above)
      if (name.base === 'δ' || own?.rank !== letters.length) return []
      return letters.flatMap((each, axis) => (each === letter ? [own.shape[axis]!] : []))
    }),
  )

/** Whether a matrix is declared with this letter for its rows. */
export const isFirstLetter = (letter: string, base: string, { names }: Scope): boolean =>
  names.some(
    (each) => each.base === base && !each.tag && each.rank === 2 && each.letters[0] === letter,
  )

const isLetter = (node: Expression): boolean =>
  node.kind === 'name' && !node.superscript && !node.subscript && /^\p{Ll}$/u.test(node.base)

/** Several arrays of this letter, each with a tag. */
const isLayered = (letter: string, { names }: Scope): boolean => {
  const own = names.filter(({ base }) => base === letter)
  return own.length > 1 && own.every(({ tag }) => tag !== '')
}

/** The name with its layer above, where one alone is meant. */
const withLayerOfLetters = (
  name: Name,
  scope: Scope,
  lengths: (letter: string) => ReadonlySet<number>,
): Name | undefined => {
  if (!name.subscript || name.superscript || name.primes > 0) return undefined
  const letters = lettersBelow(name)
  const isMeant = letters.length > 1 && letters.every(isLetter)
  if (!isMeant || !isLayered(name.base, scope)) return undefined
  const own = scope.names.filter(({ base }) => base === name.base)
  const written = letters.map(compact)
  // W_{hh} of a graph that calls an array so.
  if (own.some(({ tag }) => tag === written[0] || tag === written.join(''))) return undefined
  const hasLetters = ({ letters: declared }: ScopeName) => declared.join() === written.join()
  const isLong = ({ rank, shape }: ScopeName) =>
    rank === written.length &&
    written.every((letter, axis) => {
      const known = lengths(letter)
      return known.size === 1 && known.has(shape[axis]!)
    })
  const declared = own.filter(hasLetters)
  const [only, ...others] = declared.length > 0 ? declared : own.filter(isLong)
  if (!only || others.length > 0) return undefined
  const { span } = name
  return { ...name, superscript: { parts: [tagOf(only.tag, span)], parenthesised: true, span } }
}

/** Every such name of the claim with its layer; the claim itself where there is none. */
export const withLayersOfLetters = (claim: Claim, scope: Scope): Claim => {
  if (!scope.names.some(({ base, tag }) => tag !== '' && isLayered(base, scope))) return claim
  const lengths = (letter: string) => lengthsOf(letter, claim, scope)
  const layered = (node: object) => {
    const name = node as Expression
    return name.kind === 'name' ? withLayerOfLetters(name, scope, lengths) : undefined
  }
  return namesIn(claim).some(layered) ? mapped(claim, layered) : claim
}
