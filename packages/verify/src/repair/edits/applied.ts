// Letters of functions as formulas apply them: σ(z), a'(z). What edits of activations and of their
// derivatives share.
import type { Scope } from '../../language/resolved.ts'
import type { Claim, Expression, Name } from '../../language/syntax.ts'
import { namesOf, type Of } from '../build.ts'

export type Application = Of<'application'>

const functionLetters: ReadonlySet<string> = new Set(['σ', 'a', 'f', 'g', 'h', 'φ'])

export const isFunction = (node: Expression): node is Application =>
  node.kind === 'application' &&
  node.operands.length === 1 &&
  !node.head.subscript &&
  !node.head.superscript &&
  functionLetters.has(node.head.base)

export const isSlope = (node: Expression): node is Application =>
  isFunction(node) && node.head.primes > 0

export const primed = (node: Application, primes: number): Application => ({
  ...node,
  head: { ...node.head, primes },
})

/** σ(z), σ'(z) */
export const applied = (letter: string, primes: number, operand: Expression): Application => {
  const { span } = operand
  const head: Name = { kind: 'name', base: letter, primes, span }
  return { kind: 'application', head, operands: [operand], bar: false, span }
}

/**
 * The letter that the formula applies already, otherwise σ, then a: the layer's own. Where the
 * graph has no array f, f is the function of any layer.
 */
export const lettersFor = (claim: Claim, scope?: Scope): string[] => {
  const isFree = scope?.names.every(({ base }) => base !== 'f') === true
  const written = namesOf(claim)
    .filter((name) => functionLetters.has(name.base) && name.primes > 0)
    .map((name) => name.base)
  return [...new Set([...written, 'σ', 'a', ...(isFree ? ['f'] : [])])]
}
