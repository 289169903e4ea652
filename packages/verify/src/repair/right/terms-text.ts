// Terms as a formula of the claim language, in the letters of the claim: what the prover has as
// c Π size^e Σ Π A[e] Π [guard], as a person would write it down.

import type { Variable } from '../../arithmetic/variable.ts'
import type { Access, Term, Terms } from '../../index-terms/terms.ts'
import { spellNamed } from '../../read-as/sources.ts'
import {
  indexText,
  lengthFactor,
  magnitude,
  relationText,
  style,
  UnwritableError,
  type Writing,
} from './index-text.ts'

/** A spelling that stands as a factor, and whether it has to be put in parentheses for that. */
interface Factor {
  readonly spelling: string
  readonly isSum?: boolean
}

const kept = ({ spelling, isSum }: Factor): string => (isSum ? `(${spelling})` : spelling)

const words: Readonly<Record<string, string>> = { sigmoid: 'σ' }

/** f of an argument; a reciprocal is told apart by whoever asks. */
const functionText = (name: string, argument: Factor): Factor => {
  const { spelling } = argument
  if (name === 'exp') return { spelling: `e^{${spelling}}` }
  if (name === 'abs') return { spelling: `|${spelling}|` }
  if (name === '0<') return { spelling: `[${spelling} > 0]` }
  if (name === '0=') return { spelling: `[${spelling} = 0]` }
  if (name === 'π') return { spelling: 'π' }
  const [, base, primes] = /^(.*?)(′*)$/u.exec(name)!
  return { spelling: `${words[base!] ?? base}${"'".repeat(primes!.length)}(${spelling})` }
}

interface Fraction {
  readonly above: Factor[]
  readonly below: Factor[]
}

/** Equal factors as powers; an even number of roots as what stands under them. */
const collected = (factors: readonly Factor[]): readonly string[] => {
  const counts = new Map<string, { factor: Factor; count: number }>()
  for (const factor of factors) {
    const known = counts.get(factor.spelling)
    if (known) known.count++
    else counts.set(factor.spelling, { factor, count: 1 })
  }
  return [...counts.values()].map(({ factor, count }) =>
    count === 1 ? kept(factor) : `(${factor.spelling})^{${count}}`,
  )
}

const factorsOf = (access: Access, writing: Writing, isBelow: boolean, into: Fraction): void => {
  const { derived, cost } = writing
  const { array, index } = access
  const side = isBelow ? into.below : into.above
  const source = derived.named(array)
  if (source) {
    const at = index.map((each) => indexText(each, writing))
    side.push({ spelling: spellNamed(source, at, { style, cost }) })
    return
  }
  const applied = derived.applied(array)
  if (!applied) throw new UnwritableError(array.name)
  const terms = derived.simplified(applied.argument.at(index))
  const { name } = applied.function
  if (name !== '1/') {
    side.push(functionText(name, termsFactor(terms, writing)))
    return
  }
  // 1/(a b) has a and b below.
  const [only, ...others] = terms
  const isProduct =
    only &&
    others.length === 0 &&
    only.bound.length + only.guards.length + only.equations.length === 0 &&
    only.powers.size === 0 &&
    only.coefficient.numerator === 1n &&
    only.coefficient.denominator === 1n
  if (isProduct) for (const each of only.accesses) factorsOf(each, writing, !isBelow, into)
  else (isBelow ? into.above : into.below).push(termsFactor(terms, writing))
}

const fractionText = (top: readonly string[], bottom: readonly string[]): string => {
  if (bottom.length === 0) return top.join(' ')
  return `((${top.length === 0 ? '1' : top.join(' ')})/(${bottom.join(' ')}))`
}

// ---- terms

const newLetters = 'klmnpqrsuvijabcdefgh'

const withBound = (term: Term, writing: Writing): Writing => {
  const letters = new Map(writing.letters)
  const taken = new Set([...writing.taken, ...letters.values()])
  for (const v of term.bound) {
    const name =
      [...writing.bound, ...newLetters].find((each) => !taken.has(each)) ?? `${newLetters[0]}'`
    taken.add(name)
    letters.set(v, name)
  }
  return { ...writing, letters }
}

const mentions = (access: Access, bound: readonly Variable[]): boolean =>
  access.index.some((e) => [...e.values()].some((m) => m.variables.some((v) => bound.includes(v))))

/** A term without its sign: number · above/below · what is summed and when it holds. */
interface Parts {
  readonly isNegative: boolean
  readonly number: string
  readonly above: readonly Factor[]
  readonly below: readonly Factor[]
  readonly tail: readonly string[]
}

