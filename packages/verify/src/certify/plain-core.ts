// The core as data that the checker reads: letters, lengths and nodes as numbers. What the checker
// has no word for is refused.

import type { Node } from '@backprove/graph'
import { constantValue, type Polynomial } from '../arithmetic/polynomial.ts'
import type { Rational } from '../arithmetic/rational.ts'
import type { Variable } from '../arithmetic/variable.ts'
import type {
  PlainAxis,
  PlainGuard,
  PlainIndex,
  PlainScalar,
  PlainSource,
  PlainTable,
} from '../certificate/grammar.ts'
import type {
  Axis,
  FunctionRef,
  Guard,
  Index,
  Letter,
  Scalar,
  Source,
  Table,
} from '../core/core.ts'
import { UnsupportedError } from '../core/errors.ts'
import { larger, minus, negative, numberIn, rootOf, turned, whole } from './plain-build.ts'
import { functionOf, words } from './plain-functions.ts'

export const unsupported = (what: string): never => {
  throw new UnsupportedError(`${what}, of which the checker has no word`)
}

/** Ids of its own, so that two processes write the same. */
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

/** `expands`: sums of few terms are written out. */
export const createWriter = (nodes: readonly Node[], expands: boolean) => {
  const variables = numbered<Variable>()
  const letters = numbered<Letter>()
  /** Of letters that are no letters of the statement. */
  const values = new Map<Letter, PlainIndex>()
  const indexOfNode = new Map(nodes.map((node, at) => [node, at] as const))

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
  const writtenOut = ({ over, when, body }: Extract<Scalar, { kind: 'reduce' }>) => {
    const points = pointsOf(over)
    for (const { letter } of over) values.delete(letter)
    const terms = points?.map((point): PlainScalar => {
      for (const [letter, value] of point) values.set(letter, value)
      return {
        kind: 'product',
        factors: [scalar(body), { kind: 'guard', guards: when.map(guard) }],
      }
    })
    for (const { letter } of over) values.delete(letter)
    return terms && ({ kind: 'sum', terms } as const)
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
  const table = ({ axes, body }: Table): PlainTable => ({
    axes: axes.map(({ letter, length }) => ({ letter: letters.of(letter), length: plain(length) })),
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
  const power = (base: PlainScalar, [n, d]: readonly [string, string]): PlainScalar => {
    if (d === '1') return { kind: 'power', base, exponent: n }
    if (d !== '2') return unsupported(`an exponent ${n}/${d}`)
    const root = rootOf(base)
    return n === '1' ? root : { kind: 'power', base: root, exponent: n }
  }
  const apply = ({ f, order, to }: Extract<Scalar, { kind: 'apply' }>): PlainScalar => {
    const name = nameOf(f)
    const [a, b, ...others] = to.map(scalar)
    if (a && !b)
      return name === '√' && order === 0 ? rootOf(a) : { kind: 'apply', f: name, order, to: a }
    const isContest = (name === 'max' || name === 'min') && order === 0
    if (!a || !b || !isContest || others.length > 0) return unsupported(name)
    return name === 'max' ? larger(a, b) : negative(larger(negative(a), negative(b)))
  }
  const scalar = (s: Scalar): PlainScalar => {
    switch (s.kind) {
      case 'number':
        return { kind: 'number', value: fraction(s.value) }
      case 'size':
        return { kind: 'size', of: index(s.of) }
      case 'read':
        return { kind: 'read', from: source(s.from), at: s.at.map(index) }
      case 'sum':
        return { kind: 'sum', terms: s.terms.map(scalar) }
      case 'product':
        return { kind: 'product', factors: s.factors.map(scalar) }
      case 'quotient':
        return {
          kind: 'product',
          factors: [scalar(s.above), power(scalar(s.below), ['-1', '1'])],
        }
      case 'power':
        return power(scalar(s.base), exponentOf(s.exponent))
      case 'apply':
        return apply(s)
      case 'reduce': {
        const { by } = s
        if (by !== 'sum' && by !== 'max' && by !== 'min') return unsupported(by)
        const written = expands && by === 'sum' ? writtenOut(s) : undefined
        if (written) return written
        return {
          kind: 'reduce',
          by,
          over: s.over.map(axis),
          when: s.when.map(guard),
          body: scalar(s.body),
        }
      }
      case 'guard':
        return { kind: 'guard', guards: s.guards.map(guard) }
    }
  }
  const guard = (g: Guard): PlainGuard => {
    switch (g.kind) {
      case 'indices': {
        const [relation, first, second] = turned(g.relation, g.left, g.right)
        return { kind: 'indices', relation, left: index(first), right: index(second) }
      }
      case 'values': {
        const [relation, first, second] = turned(g.relation, g.left, g.right)
        return { kind: 'values', relation, left: scalar(first), right: scalar(second) }
      }
      case 'winner': {
        const { by, isShared, when } = g
        if (when) return unsupported('a contest that a condition limits')
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
