// Entries written for arrays: δ_{x,y} = δ_{x,y} * rot180(w_{x,y}) ⊙ σ'(z_{x,y}) is about whole
// arrays, for one entry can be neither turned nor blown up.

import { withNames } from '../../names-in.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Expression, Name, Word } from '../../syntax.ts'
import { childNodes, holding, mapped, spellingOf } from '../../walk.ts'
import { factorsOf, visibleRanks } from '../names.ts'

/** What only an array can undergo. */
export const ofArrays: ReadonlySet<Word> = new Set<Word>(['rot180', 'flip', 'up', 'pad'])

const lettersOf = ({ subscript }: Name): readonly Expression[] => factorsOf(subscript?.parts ?? [])

const isLone = (node: Expression): boolean =>
  node.kind === 'name' && !node.superscript && !node.subscript

/** All indices of an array are given, each by a letter. */
const isEntry = (name: Name, { names }: Scope): boolean => {
  const letters = lettersOf(name)
  if (letters.length < 2 || !letters.every(isLone)) return false
  const own = names.filter(
    ({ base, activated }) => base === name.base || (name.base === 'δ' && activated),
  )
  return own.some((array) => visibleRanks(array).includes(letters.length))
}

type Call = Extract<Expression, { kind: 'call' }>

const isOfArray = (node: object): node is Call => {
  const { kind, word } = node as Partial<Call>
  return kind === 'call' && ofArrays.has(word!)
}

const holdsOfArray = holding(isOfArray)

const turnsEntry = (node: object, scope: Scope): boolean => {
  if (!holdsOfArray(node)) return false
  const [inner] = isOfArray(node) ? withNames(node.operands[0]!) : []
  if (inner && isEntry(inner, scope)) return true
  // δ_{ij} * rot180(w) f′(x_{ij})
  const { kind, left, right } = node as Extract<Expression, { kind: 'star' }>
  const isBeside = kind === 'star' && holdsOfArray(right)
  if (isBeside && withNames(left).some((name) => isEntry(name, scope))) return true
  return childNodes<Expression>(node).some((child) => turnsEntry(child, scope))
}

/** Factors side by side are multiplied entry by entry, and a star takes the first of them. */
const together = (factors: readonly Expression[]): Expression =>
  factors.reduce((left, right) => {
    const span = { start: left.span.start, end: right.span.end }
    if (left.kind === 'numeral') return { kind: 'product', factors: [left, right], span }
    return { kind: 'hadamard', left, right, span }
  })

const whole = (node: object): object | undefined => {
  const each = node as Expression
  if (each.kind === 'name') {
    const { subscript: _, ...array } = each
    return array
  }
  if (each.kind === 'product') return together(each.factors.map(withoutSubscripts))
  if (each.kind !== 'star' || each.right.kind !== 'product') return undefined
  const [first, ...others] = each.right.factors.map(withoutSubscripts)
  return together([{ ...each, left: withoutSubscripts(each.left), right: first! }, ...others])
}

const withoutSubscripts = (node: Expression): Expression => mapped(node, whole)

/** The claim about whole arrays, where every name has the same letters below. */
export const withoutEntries = (claim: Claim, scope: Scope): Claim => {
  const sides = claim.operands
  if (!sides.some((side) => withNames(side).length > 0 && turnsEntry(side, scope))) return claim
  const written = sides.flatMap(withNames).filter(({ subscript }) => subscript)
  const below = new Set(
    written
      .map(lettersOf)
      .filter((l) => l.length > 0)
      .map(spellingOf),
  )
  const isFull = written.every((name) => lettersOf(name).every(isLone) || !isEntry(name, scope))
  return below.size === 1 && isFull ? { ...claim, operands: sides.map(withoutSubscripts) } : claim
}
