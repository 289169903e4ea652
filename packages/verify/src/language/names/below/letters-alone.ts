// Letters that stand below one array alone, in a formula about whole arrays: b_h of h = W x + b_h.

import { namesIn } from '../../names-in.ts'
import { letterOf } from '../../resolve/context.ts'
import type { Scope } from '../../resolved.ts'
import type { Binder, Claim, Expression, Name } from '../../syntax.ts'
import { childNodes } from '../../walk.ts'
import { deltaBase } from '../deltas/delta.ts'
import { compact } from '../layer-tags.ts'
import { factorsOf } from '../names.ts'
import { subscriptsOf } from './subscripts.ts'

export const isTranspose = (node: Expression): boolean =>
  node.kind === 'name' && node.base === 'T' && !node.superscript && !node.subscript

/** What it defines stands beside what it claims. */
const withValues = (claim: Claim): Claim => {
  const values = claim.where.flatMap(({ parameters, value }) =>
    parameters.length === 0 ? [value] : [],
  )
  return values.length === 0 ? claim : { ...claim, operands: [...claim.operands, ...values] }
}

export const lettersAlone = (given: Claim, scope: Scope): ReadonlySet<string> => {
  const { names } = scope
  const claim = withValues(given)
  const written = namesIn(claim)
  // e^{x_i} and σ(x_i) may be functions, whatever else has the letter.
  const isWhole = ({ base, subscript, superscript }: Name) =>
    !(subscript || base === 'σ' || (base === 'e' && superscript)) &&
    names.some((each) => each.base === base && each.rank > 0)
  // u_w of a matrix U: a row, so that whole arrays are spoken of.
  const isRow = ({ superscript, subscript, base }: Name) =>
    subscript !== undefined &&
    (superscript?.parts ?? []).every(isTranspose) &&
    names.some(
      (each) =>
        each.base.toLowerCase() === base.toLowerCase() &&
        each.tag === '' &&
        each.rank > factorsOf(subscript.parts).length,
    )
  const isStep = ({ subscript, base }: Name) =>
    subscript !== undefined &&
    names.some((each) => each.base === (base === 'δ' ? deltaBase(scope) : base) && each.isBelow)
  if (!written.some(({ subscript }) => subscript)) return new Set()
  const speaksOfArrays =
    written.some((name) => isStep(name) || isRow(name)) ||
    (written.some(isWhole) && valuesIn(claim).some(isWhole))
  if (!speaksOfArrays) return new Set()
  const below = new Map<string, Set<string>>()
  // A and A^2 are two arrays.
  const arrayOf = ({ base, superscript }: Name): string =>
    [base, ...(superscript?.parts ?? []).filter((part) => !isTranspose(part)).map(compact)].join(
      '^',
    )
  for (const name of written)
    for (const index of name.subscript ? namesIn(name.subscript) : [])
      below.set(index.base, new Set([...(below.get(index.base) ?? []), arrayOf(name)]))
  const guarded = new Set([...comparedIn(claim), ...entriesIn(claim)].map(({ base }) => base))
  const bound = new Set(sumsIn(claim).flatMap(({ binders }) => binders.map(({ name }) => name)))
  return new Set(
    [...below].flatMap(([letter, bases]) =>
      bases.size === 1 && !bound.has(letter) && !guarded.has(letter) ? [letter] : [],
    ),
  )
}

/** i of softmax(z)_i: an index, whatever has it below. */
const entriesIn = (node: object): Name[] =>
  childNodes<Expression>(node).flatMap((child) => [
    ...(child.kind === 'entry' ? bareIn(child.indices) : []),
    ...entriesIn(child),
  ])

/** Bare names that a comparison is made of, and not what stands below them. */
const comparedIn = (node: object): Name[] =>
  childNodes<Expression>(node).flatMap((child) =>
    (child as { kind: string }).kind === 'comparison' ? bareIn(child) : comparedIn(child),
  )

const bareIn = (node: object): Name[] =>
  childNodes<Expression>(node).flatMap((child) => {
    if (child.kind !== 'name') return bareIn(child)
    return child.subscript || child.superscript ? [] : [child]
  })

/** Names that stand for values: no index, whatever array has its letter, and no bound letter. */
const valuesIn = (claim: Claim): readonly Name[] => {
  const subscripts = subscriptsOf(claim)
  const visit = (node: object, bound: ReadonlySet<string>, compared = false): readonly Name[] => {
    const { kind, subscript, indices, binders } = node as Parts
    const below = [...(subscript?.parts ?? []), ...(indices ?? []), ...(binders ?? [])]
    const isIndex = new Set<object>(
      below.flatMap((each) => [each, ...childNodes<Expression>(each)]),
    )
    const inside = binders ? new Set([...bound, ...binders.map(({ name }) => name)]) : bound
    // [m < −i]: in a guard a letter of subscripts is an index.
    const isGuard = compared || kind === 'comparison'
    const isCompared = (name: Name) => isGuard && subscripts.has(letterOf(name))
    return childNodes<Expression>(node)
      .filter((child) => !isIndex.has(child))
      .flatMap((child) => [
        ...(child.kind === 'name' && !inside.has(letterOf(child)) && !isCompared(child)
          ? [child]
          : []),
        ...visit(child, inside, isGuard),
      ])
  }
  return visit(claim, new Set())
}

interface Parts {
  readonly kind?: string
  readonly subscript?: Name['subscript']
  readonly indices?: readonly Expression[]
  readonly binders?: readonly Binder[]
}

const sumsIn = (node: object): Extract<Expression, { kind: 'reduction' }>[] =>
  childNodes<Expression>(node).flatMap((child) => [
    ...(child.kind === 'reduction' ? [child] : []),
    ...sumsIn(child),
  ])

/** W_f of W_fᵀ: what stands below a matrix that is transposed. */
export const turnedIn = (claim: Claim): ReadonlySet<string> =>
  new Set(
    namesIn(claim).flatMap(({ base, superscript, subscript }) => {
      const [only, ...others] = subscript?.parts ?? []
      const isTurned = superscript?.parts.some(isTranspose) && others.length === 0
      return isTurned && only?.kind === 'name' ? [`${base}_${only.base}`] : []
    }),
  )
