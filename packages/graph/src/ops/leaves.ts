// Values that come from outside: inputs and parameters are fed, constants are recorded.

import { Node } from '../record/node.ts'
import { defineOp, type Printed } from '../record/op.ts'
import type { Operand } from '../record/operand.ts'
import { broadcastShapes, type Shape, sameShape } from '../shape.ts'

/** Params of an input or a parameter: the bare name that feeds use, and its shape. */
export interface FedParams {
  readonly name: string
  readonly shape: Shape
}
/** Params of a constant: its shape and its numbers, row-major. */
export interface ConstantParams {
  readonly shape: Shape
  readonly data: Float64Array
}

const fed = (name: string) =>
  defineOp<never, FedParams>({
    name,
    operands: {},
    line: 'y = x',
    axes: (params) => params.shape.join(),
    params: { name: 'string', shape: 'shape' },
    vjp: {},
    latex: (_, params): Printed => ({ text: params.name, binds: 'atom' }),
    traits: { leaf: true },
  })

export const inputOp = fed('input')
export const parameterOp = fed('parameter')

export const constantOp = defineOp<never, ConstantParams>({
  name: 'constant',
  operands: {},
  line: 'y = x',
  axes: (params) => params.shape.join(),
  params: { shape: 'shape', data: 'numbers' },
  vjp: {},
  latex: (_, { data, shape }): Printed =>
    data.every((value) => value === data[0])
      ? { text: String(data[0]), binds: data[0]! < 0 ? 'sum' : 'atom' }
      : { text: `K_{${shape.join('\\times ')}}`, binds: 'atom' },
  traits: { leaf: true },
})

/** Whether an operand is the constant `value` throughout, and leaves the other's shape as it is. */
export function isConstant(operand: Operand, value: number, other: Operand): other is Node {
  if (!(other instanceof Node)) return false
  if (typeof operand === 'number') return Object.is(operand, value)
  if (!(operand instanceof Node) || operand.op !== constantOp) return false
  const { data, shape } = operand.params as ConstantParams
  const widened = broadcastShapes([shape, other.shape])
  return (
    data.every((entry) => Object.is(entry, value)) &&
    widened !== undefined &&
    sameShape(widened, other.shape)
  )
}
