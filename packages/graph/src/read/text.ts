// text: a graph as an indented list for a terminal. Every labelled node is defined once, in a
// block of its own; what several nodes share is written out once. Linear in the size of the graph.

import { type ConstantParams, constantOp } from '../ops/leaves.ts'
import { optionError, readOptions } from '../options.ts'
import type { Node } from '../record/node.ts'
import { operandNames } from '../record/op.ts'
import { nodeList } from '../record/operand.ts'
import { formatShape } from '../shape.ts'
import { uniformValue } from './compose/constants.ts'
import { printable, writeLabel } from './label/label-text.ts'
import { type Label, labelOf, labelsOf } from './label/labels.ts'

/** Options of `text`. */
export interface TextOptions {
  /** How many steps to follow from the given nodes; what lies beyond is not defined. */
  readonly depth?: number
}

/** Deeper than this in one block, a node gets a block of its own: indentation stays readable. */
const DEEPEST_INDENT = 12

interface Entry {
  readonly node: Node
  /** The operand's letter; empty at the head of a block. */
  readonly operand: string
  readonly indent: number
  /** Steps from the given nodes. */
  readonly distance: number
}

/**
 * The nodes and what they are made of, one line each: `δ^F #21 mul [3, 4, 4]`, operands indented
 * below, options that are not the default, `↑ #12` for what stands above already, `…` where the
 * depth ends.
 */
export function text(nodes: Node | readonly Node[], options: TextOptions = {}): string {
  const { depth = Number.POSITIVE_INFINITY } = readOptions('text', options, ['depth'])
  if (!(depth >= 0)) throw optionError('text', 'depth', depth, 'a number from 0')
  const roots = nodeList('text', nodes)
  const blocks: Entry[] = roots.map((node) => ({ node, operand: '', indent: 0, distance: 0 }))
  const begun = new Set(roots)
  const written = new Set<Node>()
  const lines: string[] = []
  const writeBlock = (head: Entry): void => {
    if (lines.length > 0) lines.push('')
    const waiting = [head]
    for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
      const { node, indent, distance } = entry
      const isApart = entry !== head && belongsApart(node, indent)
      const isShared = written.has(node) && !isApart
      const isCut = !isApart && !isShared && node.args.length > 0 && distance >= depth
      lines.push(lineOf(entry, isApart, isShared) + (isCut ? ' …' : ''))
      if (isApart && !begun.has(node) && node.args.length > 0 && distance < depth) {
        begun.add(node)
        blocks.push({ node, operand: '', indent: 0, distance })
      }
      if (isApart || isShared || isCut) continue
      written.add(node)
      waiting.push(...operandsOf(entry).reverse())
    }
  }
  for (let k = 0; k < blocks.length; k++) {
    // A root may have been written out inside the block of another.
    if (!written.has(blocks[k]!.node)) writeBlock(blocks[k]!)
  }
  return lines.join('\n')
}

const belongsApart = (node: Node, indent: number): boolean =>
  labelOf(node) !== undefined || (indent > DEEPEST_INDENT && node.args.length > 0)

function operandsOf({ node, indent, distance }: Entry): Entry[] {
  const letters = operandNames(node.op, node.args.length)
  return node.args.map((arg, k) => ({
    node: arg,
    operand: letters[k]!,
    indent: indent + 1,
    distance: distance + 1,
  }))
}

function lineOf({ node, operand, indent }: Entry, isApart: boolean, isShared: boolean): string {
  const margin = '  '.repeat(indent) + (operand ? `${operand}: ` : '')
  if (isShared) return `${margin}↑ ${nameOf(node, false)}`
  if (isApart && node.args.length > 0) return `${margin}${nameOf(node, false)}`
  const parts = [nameOf(node, operand === ''), node.op.name, paramsText(node)]
  return `${margin}${[...parts.filter(Boolean), formatShape(node.shape)].join(' ')}`
}

/** `δ^F #21`; at the head of a block all labels, `∂C/∂b^O = δ^O #16`. */
function nameOf(node: Node, everyLabel: boolean): string {
  const first = labelOf(node)
  const labels = everyLabel ? labelsOf(node) : first ? [first] : []
  const written = [...labels].map((label: Label) => writeLabel(label, 'unicode'))
  return [...(written.length > 0 ? [written.join(' = ')] : []), `#${node.id}`].join(' ')
}

/** Options as people would write them; the defaults say nothing. */
function paramsText(node: Node): string {
  if (node.op === constantOp) return constantValue(node)
  const shown = Object.entries(node.params).filter(([key, value]) => !isDefault(key, value))
  if (node.op.traits?.leaf) return ''
  return shown.map(([key, value]) => `${key} ${printable(JSON.stringify(value))}`).join(' ')
}

const DEFAULTS: Readonly<Record<string, string>> = {
  stride: '[1,1]',
  dilation: '[1,1]',
  padding: '[[0,0],[0,0]]',
  groups: '1',
  ceil: 'false',
  keepDims: 'false',
  ties: '"first"',
}
const isDefault = (key: string, value: unknown): boolean =>
  Object.hasOwn(DEFAULTS, key) && DEFAULTS[key] === JSON.stringify(value)

const SHOWN = 4

function constantValue(node: Node): string {
  const value = uniformValue(node)
  if (value !== undefined) return String(value)
  const { data } = node.params as ConstantParams
  return `${[...data.subarray(0, SHOWN)].join(', ')}${data.length > SHOWN ? ', …' : ''}`
}
