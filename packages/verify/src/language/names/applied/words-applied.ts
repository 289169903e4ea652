// Attention(Q, K, V) = …, RMSNorm(x)_i = …: a function that is called by a word is what the network
// makes of all of its arguments, or what the formula says elsewhere that it is.
import type { Scope, ScopeName } from '../../resolved.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { mapped } from '../../walk.ts'
import { compact, nameOf } from '../layer-tags.ts'

type Application = Extract<Expression, { kind: 'application' }>

/** A word before parentheses that the graph has not as a name. */
const isOfWord = (node: object, { names }: Scope): node is Application => {
  const { kind, head, bar } = node as Application
  if (kind !== 'application' || bar || head.primes > 0 || head.superscript) return false
  return /^[A-Za-z]{2,}$/.test(head.base) && !names.some(({ base }) => base === head.base)
}

/** What the left side is: RMSNorm(x), an entry of it, a derivative of that. */
const wordIn = (node: Expression | undefined, scope: Scope): Application | undefined => {
  if (node?.kind === 'derivative') return wordIn(node.of, scope)
  if (node?.kind === 'entry') return wordIn(node.array, scope)
  return node && isOfWord(node, scope) ? node : undefined
}

const withName = (operands: readonly Expression[], word: Application, name: Name) => {
  const isIt = (node: object): boolean =>
    (node as Application).kind === 'application' &&
    (node as Application).head.base === word.head.base
  return mapped(operands, (node) => {
    const each = node as Expression
    if (each.kind === 'entry' && isIt(each.array))
      return { ...name, subscript: { parts: each.indices, span: each.span }, span: each.span }
    return isIt(each) ? { ...name, span: each.span } : undefined
  })
}

/** Of the arrays that are made of all arguments the one that the others lead to. */
const madeOf = ({ operands }: Application, { names, costName, isMadeOf }: Scope) => {
  const of = operands.map((each) =>
    each.kind === 'name'
      ? names.find(({ name, base }) => name === compact(each) || base === each.base)
      : undefined,
  )
  const made = names.filter(
    ({ name, role }) =>
      role !== 'leaf' &&
      name !== costName &&
      of.every((each) => each && isMadeOf?.(name, each.name)),
  )
  const isLast = ({ name }: ScopeName) =>
    made.every((each) => each.name === name || isMadeOf!(name, each.name))
  return made.find(isLast)
}

const layerWord = /^(?:BN|BatchNorm|LN|LayerNorm|RMSNorm|FFN|MLP)$/

/** y = γ x̂ + β ≡ BN_{γ,β}(x): at the end of a chain a word is what its author calls it all. */
const withoutCalled = (claim: Claim, scope: Scope): Claim => {
  const { operands, relations } = claim
  const last = operands.at(-1)
  const isCalled = operands.length > 2 && relations.every((each) => each === '=')
  if (!isCalled || !last || !isOfWord(last, scope) || !layerWord.test(last.head.base)) return claim
  return { ...claim, operands: operands.slice(0, -1), relations: relations.slice(0, -1) }
}

/** The claim about that array; `word`: false of it, it may say what another function is. */
export const withWordsApplied = (written: Claim, scope: Scope): Claim => {
  const claim = withoutCalled(written, scope)
  const word = wordIn(claim.operands[0], scope)
  const array = word && madeOf(word, scope)
  if (!array) return claim
  const name = nameOf(array, word.span)
  return { ...claim, operands: withName(claim.operands, word, name), word: word.head }
}

/** RMS(x) = … beside formulas that speak of RMS(x): the name RMS, which is defined. */
export const withWordsDefined = (claims: readonly Claim[], scope: Scope): readonly Claim[] =>
  claims.reduce((all, { operands: [left] }, at) => {
    const word = left?.kind === 'derivative' ? undefined : wordIn(left, scope)
    const isUsed = (other: Claim, k: number) =>
      k !== at && word && withName(other.operands, word, word.head) !== other.operands
    if (!word || !claims.some(isUsed)) return all
    return all.map((each) => ({ ...each, operands: withName(each.operands, word, word.head) }))
  }, claims)
