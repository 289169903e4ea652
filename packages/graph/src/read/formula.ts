// latex and formula: a node as an equation in three forms, as LaTeX or as Unicode. What is too
// long or not readable inside is set apart and defined below, each a line of its own.

import { constantOp } from '../ops/leaves.ts'
import { optionError, readOptions } from '../options.ts'
import { asked } from '../record/asked.ts'
import type { Node } from '../record/node.ts'
import { requireNode } from '../record/operand.ts'
import { restated } from './compose/restate.ts'
import { entryOf } from './entry.ts'
import { resultLetters, writeEntry } from './index-form.ts'
import type { Style } from './label/label-text.ts'
import {
  adjointLabel,
  type Label,
  type Labelling,
  labellingOf,
  labelOf,
  labelsOf,
  numberLabel,
} from './label/labels.ts'
import { References } from './label/references.ts'
import { composeLayer } from './layer.ts'
import { writeNumbers } from './numbers.ts'

/** How a formula is written: whole arrays, one entry in letters, or one entry in numbers. */
export type Form = 'layer' | 'index' | 'element'
/** Options of `formula` and `latex`. */
export interface FormulaOptions {
  /**
   * 'layer': whole arrays and operators. 'index': one entry, its indices as letters. 'element': one
   * entry, its indices as numbers. Default 'layer'.
   */
  readonly form?: Form
  /**
   * The entry that 'element' shows, counted from 1: an index for every letter of the node's name,
   * or for every axis. Default: the first.
   */
  readonly at?: readonly number[]
  /**
   * With 'element': the numbers of a node, row-major. One more side has them in place of entries:
   * `z_1 = w_1 x_1 = 0.5 · 2`.
   */
  readonly values?: (node: Node) => ArrayLike<number> | undefined
}

/** The most definitions of parts that follow a formula; `text` shows a graph of any size. */
const MOST_DEFINITIONS = 8

/**
 * The node as an equation in LaTeX, stopping at the names the user gave and at errors δ:
 * `\delta^{F} = …`. Parts set apart follow in an `aligned` environment.
 * @throws OptionError for an unknown form or an entry outside the array
 */
export function latex(node: Node, options: FormulaOptions = {}): string {
  const equations = equationsOf('latex', node, options)
  if (equations.length === 1) return equations[0]!.join(' = ')
  const lines = equations.map(([first = '', ...rest]) => [first, ...rest].join(' &= '))
  return `\\begin{aligned} ${lines.join(' \\\\ ')} \\end{aligned}`
}

/** The node as an equation in Unicode, for a terminal; as `latex` in everything else. */
export function formula(node: Node, options: FormulaOptions = {}): string {
  const [main, ...definitions] = equationsOf('formula', node, options).map((sides) =>
    sides.join(' = '),
  )
  return [main, ...definitions.map((line) => `  where ${line}`)].join('\n')
}

const STYLES = { latex: 'latex', formula: 'unicode' } as const satisfies Record<string, Style>

/** The sides of the node's own equation, and of those of the parts set apart. */
function equationsOf(reader: keyof typeof STYLES, root: Node, given: FormulaOptions): string[][] {
  requireNode(reader, root)
  const options = readOptions(reader, given, ['form', 'at', 'values'])
  const { form = 'layer' } = options
  const style = STYLES[reader]
  const write = Object.hasOwn(FORMS, form) ? FORMS[form] : undefined
  if (!write) {
    throw optionError(reader, 'form', form, "'layer', 'index' or 'element'")
  }
  const labelling = labellingOf(root.graph)
  const waiting: Node[] = [root]
  const equations: string[][] = []
  const seen = new Set(waiting)
  const letters = new Set<string>()
  for (let node = waiting.shift(); node; node = waiting.shift()) {
    if (equations.length > MOST_DEFINITIONS) break
    const { at, values } = options
    const avoided = [...letters]
    const request = { node, root, labelling, style, at, values, avoided }
    const { sides, setApart, letters: own = [] } = write(request)
    for (const letter of node === root ? [...own, ...lettersOf(root)] : own) letters.add(letter)
    equations.push(...(node === root ? withNotes(sides, leftSides(root).length) : [sides]))
    for (const part of setApart) {
      if (!seen.has(part)) waiting.push(part)
      seen.add(part)
    }
  }
  return equations
}

