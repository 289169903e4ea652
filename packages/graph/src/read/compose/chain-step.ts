// One step of the chain rule as an equation: the derivative by one node, in terms of derivatives
// that are taken as known and are not printed out again.

import { GradError } from '../../errors.ts'
import { vjp } from '../../grad.ts'
import { inputOp } from '../../ops/leaves.ts'
import { topologicalOrder } from '../../order.ts'
import { describeNode, type Node } from '../../record/node.ts'
import { sameShape } from '../../shape.ts'
import type { Form } from '../formula.ts'
import { resultLetters, writeEntry } from '../index-form.ts'
import { type Style, writeLabel, writeName } from '../label/label-text.ts'
import {
  adjointLabel,
  type Label,
  type Labelling,
  labellingOf,
  labelOf,
  numberLabel,
} from '../label/labels.ts'
import { References } from '../label/references.ts'
import { composeLayer } from '../layer.ts'
import { apartFrom } from './letters-apart.ts'
import { consumersOf, localCopy } from './local.ts'

/** A formula in both spellings. */
export interface Written {
  /** Unicode, for a terminal. */
  readonly text: string
  readonly latex: string
}

/**
 * One step of the chain rule backwards: the derivative by one array, in derivatives of later
 * ones.
 */
export interface ChainStep {
  /** `∂C/∂a^{Pk}_{ij}`. */
  readonly left: Written
  /** `Σ_n δ^O_n w^{On}_{k-ij}`. */
  readonly right: Written
  /**
   * The chain rule itself, `Σ_n ∂C/∂z^O_n ∂z^O_n/∂a^{Pk}_{ij}`; absent where the cost is computed
   * from the node with no named array between, and where one such array is computed from another.
   */
  readonly chain?: Written
  /** `v^{(12)}_n = …`: parts too long to be read in place, which the right side has by number. */
  readonly definitions: readonly Written[]
}

const STYLES: readonly Style[] = ['unicode', 'latex']

/**
 * ∂cost/∂wrt in terms of ∂cost/∂f, each called by its name, of every consumer f of `wrt`: the
 * named nodes that are computed from it, or the cost itself. Each is a free array here, equal to
 * another in the whole graph or not.
 * @throws GradError where a node has no name
 */
export function chainStep(
  cost: Node,
  wrt: Node,
  consumers: readonly Node[] = consumersOf(cost, wrt),
  form: Exclude<Form, 'element'> = 'index',
): ChainStep {
  const { graph, node, outputs } = localCopy(wrt, consumers)
  const called = new Map<Node, Label>()
  const cotangents = consumers.map((consumer, k) => {
    if (consumer === cost) return graph.constant(1)
    const params = { name: `cotangent ${k + 1}`, shape: [...consumer.shape] }
    const cotangent = graph.record(inputOp, [], params)
    called.set(cotangent, labelOrThrow(cost, consumer))
    return cotangent
  })
  // What the arrays passed are, derivatives may speak of: softmax(z) is y.
  for (const [k, consumer] of consumers.entries()) {
    const own = labelOf(consumer)
    if (consumer !== cost && own && !called.has(outputs[k]!)) called.set(outputs[k]!, own)
  }
  const [derivative] = vjp(outputs, cotangents, [node])
  const base = labellingOf(graph)
  const labelling: Labelling = {
    label: (each) => called.get(each) ?? base.label(each),
    stops: (each) => called.has(each) || base.stops(each),
  }
  const left = labelOrThrow(cost, wrt)
  const same = called.get(derivative!)
  const sides = STYLES.map((style) => {
    const references = new References()
    const written = same
      ? asKnown(derivative!, left, same, form, references)
      : asFound(derivative!, left, labelling, form, references)
    const [first, last] = [written.left, written.right].map((side) => references.write(side, style))
    const { setApart: definitions, letters = [] } = written
    return { left: first!, right: last!, definitions, letters }
  })
  const [text, latex] = sides as [(typeof sides)[number], (typeof sides)[number]]
  return {
    left: { text: text.left, latex: latex.left },
    right: { text: text.right, latex: latex.right },
    ...(isChain(cost, consumers) &&
      !hasSurrogates(outputs) && { chain: chainRule(cost, wrt, consumers, outputs, node) }),
    definitions: definitionsOf(text.definitions, labelling, form, [
      ...lettersOf(wrt, left),
      ...text.letters,
    ]),
  }
}

/**
 * Of a consumer that reads another, ∂f/∂wrt would be the derivative by both ways: there is no chain
 * rule to be written down without saying what is held fixed.
 */
function isChain(cost: Node, consumers: readonly Node[]): boolean {
  if (consumers.includes(cost) || consumers.length === 0) return false
  return consumers.every((each) => {
    const below = new Set(topologicalOrder([each]))
    return consumers.every((other) => other === each || !below.has(other))
  })
}

/** What stopGradient and the like let pass is no derivative: ∂f/∂x would be something else. */
const hasSurrogates = (outputs: readonly Node[]): boolean =>
  topologicalOrder(outputs).some(({ op }) => op.traits?.surrogate)

