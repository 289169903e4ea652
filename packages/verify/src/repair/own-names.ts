// Arrays as a claim spells them: who writes z_2 or z^{(2)} for the z2 of a network is told of z_2.
import type { Scope, ScopeName } from '../language/resolved.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'
import { mapped } from '../language/walk.ts'
import { integer, namesOf, quoted } from './build.ts'

const isLayer = (part: Expression): boolean => /^(?:\d+|[lt])(?: ?[+-] ?\d)?$/.test(quoted(part))

/** z, 2 → z_2 or z^{(2)}, by the first name among these that is written so. */
const spellingIn = (names: readonly Name[]): ((base: string, tag: string) => Name) | undefined => {
  for (const { subscript, superscript, span } of names) {
    const plain = { kind: 'name', primes: 0, span } as const
    const [above, below] = [superscript?.parts[0], subscript?.parts[0]]
    if (superscript && above && isLayer(above))
      return (base, tag) => ({
        ...plain,
        base,
        superscript: { ...superscript, parts: [integer(Number(tag))] },
      })
    if (subscript && below && !superscript && isLayer(below))
      return (base, tag) => ({ ...plain, base, subscript: { span, parts: [integer(Number(tag))] } })
  }
  return undefined
}

interface OwnNames {
  readonly scope: Scope
  /** A formula that names arrays as the network does, in the claim’s names. */
  readonly respelled: (claim: Claim) => Claim
}

export const ownNames = (claim: Claim, scope: Scope): OwnNames => {
  const written = namesOf(claim.operands)
  const words = new Set(scope.names.flatMap(({ base, tag }) => (tag === '' ? [base] : [])))
  const own = new Map<string, ScopeName & { readonly spelled: Name }>()
  for (const each of scope.names) {
    const { base, tag, name } = each
    if (each.isBelow || !/^\d+$/.test(tag) || base + tag !== name || !words.has(name)) continue
    const spell = spellingIn(written.filter((other) => other.base === base)) ?? spellingIn(written)
    if (!spell) continue
    const spelled = spell(base, tag)
    const isBelow = spelled.subscript !== undefined
    own.set(name, { ...each, name: quoted(spelled), ...(isBelow && { isBelow }), spelled })
  }
  if (own.size === 0) return { scope, respelled: (claim) => claim }
  const nameOf = (name: string): string => own.get(name)?.name ?? name
  const names = scope.names.flatMap((each): ScopeName[] => {
    const { name, base, activates, after, predicts } = each
    if (own.has(name) && base === name) return []
    return [
      {
        ...(own.get(name) ?? each),
        ...(activates && { activates: activates.map(nameOf) }),
        ...(after && { after: after.map(nameOf) }),
        ...(predicts && { predicts: predicts.map(nameOf) }),
      },
    ]
  })
  const visit = (node: object): object | undefined => {
    const { kind, base, subscript, superscript, span } = node as Name
    const spelled = kind === 'name' ? own.get(base)?.spelled : undefined
    if (!spelled) return undefined
    const above = { ...spelled, ...(!spelled.superscript && superscript && { superscript }) }
    const isTurned = spelled.superscript && superscript
    const array: Expression = isTurned ? { kind: 'transposed', operand: above, span } : above
    if (!subscript) return array
    return spelled.subscript || isTurned
      ? { kind: 'entry', array, indices: subscript.parts, span }
      : { ...array, subscript }
  }
  return {
    scope: { ...scope, names },
    respelled: (claim) => mapped(claim, visit),
  }
}
