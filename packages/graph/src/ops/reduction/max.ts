// The largest entry over axes. As in max-pooling its derivative is a mask, linear in what flows
// through it, and the two directions of that mask close the family.

import type { Node } from '../../record/node.ts'
import { defineOp, type Op } from '../../record/op.ts'
import { apply } from '../../record/operand.ts'
import type { Shape } from '../../shape.ts'
import { access, indexLetters, sizeLetters } from '../axes.ts'
import { checkTies, directional, type Ties } from '../pooling/pool-window.ts'
import { applied, joined, spoken } from '../print-parts.ts'
import {
  checkReduction,
  keptShape,
  type ReduceOptions,
  type ReduceParams,
  reduceParamKinds,
  reduceParams,
  reductionAxes,
  reductionLine,
  reductionPatterns,
} from './reduction.ts'

/** Params of `max`: the axes, and which of equal entries wins. */
export interface MaxParams extends ReduceParams {
  readonly ties: Ties
}
const paramKinds = { ...reduceParamKinds, ties: 'string' } as const

const check = (x: Shape, params: MaxParams): string | undefined =>
  checkTies(params) ??
  (params.axes.length === 0 ? 'a maximum is over at least one axis' : checkReduction(x, params))

/** The axes that remain, of x's `letters`; a reduced axis that is kept reads `kept`. */
const remaining = (
  letters: readonly string[],
  { axes, keepDims }: ReduceParams,
  kept: (letter: string) => string,
): string[] =>
  letters.flatMap((letter, axis) => {
    if (!axes.includes(axis)) return [letter]
    return keepDims ? [kept(letter)] : []
  })

/**
 * The mask of the entries that win, and what it is divided by: the first winner alone, or every
 * entry that equals the largest, shared by their number.
 */
function winnerMask({ axes, ties }: MaxParams, rank: number) {
  const letters = indexLetters(rank)
  const marked = (mark: string) =>
    letters.map((letter, axis) => (axes.includes(axis) ? letter + mark : letter))
  const bound = (mark: string) => axes.map((axis) => letters[axis] + mark).join()
  const over = (mark: string) => `max_{${bound(mark)}} ${access('x', marked(mark))}`
  if (ties === 'first') return { guard: `[${bound('')} = arg${over('′')}]`, share: '' }
  const winners = `Σ_{${bound('′')}} [${access('x', marked('′'))} = ${over('′′')}]`
  return { guard: `[${access('x', letters)} = ${over('′')}]`, share: ` / ${winners}` }
}

const reducedRead = (array: string, params: MaxParams, rank: number): string =>
  access(
    array,
    remaining(indexLetters(rank), params, () => '1'),
  )

export const maxOp: Op = defineOp<'x', MaxParams>({
  name: 'max',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: reductionPatterns(x.length) }),
  line: (params, { x }) => reductionLine('max', params, x.length),
  axes: (params, { x }) => reductionAxes(params, x.length),
  params: paramKinds,
  check: ({ x }, params) => check(x, params),
  vjp: { x: (g, { x }, params) => apply(maxInputOp, [x, g], params) },
  latex: ({ x }) => spoken(applied('\\max', x)),
  traits: { pieces: 'ties' },
})

/** ∂⟨g, max(x)⟩/∂x: each g goes back to the entry that won. */
export const maxInputOp: Op = defineOp<'x' | 'g', MaxParams>({
  name: 'maxInput',
  operands: { x: '…', g: '…' },
  patterns: (params, { x }) => {
    const letters = sizeLetters(x.length)
    return {
      x: letters.join(),
      g: remaining(letters, params, (letter) => `${letter}′`).join(),
    }
  },
  line: (params, { x }) => {
    const { guard, share } = winnerMask(params, x.length)
    const y = access('y', indexLetters(x.length))
    return `${y} = ${guard} ${reducedRead('g', params, x.length)}${share}`
  },
  axes: (_, { x }) => sizeLetters(x.length).join(),
  params: paramKinds,
  check: ({ x, g }, params) => {
    const amiss = check(x, params)
    if (amiss) return amiss
    const made = keptShape(x, params.axes).filter(
      (_, axis) => params.keepDims || !params.axes.includes(axis),
    )
    return made.join() === g.join()
      ? undefined
      : `g is [${g.join(', ')}], but x makes [${made.join(', ')}]`
  },
  vjp: {
    x: null,
    g: (h, { x }, params) => apply(maxGatherOp, [x, h], params),
  },
  latex: ({ g }) =>
    spoken(joined('star', '\\odot', g, { text: '\\mathbf{1}_{\\max}', binds: 'atom' })),
  traits: { pieces: 'ties' },
})

/** The derivative of max at x in the direction h: h, read where x wins. */
export const maxGatherOp: Op = defineOp<'x' | 'h', MaxParams>({
  name: 'maxGather',
  operands: { x: '…', h: '…' },
  patterns: (_, { x }) => ({ x: reductionPatterns(x.length), h: reductionPatterns(x.length) }),
  line: (params, { x }) => {
    const { guard, share } = winnerMask(params, x.length)
    const letters = indexLetters(x.length)
    const bound = params.axes.map((axis) => letters[axis]).join()
    const y = reducedRead('y', params, x.length)
    return `${y} = Σ_{${bound}} ${guard} ${access('h', letters)}${share}`
  },
  axes: (params, { x }) => reductionAxes(params, x.length),
  params: paramKinds,
  check: ({ x }, params) => check(x, params),
  vjp: {
    x: null,
    h: (g, { x }, params) => apply(maxInputOp, [x, g], params),
  },
  latex: ({ x, h }) => directional('\\max', x, h),
  traits: { pieces: 'ties' },
})

/**
 * The largest entry over `axes` (all of them by default); over no axes, x itself. Its derivative
 * goes to the first of several in row-major order, or under ties 'split' to all equally.
 */
export function max(x: Node, options: ReduceOptions = {}): Node {
  const params = reduceParams('max', x, options)
  return params.axes.length === 0 ? x : apply(maxOp, [x], { ...params, ties: x.graph.ties })
}
