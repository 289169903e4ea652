// The entries of matrices on one side of a diagonal, 0 on the other. Each is its own adjoint.

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp, type Op } from '../../record/op.ts'
import { apply } from '../../record/operand.ts'
import { applied, spoken } from '../print-parts.ts'
import { where } from '../selection/where.ts'

/** Params of `tril` and `triu`: the diagonal that is kept at the edge, 0 the main one. */
export interface TriangleParams {
  readonly diagonal: number
}

/** Whether row i keeps column j, both from 0. */
type Kept = (i: number, j: number, diagonal: number) => boolean

const triangle = (name: string, relation: '≤' | '≥', isKept: Kept): Op => {
  const op: Op = defineOp<'x', TriangleParams>({
    name,
    operands: { x: '…,m,n' },
    line: ({ diagonal }) => {
      const shift = diagonal === 0 ? '' : diagonal > 0 ? `+${diagonal}` : `${diagonal}`
      return `y_{…,i,j} = [j ${relation} i${shift}] x_{…,i,j}`
    },
    axes: '…,m,n',
    params: { diagonal: 'integer' },
    vjp: { x: (g, _args, params) => apply(op, [g], params) },
    expansion: ({ x }, { diagonal }) => {
      const [m, n] = x.shape.slice(-2) as [number, number]
      const mask = Float64Array.from({ length: m * n }, (_, at) =>
        isKept(Math.floor(at / n), at % n, diagonal) ? 1 : 0,
      )
      return where(x.graph.constant(mask, [m, n]), x, 0)
    },
    latex: ({ x }, { diagonal }) =>
      spoken(applied(`\\operatorname{${name}}${diagonal === 0 ? '' : `_{${diagonal}}`}`, x)),
  })
  return op
}

export const trilOp = triangle('tril', '≤', (i, j, diagonal) => j <= i + diagonal)
export const triuOp = triangle('triu', '≥', (i, j, diagonal) => j >= i + diagonal)

/** Options of `tril` and `triu`. */
export interface TriangleOptions {
  /** 1 for the one above the main diagonal, −1 for the one below. Default 0. */
  readonly diagonal?: number
}

function cut(op: Op, x: Node, options: TriangleOptions | undefined): Node {
  const known = ['diagonal'] as const
  const { diagonal = 0 } = readOptions(op.name, options, known, { k: 'diagonal' })
  if (!Number.isSafeInteger(diagonal)) {
    throw optionError(op.name, 'diagonal', diagonal, 'a whole number')
  }
  return apply(op, [x], { diagonal })
}

/** Matrices with 0 above a diagonal, such as the mask of what may look at what came before. */
export const tril = (x: Node, options?: TriangleOptions): Node => cut(trilOp, x, options)

/** Matrices with 0 below a diagonal. */
export const triu = (x: Node, options?: TriangleOptions): Node => cut(triuOp, x, options)
