// ∇J and ∇²J that say nothing of what they are by: the one parameter, where the network has one;
// and d_y for dy.
import type { Scope } from '../../resolved.ts'
import { type Claim, ClaimError, type Expression, type Name, type Span } from '../../syntax.ts'
import { mapped } from '../../walk.ts'
import { tagOf } from '../layer-tags.ts'

/** What ∇ is by until the network is asked. */
const unsaid = '∇'

export const nobody = (span: Span): Name => ({ kind: 'name', base: unsaid, primes: 0, span })

export const needsVariable = (span: Span): ClaimError =>
  new ClaimError('∇ needs below it what is differentiated by: ∇_W C', span)

/** @throws ClaimError where it could be by several */
export const withLoneGradients = (claim: Claim, { names }: Scope): Claim => {
  const parameters = new Map(
    names.filter(({ isParameter }) => isParameter).map((each) => [each.name, each]),
  )
  const [only, ...others] = [...parameters.values()]
  return mapped(claim, (node) => {
    const { kind, base, span } = node as Name
    if (kind !== 'name' || base !== unsaid) return undefined
    if (!only || others.length > 0) throw needsVariable(span)
    const parts = [tagOf(only.tag, span)]
    const tagged = only.tag ? { superscript: { parts, parenthesised: true, span } } : {}
    return { kind, base: only.base, primes: 0, ...tagged, span }
  })
}

const isTranspose = (node: Expression): boolean =>
  node.kind === 'name' && node.base === 'T' && !node.superscript && !node.subscript

/** y of d_y, d_{y_i} and d_y^T. */
const differentiated = (
  { base, primes, superscript, subscript }: Name,
  { names, sizes = [] }: Scope,
): Name | undefined => {
  const [only, ...others] = subscript?.parts ?? []
  const above = superscript?.parts ?? []
  const isD = base === 'd' && primes === 0 && above.every(isTranspose) && others.length === 0
  if (!isD || only?.kind !== 'name' || only.superscript || only.primes > 0) return undefined
  const isOwn = names.some((each) => each.base === 'd') || sizes.some(({ name }) => /^d/.test(name))
  const isArray = names.some((each) => each.base === only.base && each.role !== 'leaf')
  if (isOwn || !isArray) return undefined
  return { ...only, ...(superscript && { superscript }) }
}

/** d_y and d_{y_i} of an array y, where nothing is called d: dy and dy_i. */
export const withGradientsBelow = (claim: Claim, scope: Scope): Claim => {
  const read = (node: object): object | undefined => {
    const name = node as Name
    const of = name.kind === 'name' ? differentiated(name, scope) : undefined
    if (!of) return undefined
    const { start } = of.span
    // It touches what it is of, as the d of dy does.
    const d: Name = { kind: 'name', base: 'd', primes: 0, span: { start: start - 1, end: start } }
    return { kind: 'product', factors: [d, of], span: name.span }
  }
  return mapped(claim, read)
}
