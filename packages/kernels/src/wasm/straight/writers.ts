// Which steps have straight-line code: a table by op, beside elementwise groups and reductions.
import { sizeOf, type TiedPoolParams } from '@backprove/graph'
import { keyOf, type OpKey } from '../../plan/families.ts'
import type { KernelStep, Place, Plan, Step } from '../../plan/plan.ts'
import {
  averageInputOf,
  averageOf,
  type Call,
  convShapeOf,
  denseShapeOf,
  factors,
  type Part,
  poolOf,
} from '../backend/call.ts'
import type { ConvShape } from '../conv/shape.ts'
import { product } from '../kernel.ts'
import {
  type AtWinnersParams,
  type ConvolvePoolParams,
  convolvePoolOp,
  filterAtWinnersOp,
  inputAtWinnersOp,
  shapeOfSizes,
} from '../laws/winner-ops.ts'
import type { DenseShape } from '../linear/dense.ts'
import { pooledSize } from '../winners/shape.ts'
import { elementwise, products, reduction } from './arithmetic.ts'
import { type Board, type Entry, range } from './board.ts'
import { convolution, denseProducts, matrixProducts } from './convolution.ts'
import {
  type Contests,
  collect,
  type Select,
  selectLargest,
  selectValues,
  sendTo,
} from './selection.ts'
import { averagePool, averagePoolInput, pooledShape, windowCells } from './windows.ts'
import { convolvePool, filterAtWinners, inputAtWinners, type Kept } from './winners.ts'

/** What steps of one stretch of code tell each other beside their results. */
export interface Notes {
  /** By block. */
  readonly winners: Map<number, Kept>
  /** Whether a block is never written in a run. */
  readonly lasts: (block: number) => boolean
}

export const notesOf = ({ blocks }: Plan): Notes => ({
  winners: new Map(),
  lasts: (block) => blocks[block]!.role === 'feed' || blocks[block]!.role === 'constant',
})

export type Writer = (board: Board, step: KernelStep, notes: Notes) => void

export const callOf = ({ params, inputs, output }: KernelStep): Call => ({
  params,
  inputs: inputs.map(({ shape }) => shape),
  output: output.shape,
})
export const dense = ({ offset, shape }: Place): number[] => range(sizeOf(shape), offset)

/** A product of x and w, or its derivative by one of them. */
const sums =
  (
    shapeOf: typeof convShapeOf | typeof denseShapeOf,
    productsOf: typeof convolution | typeof denseProducts,
    part: Part,
  ): Writer =>
  (board, step) => {
    const [a, b, bias] = step.inputs.map(dense)
    const out = dense(step.output)
    const shape = shapeOf(part)(callOf(step)) as ConvShape & DenseShape
    const pairs = productsOf(shape, ...factors(part, a!, b!, out))[part]()
    const plane = product(pairs.shape.slice(2))
    const biases = bias && out.map((_, k) => bias[Math.floor(k / plane) % bias.length]!)
    products(board, { out, ...pairs, bias: biases })
  }
const conv = (part: Part): Writer => sums(convShapeOf, convolution, part)
const layer = (part: Part): Writer => sums(denseShapeOf, denseProducts, part)

/** The contests of a pooling, or of a maximum along axes; and their cells of another array. */
export type ContestsOf = (step: KernelStep, of: readonly Entry[]) => Contests

export const windows: ContestsOf = (step, of) => {
  const shape = poolOf(callOf(step))
  return { cells: windowCells(shape, of), shape: pooledShape(shape) }
}
export const tiesOf = (step: KernelStep) => (step.params as TiedPoolParams).ties
export const values =
  (select: Select): Writer =>
  (board, step) =>
    selectValues(board, windows(step, dense(step.inputs[0]!)), select, dense(step.output))
export const scatter =
  (contestsOf: ContestsOf, select: Select): Writer =>
  (board, step) => {
    const [x, g] = step.inputs.map(dense)
    const out = dense(step.output)
    const sent = sendTo(board, contestsOf(step, x!), [select, tiesOf(step)], g!)
    collect(board, contestsOf(step, out).cells, sent, out, step.output.shape)
  }
const atWinners = ({ params }: KernelStep) => shapeOfSizes((params as AtWinnersParams).sizes)

/** `linkEveryOp` adds to them. */
export const writers = new Map<OpKey, Writer>([
  ['conv2d', conv('forward')],
  ['conv2dInput', conv('input')],
  ['conv2dFilter', conv('filter')],
  ['dense', layer('forward')],
  ['denseInput', layer('input')],
  ['denseWeight', layer('filter')],
  ['matmul', (board, { inputs, output }) => matrixProducts(board, [...inputs, output])],
  ['maxPool2d', values(selectLargest)],
  ['maxPool2dInput', scatter(windows, selectLargest)],
  [
    'avgPool2d',
    (board, step) =>
      averagePool(board, averageOf(callOf(step)), dense(step.inputs[0]!), dense(step.output)),
  ],
  [
    'avgPool2dInput',
    (board, step) => {
      const [g, x] = [dense(step.inputs[0]!), dense(step.output)]
      averagePoolInput(board, averageInputOf(callOf(step)), g, x)
    },
  ],
  [
    convolvePoolOp,
    (board, step, notes) => {
      const shape = shapeOfSizes((step.params as ConvolvePoolParams).sizes)
      const [x, w] = step.inputs.map(dense)
      const [rows, columns] = pooledSize(shape)
      const y = range(shape.batch * shape.filters * rows * columns, step.output.offset)
      const kept = convolvePool(board, shape, [x!, w!, y], notes.lasts(step.inputs[0]!.block))
      notes.winners.set(step.output.block, kept)
    },
  ],
  [
    filterAtWinnersOp,
    (board, step, notes) => {
      const [kept, delta] = step.inputs
      const known = notes.winners.get(kept!.block)!
      filterAtWinners(board, atWinners(step), known, dense(delta!), dense(step.output))
    },
  ],
  [
    inputAtWinnersOp,
    (board, step, notes) => {
      const [kept, delta, w] = step.inputs
      const known = notes.winners.get(kept!.block)!
      const arrays = [dense(delta!), dense(w!), dense(step.output)] as const
      inputAtWinners(board, atWinners(step), known, arrays)
    },
  ],
])

export function hasWriter(step: Step): boolean {
  if (step.kind === 'reduction') return !step.results
  return step.kind === 'elementwise' || (writerOf(step) !== undefined && !step.epilogue)
}

const writerOf = ({ op }: KernelStep): Writer | undefined => writers.get(keyOf(op))

export function write(board: Board, step: Step, notes: Notes): void {
  if (step.kind === 'elementwise') elementwise(board, step)
  else if (step.kind === 'reduction') reduction(board, step)
  else writerOf(step)!(board, step, notes)
}

/** Ops whose results hold more than numbers: all their readers are in the same stretch of code. */
export const isPrivate = (step: Step): boolean =>
  step.kind === 'kernel' && step.op === convolvePoolOp
