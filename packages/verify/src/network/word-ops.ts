// Which functions of a claim are an op of the graph.
import { type Op, ops } from '@backprove/graph'
import type { Resolved } from '../language/resolved.ts'

type Word = Extract<Resolved, { kind: 'call' }>['word']

/** Words that are an op of one operand, with the same derivatives. */
export const wordOps: Partial<Record<Word, Op>> = {
  sigmoid: ops.sigmoid,
  tanh: ops.tanh,
  relu: ops.relu,
  softplus: ops.softplus,
  sin: ops.sin,
  cos: ops.cos,
  erf: ops.erf,
  pi: ops.timesPi,
  exp: ops.exp,
  log: ops.log,
  sqrt: ops.sqrt,
  abs: ops.abs,
  sign: ops.sign,
}

const words = new Map(Object.entries(wordOps).map(([word, op]) => [op, word as Word]))

/** The word of an op, where claims have one. */
export const wordOf = (op: Op): Word | undefined => words.get(op)
