// f(x), H(x, W_H) and ℓ(w): arrays of the graph with what they are computed from in parentheses, as
// functions have it; f'(x) of numbers is their derivative.
import { matchName } from '../names/names.ts'
import type { ScopeName } from '../resolved.ts'
import type { Name } from '../syntax.ts'
import { type Context, isBare, type Of } from './context.ts'

/** The array that is meant, and the one thing that a prime would be by. */
interface Applied {
  readonly made: ScopeName
  readonly by?: Name
}

const arrayOf = (name: Name, { scope, layers, asPower }: Context): ScopeName | undefined => {
  const match = matchName({ ...name, primes: 0 }, name.base, scope, layers, asPower)
  return match && match.leading.length === 0 && !match.power && !match.transposed
    ? match.array
    : undefined
}

/** W of H(x, W_H), and T of a temperature: whatever it is made of, or a parameter besides. */
export const appliedIn = (
  { head, operands, bar }: Of<'application'>,
  context: Context,
): Applied | undefined => {
  const { scope, bound, choices, met } = context
  if (bar || head.base === 'σ' || bound.has(head.base) || context.position !== 'value')
    return undefined
  const made = arrayOf(head, context)
  if (!made || made.role === 'leaf' || !scope.isMadeOf || made.name === scope.costName)
    return undefined
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
  return choices.applied === 'itself' ? { made, ...(head.primes > 0 && { by: by! }) } : undefined
}