const partsOf = (term: Term, outer: Writing): Parts => {
  const writing = withBound(term, outer)
  const { coefficient, powers, bound, accesses, guards, equations } = term
  let [numerator, denominator] = [magnitude(coefficient.numerator), coefficient.denominator]
  const [whole, inside]: [Fraction, Fraction] = [
    { above: [], below: [] },
    { above: [], below: [] },
  ]
  for (const [v, power] of powers) {
    const spelling = lengthFactor(v, writing)
    for (let k = 0; k < Math.abs(power); k++) {
      if (!/^\d+$/.test(spelling)) (power > 0 ? whole.above : whole.below).push({ spelling })
      else if (power > 0) numerator *= BigInt(spelling)
      else denominator *= BigInt(spelling)
    }
  }
  for (const access of accesses)
    factorsOf(access, writing, false, mentions(access, bound) ? inside : whole)
  const conditions = [
    ...equations.map((e) => relationText(e, '=', writing)),
    ...guards.map((g) => relationText(g, '≥', writing)),
  ].map((each) => `[${each}]`)
  const names = bound.map((v) => writing.letters.get(v)!)
  const body = fractionText(collected(inside.above), collected(inside.below))
  const isSum = names.length > 0
  if (isSum && body === '') throw new UnwritableError('a sum of nothing')
  const common = divisorOf(numerator, denominator)
  ;[numerator, denominator] = [numerator / common, denominator / common]
  return {
    isNegative: coefficient.numerator < 0n,
    number:
      denominator === 1n ? (numerator === 1n ? '' : `${numerator}`) : `${numerator}/${denominator}`,
    above: whole.above,
    below: whole.below,
    tail: [...(isSum ? [`Σ_{${names.join(',')}} ${body}`] : []), ...conditions],
  }
}

const divisorOf = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisorOf(b, a % b))

const factorText = ({ number, above, below, tail }: Omit<Parts, 'isNegative'>): string =>
  [number, fractionText(collected(above), collected(below)), ...tail].filter(Boolean).join(' ') ||
  '1'

/** What stands in every list, as often as it does in each. */
const shared = (lists: readonly (readonly Factor[])[]): readonly Factor[] =>
  lists.reduce((all, list) => {
    const left = [...list]
    return all.filter(({ spelling }) => {
      const at = left.findIndex((each) => each.spelling === spelling)
      if (at >= 0) left.splice(at, 1)
      return at >= 0
    })
  })

const minus = (list: readonly Factor[], others: readonly Factor[]): readonly Factor[] => {
  const left = [...list]
  for (const { spelling } of others)
    left.splice(
      left.findIndex((each) => each.spelling === spelling),
      1,
    )
  return left
}

const termsFactor = (terms: Terms, writing: Writing): Factor => ({
  spelling: termsText(terms, writing),
  isSum: terms.length !== 1 || terms[0]!.coefficient.numerator < 0n || terms[0]!.bound.length > 0,
})

const addedUp = (parts: readonly Parts[]): string =>
  parts
    .map((each, k) => {
      const sign = each.isNegative ? (k === 0 ? '-' : ' - ') : k === 0 ? '' : ' + '
      return sign + factorText(each)
    })
    .join('')

/** What all terms share stands before them. */
export const termsText = (terms: Terms, writing: Writing): string => {
  if (terms.length === 0) return '0'
  // What is positive first, sums last.
  const parts = terms
    .map((term) => partsOf(term, writing))
    .map((each, at) => ({ each, at, isSum: each.tail.join().includes('Σ') }))
    .sort(
      (a, b) =>
        Number(a.isSum) - Number(b.isSum) ||
        Number(a.each.isNegative) - Number(b.each.isNegative) ||
        a.at - b.at,
    )
    .map(({ each }) => each)
  if (parts.length === 1) return addedUp(parts)
  const numbers = new Set(parts.map(({ number }) => number))
  const [above, below] = [shared(parts.map((p) => p.above)), shared(parts.map((p) => p.below))]
  const number = numbers.size === 1 ? parts[0]!.number : ''
  if (number === '' && above.length + below.length === 0) return addedUp(parts)
  const inner = parts.map((each) => ({
    ...each,
    number: number === '' ? each.number : '',
    above: minus(each.above, above),
    below: minus(each.below, below),
  }))
  return `${factorText({ number, above, below, tail: [] })} (${addedUp(inner)})`
}
