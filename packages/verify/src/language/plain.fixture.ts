// For tests: a tree without what depends on spelling, so that text and LaTeX can be compared.
import type { Claim } from './syntax.ts'

const spelling = new Set(['span', 'style', 'text', 'dots', 'beside'])

/** Spans, styles and the spelling of numerals left out; bigints as strings. */
export const plain = (tree: unknown): unknown =>
  JSON.parse(
    JSON.stringify(tree, (key, value) =>
      spelling.has(key) ? undefined : typeof value === 'bigint' ? `${value}` : value,
    ),
  )

/** A short form for tables of precedence. */
export const shape = (node: unknown): string => {
  const tree = node as Record<string, unknown> & { kind: string }
  const each = (nodes: unknown) => (nodes as unknown[]).map(shape).join(' ')
  switch (tree.kind) {
    case 'name':
      return `${tree.base}${"'".repeat(tree.primes as number)}`
    case 'numeral':
      return tree.text as string
    case 'product':
      return `(· ${each(tree.factors)})`
    case 'addition':
      return `(+ ${each(tree.terms)})`
    case 'negation':
      return `(- ${shape(tree.operand)})`
    case 'quotient':
      return `(/ ${shape(tree.numerator)} ${shape(tree.denominator)})`
    case 'star':
      return `(${tree.operation === 'convolution' ? 'conv' : '*'}${tree.mode ?? ''} ${shape(tree.left)} ${shape(tree.right)})`
    case 'hadamard':
      return `(⊙ ${shape(tree.left)} ${shape(tree.right)})`
    case 'reduction':
      return `(Σ ${shape(tree.body)})`
    case 'transposed':
      return `(T ${shape(tree.operand)})`
    case 'power':
      return `(^ ${shape(tree.base)} ${shape(tree.exponent)})`
    case 'application':
      return `(${shape(tree.head)} ${each(tree.operands)})`
    case 'call':
      return `(${tree.word} ${each(tree.operands)})`
    case 'entry':
      return `(at ${shape(tree.array)} ${each(tree.indices)})`
    case 'derivative':
      return `(∂ ${shape(tree.of)} ${each(tree.by)})`
    default:
      return tree.kind
  }
}

export const shapes = (claim: Claim): string => claim.operands.map(shape).join(' = ')
