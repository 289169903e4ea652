// Both bounds of what an engine may give for a graph: every entry's value with 0 · NaN = 0, and
// whether it may be NaN too, or anything. What kernels are held against where numbers are not
// ordinary; `evaluate` is one of the values in between.
import { type Feeds, leafValue, nodeValue, readFeeds } from './evaluate.ts'
import { CANCELLED, type DoubtRules, MAYBE_NAN, OPEN, UNSIGNED } from './notation/meaning/doubts.ts'
import { topologicalOrder } from './order.ts'
import type { Node } from './record/node.ts'
import { operandNames } from './record/op.ts'

/**
 * What must be, and what may be, NaN or infinite in a value, row-major, whatever engine
 * computes it.
 */
export interface Bounds {
  /** What is not finite here is so in every engine, unless the entry is open. */
  readonly definite: Float64Array
  /** What is not finite in any engine is so here. */
  readonly possible: Float64Array
  /** 1 where anything may come: a choice by a value in doubt, or by less than rounding decides. */
  readonly open: Uint8Array
}

/**
 * How `evaluateBounds` judges a format: beside what counts as too large or too near, what is
 * too small.
 */
export interface BoundRules extends DoubtRules {
  /** Numbers nearer to 0 may be 0 in the format: what is made of them is open. */
  readonly smallest: number
}

const FLOAT64 = { largest: 2 ** 1000, smallest: 2 ** -1000, near: 1e-9 }
const FLOAT32 = { largest: 2 ** 120, smallest: 2 ** -100, near: 1e-4 }

/**
 * The rules of a format. Laws move what is increasing behind a maximum, so that other cells tie,
 * and make σ′ of σ, which leaves nothing of it where σ is 1.
 */
export const boundRules = (dtype: 'float32' | 'float64', withLaws: boolean): BoundRules => {
  const format = dtype === 'float32' ? FLOAT32 : FLOAT64
  return { ...format, ...(withLaws ? { smallest: format.near } : {}), tiesOpen: withLaws }
}

/** The bounds of each node, row-major. */
export function evaluateBounds(
  nodes: readonly Node[],
  feeds: Feeds,
  rules: BoundRules = boundRules('float64', false),
): Bounds[] {
  const order = topologicalOrder(nodes)
  const fed = readFeeds(order, feeds)
  const values = new Map<Node, Float64Array>()
  const doubts = new Map<Node, Uint8Array>()
  // As those see them that read the node: what is nearly 0 may be 0 to them.
  const passedOn = new Map<Node, Uint8Array>()
  for (const node of order) {
    const own = new Uint8Array(node.shape.reduce((size, length) => size * length, 1))
    if (node.op.traits?.leaf) values.set(node, leafValue(node, fed))
    else {
      const names = operandNames(node.op, node.args.length)
      const operands = Object.fromEntries(
        names.map((name, k) => [name, passedOn.get(node.args[k]!)!]),
      )
      const state = { operands, result: own, rules, now: 0, contested: false }
      values.set(node, nodeValue(node, values, state))
    }
    const value = values.get(node)!
    value.forEach((number, at) => {
      const size = Math.abs(number)
      if (size > rules.largest && size < Infinity) own[at]! |= OPEN
    })
    doubts.set(node, own)
    const isLeaf = node.op.traits?.leaf
    const small = own.map((doubt, at) => {
      const size = Math.abs(value[at]!)
      if ((size > 0 && size < rules.smallest) || doubt & CANCELLED) return OPEN
      return size === 0 && !isLeaf ? doubt | UNSIGNED : doubt & ~UNSIGNED
    })
    passedOn.set(node, small)
  }
  return nodes.map((node) => {
    const definite = values.get(node)!
    const doubt = doubts.get(node)!
    return {
      definite,
      possible: definite.map((value, at) => (doubt[at]! & MAYBE_NAN ? Number.NaN : value)),
      open: doubt.map((each) => (each & OPEN ? 1 : 0)),
    }
  })
}
