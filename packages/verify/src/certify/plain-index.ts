// Lengths, indices and letters as data that the checker reads: numbers of their own, so that two
// processes write the same.

import type { Polynomial } from '../arithmetic/polynomial.ts'
import type { Rational } from '../arithmetic/rational.ts'
import type { Variable } from '../arithmetic/variable.ts'
import type { PlainAxis, PlainIndex } from '../certificate/grammar.ts'
import type { Axis, Index, Letter } from '../core/core.ts'
import { UnsupportedError } from '../core/errors.ts'
import { minus, numberIn, whole } from './plain-build.ts'

export const unsupported = (what: string): never => {
  throw new UnsupportedError(`${what}, of which the checker has no word`)
}

const numbered = <T>() => {
  const ids = new Map<T, number>()
  return {
    of: (item: T): number => {
      const id = ids.get(item) ?? ids.size + 1
      ids.set(item, id)
      return id
    },
    all: () => [...ids],
  }
}

const mostPoints = 64

export const createIndices = () => {
  const variables = numbered<Variable>()
  const letters = numbered<Letter>()
  /** Of letters that are no letters of the statement. */
  const values = new Map<Letter, PlainIndex>()

  const plain = (p: Polynomial) =>
    [...p.values()].map((m) => ({
      coefficient: `${m.coefficient}`,
      variables: m.variables.map(variables.of),
    }))
  const fraction = ({ numerator, denominator }: Rational) =>
    denominator === 0n
      ? unsupported('an infinite number')
      : ([`${numerator}`, `${denominator}`] as const)

  const index = (e: Index): PlainIndex => {
    switch (e.kind) {
      case 'length':
        return { kind: 'length', of: plain(e.of) }
      case 'letter':
        return values.get(e.letter) ?? { kind: 'letter', letter: letters.of(e.letter) }
      case 'plus':
        return { kind: 'plus', terms: e.terms.map(index) }
      case 'times':
        return { kind: 'times', factors: e.factors.map(index) }
      case 'choice': {
        const [of] = e.of
        if (!of || (e.by !== 'floor' && e.by !== 'ceil')) return unsupported(`an index by ${e.by}`)
        if (of.kind !== 'over') return index(of)
        const [above, below] = [index(of.above), index(of.below)]
        if (e.by === 'floor') return { kind: 'floor', above, below }
        // ⌈a/b⌉ = ⌊(a + b − 1)/b⌋
        return { kind: 'floor', above: { kind: 'plus', terms: [above, below, whole(-1n)] }, below }
      }
      default:
        return unsupported(`an index with ${e.kind}`)
    }
  }
  /** Letters run from 1: what begins elsewhere is a letter and a shift. */
  const axis = ({ letter, from, to }: Axis): PlainAxis => {
    const own = letters.of(letter)
    values.delete(letter)
    if (!from || !to) return { letter: own }
    const [first, last] = [index(from), index(to)]
    if (numberIn(first) === 1n) return { letter: own, length: last }
    const shift: PlainIndex = { kind: 'plus', terms: [first, whole(-1n)] }
    values.set(letter, { kind: 'plus', terms: [{ kind: 'letter', letter: own }, shift] })
    return { letter: own, length: { kind: 'plus', terms: [last, minus(shift)] } }
  }
  /** The letters at each of the points that they run through, where those are few. */
  const pointsOf = (over: readonly Axis[]): ReadonlyMap<Letter, PlainIndex>[] | undefined => {
    const [first, ...others] = over
    if (!first) return [new Map()]
    const [low, high] = [first.from, first.to].map((end) => end && numberIn(index(end)))
    if (low === undefined || high === undefined || high - low >= mostPoints) return undefined
    const all: ReadonlyMap<Letter, PlainIndex>[] = []
    for (let k = low; k <= high; k++) {
      values.set(first.letter, whole(k))
      const rest = pointsOf(others)
      if (!rest || all.length + rest.length > mostPoints) return undefined
      all.push(...rest.map((point) => new Map([...point, [first.letter, whole(k)] as const])))
    }
    return all
  }

  return { variables, letters, values, plain, fraction, index, axis, pointsOf }
}
