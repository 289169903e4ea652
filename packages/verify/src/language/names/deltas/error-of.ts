// δ_{a_h}, δ_{logits} and δ^{(o)}: the error of the array that stands below or above, where nothing
// is counted by it; of what enters its activation, where δ_o is the error of a unit.

import { namesIn, withNames } from '../../names-in.ts'
import { splitApplication } from '../../read/split-application.ts'
import { isBare } from '../../resolve/context.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { childNodes } from '../../walk.ts'
import { boundIn } from '../below/fused.ts'
import { keyOf } from '../definition-of.ts'
import { costLetter, gradient } from '../in-cost.ts'
import { compact, nameOf } from '../layer-tags.ts'
import { withoutTranspose } from '../names.ts'
import { has } from '../relettered.ts'
import { deltaBase } from './delta.ts'

export interface Below {
  readonly scope: Scope
  /** δ_o is ∂C/∂z of o = σ(z). */
  readonly isOfUnits?: boolean
  /** What a formula defines itself. */
  readonly defined: ReadonlySet<string>
  /** Letters that count: they stand below what is no error, and belong to no name. */
  readonly counted: () => readonly string[]
}

const lettersIn = (parts: readonly Expression[]): string[] =>
  parts.flatMap((part) => withNames(part).map(({ base }) => base))

/** i of x_i, (a − y)_i and Σ_i; not f of W_f and Wf, nor o of δ_o. Found where it is asked for. */
export const countedIn = (claim: Claim, scope: Scope): (() => readonly string[]) => {
  let found: readonly string[] | undefined
  return () => {
    found ??= lettersThatCount(claim, scope)
    return found
  }
}

const lettersThatCount = (claim: Claim, { names }: Scope): readonly string[] => {
  const below = namesIn(claim).flatMap(({ base, subscript }) => {
    const [first, ...others] = subscript?.parts ?? []
    if (!first) return []
    const tag = compact(first)
    const isName = names.some(
      (each) =>
        (each.base === base && each.isBelow === true && each.tag === tag) ||
        each.base === base + tag,
    )
    return lettersIn(base === 'δ' || isName ? others : [first, ...others])
  })
  return [...below, ...boundIn(claim), ...lettersIn(entriesIn(claim))]
}

const entriesIn = (node: object): Expression[] => [
  ...((node as { indices?: readonly (Expression | null)[] }).indices ?? []).filter(
    (each) => each !== null,
  ),
  ...childNodes<Expression>(node).flatMap(entriesIn),
]

/** a_h, z^{(2)} and logits are no index; o of δ_o is none where it stands nowhere else below. */
const arrayIn = (part: Expression, { scope, counted }: Below): Name | undefined => {
  const { names } = scope
  const text = compact(part)
  if (text.length > 2 && names.some(({ name, base }) => name === text && base === text))
    return { kind: 'name', base: text, primes: 0, span: part.span }
  if (part.kind !== 'name' || part.primes > 0) return undefined
  const { base, subscript, superscript } = part
  const own = names.filter((each) => each.base === base && each.role !== 'beside')
  if (subscript || superscript) return own.length > 0 ? part : undefined
  const isWhole = own.some(({ tag, role }) => tag === '' && role === 'interior')
  return isWhole && !counted().includes(base) ? part : undefined
}

/** What a node is of which the head is such a δ: δ_{a_h} (r ⊙ h)ᵀ is no function of r ⊙ h. */
export const withErrorOf = (node: Expression, below: Below): Expression | undefined => {
  if (node.kind === 'name') return errorOf(node, below)
  const split = splitApplication(node)
  const error = split && errorOf(split.head, below)
  return error && { kind: 'product', factors: [error, split.rest], span: node.span }
}

