// A network as fields of terms, in one view of it: which nodes are atoms, which adjoints are, and how
// far functions are looked into. Every view states the same network; they differ in what is easy.

import { type Application, type Node, notation, type Op, operandNames, ops } from '@backprove/graph'
import { isZero } from '../arithmetic/polynomial.ts'
import { rational } from '../arithmetic/rational.ts'
import { exactRational } from '../concrete/domain.ts'
import { differentiateTerms, pullback } from '../index-terms/derivative.ts'
import { constantField, productOfTerms, sumOver } from '../index-terms/fields.ts'
import { type ArrayName, declareArray, type Field } from '../index-terms/terms.ts'
import {
  type Functions,
  type PlainField,
  plainField,
  type ScalarFunction,
  type Terms,
} from './functions.ts'
import { type LineContext, lineField, termsOf } from './line.ts'
import { type NodeShape, type SymbolicNetwork, symbolsOf } from './shapes.ts'
import { UnsupportedError } from './unsupported.ts'

export interface View {
  /** Nodes that are arrays of their own; derivatives still pass through them. */
  readonly atoms: ReadonlySet<Node>
  /** Nodes whose adjoint is an array of its own: what is proved holds for every cotangent there. */
  readonly deltas: ReadonlySet<Node>
  /**
   * `opaque`: σ′ is a function of its own. `expanded`: σ′ = σ(1 − σ), as the op's Jacobian says.
   * `written`: σ(x) is 1/(1 + e^{−x}), as its line says.
   */
  readonly functions: 'opaque' | 'expanded' | 'written'
}

export interface Model {
  readonly functions: Functions
  readonly network: SymbolicNetwork
  readonly value: (node: Node) => Field
  /** ∂cost/∂node. */
  readonly adjoint: (node: Node) => Field
  /** What a derivative is taken by. @throws UnsupportedError where the node is no atom */
  readonly array: (node: Node) => ArrayName
  /** f, f′, f″ … at every entry of an argument. */
  readonly derived: (f: Elementwise, order: number, argument: Field) => Field
}

/** A function of one number: an op of one operand, or a user's own, recorded as ops. */
export interface Elementwise {
  readonly op: Op
  readonly params: object
  readonly application?: Application
}

export const elementwiseOf = (node: Node): Elementwise => {
  const application = node.graph.applicationOf(node)
  return { op: node.op, params: node.params, ...(application && { application }) }
}

const identities = new WeakMap<Op, number>()
let identified = 0
const identityOf = (op: Op): number => {
  const known = identities.get(op) ?? identified++
  identities.set(op, known)
  return known
}

/** Ops that are the derivative of another one. */
const derivatives: ReadonlyMap<Op, readonly [of: Op, order: number]> = new Map([
  [ops.sigmoidPrime, [ops.sigmoid, 1]],
])

