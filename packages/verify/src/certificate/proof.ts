// Checks that a goal ≥ 0 follows from what a term gives: multipliers, products with non-negative
// sizes, and rounding. Nothing is searched for.

import type { Proof, Source } from './plain.ts'
import {
  constant,
  demand,
  type Poly,
  product,
  readId,
  readInteger,
  single,
  sum,
} from './polynomials.ts'
import { type CheckedContext, type CheckedTerm, isConstant } from './state.ts'

const at = <T>(items: readonly T[], index: number, what: string): T => {
  const item = Number.isSafeInteger(index) ? items[index] : undefined
  demand(item !== undefined, `no such ${what}`)
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
    return sum([1n, single(id)], [context.kinds.get(id) === 'size' ? -1n : 0n, constant(1n)])
  }
  const hypothesis = (source: Source): Poly => {
    switch (source.from) {
      case 'constraint':
        return at(context.constraints, source.index, 'constraint')
      case 'sign':
        return sign(readId(source.variable))
      case 'box': {
        const access = at(term.accesses, source.access, 'access')
        const index = at(access.index, source.axis, 'axis')
        demand(source.side === 'low' || source.side === 'high', 'no such side')
        if (source.side === 'low') return index
        const length = at(context.shapes.get(access.array) ?? [], source.axis, 'axis')
        return sum([1n, length], [-1n, index], [-1n, constant(1n)])
      }
      case 'guard':
        return at(term.guards, source.index, 'guard')
      case 'equation':
        return at(term.equations, source.index, 'equation')
      case 'goal':
        return sum([-1n, goal], [-1n, constant(1n)])
      case 'line':
        return at(lines, source.index, 'earlier line')
      default:
        demand(false, 'no such source')
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
        return product(p, less === 1 ? factor : single(variable))
      }, hypothesis(of))
      return [m, multiplied]
    })
    lines.push(divide(sum(...parts), readInteger(line.divisor)))
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
