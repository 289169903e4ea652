// What the sides of a claim ask for to have a value, as a person reads it: x_{i} ≠ 0.

import { type Node, ops } from '@backprove/graph'
import { BudgetExceeded } from '../arithmetic/budget.ts'
import { polynomial } from '../arithmetic/polynomial.ts'
import { type NodeCondition, nodeConditions, openConditions } from '../conditions/conditions.ts'
import * as build from '../core/build.ts'
import { letterOf, type Source } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import { exact } from '../core/line/context.ts'
import { tableOver } from '../core/line/recorded.ts'
import type { Condition } from '../language/conditions.ts'
import { freeIndices } from '../language/free.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { mapped } from '../language/walk.ts'
import { emptySite, type Given } from '../lower/claims/claim.ts'
import { lower } from '../lower/lower.ts'
import { type Site, withLetter } from '../lower/site.ts'
import { names, tableOf } from '../lower/value.ts'
import { entered, print, type Reading } from './print.ts'
import type { ReadAs } from './read-as.ts'
import { latex, type Style, text } from './style.ts'
import { allKnown } from './unknowns.ts'

const signs = {
  'not 0': { text: '≠ 0', latex: '\\neq 0' },
  positive: { text: '> 0', latex: '> 0' },
  'not negative': { text: '≥ 0', latex: '\\ge 0' },
} as const

/** Letters stand for themselves: where they run is said of the claim. */
const named = { low: 1, high: 1 }
const ofOne = { low: [1], high: [1] }

/** Lengths by their letters, n − 1 and not 3 − 1, where they are values and no indices. */
const inLetters = (node: Resolved): Resolved =>
  mapped(node, (part) => {
    const { kind, name, span } = part as Extract<Resolved, { kind: 'size' }>
    if (kind === 'size') return { kind: 'variable', name, span } satisfies Resolved
    const isOfIndices = ['entry', 'reduction', 'iverson'].includes(kind)
    return isOfIndices ? part : undefined
  })

const spelled = (of: Resolved, claim: ResolvedClaim, given: Given, style: Style): string => {
  const empty = emptySite(claim.operands, given)
  let reading: Reading = {
    values: new Map(),
    taken: new Set(),
    style,
    unknowns: allKnown,
    cost: given.network.cost,
  }
  const site = freeIndices(of).reduce<Site>((outer, name) => {
    const inner = withLetter(outer, name, named)
    reading = entered([{ letter: inner.letter, ...ofOne }], reading)
    return inner.site
  }, empty)
  const value = lower(of, site)
  if (value.kind === 'number') return print(value.scalar, reading).spelling
  const { axes, body } = tableOf(value)
  const inside = entered(
    axes.map(({ letter }) => ({ letter, ...ofOne })),
    reading,
  )
  return print(body, inside).spelling
}

/** An array of the network at letters; what has no name is spelled by its line. */
const spelledNode = ({ of }: NodeCondition, { network }: Given, style: Style): string => {
  const axes = of.shape.map((length, axis) => ({
    letter: letterOf(names[axis] ?? 'i'),
    low: [1],
    high: [length],
  }))
  const { cost } = network
  const unknowns = allKnown
  const reading: Reading = { values: new Map(), taken: new Set(), style, unknowns, cost }
  const inside = entered(axes, reading)
  const at = axes.map(({ letter, high }) => (high[0] === 1 ? build.whole(1) : build.at(letter)))
  return print(build.read(sourceOf(of), ...at), inside).spelling
}

const sourceOf = (node: Node): Source => {
  const { op, params, shape } = node
  if (op === ops.constant) {
    const [first, ...others] = new Set((params as { data: Float64Array }).data)
    if (first !== undefined && others.length === 0 && Number.isFinite(first))
      return {
        kind: 'table',
        axes: shape.map((length) => ({ letter: letterOf('i'), length: polynomial(length) })),
        body: build.number(exact(first)),
      }
  }
  const hasName = node.name !== undefined || node.graph.namesOf(node).length > 0
  return hasName || op.traits?.leaf ? build.nodeSource(node) : tableOver(node, 'line', sourceOf)
}

/** Longer ones help nobody. */
const longest = 300

/** Of those that are not always met; what cannot be spelled is left out. */
export const conditionsAsRead = (claim: ResolvedClaim, given: Given): readonly ReadAs[] => {
  const written = (asks: Condition['asks'], spelling: (style: Style) => string): ReadAs[] => {
    try {
      const sign = signs[asks]
      const [plain, typeset] = [text, latex].map(spelling)
      if (plain!.length > longest) return []
      return [{ text: `${plain} ${sign.text}`, latex: `${typeset} ${sign.latex}` }]
    } catch (error) {
      if (error instanceof ConcreteError || error instanceof BudgetExceeded) return []
      throw error
    }
  }
  const all = [
    ...openConditions(claim, given.network).flatMap((each) =>
      written(each.asks, (style) => spelled(inLetters(each.of), claim, given, style)),
    ),
    ...nodeConditions(claim, given.network).flatMap((each) =>
      written(each.asks, (style) => spelledNode(each, given, style)),
    ),
  ]
  return [...new Map(all.map((each) => [each.text, each])).values()]
}
