// What a formula about functions is made of.
import type { Expression, Name } from '../../syntax.ts'
import { childNodes } from '../../walk.ts'

/** Of what formulas about functions are made. */
export const plainKinds: ReadonlySet<Expression['kind']> = new Set([
  ...(['name', 'numeral', 'product', 'addition', 'negation', 'quotient', 'power'] as const),
  ...(['call', 'application', 'hadamard'] as const),
])

export const isPlain = (node: Expression): boolean =>
  plainKinds.has(node.kind) && childNodes<Expression>(node).every(isPlain)

/** e^z is a function of z. */
export const isEuler = ({ base, subscript }: Name): boolean => base === 'e' && !subscript

export const namesIn = (node: Expression): Name[] =>
  node.kind === 'name' && !isEuler(node) ? [node] : childNodes<Expression>(node).flatMap(namesIn)

export const isFunction = (node: Expression): boolean =>
  node.kind === 'call' ||
  node.kind === 'application' ||
  (node.kind === 'name' && isEuler(node)) ||
  childNodes<Expression>(node).some(isFunction)

/** The names that are applied. */
export const headsIn = (node: Expression): Name[] => [
  ...(node.kind === 'application' ? [node.head] : []),
  ...childNodes<Expression>(node).flatMap(headsIn),
]
