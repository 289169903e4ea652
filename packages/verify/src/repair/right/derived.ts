// What a left side is, in terms of the arrays next to it: the derivative as the prover takes it,
// simplified, before anything is compared with it.

import type { Node } from '@backprove/graph'
import { type Budget, BudgetExceeded } from '../../arithmetic/budget.ts'
import { DegreeError, type Polynomial, polynomial } from '../../arithmetic/polynomial.ts'
import { freeIndex, type Variable } from '../../arithmetic/variable.ts'
import type { Named, Scalar } from '../../core/core.ts'
import { ConcreteError, ShapesError } from '../../core/errors.ts'
import type { Equation } from '../../core/statement.ts'
import { simplified } from '../../index-terms/prove.ts'
import { type ArrayName, boxOf, type Terms } from '../../index-terms/terms.ts'
import type { Resolved, ResolvedClaim } from '../../language/resolved.ts'
import { equationsOf } from '../../lower/claims/statement.ts'
import { nodesOf } from '../../network/copy.ts'
import type { Network } from '../../network/network.ts'
import { reaches } from '../../network/reaches.ts'
import { symbolicLengths } from '../../network/symbolic/lengths.ts'
import { type SymbolicNetwork, symbolicNetwork } from '../../network/symbolic/shapes.ts'
import { fieldsOf } from '../../prove/equations.ts'
import { createFunctions } from '../../prove/functions/functions.ts'
import type { Applied } from '../../prove/functions/types.ts'
import { createModel, type Model } from '../../prove/model.ts'
import { readerOf } from '../../prove/reader.ts'
import { plainArray } from '../../prove/terms/plain.ts'
import type { View } from '../../prove/view.ts'
import { type Definition, folded, isFoldable } from './fold.ts'

/** An entry of the left side, and what it is. */
export interface Derived {
  readonly left: Extract<Scalar, { kind: 'read' }> & { readonly from: Named }
  /** The letters of the entry, in order, counting from 1, and what each is in the terms, from 0. */
  readonly letters: readonly {
    readonly letter: object
    readonly at: Variable
    readonly name: string
  }[]
  readonly terms: Terms
  /** What an array of the terms is: of the graph, or a function of such. */
  readonly named: (array: ArrayName) => Named | undefined
  readonly applied: (array: ArrayName) => Applied | undefined
  readonly symbolic: SymbolicNetwork
  /** Terms as short as they can be made. */
  readonly simplified: (terms: Terms) => Terms
}

const isUnsaid = (error: unknown): boolean =>
  error instanceof ConcreteError ||
  error instanceof DegreeError ||
  error instanceof ShapesError ||
  error instanceof BudgetExceeded

/** The one equation that says left = 0 entry by entry. */
const entryOf = (
  left: Resolved,
  claim: ResolvedClaim,
  network: Network,
  symbolic: SymbolicNetwork,
  budget: Budget,
): Equation | undefined => {
  const zero: Resolved = {
    kind: 'numeral',
    value: { numerator: 0n, denominator: 1n },
    span: left.span,
  }
  const said: ResolvedClaim = { ...claim, operands: [left, zero], relations: ['='] }
  const lengths = symbolicLengths(symbolic, () => {})
  const given = { network, budget, reading: undefined, lengths }
  const [equation, ...others] = equationsOf(said, given, () => 0)
  return others.length === 0 ? equation : undefined
}

export interface Asked {
  readonly left: Resolved
  readonly claim: ResolvedClaim
  readonly network: Network
  readonly budget: Budget
  /** At the lengths that were recorded. */
  readonly isRecorded: boolean
  readonly functions: View['functions']
  /** Arrays by which the derivatives of the cost may be left as they are. */
  readonly deltas: ReadonlySet<Node>
}

/** Undefined where the left side is no entry of one array or derivative. */
export const derived = (asked: Asked): Derived | undefined => {
  try {
    return derive(asked)
  } catch (error) {
    if (isUnsaid(error)) return undefined
    throw error
  }
}

const derive = (asked: Asked): Derived | undefined => {
  const { left, claim, network, budget, isRecorded, functions: kind, deltas } = asked
  const { cost, scope, nodes } = network
  const symbolic = symbolicNetwork(nodesOf(cost), scope.sizes, () => isRecorded)
  const equation = entryOf(left, claim, network, symbolic, budget)
  const read = equation?.left
  if (!equation || read?.kind !== 'read' || read.from.kind === 'table') return undefined
  const { from } = read
  if (from.kind === 'variable' || (from.kind === 'jacobian' && from.apart)) return undefined
  const all = [...new Set(nodes.values())]
  const subject = from.kind === 'jacobian' ? from.of.node : from.node
  const atoms = all.filter((node) => node !== cost && !node.op.traits?.leaf)
  const isGiven = from.kind === 'adjoint' && !reaches(cost, from.node, deltas)
  const view: View = {
    atoms: new Set(from.kind === 'node' ? atoms.filter((node) => node !== subject) : atoms),
    deltas: isGiven ? deltas : new Set(),
    functions: kind,
  }
  const functions = createFunctions(symbolic.constraints, budget, {})
  const model = createModel(cost, symbolic, functions, view)
  const [field] = fieldsOf(equation, readerOf(model, network))
  const letters = equation.letters.map(({ letter }) => ({
    letter,
    name: letter.name,
    at: freeIndex(letter.name),
  }))
  const at = letters.map((each) => polynomial(each.at))
  const box = boxOf(at, field.shape)
  const constraints: readonly Polynomial[] = [...symbolic.constraints, ...box]
  const shorter = (terms: Terms) => simplified(terms, { constraints }, budget)
  const definitions = atoms.flatMap((node): Definition[] => {
    if ((from.kind === 'node' && node === subject) || !view.atoms.has(node)) return []
    const own = plainArray(model.value(node))
    const { definition } = model
    if (!own) return []
    const index = own.shape.map(() => freeIndex('d'))
    const at = index.map(polynomial)
    const around = [...symbolic.constraints, ...boxOf(at, own.shape)]
    const written = simplified(definition(node).at(at), { constraints: around }, budget)
    const made = { array: own, index, terms: written }
    return isFoldable(made) ? [made] : []
  })
  const terms = folded(shorter(field.at(at)), definitions.reverse(), shorter)
  return {
    left: { ...read, from },
    letters,
    terms,
    named: namesIn(
      model,
      view,
      from.kind === 'node' ? all.filter((node) => node !== subject) : all,
    ),
    applied: functions.appliedOf,
    symbolic,
    simplified: shorter,
  }
}

/** Which array is which: asked of each node when it is needed, and not before. */
const namesIn = (model: Model, view: View, nodes: readonly Node[]) => {
  const known = new Map<ArrayName, Named>()
  let isRead = false
  return (array: ArrayName): Named | undefined => {
    if (!isRead) {
      isRead = true
      for (const node of nodes) {
        const source: Named = { kind: 'node', node }
        for (const field of node.op.traits?.leaf
          ? [model.value(node)]
          : [model.definition(node), ...(view.atoms.has(node) ? [model.value(node)] : [])]) {
          const own = 'array' in field ? (field.array as ArrayName) : plainArray(field)
          // y = x is no other name for x.
          if (own && !known.has(own)) known.set(own, source)
        }
      }
      for (const node of view.deltas) {
        const own = plainArray(model.adjoint(node))
        if (own) known.set(own, { kind: 'adjoint', node })
      }
    }
    return known.get(array)
  }
}
