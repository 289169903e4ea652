// max_{u,v ≤ 2} x_{2(i−1)+u, 2(j−1)+v} in a claim: what a pooling of x finds in a window. No other
// extremum over an index is read.

import type { Node } from '@backprove/graph'
import { divideOut } from '../../arithmetic/divide.ts'
import {
  equal,
  minus,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../../arithmetic/polynomial.ts'
import type { Resolved } from '../../language/resolved.ts'
import { poolingsOf } from '../../network/pooling.ts'
import { isInside, readField } from '../functions/apply.ts'
import type { Index, Terms } from '../functions/functions.ts'
import { withLetters } from '../letters.ts'
import { UnsupportedError } from '../unsupported.ts'
import { indexOf } from './expression.ts'
import { type ClaimSite, fullIndex } from './site.ts'
import { isUnpadded, letterOf, placeOf, reducesBy, wordOf } from './winners.ts'

type Reduction = Extract<Resolved, { kind: 'reduction' }>

interface Range {
  readonly name: string
  readonly from: Polynomial
  readonly to: Polynomial
}

const rangesOf = ({ binders }: Reduction, site: ClaimSite): readonly Range[] =>
  binders.flatMap(({ name, lower, upper }) => {
    const from = lower ? indexOf(lower, site) : polynomial(1)
    return upper ? [{ name, from, to: indexOf(upper, site) }] : []
  })

/** The cell that the body reads when the letters are so far behind their first values. */
type Cells = (offsets: readonly number[]) => Index

/**
 * Which window of a pooling the cells of the ranges are: s k + d u along either axis, rows by the
 * first letter and columns by the second.
 */
const windowRead = (
  pooling: Node,
  ranges: readonly Range[],
  cells: Cells,
  site: ClaimSite,
): Index | undefined => {
  if (!isUnpadded(pooling) || ranges.length !== 2) return undefined
  const first = cells([0, 0])
  const step = [cells([1, 0]), cells([0, 1])].map((cell) =>
    cell.map((e, axis) => minus(e, first[axis]!)),
  )
  const rank = first.length
  const window = [0, 1].map((side): Polynomial | undefined => {
    const [size, stride, gap] = (['m', 's', 'd'] as const).map((letter) =>
      letterOf(pooling, letter, side, site),
    ) as [Polynomial, Polynomial, Polynomial]
    const { from, to } = ranges[side]!
    const axis = rank - 2 + side
    const moves = step[side]!.every((e, k) => equal(e, k === axis ? gap : polynomial(0)))
    const k = divideOut(first[axis]!, stride)
    const isWindow = equal(plus(minus(to, from), 1), size) && equal(times(stride, k), first[axis]!)
    return moves && isWindow ? k : undefined
  })
  return window.every((e) => e !== undefined) ? [...first.slice(0, -2), ...window] : undefined
}

/** @throws UnsupportedError where no pooling of the network finds it */
export const extremumOfClaim = (node: Reduction, site: ClaimSite): Terms => {
  const { operator, conditions, body } = node
  const place = placeOf(body, site)
  if (operator === 'max' || operator === 'med') {
    const ranges = rangesOf(node, site)
    const cells: Cells = (offsets) => {
      const letters = ranges.map(
        ({ name, from }, k) => [name, { value: plus(from, offsets[k]!) }] as const,
      )
      const inner = withLetters(site, letters)
      const { node: array, array: name, indices } = place!
      return fullIndex(
        array,
        name,
        indices.map((each) => minus(indexOf(each, inner), 1)),
      )
    }
    const word = wordOf[operator]
    const poolings = poolingsOf(site.network).filter(
      (each) => each.args[0] === place?.node && reducesBy(each, word, site),
    )
    for (const pooling of conditions.length === 0 ? poolings : []) {
      const window = windowRead(pooling, ranges, cells, site)
      const field = site.model.value(pooling)
      if (window && isInside(window, field.shape, site)) return readField(field, window)
    }
  }
  throw new UnsupportedError(`${operator} over an index`)
}
