// What a letter below an array says: it is part of the name, or the row of a matrix that is meant.
import { isBare } from '../../resolve/context.ts'
import type { Scope } from '../../resolved.ts'
import type { Name } from '../../syntax.ts'
import { isFirstLetter } from './lettered.ts'
import { isTranspose } from './letters-alone.ts'

export interface Alone {
  readonly scope: Scope
  /** Letters below one array alone, in a formula about whole arrays. */
  readonly alone: ReadonlySet<string>
  /** u_k of u_kᵀ: what is transposed is no entry. */
  readonly turned: ReadonlySet<string>
}

/** b_h of h = W x + b_h: a letter below that is no index of anything else belongs to the name. */
export const named = (name: Name, { scope, alone }: Alone): Name | undefined => {
  const [only, ...others] = name.subscript?.parts ?? []
  const above = name.superscript?.parts ?? []
  if (only?.kind !== 'name' || others.length > 0 || !above.every(isTranspose) || !isBare(only))
    return undefined
  const own = scope.names.find(({ base, tag }) => base === name.base && tag === '')
  const isOwn = own?.letters.length === 1 && own.letters[0] === only.base
  if (!isOwn || !alone.has(only.base)) return undefined
  const { subscript: _, ...whole } = name
  return whole
}

/** u_k beside a vector u_o and a matrix U: the k-th of U. */
export const rowOf = (name: Name, { scope, alone, turned }: Alone): Name | undefined => {
  const [only, ...others] = name.subscript?.parts ?? []
  if (only?.kind !== 'name' || others.length > 0 || !isBare(only)) return undefined
  const own = scope.names.find(({ base, tag }) => base === name.base && tag === '')
  const [letter, ...letters] = own?.letters ?? []
  const capital = name.base.toUpperCase()
  // k_j beside a vector k and a K_{jd}: the letter is said of K alone.
  if (letter === undefined && own?.rank === 1 && isFirstLetter(only.base, capital, scope))
    return { ...name, base: capital }
  if (letter === undefined || letters.length > 0 || letter === only.base) return undefined
  const isMatrix = scope.names.some(
    ({ base, tag, rank, letters: [first] }) =>
      base === capital &&
      !tag &&
      rank === 2 &&
      (alone.has(letter) || first === only.base || turned.has(`${name.base}_${only.base}`)),
  )
  return capital !== name.base && isMatrix ? { ...name, base: capital } : undefined
}

/** W_{f[i,j]} as W_{f i, j}. */
export const opened = (name: Name): Name => {
  const [tag, ...others] = name.subscript?.parts ?? []
  if (tag?.kind !== 'name' || !tag.subscript || tag.superscript || others.length > 0) return name
  const { subscript, ...head } = tag
  const [first, ...rest] = subscript.parts
  const { span } = tag
  const factors = [head, first!]
  return { ...name, subscript: { parts: [{ kind: 'product', factors, span }, ...rest], span } }
}
