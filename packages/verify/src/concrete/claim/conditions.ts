// Iverson's brackets of a claim: relations, [a_{ij} = max], [first max], [u,v = argmax …].
import type { Node } from '@backprove/graph'
import { ConcreteError, ShapesError } from '../../core/errors.ts'
import { offsetOf } from '../../evaluate/machine.ts'
import { nodeNamed, nodeValue } from '../../evaluate/world.ts'
import { atEntry, axisLetters, comparedIn } from '../../language/entrywise-conditions.ts'
import type { Resolved, ResolvedComparison, ResolvedCondition } from '../../language/resolved.ts'
import type { Extremum } from '../../language/syntax.ts'
import { poolingOf, poolingsOf, windowsOf } from '../../network/pooling.ts'
import { holdsBetween, relations, winnerOf } from '../domains/comparing.ts'
import { median } from '../domains/elementary.ts'
import { sameShape, sizeOf } from './arrays.ts'
import { array, type Compiled, type CompiledScalar, scalar, shapeOf } from './compiled.ts'
import { compileExpression, compileScalar } from './expression.ts'
import { isIndexValue } from './index-value.ts'
import { candidates, loopOf } from './reductions.ts'
import { compileIndex, type Site, visibleShape, withIndex } from './site.ts'

type Condition<K extends ResolvedCondition['kind']> = Extract<ResolvedCondition, { kind: K }>

/** 1 or 0; of whole arrays, entry by entry. */
export const compileBrackets = <T>(
  conditions: readonly ResolvedCondition[],
  site: Site<T>,
): Compiled<T> => {
  const operands = conditions.flatMap(comparedIn).filter((operand) => !isIndexValue(operand))
  const shapes = new Map(
    operands.map((operand) => [operand, shapeOf(compileExpression(operand, site))] as const),
  )
  const [shape, ...others] = [...shapes.values()].filter(({ length }) => length > 0)
  if (!shape) return compileConditions(conditions, site)
  for (const other of others)
    if (!sameShape(other, shape)) throw new ShapesError('A condition', shape, other)
  const letters = axisLetters(shape)
  const isArray = (operand: Resolved) => (shapes.get(operand)?.length ?? 0) > 0
  const inside = conditions.map((condition) => atEntry(condition, letters, isArray))
  const slots: number[] = []
  let inner = site
  letters.forEach((name, axis) => {
    const bound = withIndex(inner, name, { low: 1, high: shape[axis]! })
    inner = bound.site
    slots.push(bound.slot)
  })
  const { value } = compileConditions(inside, inner)
  const { zero } = site.world.domain
  return array(shape, () => {
    const data = Array.from({ length: sizeOf(shape) }, (_, at) => {
      let rest = at
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        inner.slots[slots[axis]!] = (rest % shape[axis]!) + 1
        rest = Math.floor(rest / shape[axis]!)
      }
      return value() ?? zero
    })
    return { shape, data }
  })
}

export const compileConditions = <T>(
  conditions: readonly ResolvedCondition[],
  site: Site<T>,
): CompiledScalar<T> => {
  const tests = conditions.map((condition) => compileCondition(condition, site))
  const { one } = site.world.domain
  return scalar(() => (tests.every((test) => test()) ? one : null))
}

const compileCondition = <T>(condition: ResolvedCondition, site: Site<T>): (() => boolean) => {
  switch (condition.kind) {
    case 'comparison':
      return compileComparison(condition, site)
    case 'extremum':
      return compileExtremum(condition, site)
    case 'first':
      return compileFirst(condition, site)
    case 'winner':
      return compileWinner(condition, site)
  }
}

const compileComparison = <T>(node: ResolvedComparison, site: Site<T>): (() => boolean) => {
  const { domain } = site.world
  const tests = node.relations.map((relation) => {
    if (relation === '∈') throw new ConcreteError('∈ is no condition')
    return { relation, holds: relations[relation] }
  })
  if (node.operands.every(isIndexValue)) {
    const values = node.operands.map((operand) => compileIndex(operand, site))
    return () => tests.every(({ holds }, k) => holds(Math.sign(values[k]!() - values[k + 1]!())))
  }
  const values = node.operands.map((operand) => compileScalar(operand, site))
  return () =>
    tests.every(({ relation }, k) => {
      const [a, b] = [values[k]!() ?? domain.zero, values[k + 1]!() ?? domain.zero]
      return holdsBetween(domain, relation, a, b)
    })
}

