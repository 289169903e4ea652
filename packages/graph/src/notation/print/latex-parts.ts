// Pieces of the LaTeX printer that know nothing of places: names, and what goes under a Σ.

import { productOf } from '../algebra.ts'
import { type Expression, type Guard, PACK } from '../syntax.ts'
import { nodes } from '../traverse.ts'

export type LatexName = string

const GREEK: Readonly<Record<string, string>> = {
  α: '\\alpha',
  β: '\\beta',
  γ: '\\gamma',
  δ: '\\delta',
  ε: '\\varepsilon',
  η: '\\eta',
  λ: '\\lambda',
  μ: '\\mu',
  σ: '\\sigma',
}

/** Accents, as signs that combine with the letter before them. */
const ACCENTS: Readonly<Record<string, string>> = {
  '\u0302': '\\hat',
  '\u0303': '\\tilde',
  '\u0304': '\\bar',
}

/** `x̄′` is \bar{x}', `α` is \alpha; the indices of an instance's pack are i₁, i₂, … */
export function latexName(name: string): LatexName {
  if (name === PACK) return '\\dots'
  if (name.startsWith(PACK)) return `i_{${name.slice(1).replaceAll('′', "'")}}`
  const [, letter, accent, primes] = /^(.)([\u0302-\u0304]?)(′*)$/u.exec(decomposed(name)) ?? []
  if (letter === undefined) return name
  const plain = GREEK[letter] ?? letter
  const dressed = accent ? `${ACCENTS[accent]}{${plain}}` : plain
  return dressed + "'".repeat(primes!.length)
}

/** Only these accents are taken off their letter. */
function decomposed(name: string): string {
  return name.replace(/^./u, (letter) => {
    const parts = [...letter.normalize('NFD')]
    return parts.length === 2 && Object.hasOwn(ACCENTS, parts[1]!) ? parts.join('') : letter
  })
}

/** [k = x_i + 1] is about an entry, and stays where it is. */
const isOfPlaces = (guard: Guard): boolean =>
  guard.kind === 'relation' &&
  !(
    guard.relations.includes('=') &&
    guard.operands.some((side) => [...nodes(side)].some(({ kind }) => kind === 'access'))
  )

/** Relations that a summand is masked with go under its Σ; what is left is summed. */
export function binderParts(body: Expression): { guards: readonly Guard[]; rest: Expression } {
  switch (body.kind) {
    case 'iverson': {
      const guards = body.guards.filter(isOfPlaces)
      const kept = body.guards.filter((guard) => !isOfPlaces(guard))
      const rest: Expression =
        kept.length > 0 ? { kind: 'iverson', guards: kept } : { kind: 'number', value: 1 }
      return { guards, rest }
    }
    case 'product': {
      const parts = body.factors.map((factor) =>
        factor.kind === 'iverson' ? binderParts(factor) : { guards: [], rest: factor },
      )
      const guards = parts.flatMap((part) => part.guards)
      return { guards, rest: productOf(parts.map(({ rest }) => rest)) }
    }
    case 'quotient': {
      const { guards, rest } = binderParts(body.numerator)
      return { guards, rest: { ...body, numerator: rest } }
    }
    default:
      return { guards: [], rest: body }
  }
}

/** Of an odd number of values both middles are the median. */
export const reductionOf = (reduction: string, isOdd = false): string =>
  isOdd && reduction === 'lomed' ? 'med' : reduction

export const OPERATORS: Readonly<Record<string, string>> = {
  Σ: '\\sum',
  max: '\\max',
  min: '\\min',
  med: '\\operatorname*{med}',
  lomed: '\\operatorname*{lomed}',
  himed: '\\operatorname*{himed}',
}
