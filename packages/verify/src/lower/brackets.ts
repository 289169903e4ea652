// Iverson's brackets of a claim: relations, [a_{ij} = max], [first max], [u,v = argmax …]; of whole
// arrays, entry by entry.

import { guarded } from '../core/build.ts'
import type { Guard, Index, Scalar } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import type { Resolved, ResolvedComparison, ResolvedCondition } from '../language/resolved.ts'
import type { Shape } from '../network/lengths.ts'
import { alignedTo } from './entrywise.ts'
import { indexOf, isIndexValue } from './indices.ts'
import { lower, lowerNumber } from './lower.ts'
import type { Site } from './site.ts'
import { bind } from './sums.ts'
import { arrayValue, numberValue, shapeOf, type Value } from './value.ts'
import { windowGuards } from './winners.ts'

type Condition<K extends ResolvedCondition['kind']> = Extract<ResolvedCondition, { kind: K }>

/** What a bracket compares, where it may be an array. */
const comparedIn = (condition: ResolvedCondition): readonly Resolved[] => {
  if (condition.kind === 'comparison') return condition.operands
  if (condition.kind === 'winner' || !condition.operand) return []
  return [condition.operand]
}

/** 1 or 0; of whole arrays, entry by entry. */
export const lowerBrackets = (conditions: readonly ResolvedCondition[], site: Site): Value => {
  const operands = conditions.flatMap(comparedIn).filter((operand) => !isIndexValue(operand))
  const shapes = operands.map((operand) => shapeOf(lower(operand, site)))
  const [shape, ...others] = shapes.filter(({ length }) => length > 0)
  if (!shape) return numberValue(guarded(conditions.flatMap((each) => guardsOf(each, site))))
  for (const other of others) alignedTo('A condition', other, shape, site)
  return arrayValue(shape, (index) =>
    guarded(conditions.flatMap((each) => guardsOf(each, site, { index, shape }))),
  )
}

/** An entry of what a bracket of whole arrays compares. */
interface At {
  readonly index: readonly Index[]
  readonly shape: Shape
}

export const guardsOf = (condition: ResolvedCondition, site: Site, at?: At): readonly Guard[] => {
  switch (condition.kind) {
    case 'comparison':
      return ofComparison(condition, site, at)
    case 'extremum':
    case 'first':
      return windowGuards(condition, site, at?.index)
    case 'winner':
      return ofWinner(condition, site)
  }
}

const ofComparison = (
  { operands, relations }: ResolvedComparison,
  site: Site,
  at: At | undefined,
): readonly Guard[] => {
  const scalarOf = (operand: Resolved): Scalar => {
    const value = at ? lower(operand, site) : undefined
    if (value?.kind !== 'array') return lowerNumber(operand, site)
    return value.at(alignedTo('A condition', value.shape, at!.shape, site)(at!.index))
  }
  return relations.map((relation, k): Guard => {
    if (relation === '∈') throw new ConcreteError('∈ is no condition')
    const [left, right] = [operands[k]!, operands[k + 1]!]
    return isIndexValue(left) && isIndexValue(right)
      ? { kind: 'indices', relation, left: indexOf(left, site), right: indexOf(right, site) }
      : { kind: 'values', relation, left: scalarOf(left), right: scalarOf(right) }
  })
}

const ofWinner = (condition: Condition<'winner'>, outer: Site): readonly Guard[] => {
  const { binders, body, which } = condition
  const { site, over, limits } = bind(binders, [], body, outer)
  const value = lowerNumber(body, site)
  return [
    {
      kind: 'winner',
      by: which === 'med' ? 'lomed' : which,
      at: condition.at.map((index) => indexOf(index, outer)),
      over,
      ...(limits.length > 0 && { when: limits }),
      body: value,
    },
  ]
}
