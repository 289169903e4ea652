// Checks that a goal ≥ 0 follows from what a term gives: multipliers, products with non-negative
// sizes, and rounding. Nothing is searched for.

import type { Proof, Source } from './grammar.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly, readId, readInteger } from './polynomials.ts'
import { type CheckedContext, type CheckedTerm, isConstant } from './sums.ts'

/** Only by a number: '0' and 0 would be two names of one item. */
export const at = <T>(items: readonly (T | undefined)[], index: number): T => {
  const item = Number.isSafeInteger(index) ? items[index] : undefined
  demand(item !== undefined, 'no such item')
  return item
}

/** Demands that `goal` ≥ 0 wherever the term is not 0; with goal -1, that its domain is empty. */
export const demandProof = (
  goal: Poly,
  term: CheckedTerm,
  context: CheckedContext,
  proof: Proof,
): void => {
  const lines: Poly[] = []
  const sign = (id: number): Poly => {
    demand(isConstant(context, id), 'an index has no sign')
    return poly.plus(poly.single(id), context.kinds.get(id) === 'size' ? -1n : 0n)
  }
  const hypothesis = (source: Source): Poly => {
    switch (source.from) {
      case 'constraint':
        return at(context.constraints, source.index)
      case 'sign':
        return sign(readId(source.variable))
      case 'box': {
        const access = at(term.accesses, source.access)
        const index = at(access.index, source.axis)
        if (source.side === 'low') return index
        const length = at(context.shapes.get(access.array) ?? [], source.axis)
        return poly.plus(poly.minus(length, index), -1n)
      }
      case 'guard':
        return at(term.guards, source.index)
      case 'equation':
        return at(term.equations, source.index)
      case 'goal':
        return poly.minus(poly.constant(-1n), goal)
      case 'line':
        return at(lines, source.index)
    }
  }
  demand(proof.length > 0 && proof.length <= 5_000, 'a proof has 1 to 5,000 lines')
  for (const line of proof) {
    const parts = line.sum.map(({ of, multiplier, factors }): [bigint, Poly] => {
      const m = readInteger(multiplier)
      demand(m >= 0n || of.from === 'equation', 'a negative multiplier of an inequality')
      demand(factors.length <= 10, 'more than 10 factors')
      const multiplied = factors.reduce((p, { variable, less }) => {
        const factor = sign(readId(variable))
        demand(less === 0 || (less === 1 && context.kinds.get(variable) === 'size'), 'bad factor')
        return poly.product(p, less === 1 ? factor : poly.single(variable))
      }, hypothesis(of))
      return [m, multiplied]
    })
    lines.push(divide(poly.sum(...parts), readInteger(line.divisor)))
  }
  const [last] = lines.slice(-1)
  const contradiction = last?.size === 1 && (last.get('') ?? 0n) < 0n
  demand(contradiction, 'a proof that ends without a contradiction')
}

/** p / divisor, its constant rounded down: an integer is ≥ c exactly if it is ≥ ⌈c⌉. */
const divide = (p: Poly, divisor: bigint): Poly => {
  demand(divisor > 0n, 'a divisor that is not positive')
  const quotient = new Map<string, bigint>()
  for (const [key, c] of p) {
    const exact = c % divisor === 0n
    demand(exact || key === '', 'a divisor that does not divide')
    const value = c / divisor - (!exact && c < 0n ? 1n : 0n)
    if (value !== 0n) quotient.set(key, value)
  }
  return quotient
}
