// A term left out of a sum, or one too many: which terms a formula could lack.
import { deltaBase } from '../../language/names/deltas/delta.ts'
import type { ScopeName } from '../../language/resolved.ts'
import type { Claim, Expression, Name } from '../../language/syntax.ts'
import { mapped } from '../../language/walk.ts'
import { shifted } from '../affine.ts'
import { brief, integer, namesOf, negated, plus, quoted, same, subject, tree } from '../build.ts'
import { type EditContext, everywhere, onTerms, type Rewrite } from '../edit.ts'
import { letterOfArray, nameOf } from '../roles.ts'
import type { Site } from '../sites.ts'
import { entryOf } from './entries.ts'
import { freeLetters } from './free-letters.ts'
import { transposed } from './sliding.ts'

const isNumeral = (node: Expression): boolean => node.kind === 'numeral'

/** The letters behind the tag: k of `F k`. */
const lettersBehind = ({ superscript }: Name): readonly Expression[] => {
  const [only] = superscript?.parts ?? []
  return only?.kind === 'product' ? only.factors.slice(1) : []
}

/** An array of the graph with the indices of an entry that the formula has: of b_k the first. */
const inScriptsOf = (array: Name, { letters }: ScopeName, like: Name): Name => {
  const { superscript, ...bare } = array
  // What stands below is its name.
  if (array.subscript) return array
  const behind = superscript ? lettersBehind(like) : []
  const wanted = letters.length - behind.length
  const parts = (like.subscript && entryOf(like)?.parts) ?? []
  const isSame = letters.length === 0 || parts.length <= wanted
  const indices = isSame ? like.subscript?.parts : parts.slice(0, Math.max(0, wanted))
  const subscript =
    indices && indices.length > 0 ? { subscript: { parts: indices, span: like.span } } : {}
  const [tag] = superscript?.parts ?? []
  if (!superscript || !tag || behind.length === 0) return { ...array, ...subscript }
  const product: Expression = { kind: 'product', factors: [tag, ...behind], span: like.span }
  return { ...bare, superscript: { ...superscript, parts: [product] }, ...subscript }
}

/** Entries where the formula is about entries, whole arrays where it is about those. */
export const arraysLike = (site: Site, claim: Claim, { scope }: EditContext): Expression[] => {
  const about = subject(claim)
  const beside = namesOf(site.node).filter((name) => name.primes === 0 && name.subscript)
  const likes = [...(about ? [about] : []), ...beside]
  const entries = likes.some((like) => like.subscript)
  return scope.names.flatMap((each) => {
    const array = nameOf(each)
    if (!array) return []
    const own = entries ? likes.map((like) => inScriptsOf(array, each, like)) : []
    const isOfErrors = each.base === deltaBase(scope)
    const delta = isOfErrors ? [...own, array].map((name) => ({ ...name, base: 'δ' })) : []
    return [...own, array, ...delta]
  })
}

/** ∂C/∂h: what comes back along a path that a formula forgot. */
const derivatives = (claim: Claim, { scope }: EditContext): Expression[] => {
  const [left] = claim.operands
  const about = subject(claim)
  if (!about || (about.base !== 'δ' && left?.kind !== 'derivative')) return []
  const of = left?.kind === 'derivative' ? left.of : tree(scope.costName ?? 'C')
  const own = letterOfArray(about, scope)
  return scope.names.flatMap((each): Expression[] => {
    const array = each.role === 'interior' && each.rank > 0 ? nameOf(each) : undefined
    if (!array || array.base === own) return []
    const by = [inScriptsOf(array, each, about)]
    return [{ kind: 'derivative', of, by, total: false, span: about.span }]
  })
}

/** λ w and 2 λ w in ∂J/∂w: what a penalty adds. */
const penalties = (claim: Claim, { scope }: EditContext): Expression[] => {
  const about = subject(claim)
  if (!about || claim.operands[0]?.kind !== 'derivative') return []
  const numbers = scope.names.filter(({ role, rank }) => role === 'leaf' && rank === 0)
  return numbers.slice(0, mostNumbers).flatMap((number): Expression[] => {
    const factor = nameOf(number)
    const { span } = about
    if (!factor) return []
    return [
      [factor, about],
      [integer(2), factor, about],
    ].map((factors): Expression => ({ kind: 'product', factors, span }))
  })
}

/** W x and Wᵀ x where shapes allow it: what a bias was added to, and what targets subtract. */
const matrixProducts = (claim: Claim, { scope }: EditContext): Expression[] => {
  if (claim.operands.some((operand) => freeLetters(operand).length > 0)) return []
  return scope.names.flatMap((matrix) =>
    scope.names.flatMap((vector): Expression[] => {
      if (matrix.rank !== 2 || vector.rank !== 1) return []
      const [left, right] = [nameOf(matrix), nameOf(vector)]
      if (!left || !right) return []
      const sides = [transposed(left), left].filter(
        (_, axis) => matrix.shape[axis] === vector.shape[0],
      )
      return sides.map((side) => ({ kind: 'product', factors: [side, right], span: left.span }))
    }),
  )
}

