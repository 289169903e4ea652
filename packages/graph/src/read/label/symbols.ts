// Names for the entries of leaves that any reader of expressions takes: w_F_1_1_1 is the entry
// (1, 1, 1) of w^{Fk}_{ij}. One index for every letter of the name, or for every axis.

import { constantOp } from '../../ops/leaves.ts'
import type { Node } from '../../record/node.ts'
import { labelOf, numberLabel } from './labels.ts'

/** A base for every leaf: the letters and digits of its name, told apart where two would agree. */
export function symbolBases(order: readonly Node[]): ReadonlyMap<Node, string> {
  const bases = new Map<Node, string>()
  const taken = new Set<string>()
  for (const node of order) {
    if (!node.op.traits?.leaf || node.op === constantOp) continue
    const plain = plainText(node.name ?? `v${node.id}`)
    // Letters, not digits: w_2 with one index and w with two must differ.
    let base = plain
    for (let k = 0; taken.has(base); k++) base = `${plain}_${'abcdefgh'[k % 8]}${'x'.repeat(k / 8)}`
    taken.add(base)
    bases.set(node, base)
  }
  return bases
}

/** `w^F` is w_F; `layer1.weight` is layer1_weight; what would start with a digit gets a v. */
function plainText(name: string): string {
  const text = name
    .replaceAll(/['′]/g, 'prime')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
  return /^[A-Za-z]/.test(text) ? text : `v${text === '' ? '' : `_${text}`}`
}

/** The symbol of a leaf's entry at 1-based indices, one for every axis. */
export function symbolOf(
  leaf: Node,
  at: readonly number[],
  bases: ReadonlyMap<Node, string>,
): string {
  const { axes } = labelOf(leaf) ?? numberLabel(leaf)
  const shown = axes.length > 0 ? axes.map((axis) => at[axis]!) : [0]
  return `${bases.get(leaf)!}_${shown.join('_')}`
}
