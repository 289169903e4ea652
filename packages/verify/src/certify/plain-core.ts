// The core as data that the checker reads: letters, lengths and nodes as numbers. What the checker
// has no word for is refused.

import { type Node, ops } from '@backprove/graph'
import { constantValue, type Polynomial } from '../arithmetic/polynomial.ts'
import type { PlainIndex, PlainScalar, PlainSource, PlainTable } from '../certificate/grammar.ts'
import {
  type FunctionRef,
  type Guard,
  letterOf,
  type Scalar,
  type Source,
  type Table,
} from '../core/core.ts'
import type { Rational } from '../language/syntax.ts'
import { exactFinite } from '../network/symbolic/exact.ts'
import {
  apply as applied,
  larger,
  minus,
  negative,
  not,
  numberIn,
  ofIndices,
  ofValues,
  power,
  product,
  raisedTogether,
  rootOf,
  sum,
  summedWhere,
  whole,
} from './plain-build.ts'
import { functionOf, words } from './plain-functions.ts'
import { createIndices, unsupported } from './plain-index.ts'

/** [s = 0] where nothing of it is needed: what is proved of any function is proved of this one. */
const anyFunction = '[= 0]'
const limited = 'a contest that a condition limits'

interface Contested extends Pick<Extract<Scalar, { kind: 'reduce' }>, 'over' | 'body'> {
  readonly by: 'max' | 'min'
}

const contested = (s: Scalar): Contested | undefined =>
  s.kind === 'reduce' && (s.by === 'max' || s.by === 'min') && s.when.length === 0
    ? { by: s.by, over: s.over, body: s.body }
    : undefined

/** The number that a node is, where it is nothing else. */
const numberOf = ({ op, shape, params }: Node): Rational | undefined =>
  op === ops.constant && shape.length === 0
    ? exactFinite((params as { data: Float64Array }).data[0]!)
    : undefined

interface Writing {
  readonly nodes: readonly Node[]
  /** Sums of few terms are written out. */
  readonly expands: boolean
  /** What an op computes; none of leaves. */
  readonly lineOf: (node: Node) => Table | undefined
  readonly shapeOf: (node: Node) => readonly Polynomial[]
  /** Equal winners are left out. */
  readonly isUntied: boolean
}

