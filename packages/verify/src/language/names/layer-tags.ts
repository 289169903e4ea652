// Superscripts as text, with symbolic layers valued: l − 1 at l = 2 is 1.
import { relations as signs } from '../../arithmetic/relations.ts'
import { rational } from '../rational.ts'
import type { ScopeName } from '../resolved.ts'
import type { Expression, Name, Span } from '../syntax.ts'

/** A script without spaces, braces and outer parentheses: `l-1`, `Fk`, `p,d`. */
export const compact = (expression: Expression): string => {
  switch (expression.kind) {
    case 'name':
      return nameText(expression)
    case 'numeral':
      return expression.text
    case 'product':
      return expression.factors.map(compact).join('')
    case 'negation':
      return `-${compact(expression.operand)}`
    case 'addition':
      return expression.terms
        .map((term, position) =>
          position > 0 && term.kind !== 'negation' ? `+${compact(term)}` : compact(term),
        )
        .join('')
    default:
      return `‹${expression.kind}›`
  }
}

/** `w^{F1}_{11}` on one line, as messages and sizes have it. */
export const nameText = ({ base, primes, superscript, subscript }: Name): string => {
  const script = (sign: string, parts: readonly Expression[]): string => {
    const text = parts.map(compact).join(',')
    return text.length === 1 ? sign + text : `${sign}{${text}}`
  }
  return [
    base,
    "'".repeat(primes),
    superscript ? script('^', superscript.parts) : '',
    subscript ? script('_', subscript.parts) : '',
  ].join('')
}

/** A tag as what stands above a name. */
export const tagOf = (tag: string, span: Span): Expression =>
  /^\d+$/.test(tag)
    ? { kind: 'numeral', value: rational(BigInt(tag)), text: tag, span }
    : { kind: 'name', base: tag, primes: 0, span }

/** An array of the graph, as a formula writes it: its tag above. */
export const nameOf = ({ base, tag }: ScopeName, span: Span): Name => {
  const plain: Name = { kind: 'name', base, primes: 0, span }
  if (tag === '') return plain
  return { ...plain, superscript: { parts: [tagOf(tag, span)], parenthesised: true, span } }
}

/** The values of symbolic layers: l = 2. */
export type Layers = ReadonlyMap<string, number>

/** l ≥ 2 at these layers; undefined where it speaks of something else too. */
export const holdsAt = (
  { operands, relations }: { operands: readonly Expression[]; relations: readonly string[] },
  layers: Layers,
): boolean | undefined => {
  const values = operands.map((each) => comparedNumber(each, layers))
  if (values.some((value) => value === undefined)) return undefined
  return relations.every((sign, k) => {
    const difference = values[k]! - values[k + 1]!
    return signs[sign]?.(difference) ?? false
  })
}

/** (l − 1)(l − 3), which is 0 where l is one of 1 and 3. */
const comparedNumber = (expression: Expression, layers: Layers): number | undefined => {
  if (expression.kind !== 'product') return layerNumber(expression, layers)
  const factors = expression.factors.map((factor) => layerNumber(factor, layers))
  return factors.reduce((a, b) => (a === undefined || b === undefined ? undefined : a * b), 1)
}

/** l − 1 at l = 2 is 1; undefined where a letter has no value. */
export const layerNumber = (expression: Expression, layers: Layers): number | undefined => {
  if (expression.kind === 'numeral') {
    const { numerator, denominator } = expression.value
    return denominator === 1n ? Number(numerator) : undefined
  }
  if (expression.kind === 'name')
    return expression.subscript || expression.superscript || expression.primes > 0
      ? undefined
      : layers.get(expression.base)
  if (expression.kind === 'negation') {
    const value = layerNumber(expression.operand, layers)
    return value === undefined ? undefined : -value
  }
  if (expression.kind !== 'addition') return undefined
  return expression.terms.reduce<number | undefined>((sum, term) => {
    const value = layerNumber(term, layers)
    return sum === undefined || value === undefined ? undefined : sum + value
  }, 0)
}

export const tagText = (parts: readonly Expression[], layers: Layers): string =>
  parts
    .map((part) => layerNumber(part, layers)?.toString() ?? compact(part))
    .join(',')
    .replace(/[()\s{}]/g, '')
