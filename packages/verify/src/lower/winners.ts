// [a_{ij} = max] and [first max]: whether a cell wins the window of the pooling that it enters.
// Window k of an axis has the cells s(k−1) + d(u−1) + 1 − p for u ≤ m, so that cell e is number
// u = (o/d) + 1 of window k = ⌊(e−1+p)/s⌋ + 1, where o = e−1+p − s(k−1).

import type { Node } from '@backprove/graph'
import type { Polynomial } from '../arithmetic/polynomial.ts'
import {
  choice,
  length,
  at as letterAt,
  minus,
  nodeSource,
  over,
  plus,
  read,
  related,
  times,
  whole,
} from '../core/build.ts'
import { type Guard, type Index, letterOf } from '../core/core.ts'
import { ConcreteError, InapplicableError } from '../core/errors.ts'
import type { Resolved, ResolvedCondition } from '../language/resolved.ts'
import { isOne, recordedLengths, recordedWindow } from '../network/lengths.ts'
import { haveSameWindows, poolingsEntered, poolingsOf } from '../network/pooling.ts'
import { indexOf } from './indices.ts'
import { type Site, type Visible, visible } from './site.ts'

type Condition = Extract<ResolvedCondition, { kind: 'extremum' | 'first' }>

/** An entry of an array of the graph. */
interface Place extends Visible {
  readonly index: readonly Index[]
}

/** δ_{ij} stands at the place of z_{ij}; `at` are the indices that are left open. */
const placeOf = (
  expression: Resolved | undefined,
  site: Site,
  at: readonly Index[] = [],
): Place | undefined => {
  const isEntry = expression?.kind === 'entry'
  let array = isEntry ? expression.array : expression
  if (array?.kind === 'derivative') array = array.by[0]!
  if (array?.kind !== 'array') return undefined
  const found = visible(array, site)
  const open = [...at]
  const index = (isEntry ? expression.indices : found.shape.map(() => null)).map((each) =>
    each ? indexOf(each, site) : open.shift(),
  )
  const isWhole = index.every((each) => each !== undefined) && index.length === found.shape.length
  return isWhole ? { ...found, index: index as readonly Index[] } : undefined
}

const saidOf = (condition: Condition, site: Site, at: readonly Index[] | undefined): Place => {
  const { operand, which } = condition
  if (condition.kind === 'extremum') {
    // δ_{ij} = max would be about δ, and no pooling looks at that.
    const isOfDerivative = operand?.kind === 'entry' && operand.array.kind === 'derivative'
    const place = isOfDerivative ? undefined : placeOf(operand, site, at)
    if (!place) throw new ConcreteError(`= ${which} is said of an entry, as a_{ij}`)
    return place
  }
  const place = [
    operand && placeOf(operand, site, at),
    ...site.claim.map((each) => besides(each, site)),
  ]
  const found = place.find((each) => each !== undefined)
  if (!found) throw new ConcreteError(`first ${which}: of which entry?`)
  return found
}

const besides = (expression: Resolved, site: Site): Place | undefined => {
  if (expression.kind === 'derivative') return besides(expression.by[0]!, site)
  return expression.kind === 'entry' ? placeOf(expression, site) : undefined
}

const overlap = 'an entry may lie in several windows that overlap'

/** The window of a cell along one axis. */
interface Along {
  readonly size: Polynomial
  readonly count: Polynomial
  readonly window: Index
  readonly within: Index
  readonly cell: (u: Index) => Index
}

const alongAxis = (pooling: Node, side: 0 | 1, e: Index, { lengths }: Site): Along => {
  const { size, stride, dilation, before } = lengths.window(pooling, side)
  const recorded = recordedWindow(pooling, side)
  const [m, s, d] = [recorded.size, recorded.stride, recorded.dilation].map(
    recordedLengths.recorded,
  )
  const count = lengths.shapeOf(pooling).at(side - 2)!
  const place = plus(e, length(before), whole(-1))
  const isOnly = isOne(count)
  if (!isOnly && d! * (m! - 1) + 1 > s!) throw new ConcreteError(overlap)
  const window = isOnly ? whole(1) : plus(choice('floor', over(place, length(stride))), whole(1))
  const start = times(length(stride), minus(window, whole(1)))
  return {
    size,
    count,
    window,
    within: plus(over(minus(place, start), length(dilation)), whole(1)),
    cell: (u) =>
      plus(
        start,
        times(length(dilation), minus(u, whole(1))),
        whole(1),
        times(whole(-1), length(before)),
      ),
  }
}

/** `at`: the entry of whole arrays, [a = max]. */
export const windowGuards = (
  condition: Condition,
  site: Site,
  at: readonly Index[] | undefined,
): readonly Guard[] => {
  const { which } = condition
  const place = saidOf(condition, site, at)
  const { node } = place
  const isAsLarge = ({ args }: Node) => args[0]!.shape.join() === node.shape.join()
  const entered = poolingsEntered(site.network, node)
  const poolings = entered.length > 0 ? entered : poolingsOf(site.network).filter(isAsLarge)
  const [pooling] = poolings
  if (!haveSameWindows(poolings)) throw new ConcreteError(overlap)
  if (!pooling)
    throw new InapplicableError(
      `${node.name} enters no pooling, so that no window says which of its entries is largest`,
    )
  const leading = place.index.slice(0, -2)
  const [row, column] = [
    alongAxis(pooling, 0, place.index.at(-2)!, site),
    alongAxis(pooling, 1, place.index.at(-1)!, site),
  ]
  const [u, v] = [letterOf('u'), letterOf('v')]
  const index = place.full([...leading, row.cell(letterAt(u)), column.cell(letterAt(v))])
  const isShared = condition.kind === 'extremum'
  return [
    ...[row, column].flatMap(({ window, count }) =>
      window.kind === 'length' ? [] : [related(window, '≤', length(count))],
    ),
    {
      kind: 'winner',
      by: which === 'med' && !isShared ? 'lomed' : which,
      at: [row.within, column.within],
      over: [
        { letter: u, from: whole(1), to: length(row.size) },
        { letter: v, from: whole(1), to: length(column.size) },
      ],
      body: read(nodeSource(node), ...index),
      ...(isShared && { isShared }),
    },
  ]
}
