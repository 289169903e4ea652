// Z_1 and W_f of a graph that has arrays of these very names beside Z and W: they are meant, and no
// row of Z.

import { namesIn } from '../../names-in.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Name } from '../../syntax.ts'
import { compact } from '../layer-tags.ts'
import { boundIn } from './fused.ts'

const tagOf = ({ subscript }: Name): string | undefined =>
  subscript?.parts[0] && compact(subscript.parts[0])

const isNumber = (tag: string): boolean => /^\d+$/.test(tag)

/** z and j of U_{zj} and U_{j,z}: indices. */
const besideOthers = ({ subscript }: Name): string[] => {
  const [first, ...others] = subscript?.parts ?? []
  const within = first && first.kind !== 'name' ? [first] : []
  return [...within, ...others].flatMap((part) => namesIn(part).map(({ base }) => base))
}

/** Tags that stand below names; a letter only where it is nowhere an index. */
export const exactBelow = (claim: Claim, { names }: Scope): ReadonlySet<string> => {
  if (!names.some(({ isBelow }) => isBelow === true)) return new Set()
  const bound = new Set([...boundIn(claim), ...namesIn(claim).flatMap(besideOthers)])
  const found = new Map<string, boolean>()
  for (const name of namesIn(claim)) {
    const tag = tagOf(name)
    if (tag === undefined || bound.has(tag)) continue
    const isOwn = names.some(
      (each) => each.base === name.base && each.isBelow === true && each.tag === tag,
    )
    found.set(
      tag,
      isNumber(tag) ? isOwn || found.get(tag) === true : isOwn && found.get(tag) !== false,
    )
  }
  return new Set([...found].flatMap(([tag, isOwn]) => (isOwn ? [tag] : [])))
}

/** Beside a vector h, h_1 may be its first entry too: that is asked elsewhere. a_z is no entry. */
export const isExact = (name: Name, { names }: Scope, tags: ReadonlySet<string>): boolean => {
  const tag = tagOf(name)
  const own = names.filter(({ base }) => base === name.base)
  const plain = own.find((each) => each.tag === '')
  return (
    tag !== undefined &&
    tags.has(tag) &&
    (plain?.rank !== 1 || !isNumber(tag)) &&
    own.some((each) => each.isBelow === true && each.tag === tag)
  )
}