/** The array that a condition speaks of, and the indices of its entry. */
interface Place {
  readonly node: Node
  readonly shape: readonly number[]
  readonly indices: readonly Resolved[]
}

const placeOf = <T>(expression: Resolved | undefined, site: Site<T>): Place | undefined => {
  if (expression?.kind !== 'entry') return undefined
  const { indices } = expression
  let inner = expression.array
  if (inner.kind === 'derivative') inner = inner.by[0]!
  if (inner.kind !== 'array' || indices.some((index) => index === null)) return undefined
  const node = nodeNamed(site.world, inner.name)
  return { node, shape: visibleShape(inner, site), indices: indices as readonly Resolved[] }
}

/** The window of an entry: the places, from 0, of the cells that compete with it. */
const windowAt = <T>(place: Place, which: Extremum, { world }: Site<T>) => {
  const pooling =
    poolingOf(world.network, place.node) ??
    poolingsOf(world.network).find((each) => each.args[0]!.shape.join() === place.node.shape.join())
  if (!pooling) throw new ConcreteError(`= ${which}: ${place.node.name} does not enter a pooling`)
  const windows = windowsOf(pooling)
  const width = place.shape.at(-1)!
  const block = place.shape.at(-2)! * width
  const owner = new Map<number, number[]>()
  windows.forEach((cells, k) => {
    for (const [row, column] of cells) {
      const cell = row * width + column
      owner.set(cell, [...(owner.get(cell) ?? []), k])
    }
  })
  return (cell: number): number[] => {
    const inside = owner.get(cell % block) ?? []
    if (inside.length > 1)
      throw new ConcreteError(`= ${which}: an entry of ${place.node.name} lies in several windows`)
    const image = cell - (cell % block)
    return (windows[inside[0] ?? -1] ?? []).map(([row, column]) => image + row * width + column)
  }
}

const compileExtremum = <T>(condition: Condition<'extremum'>, site: Site<T>): (() => boolean) => {
  const { operand } = condition
  // δ_{ij} = max would be about δ, and no pooling looks at that.
  const isOfDerivative = operand.kind === 'entry' && operand.array.kind === 'derivative'
  const place = isOfDerivative ? undefined : placeOf(operand, site)
  if (!place) throw new ConcreteError(`= ${condition.which} is said of an entry, as a_{ij}`)
  const { domain } = site.world
  const at = place.indices.map((index) => compileIndex(index, site))
  const window = windowAt(place, condition.which, site)
  return () => {
    const cell = offsetOf(place.shape, at)
    if (cell < 0) return false
    const { data } = nodeValue(site.world, place.node)
    const all = window(cell).map((other) => ({ value: data[other]!, at: [other] }))
    if (all.length === 0) return false
    if (condition.which === 'med') {
      const values = all.map(({ value }) => value)
      return domain.equal(data[cell]!, median(domain, values))
    }
    const winner = winnerOf(domain, condition.which, all)!
    // Where ties are taken to be decided, by whichever policy, one cell is the largest.
    return domain.lean ? winner.at[0] === cell : domain.equal(data[cell]!, winner.value)
  }
}

const compileFirst = <T>(condition: Condition<'first'>, site: Site<T>): (() => boolean) => {
  const place = [condition.operand, ...site.claim]
    .map((expression) => placeOf(expression, site))
    .find((each) => each !== undefined)
  if (!place) throw new ConcreteError(`first ${condition.which}: of which entry?`)
  const at = place.indices.map((index) => compileIndex(index, site))
  const window = windowAt(place, condition.which, site)
  const reduction = condition.which === 'med' ? 'lomed' : condition.which
  return () => {
    const cell = offsetOf(place.shape, at)
    if (cell < 0) return false
    const { data } = nodeValue(site.world, place.node)
    const all = window(cell).map((other) => ({ value: data[other]!, at: [other] }))
    return winnerOf(site.world.domain, reduction, all)?.at[0] === cell
  }
}

const compileWinner = <T>(condition: Condition<'winner'>, site: Site<T>): (() => boolean) => {
  const loop = loopOf(condition, site)
  const value = compileScalar(condition.body, loop.site)
  const at = condition.at.map((index) => compileIndex(index, site))
  const reduction = condition.which === 'med' ? 'lomed' : condition.which
  return () => {
    const winner = winnerOf(site.world.domain, reduction, candidates(loop, value))
    return winner !== undefined && at.every((index, k) => index() === winner.at[k])
  }
}
