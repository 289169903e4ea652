// π and its powers, where nothing else has the name: a function of 1, so that it is no decimal.
import { rational } from '../rational.ts'
import type { Resolved } from '../resolved.ts'
import type { Name } from '../syntax.ts'
import type { Context } from './context.ts'
import { resolveExpression } from './expression.ts'
import { powerOf } from './values/powers.ts'

export const piNamed = (name: Name, context: Context): Resolved | undefined => {
  const { base, primes, subscript, superscript, span } = name
  const [exponent, ...others] = superscript?.parts ?? []
  const isPlain = !subscript && primes === 0 && others.length === 0
  if (base !== 'π' || !isPlain || context.position !== 'value') return undefined
  const one: Resolved = { kind: 'numeral', value: rational(1n), span }
  const pi: Resolved = { kind: 'call', word: 'pi', order: 0, operands: [one], span }
  return exponent ? powerOf(pi, resolveExpression(exponent, context), span) : pi
}
