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
} from '../certificate/statement.ts'
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
import { functionOf, words } from './plain-functions.ts'

export const unsupported = (what: string): never => {
  throw new UnsupportedError(`${what}, of which the checker has no word`)
}

const negative = (s: PlainScalar): PlainScalar => ({
  kind: 'product',
  factors: [{ kind: 'number', value: ['-1', '1'] }, s],
})

/** The whole number whose square it is, if it is one. */
const wholeRoot = (n: bigint): bigint | undefined => {
  if (n > 2n ** 50n) return undefined
  const root = BigInt(Math.round(Math.sqrt(Number(n))))
  return root * root === n ? root : undefined
}

/** √4 is 2. */
const rootOf = (s: PlainScalar): PlainScalar => {
  const [only, ...others] = s.kind === 'size' && s.of.kind === 'length' ? s.of.of : []
  const isNumber = only && others.length === 0 && only.variables.length === 0
  const value = s.kind === 'number' ? s.value : isNumber ? [only.coefficient, '1'] : undefined
  const roots = value?.map((text) => (BigInt(text) > 0n ? wholeRoot(BigInt(text)) : undefined))
  if (roots?.[0] === undefined || roots[1] === undefined)
    return { kind: 'apply', f: '√', order: 0, to: s }
  return { kind: 'number', value: [`${roots[0]}`, `${roots[1]}`] }
}

/** max(a, b) = a + [b > a] (b − a). */
const larger = (a: PlainScalar, b: PlainScalar): PlainScalar => {
  const isLarger: PlainGuard = { kind: 'values', relation: '>', left: b, right: a }
  const change: PlainScalar = { kind: 'sum', terms: [b, negative(a)] }
  const guarded = [{ kind: 'guard', guards: [isLarger] } as const, change]
  return { kind: 'sum', terms: [a, { kind: 'product', factors: guarded }] }
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

export const createWriter = (nodes: readonly Node[]) => {
  const variables = numbered<Variable>()
  const letters = numbered<Letter>()
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
        return { kind: 'letter', letter: letters.of(e.letter) }
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
        const less: PlainIndex = { kind: 'length', of: [{ coefficient: '-1', variables: [] }] }
        return { kind: 'floor', above: { kind: 'plus', terms: [above, below, less] }, below }
      }
      default:
        return unsupported(`an index with ${e.kind}`)
    }
  }
  const axis = ({ letter, from, to }: Axis): PlainAxis => ({
    letter: letters.of(letter),
    ...(from && to && { from: index(from), to: index(to) }),
  })
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
      case 'indices':
        return { ...g, left: index(g.left), right: index(g.right) }
      case 'values':
        return { ...g, left: scalar(g.left), right: scalar(g.right) }
      case 'winner': {
        const { by, isShared, when } = g
        if (when) return unsupported('a contest that a condition limits')
        if (by !== 'max' && by !== 'min') return unsupported(by)
        return {
          kind: 'winner',
          by,
          ...(isShared && { isShared }),
          at: g.at.map(index),
          over: g.over.map(axis),
          body: scalar(g.body),
        }
      }
    }
  }

  return { variables, letters, plain, fraction, scalar, table, nodeIndex, indexOfNode }
}