/** w_12 x_12 beside w_13 x_13: another term with one index moved, where it is a numeral. */
const neighbours = (terms: readonly Expression[]): Expression[] => {
  const moved = terms.flatMap((term) =>
    [0, 1].flatMap((axis) => [1, -1].map((by) => ({ term, other: movedIn(term, axis, by) }))),
  )
  return moved.flatMap(({ term, other }) => (same(term, other) ? [] : [other]))
}

const movedIn = (term: Expression, axis: number, by: number): Expression =>
  mapped(term, (each) => {
    const node = each as Name
    if (node.kind !== 'name' || !node.subscript) return undefined
    const { parts, span } = node.subscript
    const digits = parts.length === 1 ? digitsOf(parts[0]!) : parts
    const at = digits.length - 2 + axis
    const digit = digits[at]
    if (!digit || !isNumeral(digit)) return node
    const next = digits.with(at, shifted(digit, by))
    const text = next.map(quoted).join('')
    const together = parts.length === 1 && /^[1-9]{2}$/.test(text)
    return { ...node, subscript: { parts: together ? [tree(text)] : next, span } }
  })

/** 12 of w_12 is 1, 2. */
const digitsOf = (part: Expression): readonly Expression[] => {
  if (part.kind === 'product') return part.factors
  if (part.kind !== 'numeral' || !/^\d\d$/.test(part.text)) return [part]
  return [...part.text].map((digit) => tree(digit))
}

const deltas = (claim: Claim): Expression[] => {
  const letters = freeLetters(claim.operands[0]!)
  const [first, second] = letters
  return letters.length === 2 ? [tree(`[${first} = ${second}]`)] : []
}

/** Where a term may have been left out: a side, a sum, and what brackets hold. */
const holdsSum = ({ node, side, position, parents }: Site): boolean => {
  if (side <= 0 || position !== 'value') return false
  const parent = parents.at(-1)
  if (!parent || node.kind === 'addition') return true
  // Nobody writes 2 − 1 for 1.
  if (parent.kind === 'addition' || isNumeral(node)) return false
  const isPart = parent.kind === 'product' || parent.kind === 'hadamard' || parent.kind === 'power'
  const isInRoot = parent.kind === 'call' && parent.word === 'sqrt'
  return isPart || isInRoot || parent.kind === 'application' || parent.kind === 'negation'
}

const most = 60
const mostNumbers = 3

export const addTerm: Rewrite = everywhere((site, claim, context) => {
  const { node } = site
  if (!holdsSum(site)) return []
  const terms = node.kind === 'addition' ? node.terms : []
  const isSide = site.parents.length === 0
  const all = [
    ...neighbours(terms),
    ...deltas(claim),
    ...(isSide ? [] : [integer(1)]),
    ...arraysLike(site, claim, context),
    ...(isSide ? [...penalties(claim, context), ...derivatives(claim, context)] : []),
    ...matrixProducts(claim, context),
  ]
  // What the formula is about is no term of it: δ = … + δ.
  const about = subject(claim)
  const known = [...terms, ...claim.operands, ...(about ? [{ ...about, base: 'δ' }] : [])]
  const seen = new Set(known.map(quoted))
  const fresh = all.filter((term) => {
    const text = quoted(term)
    return !seen.has(text) && seen.add(text)
  })
  return fresh.slice(0, most).flatMap((term) =>
    [term, negated(term)].map((missing) => {
      const sign = missing.kind === 'negation' ? '-' : '+'
      const message = `A term is missing: ${sign} ${quoted(term)} after ${brief(node)}.`
      return [plus(node, missing), message] as const
    }),
  )
})

/** An array of the left side's shape that has nothing to do with it. */
export const addStray: Rewrite = onTerms(({ node, parents }, claim, { scope }) => {
  const about = subject(claim)
  if (parents.length > 0 || !about) return []
  const base = letterOfArray(about, scope)
  const own = scope.names.find((each) => {
    const name = nameOf(each)
    return name && each.base === base && sameTag(name, about)
  })
  const other = scope.names.find(
    (each) => own && each !== own && each.shape.join() === own.shape.join() && nameOf(each),
  )
  const stray = other ? inScriptsOf(nameOf(other)!, other, about) : { ...about, base }
  return [[plus(node, stray), '']]
})

const sameTag = (name: Name, other: Name): boolean => {
  const tagOf = ({ superscript }: Name) => {
    const [only] = superscript?.parts ?? []
    const tag = only?.kind === 'product' ? only.factors[0] : only
    return tag ? quoted(tag) : ''
  }
  return tagOf(name) === tagOf(other)
}
