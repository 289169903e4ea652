// The dense layer's family. The trilinear form Σ y·w·x has three partial derivatives, and each
// one's derivatives are the other two.

import type { Node } from '../../record/node.ts'
import { defineOp, type Op, type Printed, type Shapes } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import type { Shape } from '../../shape.ts'
import { indexLetters, sizeLetters } from '../axes.ts'
import { flatten } from '../movement/flatten.ts'
import { applied, joined, spoken, within } from '../print-parts.ts'
import { sum } from '../reduction/sum.ts'

/** Params of the derivative of `dense` by its weights: the shape of these. */
export interface DenseWeightParams {
  /** How many axes one sample has: the rest of x's are the batch. */
  readonly sampleRank: number
}

/** The sample's axes, as sizes and as indices: A,B,C and i,j,l. k is the unit. */
const sizes = (sampleRank: number): string => sizeLetters(sampleRank).join()
const indices = (sampleRank: number): string =>
  indexLetters(sampleRank + 1)
    .filter((letter) => letter !== 'k')
    .slice(0, sampleRank)
    .join()

/** At least 1, so that weights of too few axes are told which they should have. */
const sampleRankOf = (w: Shape): number => Math.max(w.length - 1, 1)
const isBatch = (x: Shape, sampleRank: number): boolean => x.length > sampleRank

const onlyOneBatchAxis = (x: Shape, sampleRank: number): string | undefined =>
  x.length > sampleRank + 1 ? `${x.length - sampleRank} of its axes would be the batch` : undefined

export const denseOp: Op = defineOp<'x' | 'w' | 'b'>({
  name: 'dense',
  operands: { x: '…,A', w: 'U,A', b: 'U' },
  patterns: (_, { w }) => {
    const sample = sizes(sampleRankOf(w))
    return { x: `…,${sample}`, w: `U,${sample}`, b: 'U' }
  },
  optional: ['b'],
  line: (_, { w }) => {
    const at = indices(sampleRankOf(w))
    return `y_{…,k} = b_k + Σ_{${at}} w_{k,${at}} x_{…,${at}}`
  },
  axes: '…,U',
  check: ({ x, w }) => sampleRankAmiss(w.length - 1) ?? onlyOneBatchAxis(x, sampleRankOf(w)),
  vjp: {
    x: (g, { w }) => apply(denseInputOp, [g, w]),
    w: (g, { x, w }) => apply(denseWeightOp, [x, g], { sampleRank: sampleRankOf(w.shape) }),
    b: (g) => (isBatch(g.shape, 1) ? sum(g, { axes: 0 }) : g),
  },
  latex: ({ x, w, b }, _, shapes) => {
    const sampleRank = sampleRankOf(shapes.w)
    // A batch has its samples in rows, and is multiplied from the right.
    const product = isBatch(shapes.x, sampleRank)
      ? matrixProduct(x, transposed(w))
      : matrixProduct(w, inOneRow(x, sampleRank))
    const all = b ? joined('sum', '+', product, b) : product
    return isBatch(shapes.x, sampleRank) ? inRows(all, sampleRank) : all
  },
})

/** ∂⟨g, dense(x, w)⟩/∂x: w⊤δ, the cotangents of the units sent back along their weights. */
export const denseInputOp: Op = defineOp<'y' | 'w'>({
  name: 'denseInput',
  operands: { y: '…,U', w: 'U,A' },
  patterns: (_, { w }) => ({ y: '…,U', w: `U,${sizes(sampleRankOf(w))}` }),
  line: (_, { w }) => {
    const at = indices(sampleRankOf(w))
    return `x_{…,${at}} = Σ_k y_{…,k} w_{k,${at}}`
  },
  axes: (_, { w }) => `…,${sizes(sampleRankOf(w))}`,
  check: ({ y, w }) => sampleRankAmiss(w.length - 1) ?? onlyOneBatchAxis(y, 1),
  vjp: {
    y: (g, { w }) => apply(denseOp, [g, w]),
    w: (g, { y, w }) => apply(denseWeightOp, [g, y], { sampleRank: sampleRankOf(w.shape) }),
  },
  latex: ({ y, w }, _, shapes) =>
    isBatch(shapes.y, 1)
      ? inRows(matrixProduct(y, w), sampleRankOf(shapes.w))
      : matrixProduct(transposed(w), y),
})