/** o of δ_o, and of δ^{(o)} where no pre-activation has it above; and the indices beside it. */
const arrayOf = (name: Name, below: Below): [Name | undefined, readonly Expression[]] => {
  const { superscript, subscript } = turnedIn(name) ?? name
  const [part, ...indices] = subscript?.parts ?? []
  if (!superscript) return [part && arrayIn(part, below), indices]
  const [above, ...others] = superscript.parts
  if (others.length > 0 || above!.kind !== 'name' || above!.superscript) return [undefined, []]
  const step = atStep(above!, subscript, below.scope)
  if (step) return [step, []]
  const array = hasErrorAt(compact(above!), below.scope) ? undefined : arrayIn(above!, below)
  return [array, subscript?.parts ?? []]
}

/** z_t of δ^z_t, where every z has its step below. */
const atStep = (above: Name, subscript: Name['subscript'], { names }: Scope): Name | undefined => {
  const own = names.filter(({ base }) => base === above.base)
  const [step] = subscript?.parts ?? []
  const isStep = ({ tag }: { readonly tag: string }) => /^\d+$/.test(tag) || tag === compact(step!)
  const isStepped = step && own.length > 0 && own.every((each) => each.isBelow)
  return isStepped && own.some(isStep) && isBare(above)
    ? { ...above, subscript: subscript! }
    : undefined
}

/** δ_o of δ_oᵀ. */
const turnedIn = (name: Name): Name | undefined =>
  name.superscript && withoutTranspose(name, name.superscript.parts)

/** z_o, where δ is the error of z. */
const hasErrorAt = (tag: string, { names }: Scope): boolean => {
  const base = deltaBase({ names })
  return names.some((each) => each.base === base && each.tag === tag) || /^[lL]$/.test(tag)
}

const activatedBy = ({ base, superscript, span }: Name, { names }: Scope): Name | undefined => {
  if (superscript) return undefined
  const [only] = names.find((each) => each.base === base && each.tag === '')?.activates ?? []
  const found = names.find(({ name }) => name === only)
  return found && nameOf(found, span)
}

/** The δ_h of an h that is the activation of what has no name: of which of them is not known. */
export const ofUnnamed = (claim: Claim, scope: Scope): Name | undefined => {
  const below: Below = { scope, counted: countedIn(claim, scope), defined: new Set() }
  return withNamesOf(claim).find((name) => {
    const [array] = name.base === 'δ' && !has(scope, 'δ') ? arrayOf(name, below) : []
    const own = scope.names.find(({ base, tag }) => base === array?.base && tag === '')
    return array && !array.superscript && own?.activates?.length === 0
  })
}

/** Whether δ_o stands somewhere, of an o that is the activation of something. */
export const hasUnits = (claim: Claim, scope: Scope): boolean => {
  const counted = countedIn(claim, scope)
  const below: Below = { scope, counted, defined: new Set() }
  return withNamesOf(claim).some((name) => {
    const [array] = name.base === 'δ' ? arrayOf(name, below) : []
    return array !== undefined && activatedBy(array, scope) !== undefined
  })
}

const withNamesOf = ({ operands, where }: Claim): readonly Name[] =>
  [...operands, ...where.map(({ value }) => value)].flatMap((each) => withNames(each))

/** The derivative that such a δ is; undefined where it is another. */
const errorOf = (name: Name, below: Below): Expression | undefined => {
  const { base, primes, span } = name
  if (base !== 'δ' || primes > 0 || has(below.scope, 'δ')) return undefined
  // δ_h is no entry of a δ that is defined: no index is called so.
  if (below.defined.has(keyOf(name).key)) return undefined
  const cost = costLetter(below.scope)
  const [found, indices] = arrayOf(name, below)
  if (!found || cost === undefined || (indices.length > 0 && found.subscript)) return undefined
  const array = (below.isOfUnits && activatedBy(found, below.scope)) || found
  const by = indices.length > 0 ? { ...array, subscript: { parts: indices, span } } : array
  const error = gradient(by, cost, name)
  return turnedIn(name) ? { kind: 'transposed', operand: error, span } : error
}
