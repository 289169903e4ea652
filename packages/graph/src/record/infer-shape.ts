// The shape of a result, from the op's own size rule: operand letters are bound to lengths,
// symbols are valued, and the rule is evaluated. Refusals name the op, the operands, the values.
import { ShapeError } from '../errors.ts'
import { evaluateSize, parseExpression, SizeError } from '../notation/index.ts'
import { broadcastShapes, formatShape, isShape, type Shape, sameShape } from '../shape.ts'
import { describeNode, type Node } from './node.ts'
import { type Op, operandNames, type Shapes } from './op.ts'
import { type Trace, userLine } from './source-line.ts'

const PACK = '…'

/** Lengths by axis letter, and the lengths that each operand's `…` stands for. */
export interface AxisBinding {
  readonly sizes: Readonly<Record<string, number>>
  readonly packs: Readonly<Record<string, Shape>>
}

/** The operands' shapes by letter, as the rules of an op ask for them. */
export function shapesOf(op: Op, args: readonly { readonly shape: Shape }[]): Shapes {
  const names = operandNames(op, args.length)
  return Object.fromEntries(names.map((name, k) => [name, args[k]!.shape]))
}

/** The axis letters of each operand that is present. */
export function axisLetters(op: Op, shapes: Shapes, params: object): Record<string, string[]> {
  const patterns: Record<string, string> = op.patterns?.(params, shapes) ?? op.operands
  return Object.fromEntries(
    Object.keys(shapes).map((name) => {
      const pattern = patterns[name] ?? PACK
      return [name, pattern === '' ? [] : pattern.split(',').map((letter) => letter.trim())]
    }),
  )
}

/**
 * The length of each axis letter of an op at these shapes; a sentence where two lengths of one
 * letter differ.
 */
export function bindAxes(op: Op, shapes: Shapes, params: object): AxisBinding | string {
  const sizes: Record<string, number> = {}
  const packs: Record<string, Shape> = {}
  const owner: Record<string, string> = {}
  for (const [name, letters] of Object.entries(axisLetters(op, shapes, params))) {
    const shape = shapes[name]!
    const packAt = letters.indexOf(PACK)
    const packed = shape.length - (letters.length - 1)
    if (packAt < 0 ? shape.length !== letters.length : packed < 0) {
      return `${name} ${formatShape(shape)} should have axes [${letters.join(', ')}]`
    }
    if (packAt >= 0) packs[name] = shape.slice(packAt, packAt + packed)
    for (const [position, letter] of letters.entries()) {
      if (letter === PACK) continue
      const axis = packAt >= 0 && position > packAt ? position + packed - 1 : position
      const length = shape[axis]!
      if (sizes[letter] !== undefined && sizes[letter] !== length) {
        const other = owner[letter]!
        return (
          `the axis ${letter} is ${sizes[letter]} in ${other} ${formatShape(shapes[other]!)} ` +
          `and ${length} in ${name} ${formatShape(shape)}`
        )
      }
      sizes[letter] = length
      owner[letter] = name
    }
  }
  return { sizes, packs }
}

/** Every symbol a line may read, as numbers: axis letters and the op's own symbols. */
export function symbolValues(op: Op, shapes: Shapes, params: object): Record<string, number> {
  const binding = bindAxes(op, shapes, params)
  if (typeof binding === 'string') throw new ShapeError(`${op.name}: ${binding}`)
  return valueSymbols(op, shapes, params, binding.sizes)
}

function valueSymbols(
  op: Op,
  shapes: Shapes,
  params: object,
  sizes: Readonly<Record<string, number>>,
): Record<string, number> {
  const values: Record<string, number> = { ...sizes }
  for (const [symbol, value] of Object.entries(op.symbols?.(params, shapes) ?? {})) {
    values[symbol] =
      typeof value === 'number' ? value : evaluateSize(parseExpression(value), values)
  }
  return values
}

/**
 * The frozen shape of an op's result. `unseen`: what is said where the trace shows no line, which
 * is else looked for. @throws ShapeError where the operands do not fit
 */
export function inferShape(
  op: Op,
  args: readonly Node[],
  params: object,
  trace: Trace,
  unseen: '' | undefined,
): Shape {
  const refuse = (why: string): never => {
    const operands = args.map((arg) => `${describeNode(arg)} ${formatShape(arg.shape)}`)
    const prefix = args.length > 0 ? `${op.name} of ${operands.join(', ')}` : op.name
    throw new ShapeError(`${prefix}: ${why}`, userLine(trace) ?? unseen)
  }
  if (op.axes === undefined) {
    const shapes = args.map((arg) => arg.shape)
    const [first] = shapes
    // Equal shapes, by far the most: one frozen list serves all nodes.
    if (first && shapes.every((shape) => sameShape(shape, first))) return first
    return Object.freeze(broadcastShapes(shapes) ?? refuse('the shapes do not broadcast'))
  }
  const shapes = shapesOf(op, args)
  const binding = bindAxes(op, shapes, params)
  if (typeof binding === 'string') return refuse(binding)
  const reason = op.check?.(shapes, params)
  if (reason !== undefined) return refuse(reason)
  const pack =
    broadcastShapes(Object.values(binding.packs)) ?? refuse('the batches do not broadcast')
  const rule = typeof op.axes === 'string' ? op.axes : op.axes(params, shapes)
  try {
    const values = valueSymbols(op, shapes, params, binding.sizes)
    const shape = splitAxes(rule).flatMap((axis) =>
      axis === PACK ? pack : [evaluateSize(parseExpression(axis), values)],
    )
    if (isShape(shape)) return Object.freeze(shape)
    return refuse(`the result would be ${formatShape(shape)}`)
  } catch (error) {
    if (error instanceof SizeError) return refuse(`its axes are ${rule}: ${error.message}`)
    throw error
  }
}

/** Splits a size rule at its top-level commas; floor brackets and the like contain none. */
export const splitAxes = (rule: string): string[] =>
  rule.trim() === '' ? [] : rule.split(',').map((axis) => axis.trim())
