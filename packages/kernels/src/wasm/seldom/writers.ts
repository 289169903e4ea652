// The straight-line code of ops that few networks use.
import type { MaxParams } from '@backprove/graph'
import type { OpKey } from '../../plan/families.ts'
import { poolOf } from '../backend/call.ts'
import { type Cells, lengthOf } from '../pool/length.ts'
import type { PoolShape } from '../pool/window.ts'
import { linesAlong } from '../straight/arithmetic.ts'
import { type Board, type Entry, groups } from '../straight/board.ts'
import { selectFrom, selectMiddle } from '../straight/middle.ts'
import { type Select, selectLargest } from '../straight/selection.ts'
import { cellsOf, pooledShape, windowCells } from '../straight/windows.ts'
import {
  type ContestsOf,
  callOf,
  dense,
  scatter,
  tiesOf,
  values,
  type Writer,
  windows,
} from '../straight/writers.ts'

const axes: ContestsOf = (step, of) => {
  const { shape } = step.inputs[0]!
  const reduced = (step.params as MaxParams).axes
  const lines = linesAlong(shape, reduced)
  return {
    cells: lines[0]!.map((_, k) => lines.map((line) => of[line[k]!]!)),
    shape: shape.filter((_, axis) => !reduced.includes(axis)),
  }
}

const gather =
  (contestsOf: ContestsOf, select: Select): Writer =>
  (board, step) => {
    const [x, h] = step.inputs.map(dense)
    const from = contestsOf(step, h!).cells
    const how = [select, tiesOf(step)] as const
    selectFrom(board, contestsOf(step, x!), how, from, dense(step.output))
  }

/** √(Σ x²) */
function l2Pool(board: Board, shape: PoolShape, x: readonly Entry[], y: readonly number[]): void {
  const { f, lanes } = board
  const cells = windowCells(shape, x)
  for (const group of groups(pooledShape(shape), board.width)) {
    const each: Cells = (visit) => {
      for (const cell of cellsOf(board, cells, group)) visit(f.let(cell))
    }
    board.write(
      group.map((o) => y[o]!),
      lengthOf(f, lanes, each),
    )
  }
}

export const seldomWriters: readonly (readonly [OpKey, Writer])[] = [
  ['maxPool2dGather', gather(windows, selectLargest)],
  ['medianPool2d', values(selectMiddle)],
  ['medianPool2dInput', scatter(windows, selectMiddle)],
  ['medianPool2dGather', gather(windows, selectMiddle)],
  ['maxInput', scatter(axes, selectLargest)],
  ['maxGather', gather(axes, selectLargest)],
  [
    'l2Pool2d',
    (board, step) =>
      l2Pool(board, poolOf(callOf(step)), dense(step.inputs[0]!), dense(step.output)),
  ],
]
