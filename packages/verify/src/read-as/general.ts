// What was proved for more than the recorded sizes, as a person reads it: the equation that the
// prover saw, in letters for lengths.

import { type Node, topologicalOrder } from '@backprove/graph'
import {
  constantValue,
  equal,
  type Polynomial,
  polynomial,
  variablesOf,
} from '../arithmetic/polynomial.ts'
import type { Variable } from '../arithmetic/variable.ts'
import type { Equation } from '../core/statement.ts'
import { names } from '../lower/value.ts'
import type { Network } from '../network/network.ts'
import { axisName } from '../network/sizes.ts'
import type { SymbolicNetwork } from '../network/symbolic/shapes.ts'
import { constant, type Ends, ends, lengthIn, spellLinear } from './indices.ts'
import { entered, print, type Reading } from './print.ts'
import { longest, type ReadAs } from './read-as.ts'
import { latex, type Style, text } from './style.ts'
import { type Unknowns, unknownsOf } from './unknowns.ts'

interface Stated {
  readonly equations: readonly Equation[]
  readonly constraints: readonly Polynomial[]
}

/** Undefined where it is no single equation, or too long to be read. */
export const readInGeneral = (
  { equations, constraints }: Stated,
  /** How many letters were written; others are the axes of whole arrays. */
  written: number,
  symbolic: SymbolicNetwork,
  network: Network,
): ReadAs | undefined => {
  const [equation, ...others] = equations
  if (!equation || others.length > 0) return undefined
  const nodes = topologicalOrder([network.cost, ...network.nodes.values()])
  const shapes = nodes.flatMap((node) => {
    const { shape, letters } = symbolic.shapeOf(node)
    return [...shape, ...letters.values()]
  })
  const within = equation.letters.flatMap((each) => [each.length, ...each.within])
  const called = namedLengths(nodes, symbolic, network)
  const unknowns = unknownsOf([...within, ...shapes], constraints, symbolic, called)
  if (!unknowns) return undefined
  const spell = (style: Style) => spelled(equation, written, { style, unknowns }, network)
  const plain = spell(text)
  return plain.length > longest ? undefined : { text: plain, latex: spell(latex) }
}

/** By declared letters, else by the first array that has the length: `N`, `x.i`. */
const namedLengths = (
  nodes: readonly Node[],
  symbolic: SymbolicNetwork,
  { scope }: Network,
): ReadonlyMap<Variable, string> => {
  const names = new Map<Variable, string>()
  const declared = new Set(scope.sizes?.map(({ name }) => name))
  for (const node of nodes.filter(({ op }) => op.traits?.leaf))
    symbolic.shapeOf(node).shape.forEach((length, axis) => {
      const [v, ...others] = variablesOf(length)
      if (!v || others.length > 0 || !equal(length, polynomial(v))) return
      const name = axisName(node, axis, scope.sizes)
      if (!names.has(v) || declared.has(name)) names.set(v, name)
    })
  return names
}

const spelled = (
  { letters, left, right }: Equation,
  written: number,
  { style, unknowns }: { readonly style: Style; readonly unknowns: Unknowns },
  { cost }: Network,
): string => {
  const empty: Reading = { values: new Map(), taken: unknowns.names, style, unknowns, cost }
  const isShown = (at: number, length: Polynomial): boolean =>
    at < written || constantValue(length) !== 1n
  const axes = letters.slice(written).filter(({ length }) => isShown(written, length))
  const lengthsOf = ({ length, within }: Equation['letters'][number]) => {
    const all = [length, ...within].map((each) => lengthIn(each, empty))
    return [...new Map(all.map((each) => [spellLinear(each), each])).values()]
  }
  const shown = letters.filter(({ length }, at) => isShown(at, length))
  const named = shown.map((each) => {
    const axis = axes.indexOf(each)
    const all = lengthsOf(each)
    return {
      letter: each.letter,
      ...(axis >= 0 && { name: names[axis] ?? 'i' }),
      low: ends(1, unknowns),
      high: all.map(({ high }) => high).reduce(smaller),
      last: all.map(spellLinear),
    }
  })
  const inner = entered(named, empty)
  const one = constant(1, unknowns)
  const values = new Map(inner.values)
  for (const { letter } of letters) if (!values.has(letter)) values.set(letter, one)
  const reading = { ...inner, values }
  const sides = [left, right].map((side) => print(side, reading).spelling)
  const ranges = named.map(({ letter, last }) => {
    const name = spellLinear(reading.values.get(letter)!)
    const [end = '', ...more] = last
    const upTo = more.length > 0 ? style.call('min', '', last) : end
    return end === '1' ? `${name} = 1` : `${name} = 1, ${style.dots}, ${upTo}`
  })
  return sides.join(' = ') + style.where(ranges)
}

const smaller = (a: Ends, b: Ends): Ends => a.map((end, k) => Math.min(end, b[k]!))
