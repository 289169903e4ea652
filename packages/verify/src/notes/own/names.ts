// The names of equations: which letters below one are indices, and which part of it.
import { expressionText } from '../../language/print/print.ts'
import type { Expression, Name } from '../../language/syntax.ts'
import { mapped } from '../../language/walk.ts'
import { unreadable } from './lengths.ts'

export type Letters<Value> = ReadonlyMap<string, Value>

export const isPlain = (node: Expression): node is Name =>
  node.kind === 'name' && !node.superscript && !node.subscript && node.primes === 0

/** i, j of `ij` and of `i,j`. */
const single = (node: Expression): readonly Expression[] =>
  node.kind === 'product' ? node.factors : [node]

/** Letters below a name that may be indices: i and j of w_{ij}. */
export const lettersBelow = ({ subscript }: Name): readonly string[] => {
  const parts = subscript?.parts.flatMap(single) ?? []
  return parts.every((part) => isPlain(part) && /^[i-np-sc]$/.test(part.base))
    ? parts.map((part) => (part as Name).base)
    : []
}

/** b_i of the gate i = σ(…) is a name, as d_k is under a root: no letter below it runs. */
export const gated = (node: Expression, gates: ReadonlySet<string>): Expression =>
  mapped(node, (each) => {
    const part = each as Expression
    const [under] = part.kind === 'call' && part.word === 'sqrt' ? part.operands : []
    if (part.kind === 'call' && under?.kind === 'name' && under.base === 'd')
      return { ...part, operands: [gated(under, new Set(lettersBelow(under)))] }
    if (part.kind !== 'name' || part.primes > 0) return undefined
    const [gate, ...others] = lettersBelow(part)
    if (gate === undefined || others.length > 0 || !gates.has(gate)) return undefined
    const { subscript: _, ...bare } = part
    return { ...bare, base: `${part.base}_${gate}` }
  })

/** The name of the array and the indices of an entry of it. */
export const nameIn = (
  node: Name,
  letters: Letters<unknown>,
): { readonly name: string; readonly indices: readonly string[] } => {
  const below = lettersBelow(node)
  const isEntry = below.length > 0 && below.every((letter) => letters.has(letter))
  // W_c and b_{in} may be names; w_{ij} of indices that nothing binds is none.
  const isName = below.length === 0 || below.join('') === 'in' || /^\p{Lu}/u.test(node.base)
  if (!isEntry && !isName) unreadable()
  return { name: written(node, !isEntry), indices: isEntry ? below : [] }
}

const scripts = (parts: readonly Expression[]): string =>
  parts
    .flatMap(single)
    .map((part) => {
      if (part.kind === 'numeral') return part.text
      // h_{t-1}, of one step.
      const isStep =
        part.kind === 'addition' && isPlain(part.terms[0]!) && part.terms[0].base === 't'
      if (isStep) return expressionText(part, 'text').replaceAll(' ', '')
      return isPlain(part) ? part.base : unreadable()
    })
    .join('')

const braced = (sign: string, script: string): string =>
  script.length > 1 ? `${sign}{${script}}` : script && sign + script

/** As the text of a network has it: what stands above before what stands below. */
export const written = ({ base, primes, superscript, subscript }: Name, below = true): string => {
  const over = superscript ? scripts(superscript.parts) : ''
  // z^l is of every layer, x^{(i)} of every sample.
  if (!/^\d*$/.test(over)) unreadable()
  const above = superscript?.parenthesised ? `^{(${over})}` : braced('^', over)
  const under = subscript && below ? braced('_', scripts(subscript.parts)) : ''
  return base + "'".repeat(primes) + above + under
}

export const baseOf = (name: string): string => name.replace(/[\^_].*$/u, '')