/** The most names of one array in a line: ∂C/∂b = δ = …. */
const MOST_NAMES = 2

/** δ^1 = …, and ∂C/∂b^1 = δ^1, ∂C/∂h^1 = δ^1 below it, where an array has many names. */
function withNotes(sides: readonly string[], names: number): string[][] {
  if (names <= MOST_NAMES || sides.length <= names) return [[...sides]]
  const own = sides[names - 1]!
  return [sides.slice(names - 1), ...sides.slice(0, names - 1).map((other) => [other, own])]
}

interface Request {
  readonly node: Node
  readonly root: Node
  readonly labelling: Labelling
  readonly style: Style
  readonly at: readonly number[] | undefined
  readonly values: FormulaOptions['values']
  /** Letters that no sum of a part may have, for the part may stand where they do. */
  readonly avoided: readonly string[]
}
interface Equation {
  readonly sides: string[]
  readonly letters?: readonly string[]
  readonly setApart: readonly Node[]
}

const FORMS: { readonly [F in Form]: (request: Request) => Equation } = {
  layer: (request) => {
    const { node, labelling, style } = request
    const references = new References()
    const left = leftSides(node).map((label) => references.mark(label))
    if (isGiven(node))
      return { sides: left.map((side) => references.write(side, style)), setApart: [] }
    const { text, setApart, isSpoken } = composeLayer(restated(node), labelling, references)
    if (isSpoken) return entryEquation(request)
    return { sides: [...left, text].map((side) => references.write(side, style)), setApart }
  },
  index: (request) => entryEquation(request),
  // Parts set apart are read at more than one entry: they keep their letters.
  element: (request) =>
    entryEquation(request, request.node === request.root ? entryAt(request) : undefined),
}

function entryEquation(request: Request, at?: readonly number[]): Equation {
  const { node, labelling, style, values, avoided } = request
  const references = new References()
  const labels = leftSides(node)
  const entry = writeEntry(node, labels, labelling, references, at, avoided)
  const { left, right, setApart, letters } = entry
  const numbers = at && values ? { of: values, at } : undefined
  const substituted = numbers ? writeNumbers(node, labelling, references, numbers) : []
  const sides = isGiven(node) ? left : [...left, ...right, ...substituted]
  const written = sides.map((side) => references.write(side, style))
  return {
    // tanh(z) is what tanh(z) comes to.
    sides: written.filter((side, k) => side !== written[k - 1]),
    letters,
    setApart: isGiven(node) ? [] : setApart,
  }
}

/** The letters that say which entry of a formula is meant. */
const lettersOf = (root: Node): string[] =>
  resultLetters(root, leftSides(root)).filter((letter) => letter !== undefined)

/** The entry asked for, an index for every axis. */
const entryAt = ({ node, at }: Request): number[] =>
  at === undefined ? node.shape.map(() => 1) : entryOf(node, at)

/** Inputs and parameters are what they are. */
const isGiven = (node: Node): boolean =>
  node.op.traits?.leaf === true && node.op !== constantOp && labelOf(node) !== undefined

/**
 * All labels of a node: ∂C/∂b = δ^O = …; the one that formulas use stands last, and of more than
 * two the one that was asked for.
 */
function leftSides(node: Node): Label[] {
  const { cost, forward } = asked.get(node) ?? {}
  const wanted = cost && forward && adjointLabel(cost, forward)
  const own = labelOf(node)
  const all = labelsOf(node)
  const first = all.length > MOST_NAMES ? (wanted ?? own) : own
  const same = (a: Label, b: Label) => a.kind === b.kind && a.name.bare === b.name.bare
  if (!first) return all.length > 0 ? [...all] : [wanted ?? numberLabel(node)]
  return [...all.filter((label) => !same(label, first)), first]
}
