// Functions that nobody defines, a = φ(z): one of them, of what is computed, stands for any.
import type { Expression } from '../../language/syntax.ts'
import { childNodes, mapped, nodesBelow } from '../../language/walk.ts'
import { type Equation, isForward } from './equations.ts'

/** What φ may be; the first speaks for it, the first three have slopes that formulas may name. */
export const standIns = ['tanh', 'sigmoid', 'relu', 'exp', 'identity', 'softmax'] as const
const sloped = 3
export const functions = /^[φϕψfgh]$/u

export const withFunction = (text: string, name: string): string =>
  text.replaceAll(`${standIns[0]}(`, `${name}(`)

type Application = Expression & { readonly kind: 'application' }

/** Beside others f′(z) could be of any of them. */
export const isBesideOthers = (node: Expression): boolean =>
  node.kind === 'call' && !/^(?:sum|norm|log|exp|softmax)$/.test(node.word)

/**
 * The letter of the one function that is unknown; undefined where there is none, or where others
 * are beside it. `said`: letters that something is said of.
 */
export const unknownIn = (
  equations: readonly Equation[],
  said: ReadonlySet<string>,
): string | undefined => {
  const values = equations.map(({ value }) => value)
  const made = new Set(equations.map(({ left }) => left.base))
  const nodes = nodesBelow<Expression>(values)
  const all = nodes.filter((each) => each.kind === 'application')
  const [first] = all
  const isOne = ({ head, operands: [of, ...others], bar }: Application): boolean =>
    functions.test(head.base) &&
    head.base === first?.head.base &&
    !(head.primes || head.subscript || head.superscript || bar || others.length) &&
    (of?.kind !== 'name' || made.has(of.base))
  const isAlone = all.every(isOne) && !nodes.some(isBesideOthers)
  const letter = first?.head.base
  return letter && isAlone && !said.has(letter) && !made.has(letter) ? letter : undefined
}

/** φ(z) as what stands for it. */
export const standing = (node: Expression, letter: string | undefined): Expression =>
  mapped(node, (each) => {
    const part = each as Expression
    if (letter === undefined || part.kind !== 'application' || part.head.base !== letter)
      return undefined
    const operands = part.operands.map((operand) => standing(operand, letter))
    return { kind: 'call', word: standIns[0], operands, span: part.span }
  })

/** Whether a claim is true whatever the function is, or false. */
export const isWhatever = (kinds: readonly string[]): boolean => {
  const areTrue = kinds.map((kind) => /^(?:proved|agrees|holds-if)$/.test(kind))
  const isTrue = areTrue.slice(0, sloped).every(Boolean) && !kinds.slice(0, -1).includes('refuted')
  return isTrue || !areTrue.some(Boolean)
}

const madeOf = (node: Expression): readonly string[] => {
  if (node.kind === 'name') return [node.base]
  const parts = node.kind === 'application' ? node.operands : childNodes<Expression>(node)
  return parts.flatMap(madeOf)
}

/** Of a cost that could be any, its first derivatives alone are known. */
export const isOfSlopes = (
  node: Expression,
  isCost: (base: string) => boolean,
  arrays: ReadonlySet<string>,
): boolean => {
  if (node.kind === 'name') return !isCost(node.base)
  const inner = (each: Expression) => isOfSlopes(each, isCost, arrays)
  if (node.kind !== 'derivative') return childNodes<Expression>(node).every(inner)
  const { of, by } = node
  const isFirst = of.kind === 'name' && isCost(of.base) && by.length === 1
  // What is no array may be made of derivatives.
  return isFirst || (inner(of) && isForward(of) && madeOf(of).every((base) => arrays.has(base)))
}