/** ∂⟨g, dense(x, w)⟩/∂w: δ a⊤, summed over the batch. */
export const denseWeightOp: Op = defineOp<'x' | 'y', DenseWeightParams>({
  name: 'denseWeight',
  operands: { x: '…,A', y: '…,U' },
  patterns: ({ sampleRank }) => ({ x: `…,${sizes(sampleRank)}`, y: '…,U' }),
  line: (params, { x }) => {
    const at = indices(params.sampleRank)
    const samples = isBatch(x, params.sampleRank) ? 'Σ_… ' : ''
    return `w_{k,${at}} = ${samples}y_{…,k} x_{…,${at}}`
  },
  axes: ({ sampleRank }) => `U,${sizes(sampleRank)}`,
  params: { sampleRank: 'integer' },
  check: ({ x, y }, { sampleRank }) => sampleRankAmiss(sampleRank) ?? sameBatch(x, y, sampleRank),
  vjp: {
    x: (g, { y }) => apply(denseInputOp, [y, g]),
    y: (g, { x }) => apply(denseOp, [x, g]),
  },
  latex: ({ x, y }, { sampleRank }, shapes) =>
    isBatch(shapes.x, sampleRank)
      ? inRows(matrixProduct(transposed(y), x), sampleRank)
      : matrixProduct(y, transposed(inOneRow(x, sampleRank))),
})

/** A batch of samples with several axes is no matrix: its product is told in indices. */
const inRows = (product: Printed, sampleRank: number): Printed =>
  sampleRank > 1 ? spoken(product) : product

/** vec(x) of a sample with several axes. */
const inOneRow = (x: Printed, sampleRank: number): Printed =>
  sampleRank > 1 ? applied('\\operatorname{vec}', x) : x

const DEEPEST = 8

const sampleRankAmiss = (sampleRank: number): string | undefined =>
  sampleRank >= 1 && sampleRank <= DEEPEST
    ? undefined
    : `w should have axes [units, ...sample], with 1 to ${DEEPEST} axes for the sample`

function sameBatch(x: Shapes['x'], y: Shapes['y'], sampleRank: number): string | undefined {
  const samples = x!.slice(0, x!.length - sampleRank)
  const outputs = y!.slice(0, -1)
  if (samples.length > 1) return onlyOneBatchAxis(x!, sampleRank)
  return samples.join() === outputs.join()
    ? undefined
    : `x is a batch of [${samples}] and y of [${outputs}]`
}

const matrixProduct = (a: Printed, b: Printed): Printed => joined('product', '\\,', a, b)
const transposed = (a: Printed): Printed => ({
  text: `${within(a, 'atom')}^{\\top}`,
  binds: 'power',
})

/**
 * A dense layer: y_k = b_k + Σ w_{k,…} x_{…}, summed over all axes of one sample.
 *
 * x of rank 1 or 3 is one sample and gives [units]; of rank 2 or 4 a batch and gives [N, units].
 * w is [units, ...shape of one sample], or [units, their product], for which the images are
 * flattened first. b is [units].
 * @throws ShapeError where the sample and the weights do not fit
 */
export function dense(x: Node, w: Node, b?: Node): Node {
  requireNode('dense', x)
  requireNode('dense', w)
  const isFlatWeight = w.shape.length === 2
  const input = isFlatWeight && x.shape.length > 2 ? flatten(x) : x
  return apply(denseOp, b === undefined ? [input, w] : [input, w, b])
}
