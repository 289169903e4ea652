// Constants in formulas: a number where all entries agree, else a letter for the array.

import { expressionLatex } from '../../notation/index.ts'
import { type ConstantParams, constantOp } from '../../ops/leaves.ts'
import type { Node } from '../../record/node.ts'
import type { Printed } from '../../record/op.ts'

/** The number that fills a constant; undefined for other nodes and for arrays of several values. */
export function uniformValue(node: Node): number | undefined {
  if (node.op !== constantOp) return undefined
  const { data } = node.params as ConstantParams
  return data.every((value) => Object.is(value, data[0])) ? data[0] : undefined
}

/** A number in the layer form; undefined for an array of several values. */
export function constantText(node: Node): Printed | undefined {
  const value = uniformValue(node)
  if (value === undefined) return undefined
  if (!Number.isFinite(value)) return { text: infinite(value), binds: value > 0 ? 'atom' : 'sum' }
  return { text: numberText(value), binds: value < 0 ? 'sum' : 'atom' }
}

const infinite = (value: number): string =>
  Number.isNaN(value) ? '\\mathrm{NaN}' : `${value < 0 ? '-' : ''}\\infty`

const numberText = (value: number): string => expressionLatex({ kind: 'number', value })
