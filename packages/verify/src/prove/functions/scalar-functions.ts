// Functions of one number as ops record them: named and opaque where an op gives its Jacobian, read
// from the op's line otherwise; with their derivatives of any order.

import { type Application, lineOf, type Node, type Op, operandNames, ops } from '@backprove/graph'
import * as notation from '@backprove/graph/notation'
import { isZero } from '../../arithmetic/polynomial.ts'
import { differentiateTerms } from '../../index-terms/derivative.ts'
import type { Field, Terms } from '../../index-terms/terms.ts'
import { symbolsOf } from '../../network/symbolic/shapes.ts'
import { apart, lineField, lineTerms } from '../terms/line.ts'
import type { View } from '../view.ts'
import type { Functions, ScalarFunction } from './types.ts'

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

export const hasJacobian = (op: Op): boolean =>
  op.jacobian !== undefined && Object.keys(op.operands).every((name) => op.jacobian?.[name])

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

export interface ScalarFunctions {
  /** A function that has a name here, or one of its derivatives. */
  readonly functionOf: (f: Elementwise, order: number) => ScalarFunction | undefined
  /** f, f′, f″ … at every entry of an argument. */
  readonly derived: (f: Elementwise, order: number, argument: Field) => Field
}

export const createScalarFunctions = (
  functions: Functions,
  view: Pick<View, 'functions'>,
): ScalarFunctions => {
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
    return lineTerms(line, operands, functions)
  }

  const derived = (f: Elementwise, order: number, argument: Field): Field => {
    const isWritten = view.functions === 'written' && !f.application
    const named = isWritten ? undefined : functionOf(f, order)
    if (!named) return derivedLine(f, order, argument)
    const isExpanded = view.functions === 'expanded' && order === 1 && !f.application
    if (!isExpanded || !hasJacobian(f.op)) return functions.apply(named, argument)
    const y = functions.apply(functionOf(f, 0)!, argument)
    return { shape: argument.shape, at: (index) => jacobianAt(f.op, y.at(index)) }
  }

  /** The line of an elementwise op, differentiated by an operand that is an atom. */
  const derivedLine = ({ op, params }: Elementwise, order: number, argument: Field): Field => {
    const [operand] = operandNames(op, 1)
    const shapes = { [operand!]: [] }
    const line = lineOf({ op, args: [{ shape: [] }], params })
    const fieldOf = (value: Field): Field =>
      lineField(line, argument.shape, {
        operands: new Map<string, Field>([[operand!, value]]),
        ...symbolsOf(op.symbols?.(params, shapes) ?? {}),
        functions,
        maskKey: apart(),
      })
    if (order === 0) return fieldOf(argument)
    const placeholder = functions.placeholder(argument)
    const { array: of, place } = placeholder
    const field = fieldOf(placeholder.field)
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

  return { functionOf, derived }
}
