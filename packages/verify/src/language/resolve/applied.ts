// f(x), H(x, W_H) and ℓ(w): arrays of the graph with what they are computed from in parentheses, as
// functions have it; f'(x) of numbers is their derivative.
import { matchName } from '../names/names.ts'
import type { ScopeName } from '../resolved.ts'
import type { Name } from '../syntax.ts'
import { type Context, isBare, type Of } from './context.ts'

/** The array that is meant, and the one thing that a prime would be by. */
interface Applied {
  readonly head: Name
  readonly by?: Name
}

const arrayOf = (name: Name, { scope, layers, asPower }: Context): ScopeName | undefined => {
  const match = matchName({ ...name, primes: 0 }, name.base, scope, layers, asPower)
  return match && match.leading.length === 0 && !match.power && !match.transposed
    ? match.array
    : undefined
}

/** a_j(x^{(i)}): of the i-th example, where examples stand in rows. */
const atExample = (
  { head, operands }: Of<'application'>,
  made: ScopeName,
  context: Context,
): Name | undefined => {
  const { scope, layers, asPower } = context
  const [operand, ...others] = operands
  if (operand?.kind !== 'name' || others.length > 0 || operand.primes > 0) return undefined
  const match = matchName(operand, operand.base, scope, layers, asPower)
  const { array, leading } = match ?? {}
  const isExample = operand.superscript?.parenthesised === true && leading?.length === 1
  if (!array || !isExample || operand.subscript || head.primes > 0) return undefined
  const isBeside = array.rank > 1 && array.shape[0] === made.shape[0] && made.rank > 0
  if (!isBeside || !scope.isMadeOf?.(made.name, array.name)) return undefined
  const parts = [...leading, ...(head.subscript?.parts ?? [])]
  return { ...head, subscript: { parts, span: head.span } }
}

/** W of H(x, W_H), and T of a temperature: whatever it is made of, or a parameter besides. */
export const appliedIn = (node: Of<'application'>, context: Context): Applied | undefined => {
  const { head, operands, bar } = node
  const { scope, bound, choices, met } = context
  if (bar || head.base === 'σ' || bound.has(head.base) || context.position !== 'value')
    return undefined
  const made = arrayOf(head, context)
  if (!made || made.role === 'leaf' || !scope.isMadeOf || made.name === scope.costName)
    return undefined
  const example = atExample(node, made, context)
  if (example) return { head: example }
  const isArgument = (operand: (typeof operands)[number]): boolean => {
    if (operand.kind !== 'name' || operand.primes > 0 || operand.base === 'δ') return false
    const array = bound.has(operand.base) ? undefined : arrayOf(operand, context)
    return array !== undefined && scope.isMadeOf!(made.name, array.name)
  }
  if (operands.length === 0 || !operands.every(isArgument)) return undefined
  const [by, ...others] = operands as readonly Name[]
  const isNumber = made.rank === 0 && others.length === 0 && arrayOf(by!, context)!.rank === 0
  if (head.primes > 0 && !(head.primes === 1 && isNumber && isBare(head))) return undefined
  met.add('applied')
  return choices.applied === 'itself'
    ? { head: { ...head, primes: 0 }, ...(head.primes > 0 && { by: by! }) }
    : undefined
}
