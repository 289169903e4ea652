// The definition of an op where it is applied: the one place that asks an op for its line.

import { instantiate, type Line, parseLine } from '../notation/index.ts'
import type { Shape } from '../shape.ts'
import { shapesOf, symbolValues } from './infer-shape.ts'
import type { Op } from './node.ts'
import { operandNames } from './op.ts'
import type { Shapes } from './op-parts.ts'

/** An op, what it is applied to, and its options: a node, or a step of a plan. */
export interface Applied {
  readonly op: Op
  readonly args: readonly { readonly shape: Shape }[]
  readonly params: object
}

/** As the op is defined, or (where the op has such a form) the same value without overflow. */
export type LineForm = 'line' | 'stable'

/** The text of an op's line for operands of these shapes. */
export function lineText(op: Op, params: object, shapes: Shapes, form: LineForm = 'line'): string {
  const text = op[form] ?? op.line
  return typeof text === 'string' ? text : text(params, shapes)
}

/** The op's line, its letters and packs left open. */
export function lineOf(applied: Applied, form: LineForm = 'line'): Line {
  const { op, args, params } = applied
  const names = op.traits?.variadic ? operandNames(op, args.length) : Object.keys(op.operands)
  return parseLine(lineText(op, params, shapesOf(op, args), form), names)
}

/** The op's line at its shapes: numbers for letters, an index for every axis of a pack. */
export function instanceOf(
  applied: Applied & { readonly shape: Shape },
  form: LineForm = 'line',
): Line {
  const { op, args, params, shape } = applied
  const shapes = shapesOf(op, args)
  return instantiate(lineOf(applied, form), {
    shapes,
    symbols: symbolValues(op, shapes, params),
    shape,
  })
}
