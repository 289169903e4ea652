// Edits of guards: the borders of sums and brackets, and Kronecker's delta.
import type { Claim, Comparison, Expression, RelationSign } from '../../language/syntax.ts'
import { spellingOf } from '../../language/walk.ts'
import { shifted } from '../affine.ts'
import { insteadOf, integer, type Of, quoted, subject, timesAfter, tree } from '../build.ts'
import { type EditContext, everywhere, onTerms, type Rewrite } from '../edit.ts'
import { dropFactor } from './factors.ts'
import { freeLetters } from './free-letters.ts'

const nextRelations: Partial<Record<RelationSign, RelationSign>> = {
  '<': '≤',
  '≤': '<',
  '>': '≥',
  '≥': '>',
}

const opposites: Partial<Record<RelationSign, RelationSign>> = {
  '<': '>',
  '≤': '≥',
  '>': '<',
  '≥': '≤',
}

const movedComparisons = (comparison: Comparison): Comparison[] => [
  ...comparison.operands.flatMap((operand, at) =>
    [1, -1].map((by) => ({
      ...comparison,
      operands: comparison.operands.with(at, shifted(operand, by)),
    })),
  ),
  ...comparison.relations.flatMap((relation, at) => {
    const others = [nextRelations[relation], opposites[relation]]
    return others.flatMap((next) =>
      next ? [{ ...comparison, relations: comparison.relations.with(at, next) }] : [],
    )
  }),
]

/** Guards in brackets, and what a Σ runs over. */
const moveGuard: Rewrite = everywhere(({ node }, claim, { scope }) => {
  const what = node.kind === 'iverson' ? 'condition' : 'range of the sum'
  const message = (right: Expression) => `The ${what} is wrong: ${insteadOf(right, node)}.`
  if (node.kind === 'iverson')
    return node.conditions.flatMap((condition, at) => {
      if (condition.kind !== 'comparison') return []
      const moved = movedComparisons(condition).map((other) => {
        const right = { ...node, conditions: node.conditions.with(at, other) }
        return [right, message(right)] as const
      })
      // [i = j] before [i − 1 = j − 1].
      return moved.sort(([a], [b]) => quoted(a).length - quoted(b).length)
    })
  if (node.kind !== 'reduction') return []
  const letters = new Set([...(scope.sizes ?? []).map(({ name }) => name), ...sizeLetters(claim)])
  return node.binders.flatMap((binder, at) => {
    const { lower, upper } = binder
    const named = upper
      ? [...letters].map((base) => ({ ...binder, upper: letterAt(base, upper) }))
      : []
    const moved = [
      ...(upper?.kind === 'name' ? named : []),
      ...(upper ? [1, -1].map((by) => ({ ...binder, upper: shifted(upper, by) })) : []),
      ...(lower ? [1, -1].map((by) => ({ ...binder, lower: shifted(lower, by) })) : []),
      ...(upper?.kind === 'name' ? [] : named),
    ]
    return moved.map((other) => {
      const right = { ...node, binders: node.binders.with(at, other) }
      return [right, message(right)] as const
    })
  })
})

const letterAt = (base: string, { span }: Expression): Expression => ({
  kind: 'name',
  base,
  primes: 0,
  span,
})

/** Capitals that could be sizes. */
const sizeLetters = (claim: object): string[] => {
  const found = spellingOf(claim).matchAll(/"base":"([A-Z])"/g)
  return [...new Set([...found].map((match) => match[1]!))]
}

const isGuard = (node: Expression): node is Of<'iverson'> =>
  node.kind === 'iverson' &&
  node.conditions.every(
    (each) => each.kind === 'comparison' && each.relations.every((sign) => sign !== '='),
  )

const dropGuard: Rewrite = everywhere(
  dropFactor(isGuard, (node) => `There is no border here: drop ${quoted(node)}.`),
)

/** [i ≤ 1] for a free index: a border where none is. */
const addGuard: Rewrite = onTerms(({ node, parents }, claim) => {
  const [letter] = subject(claim)?.subscript ? freeLetters(claim.operands[0]!).slice(-1) : []
  if (!letter || parents.length > 0) return []
  const index = letterAt(letter, node)
  const comparison: Comparison = {
    kind: 'comparison',
    operands: [index, integer(1)],
    relations: ['≤'],
    span: node.span,
  }
  return [[timesAfter(node, { kind: 'iverson', conditions: [comparison], span: node.span }), '']]
})

const isDelta = (node: Expression): node is Of<'iverson'> =>
  node.kind === 'iverson' &&
  node.conditions.every(
    (each) => each.kind === 'comparison' && each.relations.every((sign) => sign === '='),
  )

/** [i = j], and [i' = ⌈i/2⌉], for every two letters of a claim, with a message about it. */
const deltasOf = (
  claim: Claim,
  { span }: Expression,
  { windows }: EditContext,
): readonly (readonly [Expression, string])[] => {
  const letters = [...new Set(claim.operands.flatMap(freeLetters))].slice(0, 6)
  const pairs = letters.flatMap((first, at) => letters.slice(at + 1).map((other) => [first, other]))
  const blocks = windows.flatMap((window) =>
    [...pairs, ...pairs.map((pair) => pair.toReversed())].map(([coarse, fine]) => [
      coarse,
      `⌈${fine}/${window}⌉`,
    ]),
  )
  return [...pairs, ...blocks].map(([first, second]) => {
    const delta = { ...tree(`[${first} = ${second}]`), span }
    return [delta, `It is 0 unless ${first} = ${second}: ${quoted(delta)} is missing`] as const
  })
}

const isOne = (node: Expression): boolean => node.kind === 'numeral' && node.text === '1'

/** As a factor, and in the place of a 1: y_i (1 − y_j). */
const addDelta: Rewrite = (claim, context) => [
  ...onTerms(({ node }) =>
    deltasOf(claim, node, context).map(([delta, message]) => [
      timesAfter(node, delta),
      `${message}.`,
    ]),
  )(claim, context),
  ...everywhere(({ node, position }) =>
    position === 'value' && isOne(node)
      ? deltasOf(claim, node, context).map(([delta, message]) => [
          delta,
          `${message}, in place of 1.`,
        ])
      : [],
  )(claim, context),
]

const dropFactorDelta = everywhere(
  dropFactor(isDelta, (node) => `The indices need not be equal: drop ${quoted(node)}.`),
)

const dropDelta: Rewrite = (claim, context) => [
  ...dropFactorDelta(claim, context),
  ...everywhere(({ node, parents }) =>
    isDelta(node) && parents.at(-1)?.kind === 'addition' ? [[integer(1), '']] : [],
  )(claim, context),
]

export const guards = { moveGuard, dropGuard, addGuard, addDelta, dropDelta } as const
