// A network as fields of terms, in one view of it: which nodes are atoms, which adjoints are, and
// how far functions are looked into. Every view states the same network; they differ in what is
// easy.

import { type Node, operandNames, ops } from '@backprove/graph'
import * as notation from '@backprove/graph/notation'
import { rational } from '../arithmetic/rational.ts'
import { UnsupportedError } from '../core/errors.ts'
import { differentiateTerms, pullback } from '../index-terms/derivative.ts'
import { constantField, sumOver } from '../index-terms/fields.ts'
import { type ArrayName, declareArray, type Field } from '../index-terms/terms.ts'
import { reaches } from '../network/reaches.ts'
import { exactFinite } from '../network/symbolic/exact.ts'
import type { NodeShape, SymbolicNetwork } from '../network/symbolic/shapes.ts'
import {
  createScalarFunctions,
  type Elementwise,
  elementwiseOf,
  hasJacobian,
} from './functions/scalar-functions.ts'
import type { Functions } from './functions/types.ts'
import { unknownPartial } from './functions/unknown.ts'
import { lineField } from './terms/line.ts'
import { type PlainField, plainField, remembered } from './terms/plain.ts'
import { productOfTerms } from './terms/products.ts'
import type { View } from './view.ts'

export interface Model {
  readonly functions: Functions
  readonly network: SymbolicNetwork
  readonly value: (node: Node) => Field
  /** What a node is made of, although it may be an atom of the view. */
  readonly definition: (node: Node) => Field
  /** ∂cost/∂node. */
  readonly adjoint: (node: Node) => Field
  /** What a derivative is taken by. @throws UnsupportedError where the node is no atom */
  readonly array: (node: Node) => ArrayName
  /** f, f′, f″ … at every entry of an argument. */
  readonly derived: (f: Elementwise, order: number, argument: Field) => Field
}

export const createModel = (
  cost: Node,
  network: SymbolicNetwork,
  functions: Functions,
  view: View,
): Model => {
  const { functionOf, derived } = createScalarFunctions(functions, view)
  const values = new Map<Node, Field>()
  const definitions = new Map<Node, Field>()
  const adjoints = new Map<Node, Field>()
  const atoms = new Map<Node, PlainField>()
  const owners = new Map<ArrayName, Node>()

  const value = (node: Node): Field => {
    const known = values.get(node)
    if (known) return known
    const field = view.atoms.has(node) && !node.op.traits?.leaf ? atom(node) : definition(node)
    values.set(node, field)
    return field
  }

  const atom = (node: Node): PlainField => {
    const { shape } = network.shapeOf(node)
    const array = declareArray(node.name ?? node.op.name, shape, (index, of, at) =>
      dependsOn(node, of) ? differentiateTerms(definition(node).at(index), of, at) : [],
    )
    const field = plainField(array)
    atoms.set(node, field)
    owners.set(array, node)
    return field
  }

  /** Where the graph says no, nothing has to be written out to find a derivative 0. */
  const dependsOn = (node: Node, of: ArrayName): boolean => {
    const owner = owners.get(of)
    return !owner || reaches(node, owner, new Set())
  }

  const definition = (node: Node): Field => {
    const known = definitions.get(node) ?? remembered(define(node))
    definitions.set(node, known)
    return known
  }

  const define = (node: Node): Field => {
    const { op } = node
    if (op === ops.constant) return constantOf(node)
    if (op.traits?.leaf) {
      const field = plainField(declareArray(node.name ?? op.name, network.shapeOf(node).shape))
      atoms.set(node, field)
      owners.set(field.array, node)
      return field
    }
    if (view.functions !== 'written') {
      const f = elementwiseOf(node)
      const named = functionOf(f, 0)
      if (named) return functions.apply(named, value(f.application?.argument ?? node.args[0]!))
      if (hasJacobian(op)) return opaqueNode(node)
    }
    return lineField(network.shapeOf(node).line, network.shapeOf(node).shape, contextOf(node))
  }

  const constantOf = (node: Node): Field => {
    const { data } = node.params as { data: Float64Array }
    const { shape } = network.shapeOf(node)
    const [first = 0] = data
    if (data.some((entry) => entry !== first)) {
      const field = plainField(declareArray('constant', shape))
      atoms.set(node, field)
      return field
    }
    return constantField(shape, exactFinite(first))
  }

  const operandsOf = (node: Node): Map<string, Field> =>
    new Map(operandNames(node.op, node.args.length).map((name, k) => [name, value(node.args[k]!)]))

  const contextOf = (node: Node, operands = operandsOf(node)) => ({
    operands,
    symbols: network.shapeOf(node).letters,
    numbers: network.shapeOf(node).numbers,
    functions,
    maskKey: maskKeyOf(node),
    isPooling: 'stride' in node.params,
  })

  /** By the operands that compete: those of a pooling and of its gradient are the same. */
  const maskKeyOf = (node: Node) => {
    const names = operandNames(node.op, node.args.length)
    const idOf = (name: string) => node.args[names.indexOf(name)]?.id ?? `of ${node.id}`
    return (read: readonly string[]) => [...read.map(idOf), JSON.stringify(node.params)].join(' ')
  }

  const opaqueNode = (node: Node): Field => {
    const { op, args } = node
    const found: NodeShape = network.shapeOf(node)
    const names = operandNames(op, args.length)
    const array: ArrayName = declareArray(op.name, found.shape, (index, of, at) =>
      names.flatMap((name, k) => {
        if (!dependsOn(args[k]!, of)) return []
        const operand = value(args[k]!)
        const text = op.jacobian![name]!
        const line = notation.parseLine(text, ['y', ...Object.keys(op.operands)])
        const operands = operandsOf(node).set('y', field)
        const shape = [...found.shape, ...operand.shape]
        const jacobian = lineField(line, shape, contextOf(node, operands))
        return sumOver(operand.shape, (j) => {
          const inner = differentiateTerms(operand.at(j), of, at)
          return inner.length === 0 ? [] : productOfTerms(jacobian.at([...index, ...j]), inner)
        })
      }),
    )
    const field = plainField(array)
    return field
  }

  const array = (node: Node): ArrayName => {
    value(node)
    const field = atoms.get(node)
    if (!field) throw new UnsupportedError(`a derivative by ${node.name ?? node.op.name}`)
    return field.array
  }

  const adjoint = (node: Node): Field => {
    const known = adjoints.get(node)
    if (known) return known
    const field = view.deltas.has(node) ? deltaAtom(node) : pulledBack(node)
    adjoints.set(node, field)
    return field
  }

  /** That it depends on the network's arrays is forgotten: it has no derivative, not even 0. */
  const deltaAtom = (node: Node): Field => {
    const name = `∂C/∂${node.name ?? node.op.name}`
    const { shape } = network.shapeOf(node)
    return plainField(declareArray(name, shape, unknownPartial('an adjoint that is given')))
  }

  const pulledBack = (node: Node): Field => {
    const by = array(node)
    const above = [...view.deltas].filter((delta) => delta !== node)
    if (above.length === 0) return pullback(value(cost), constantField([], rational(1)), by)
    if (reaches(cost, node, new Set(above))) {
      throw new UnsupportedError('a path to the cost around the adjoints that are given')
    }
    const parts = above.map((delta) => pullback(definition(delta), adjoint(delta), by))
    return { shape: by.shape, at: (index) => parts.flatMap((part) => part.at(index)) }
  }

  return { functions, network, value, definition, adjoint, array, derived }
}
