// x_1, x_2, …, x_N up to a length N: a range, which holds for every N. What ends at a number is
// written out in `ellipsis.ts`.
import type { Resolved, ResolvedBinder } from '../resolved.ts'
import { mapped, spellingOf } from '../walk.ts'

type Numeral = Resolved & { readonly kind: 'numeral' }

const isNumeral = (node: object): node is Numeral => (node as Resolved).kind === 'numeral'

/** The numerals of a term in order of writing. */
const numeralsIn = (term: Resolved): Numeral[] => {
  const found: Numeral[] = []
  mapped(term, (node) => {
    if (!isNumeral(node)) return undefined
    found.push(node)
    return node
  })
  return found
}

const put = (term: Resolved, at: Numeral, by: Resolved): Resolved =>
  mapped(term, (node) => (node === at ? by : undefined))

/** The sizes of a term that stand where an index does. */
const sizesIn = (term: Resolved): (Resolved & { kind: 'size' })[] => {
  const found: (Resolved & { kind: 'size' })[] = []
  mapped(term, (node) => {
    if ((node as Resolved).kind === 'size') found.push(node as Resolved & { kind: 'size' })
    return undefined
  })
  return found
}

const letter = 'k″'

/**
 * Terms 1, (2,) …, N that differ in one index: what they are a range of. Undefined where the dots
 * say something else.
 */
export const rangeOfDots = (
  terms: readonly (Resolved | null)[],
): { readonly binders: readonly ResolvedBinder[]; readonly body: Resolved } | undefined => {
  const at = terms.indexOf(null)
  const [before, after] = [terms.slice(0, at), terms.slice(at + 1)] as [Resolved[], Resolved[]]
  const [first, second, ...more] = before
  const [last, ...others] = after
  if (!first || !last || more.length > 0 || others.length > 0) return undefined
  for (const slot of numeralsIn(first)) {
    if (slot.value.numerator !== 1n || slot.value.denominator !== 1n) continue
    const upper = sizesIn(last).find(
      (size) => spellingOf(put(first, slot, size)) === spellingOf(last),
    )
    const two: Resolved = { ...slot, value: { numerator: 2n, denominator: 1n } }
    const isNext = !second || spellingOf(put(first, slot, two)) === spellingOf(second)
    if (!upper || !isNext) continue
    const { span } = slot
    const body = put(first, slot, { kind: 'index', name: letter, span })
    return { binders: [{ name: letter, lower: slot, upper, span }], body }
  }
  return undefined
}