export const createModel = (
  cost: Node,
  network: SymbolicNetwork,
  functions: Functions,
  view: View,
): Model => {
  const values = new Map<Node, Field>()
  const definitions = new Map<Node, Field>()
  const adjoints = new Map<Node, Field>()
  const atoms = new Map<Node, PlainField>()

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
      differentiateTerms(definition(node).at(index), of, at),
    )
    const field = plainField(array)
    atoms.set(node, field)
    return field
  }

  const definition = (node: Node): Field => {
    const known = definitions.get(node) ?? define(node)
    definitions.set(node, known)
    return known
  }

  const define = (node: Node): Field => {
    const { op } = node
    if (op === ops.constant) return constantOf(node)
    if (op.traits?.leaf) {
      const field = plainField(declareArray(node.name ?? op.name, network.shapeOf(node).shape))
      atoms.set(node, field)
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
    const { numerator, denominator } = exactRational(first)
    return constantField(shape, rational(numerator, denominator))
  }

  const operandsOf = (node: Node): Map<string, Field> =>
    new Map(operandNames(node.op, node.args.length).map((name, k) => [name, value(node.args[k]!)]))

  const contextOf = (node: Node, operands = operandsOf(node)) => ({
    operands,
    symbols: network.shapeOf(node).letters,
    numbers: network.shapeOf(node).numbers,
    functions,
    maskKey: `${node.args[0]?.id} ${JSON.stringify(node.params)}`,
  })

  /** A function of one number that has a name here, and its derivatives. */
  const functionOf = (f: Elementwise, order: number): ScalarFunction | undefined => {
    if (f.application) {
      const { name, formula } = f.application
      return opaque(`${name} = ${formula}`, name, order, undefined)
    }
    const [op, extra] = derivatives.get(f.op) ?? [f.op, 0]
    if (!op.traits?.elementwise || Object.keys(op.operands).length !== 1) return undefined
    if (!hasJacobian(op)) return undefined
    const key = `${identityOf(op)} ${JSON.stringify(f.params)}`
    return opaque(key, op.name, order + extra, view.functions === 'expanded' ? op : undefined)
  }

  const opaque = (
    key: string,
    name: string,
    order: number,
    expanded: Op | undefined,
  ): ScalarFunction => ({
    key: `${key} ${order}`,
    name: name + '′'.repeat(order),
    derivative: ({ value: y, other }) =>
      expanded && order === 0
        ? jacobianAt(expanded, y)
        : other(opaque(key, name, order + 1, expanded)),
  })

  /** The Jacobian of an elementwise op from its own value y. */
  const jacobianAt = (op: Op, y: Terms): Terms => {
    const [operand] = Object.keys(op.operands)
    const line = notation.parseLine(op.jacobian![operand!]!, ['y'])
    const operands = new Map<string, Field>([['y', { shape: [], at: () => y }]])
    const none: LineContext = {
      operands,
      symbols: new Map(),
      numbers: new Map(),
      letters: new Map(),
      quotients: new Map(),
      pack: [],
      functions,
      maskKey: '',
    }
    return termsOf(line.body, none)
  }

  const opaqueNode = (node: Node): Field => {
    const { op, args } = node
    const found: NodeShape = network.shapeOf(node)
    const names = operandNames(op, args.length)
    const array: ArrayName = declareArray(op.name, found.shape, (index, of, at) =>
      names.flatMap((name, k) => {
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

  const deltaAtom = (node: Node): Field =>
    plainField(declareArray(`∂C/∂${node.name ?? node.op.name}`, network.shapeOf(node).shape))

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

  const derived = (f: Elementwise, order: number, argument: Field): Field => {
    const isWritten = view.functions === 'written' && order === 0 && !f.application
    const named = isWritten ? undefined : functionOf(f, order)
    if (!named) return derivedLine(f, order, argument)
    const isExpanded = view.functions === 'expanded' && order === 1 && !f.application
    if (!isExpanded || !hasJacobian(f.op)) return functions.apply(named, argument)
    const y = functions.apply(functionOf(f, 0)!, argument)
    return { shape: argument.shape, at: (index) => jacobianAt(f.op, y.at(index)) }
  }

  /** Differentiates the line of an elementwise op by an operand that is an atom. */
  const derivedLine = ({ op, params }: Elementwise, order: number, argument: Field): Field => {
    const [operand] = operandNames(op, 1)
    const shapes = { [operand!]: [] }
    const text = typeof op.line === 'string' ? op.line : op.line(params, shapes)
    const line = notation.parseLine(text, Object.keys(op.operands))
    const placeholder = functions.placeholder(argument)
    const { array: of, place } = placeholder
    const field = lineField(line, argument.shape, {
      operands: new Map<string, Field>([[operand!, placeholder.field]]),
      ...symbolsOf(op.symbols?.(params, shapes) ?? {}),
      functions,
      maskKey: '',
    })
    return {
      shape: argument.shape,
      at: (index) => {
        let terms = field.at(index)
        for (let k = 0; k < order; k++) {
          terms = differentiateTerms(terms, of, place(index)).map((t) => ({
            ...t,
            equations: t.equations.filter((e) => !isZero(e)),
          }))
        }
        return functions.withArgument(terms, of, argument)
      },
    }
  }

  return { functions, network, value, adjoint, array, derived }
}

const hasJacobian = (op: Op): boolean =>
  op.jacobian !== undefined && Object.keys(op.operands).every((name) => op.jacobian?.[name])

/** Whether `to` is reached from `from` against the arrows, without passing the given nodes. */
export const reaches = (from: Node, to: Node, without: ReadonlySet<Node>): boolean => {
  const seen = new Set<Node>()
  const open = [from]
  for (let node = open.pop(); node; node = open.pop()) {
    if (node === to) return true
    if (seen.has(node) || without.has(node)) continue
    seen.add(node)
    open.push(...node.args)
  }
  return false
}
