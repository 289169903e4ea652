// The convolution along one axis: that of maps of height 1.

import { ShapeError } from '../errors.ts'
import { reshape } from '../ops/movement/reshape.ts'
import { conv2d } from '../ops/product/conv2d.ts'
import type { PaddingOption } from '../ops/window.ts'
import { optionError, readOptions } from '../options.ts'
import { describeNode, type Node } from '../record/node.ts'
import { requireNode } from '../record/operand.ts'
import { formatShape } from '../shape.ts'
import { composed } from './composed.ts'

/** Options of `conv1d`. */
export interface Conv1dOptions {
  readonly bias?: Node
  /** Default 1. */
  readonly stride?: number
  /** Zeros on both sides, [left, right], 'valid' (none), 'same' or 'full'. Default 0. */
  readonly padding?: number | readonly [number, number] | 'valid' | 'same' | 'full'
  /** Default 1. */
  readonly dilation?: number
  /** Default 1. */
  readonly groups?: number
}

const OPTIONS = ['bias', 'stride', 'padding', 'dilation', 'groups'] as const

/**
 * The convolution as `conv2d` defines it, along one axis: y_{f,i} = b_f + Σ_{c,u}
 * x_{c,s(i−1)+d(u−1)+1−p} w_{f,c,u}. x [C,W] or [N,C,W]; w [F,C/groups,n]; bias [F].
 * @throws ShapeError where they do not fit
 */
export function conv1d(x: Node, w: Node, options: Conv1dOptions = {}): Node {
  requireNode('conv1d', x)
  requireNode('conv1d', w)
  const {
    bias,
    stride = 1,
    padding = 0,
    dilation = 1,
    groups = 1,
  } = readOptions('conv1d', options, OPTIONS)
  if ((x.shape.length !== 2 && x.shape.length !== 3) || w.shape.length !== 3) {
    const given = [x, w].map((node) => `${describeNode(node)} ${formatShape(node.shape)}`)
    throw new ShapeError(
      `conv1d of ${given.join(', ')}: x must have axes [C, W] or [N, C, W], w [F, C/groups, n]`,
    )
  }
  for (const [name, value] of Object.entries({ stride, dilation })) {
    if (Number.isSafeInteger(value) && value >= 1) continue
    throw optionError('conv1d', name, value, 'a whole number from 1')
  }
  return composed('conv1d', x, () => {
    const high = ({ shape }: Node): number[] => shape.toSpliced(-1, 0, 1)
    const y = conv2d(reshape(x, high(x)), reshape(w, high(w)), {
      ...(bias !== undefined && { bias }),
      ...{ stride: [1, stride], dilation: [1, dilation], padding: sides(padding), groups },
    })
    return reshape(y, y.shape.toSpliced(-2, 1))
  })
}

/** The padding of maps of height 1. */
function sides(padding: Conv1dOptions['padding']): PaddingOption {
  if (padding === 'same' || padding === 'valid' || padding === 'full') return padding
  const pair: readonly unknown[] = Array.isArray(padding) ? padding : [padding, padding]
  if (pair.length === 2 && pair.every((n) => Number.isSafeInteger(n) && (n as number) >= 0)) {
    return [[0, 0], pair as [number, number]]
  }
  const may = "a whole number from 0, [left, right], 'valid', 'same' or 'full'"
  throw optionError('conv1d', 'padding', padding, may)
}
