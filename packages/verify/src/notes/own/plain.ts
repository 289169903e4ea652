// Equations as the text of a network has them: W^T of a name is its transpose, e^x the exponential,
// y log a entry by entry, x^2 a power unless the layers are numbered so.
import { withNames } from '../../language/names-in.ts'
import { rational } from '../../language/rational.ts'
import type { Expression, Name } from '../../language/syntax.ts'
import { mapped } from '../../language/walk.ts'
import type { Equation } from './equations.ts'
import { isPlain } from './names.ts'

/** What letters are to these equations. */
export interface Spelling {
  /** A number above says a layer, as in z^2 = W^2 a^1. */
  readonly areTagged: (base: string) => boolean
  /** An equation makes one of that letter alone: e = z − t. */
  readonly areMade: (base: string) => boolean
}

/** Layers are tagged where some are made so: letters made so, or never without a number. */
export const spellingIn = (equations: readonly Equation[]): Spelling => {
  const lefts = equations.filter(({ left }) => left.superscript?.parenthesised === false)
  const tagged = new Set(lefts.map(({ left }) => left.base))
  const all = equations.flatMap(({ left, value }) => [left, ...withNames(value)])
  const bare = new Set(all.filter((name) => !name.superscript).map(({ base }) => base))
  const made = new Set(equations.map(({ left }) => left.base))
  return {
    areTagged: (base) => tagged.size > 0 && (tagged.has(base) || !bare.has(base)),
    areMade: (base) => made.has(base),
  }
}

export const plain = (node: Expression, of: Spelling): Expression =>
  mapped(node, (each) => {
    const part = each as Expression
    if (part.kind === 'product') return likelihood(part, of) ?? withLength(part, of)
    return part.kind === 'name' ? plainName(part, of) : undefined
  })

const plainName = (name: Name, of: Spelling): Expression | undefined => {
  const { span, superscript, ...rest } = name
  const [only, ...others] = superscript?.parts ?? []
  if (!only || !superscript || others.length > 0) return undefined
  if (name.base === 'e' && !name.subscript && !of.areMade('e'))
    return { kind: 'call', word: 'exp', operands: [plain(only, of)], span }
  if (only.kind === 'numeral' && !superscript.parenthesised && !of.areTagged(name.base))
    return { kind: 'power', base: { ...rest, span }, exponent: only, span }
  const factors = only.kind === 'product' ? only.factors : [only]
  const last = factors.at(-1)!
  const [tag, ...more] = factors.slice(0, -1)
  if (last.kind !== 'name' || last.base !== 'T' || more.length > 0) return undefined
  const above = tag && { parts: [tag], parenthesised: true, span }
  const operand: Name = { ...rest, span, ...(above && { superscript: above }) }
  return { kind: 'transposed', operand, span }
}

/** y log a, (1 − y) log(1 − a): a target times the logarithm of what is as long. */
const likelihood = (
  { factors, span }: Expression & { kind: 'product' },
  of: Spelling,
): Expression | undefined => {
  const [left, right, ...others] = factors
  const isLog = right?.kind === 'call' && right.word === 'log' && others.length === 0
  if (!left || !isLog || left.kind === 'numeral') return undefined
  return { kind: 'hadamard', left: plain(left, of), right: plain(right, of), span }
}

/** N of 1/N Σ_i x_i, which nobody makes, is how far i goes. */
const withLength = (
  node: Expression & { kind: 'product' },
  of: Spelling,
): Expression | undefined => {
  const [length] = node.factors.flatMap((each) => {
    const below = each.kind === 'quotient' ? each.denominator : undefined
    const parts = below?.kind === 'product' ? below.factors : below ? [below] : []
    return parts.filter(
      (part) => part.kind === 'name' && /^[NnmMB]$/.test(part.base) && isPlain(part),
    ) as Name[]
  })
  const factors = node.factors.map((each) => {
    if (each.kind !== 'reduction' || each.operator !== 'sum') return each
    const [only, ...others] = each.binders
    const isOpen = only && others.length + each.conditions.length === 0
    if (!length || !isOpen || only.lower || only.upper || of.areMade(length.base)) return each
    const { span } = length
    const lower = { kind: 'numeral', value: rational(1n), text: '1', span } as const
    return { ...each, binders: [{ ...only, lower, upper: length }] }
  })
  const isSame = factors.every((each, at) => each === node.factors[at])
  return isSame ? undefined : plain({ ...node, factors }, of)
}