export const createWriter = ({ nodes, expands, lineOf, shapeOf, isUntied }: Writing) => {
  const indices = createIndices()
  const { variables, letters, values, plain, fraction, index, axis, pointsOf } = indices
  const indexOfNode = new Map(nodes.map((node, at) => [node, at] as const))

  const writtenOut = ({ over, when, body }: Extract<Scalar, { kind: 'reduce' }>) => {
    const points = pointsOf(over)
    for (const { letter } of over) values.delete(letter)
    const terms = points?.map((point): PlainScalar => {
      for (const [letter, value] of point) values.set(letter, value)
      return product(scalar(body), ...when.map(guard))
    })
    for (const { letter } of over) values.delete(letter)
    return terms && sum(...terms)
  }
  const nodeIndex = (node: Node): number => indexOfNode.get(node) ?? unsupported('another graph')
  const source = (from: Source): PlainSource => {
    switch (from.kind) {
      case 'node':
      case 'adjoint':
        return { kind: from.kind, node: nodeIndex(from.node) }
      case 'jacobian':
        if (from.apart) return unsupported('a derivative entry by entry')
        return {
          kind: 'jacobian',
          of: nodeIndex(from.of.node),
          by: nodeIndex(from.by),
          ...(from.of.kind === 'adjoint' && { ofAdjoint: true }),
        }
      case 'table':
        return { kind: 'table', ...table(from) }
      default:
        return unsupported('a number of the claim’s own')
    }
  }
  const side = ({ letter, length }: Table['axes'][number]) => {
    return { letter: letters.of(letter), length: plain(length) }
  }
  const table = ({ axes, body }: Table): PlainTable => ({
    axes: axes.map(side),
    body: scalar(body),
  })
  const nameOf = (f: FunctionRef): string => {
    if (f.kind === 'activation') return functionOf(f.of.value) ?? unsupported('an activation')
    const { name } = f
    if (['floor', 'ceil', 'log1p'].includes(name)) return unsupported(name)
    return words[name] ?? name
  }
  const exponentOf = (s: Scalar): readonly [string, string] => {
    const value = s.kind === 'size' && s.of.kind === 'length' ? constantValue(s.of.of) : undefined
    if (s.kind === 'number') return fraction(s.value)
    return value === undefined ? unsupported('an exponent that is no number') : [`${value}`, '1']
  }
  const raised = (base: PlainScalar, [n, d]: readonly [string, string]): PlainScalar => {
    if (d !== '1' && d !== '2') return unsupported(`an exponent ${n}/${d}`)
    return power(d === '2' ? rootOf(base) : base, BigInt(n))
  }
  const apply = ({ f, order, to }: Extract<Scalar, { kind: 'apply' }>): PlainScalar => {
    const name = nameOf(f)
    const [a, b, ...others] = to.map(scalar)
    if (a && !b) return name === '√' && order === 0 ? rootOf(a) : applied(name, a, order)
    const isContest = (name === 'max' || name === 'min') && order === 0
    if (!a || !b || !isContest || others.length > 0) return unsupported(name)
    return name === 'max' ? larger(a, b) : negative(larger(negative(a), negative(b)))
  }
  /** Σ_u of what u wins, where the factors are written for the letters of the sum. */
  const won = (
    { by, over, body }: Contested,
    factors: () => readonly PlainScalar[],
    isShared: boolean,
  ): PlainScalar => {
    const copied = over.map((each) => {
      const letter = letterOf(each.letter.name)
      const own = axis({ ...each, letter })
      values.set(each.letter, index({ kind: 'letter', letter }))
      return own
    })
    const written = factors()
    for (const { letter } of over) values.delete(letter)
    const competing = { over: over.map(axis), body: scalar(body) }
    return summedWhere(copied, written, { by, ...(isShared && { isShared }), ...competing })
  }
  /**
   * [x_e = p_k] where p_k is the largest of a window of x: where e is one of its cells, whether it
   * is as large as the winner.
   */
  const isLargest = (left: Scalar, right: Scalar): PlainScalar | undefined => {
    if (!isUntied || left.kind !== 'read' || right.kind !== 'read') return undefined
    const [x, p] = [left.from, right.from]
    const line = x.kind === 'node' && p.kind === 'node' ? lineOf(p.node) : undefined
    const contest = line && contested(line.body)
    const read = contest?.body
    if (!contest || read?.kind !== 'read' || read.from.kind !== 'node') return undefined
    if (x.kind !== 'node' || read.from.node !== x.node) return undefined
    const e = left.at.map(index)
    const same = () => read.at.map((cell, k) => ofIndices['='](index(cell), e[k]!))
    const inside = shapeOf(x.node).flatMap((n, k) => [
      ofIndices['≥'](e[k]!, whole(1n)),
      ofIndices['≥']({ kind: 'length', of: plain(n) }, e[k]!),
    ])
    const difference = sum(scalar(left), negative(scalar(right)))
    const { axes } = line
    const ofWindow = (body: PlainScalar): PlainScalar => ({
      kind: 'read',
      from: { kind: 'table', axes: axes.map(side), body },
      at: right.at.map(index),
    })
    const wins = ofWindow(won(contest, same, true))
    const isCell = ofWindow({
      kind: 'reduce',
      over: contest.over.map(axis),
      body: product(...same()),
    })
    return sum(
      product(...inside, wins),
      product(not(product(...inside, isCell)), applied(anyFunction, difference)),
    )
  }
  const scalar = (s: Scalar): PlainScalar => {
    switch (s.kind) {
      case 'number':
        return { kind: 'number', value: fraction(s.value) }
      case 'size':
        return s.of.kind === 'length'
          ? { kind: 'size', of: plain(s.of.of) }
          : unsupported('an index as a number')
      case 'read': {
        const value = s.from.kind === 'node' ? numberOf(s.from.node) : undefined
        if (value !== undefined) return { kind: 'number', value: fraction(value) }
        return { kind: 'read', from: source(s.from), at: s.at.map(index) }
      }
      case 'sum':
        return { kind: 'sum', terms: s.terms.map(scalar) }
      case 'product':
        return { kind: 'product', factors: raisedTogether(s.factors.map(scalar)) }
      case 'quotient':
        return product(scalar(s.above), power(scalar(s.below), -1n))
      case 'power':
        return raised(scalar(s.base), exponentOf(s.exponent))
      case 'apply':
        return apply(s)
      case 'reduce': {
        const contest = contested(s)
        if (contest) return won(contest, () => [scalar(contest.body)], false)
        if (s.by !== 'sum') return unsupported(s.when.length > 0 ? limited : s.by)
        const written = expands ? writtenOut(s) : undefined
        if (written) return written
        const over = s.over.map(axis)
        return { kind: 'reduce', over, body: product(scalar(s.body), ...s.when.map(guard)) }
      }
      case 'guard':
        return product(...s.guards.map(guard))
    }
  }
  const guard = (g: Guard): PlainScalar => {
    switch (g.kind) {
      case 'indices':
        return ofIndices[g.relation](index(g.left), index(g.right))
      case 'values': {
        const { left, relation, right } = g
        const won =
          relation === '=' ? (isLargest(left, right) ?? isLargest(right, left)) : undefined
        return won ?? ofValues[relation](scalar(left), scalar(right))
      }
      case 'winner': {
        const { by, isShared, when } = g
        if (when) return unsupported(limited)
        if (by !== 'max' && by !== 'min') return unsupported(by)
        const at = g.at.map((e, k): PlainIndex => {
          const from = index(g.over[k]?.from ?? unsupported('a window without an end'))
          if (numberIn(from) === 1n) return index(e)
          return { kind: 'plus', terms: [index(e), minus(from), whole(1n)] }
        })
        const over = g.over.map(axis)
        return { kind: 'winner', by, ...(isShared && { isShared }), at, over, body: scalar(g.body) }
      }
    }
  }

  return { variables, letters, plain, fraction, scalar, table, nodeIndex, indexOfNode }
}
