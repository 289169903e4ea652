// Whether a claim names places by numeral (w_{33}, Σ_{i=1}^{4}, [i ≤ 4]): at other sizes it would
// say something else.
import { isTooLarge } from '../concrete/sample/point.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'
import type { Network } from '../network/network.ts'
import { bySum } from './by-sum.ts'

/** A numeral above 1, alone or as a term: u − i + 3. Not the 2 of ⌈i/2⌉ or of 2i − 1: a stride. */
const isLarge = (node: Resolved | null | undefined): boolean => {
  if (node?.kind === 'numeral') return node.value.numerator > node.value.denominator
  if (node?.kind === 'negation') return isLarge(node.operand)
  return node?.kind === 'addition' && node.terms.some(isLarge)
}

/** The largest whole number that is written anywhere, in magnitude. */
const largestNumeral = (nodes: readonly Resolved[]): number =>
  nodes.reduce((largest, node) => {
    const own = node.kind === 'numeral' ? Number(node.value.numerator / node.value.denominator) : 0
    return Math.max(largest, Math.abs(own), largestNumeral(childNodes<Resolved>(node)))
  }, 0)

/** What a reader may write out as a number. */
const largestNamed = 9

/**
 * Where a claim names places: the least lengths at which it says the same. Those that a numeral of
 * the claim could speak of stay as recorded, the others stay beyond the reach of all numerals.
 */
const leastSizes = (
  { operands }: Pick<ResolvedClaim, 'operands'>,
  recorded: readonly number[],
): number[] => {
  const reach = 2 * largestNumeral(operands) + 2
  return recorded.map((length) => (length > Math.max(largestNamed, reach) ? reach : length))
}

interface Bounded {
  readonly lower?: Resolved
  readonly upper?: Resolved
}

const namesSizes = ({ operands }: Pick<ResolvedClaim, 'operands'>): boolean => {
  const visit = (node: Resolved | object): boolean => {
    const {
      kind,
      indices,
      binders,
      operands: compared,
    } = node as {
      kind?: string
      indices?: readonly (Resolved | null)[]
      binders?: readonly Bounded[]
      operands?: readonly Resolved[]
    }
    if (kind === 'entry' && indices?.some(isLarge)) return true
    if (binders?.some(({ lower, upper }) => isLarge(lower) || isLarge(upper))) return true
    if (kind === 'comparison' && compared?.some(isLarge)) return true
    return childNodes<Resolved>(node).some(visit)
  }
  return operands.some(visit)
}

/** The lengths at which a counterexample is sought, the smallest first. */
export const sizesToTry = (
  claim: ResolvedClaim,
  network: Network,
  recorded: readonly number[],
): Iterable<readonly number[]> => {
  if (!namesSizes(claim)) return bySum(recorded)
  return isTooLarge(network) ? bySum(recorded, leastSizes(claim, recorded)) : [recorded]
}