/** Σ over the consumers f, and over their entries, of ∂C/∂f · ∂f/∂wrt. */
function chainRule(
  cost: Node,
  wrt: Node,
  consumers: readonly Node[],
  outputs: readonly Node[],
  node: Node,
): Written {
  const by = labelOrThrow(cost, wrt)
  const own = resultLetters(wrt, [by])
  const terms = consumers.map((consumer, k) => {
    const of = labelOrThrow(cost, consumer)
    const isEntrywise = consumer.shape.join() === wrt.shape.join() && entrywise(outputs[k]!, node)
    const letters = isEntrywise ? own : apartFrom(resultLetters(consumer, [of]), own)
    return { of, letters, isEntrywise }
  })
  const [text, latex] = STYLES.map((style) =>
    terms
      .map(({ of, letters, isEntrywise }) => {
        const subscripts = (label: Label, from: readonly (string | undefined)[]) =>
          label.axes.map((axis) => from[axis] ?? '1')
        const name = (label: Label, from: readonly (string | undefined)[]) =>
          writeName(label.name, style, { subscripts: subscripts(label, from) })
        const outer = writeLabel(of, style, { subscripts: subscripts(of, letters) })
        const [above, below] = [name(of, letters), name(by, own)]
        const isTex = style === 'latex'
        const inner = isTex
          ? `\\frac{\\partial ${above}}{\\partial ${below}}`
          : `∂${above}/∂${below}`
        const product = `${outer} ${isTex ? '\\, ' : ''}${inner}`
        const bound = of.axes.flatMap((axis) => letters[axis] ?? [])
        if (isEntrywise || bound.length === 0) return product
        const list = bound.join(',')
        if (isTex) return `\\sum_{${list}} ${product}`
        return `Σ_${bound.length > 1 || list.length > 1 ? `{${list}}` : list} ${product}`
      })
      .join(' + '),
  )
  return { text: text!, latex: latex!.replaceAll('′', "'") }
}

/** Whether an entry of `output` depends on that entry of `node` alone. */
function entrywise(output: Node, node: Node): boolean {
  const reads = new Map<Node, boolean>()
  const within = topologicalOrder([output])
  for (const each of within) {
    if (each === node) {
      reads.set(each, true)
      continue
    }
    const by = each.args.filter((arg) => reads.has(arg))
    if (by.length === 0) continue
    const isSame = by.every((arg) => sameShape(arg.shape, each.shape))
    if (!each.op.traits?.elementwise || !isSame) return false
    reads.set(each, true)
  }
  return true
}

function labelOrThrow(cost: Node, forward: Node): Label {
  const label = adjointLabel(cost, forward)
  if (label) return label
  throw new GradError(`chainStep: ${describeNode(forward)} has no name`, forward.source)
}

interface Sides {
  readonly letters?: readonly string[]
  readonly left: string
  readonly right: string
  readonly setApart: readonly Node[]
}

/** The most parts that are defined below a step. */
const MOST_DEFINITIONS = 8

/** What parts set apart are, and the parts of those. */
function definitionsOf(
  parts: readonly Node[],
  labelling: Labelling,
  form: Form,
  avoided: readonly string[],
): Written[] {
  const all = [...new Set(parts)]
  const letters = new Set(avoided)
  const found: Written[] = []
  for (let k = 0; k < all.length && k < MOST_DEFINITIONS; k++) {
    const part = all[k]!
    const [text, latex] = STYLES.map((style) => {
      const references = new References()
      const left = numberLabel(part)
      const own = asFound(part, left, labelling, form, references, [...letters])
      if (style === 'latex') for (const letter of own.letters ?? []) letters.add(letter)
      const { setApart } = own
      if (style === 'unicode') all.push(...setApart.filter((each) => !all.includes(each)))
      return [own.left, own.right].map((side) => references.write(side, style)).join(' = ')
    })
    found.push({ text: text!, latex: latex! })
  }
  return found
}

const lettersOf = (node: Node, label: Label): string[] =>
  resultLetters(node, [label]).filter((letter) => letter !== undefined)

/** The derivative is a known one, as behind an addition. */
function asKnown(node: Node, left: Label, same: Label, form: Form, references: References): Sides {
  const letters = resultLetters(node, [left]).map((letter) => letter ?? '1')
  const mark = (label: Label) =>
    references.mark(label, form === 'layer' ? undefined : label.axes.map((axis) => letters[axis]!))
  return { left: mark(left), right: mark(same), setApart: [] }
}

function asFound(
  node: Node,
  left: Label,
  labelling: Labelling,
  form: Form,
  references: References,
  avoided: readonly string[] = [],
): Sides {
  if (form === 'layer') {
    const { text, setApart, isSpoken } = composeLayer(node, labelling, references)
    if (!isSpoken) return { left: references.mark(left), right: text, setApart }
  }
  const written = writeEntry(node, [left], labelling, references, undefined, avoided)
  const { left: sides, right, setApart, letters } = written
  return { left: sides[0]!, right: right.at(-1)!, setApart, letters }
}
