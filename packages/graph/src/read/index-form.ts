// The index form, ∂C/∂w^{Fk}_{ij} = Σ_{i′j′} δ^{Fk}_{i′j′} x_{i+i′−1,j+j′−1}, and the element form,
// the same with numbers for letters: composed lines, in the words of the labels.

import { type Expression, expressionLatex, type Line } from '../notation/index.ts'
import { nodes } from '../notation/traverse.ts'
import { concatOp } from '../ops/movement/concat.ts'
import type { Node } from '../record/node.ts'
import { sameShape } from '../shape.ts'
import { arraysIn, composeEntry, isFunctionKey, keyOf } from './compose/compose.ts'
import { functionOf, isFunction } from './compose/readable.ts'
import { renameLine } from './compose/rename.ts'
import { restated } from './compose/restate.ts'
import { isSmall } from './compose/small.ts'
import { tidyLine } from './compose/tidy.ts'
import { areDots, expandLine } from './expand.ts'
import { type Label, type Labelling, labelsOf, letterOf, numberLabel } from './label/labels.ts'
import type { References } from './label/references.ts'
import { numbersFirst } from './numbers-first.ts'

/** One entry of a node: a line that can be evaluated as it is printed, and what its keys mean. */
export interface IndexLine {
  readonly line: Line
  readonly arrays: ReadonlyMap<string, Node>
}

/** A node's entry as a line over labelled nodes; `#12` in it is the node of that number. */
export function indexLine(
  node: Node,
  labelling: Labelling,
  letters = resultLetters(node, labelsOf(node)),
  inProse = false,
  avoided: readonly string[] = [],
): IndexLine {
  const composition = composeEntry(restated(node), letters, labelling.stops)
  const tidied = tidyLine(composition, node.shape, inProse)
  const arrays = arraysIn(tidied, composition.arrays)
  const labels = new Map(
    [...arrays].map(([key, array]) => [key, printedLabel(key, array, labelling)]),
  )
  const line = renameLine(tidied, {
    letter: (array, axis) => letterOf(labels.get(array)!, axis),
    taken: new Set(
      [...labels.values()].map(({ kind, name }) => (kind === 'delta' ? 'δ' : name.base)),
    ),
    origins: composition.origins,
    arrays,
    avoided,
  })
  return { line, arrays }
}

/** Usual letters for the last axes of an array without letters of its own. */
const USUAL = ['n', 'k', 'i', 'j']
const FURTHER = [...'pqrsuvhlmabcdefgotwxyz']

/** A letter for each axis of the result; undefined where 1 stands for one. */
export function resultLetters(node: Node, own: readonly Label[]): (string | undefined)[] {
  const labels = own.length > 0 ? own : operandLabels(node)
  const lettered = labels.find(({ name }) => name.letters.length > 0)
  const letters: (string | undefined)[] = node.shape.map(() => undefined)
  const wide = node.shape.flatMap((length, axis) => (length === 1 ? [] : [axis]))
  const shown = lettered?.axes ?? wide
  const usual =
    shown.length === 1 ? ['i'] : [...FURTHER.slice(0, Math.max(0, shown.length - 4)), ...USUAL]
  const used = new Set<string>()
  shown.forEach((axis, position) => {
    let letter = (lettered && letterOf(lettered, axis)) ?? usual.at(position - shown.length) ?? 'i'
    while (used.has(letter)) letter += '′'
    used.add(letter)
    letters[axis] = letter
  })
  return letters
}

/** A node without a label borrows the letters of an operand of its own shape. */
const operandLabels = (node: Node): readonly Label[] =>
  node.args.filter((arg) => sameShape(arg.shape, node.shape)).flatMap((arg) => labelsOf(arg))

/** The node whose label a key prints: for σ(z) it is z, as it is for σ(−z). */
export const printedNode = (key: string, node: Node, stops: Labelling['stops']): Node => {
  if (!isFunctionKey(key)) return node
  const { argument } = functionOf(node)!
  return isWritten(argument, stops) ? (firstStop(argument, stops) ?? argument) : argument
}

/** An argument that stands in its function as it is, and not by a name. */
const isWritten = (argument: Node, stops: Labelling['stops']): boolean =>
  !stops(argument) && !argument.op.traits?.leaf && isSmall(argument, stops)

/** The first labelled array of the same shape that a small node is made of. */
function firstStop(node: Node, stops: Labelling['stops']): Node | undefined {
  const same = node.args.filter(({ shape }) => sameShape(shape, node.shape))
  return same.find(stops) ?? same.map((arg) => firstStop(arg, stops)).find(Boolean)
}

const printedLabel = (key: string, node: Node, { label, stops }: Labelling): Label => {
  const printed = printedNode(key, node, stops)
  return label(printed) ?? numberLabel(printed)
}

/** What stands in a line for people, and is no letter. */
const symbolOf = (name: string): string | undefined =>
  areDots(name) ? '\\cdots' : name === 'max' ? '\\max' : undefined

/** Told apart from the lower one where the number of values is even. */
const isUpperMiddle = (part: Expression): boolean =>
  part.kind === 'iverson'
    ? part.guards.some((guard) => guard.kind === 'winner' && guard.reduction === 'himed')
    : part.kind === 'reduction' && part.reduction === 'himed'

const isNamed = ({ kind }: Label): boolean => kind !== 'number'

export interface Written {
  readonly left: readonly string[]
  /** One side, or two for a function: σ(z) = 1/(1 + e^{−z}). */
  readonly right: readonly string[]
  readonly setApart: readonly Node[]
  /** Of all its indices, bound or not. */
  readonly letters: readonly string[]
}

/** A node's entry as LaTeX with marks; at letters, or at the given numbers. */
export function writeEntry(
  node: Node,
  left: readonly Label[],
  labelling: Labelling,
  references: References,
  at?: readonly number[],
  avoided?: readonly string[],
): Written {
  const { line, arrays } = indexLine(
    node,
    labelling,
    resultLetters(node, left.filter(isNamed)),
    at === undefined,
    avoided,
  )
  const expanded = at ? expandLine(line, at, arrays) : line
  const shown = { ...expanded, body: numbersFirst(expanded.body) }
  const options = {
    array: (key: string, subscripts: readonly string[]) =>
      arrayMark(key, arrays.get(key)!, subscripts, labelling, references),
    symbol: symbolOf,
    isOdd: ![...nodes(shown.body)].some(isUpperMiddle),
  }
  const write = (part: Expression) => expressionLatex(part, options)
  const result = shown.indices.map((index) => write(index))
  return {
    left: left.map((label) =>
      references.mark(
        label,
        label.axes.map((axis) => result[axis]!),
      ),
    ),
    right: [
      ...asFunction(node, result, labelling, references),
      inCases(node, shown, write) + (at ? '' : endsAlone(node, shown, arrays, write)),
    ],
    letters: lettersOf(shown.body),
    setApart: [...arraysIn(shown, arrays)]
      .map(([key, array]) => printedNode(key, array, labelling.stops))
      .filter((array) => !labelling.stops(array) && !array.op.traits?.leaf),
  }
}

const lettersOf = (body: Expression): string[] =>
  [...nodes(body)].flatMap((part) => {
    if (part.kind === 'symbol') return [part.name]
    return part.kind === 'reduction' ? part.variables.map(({ name }) => name) : []
  })

/** `for k ≤ 2`, where all that is read has more of them: δ^{1k} = ∂C/∂h^{2k}. */
function endsAlone(
  { shape }: Node,
  { body, indices }: Line,
  arrays: ReadonlyMap<string, Node>,
  write: (part: Expression) => string,
): string {
  const accesses = [...nodes(body)].filter((part) => part.kind === 'access')
  const ends = indices.flatMap((index, axis) => {
    if (index.kind !== 'symbol') return []
    const lengths = accesses.flatMap(({ array, indices: places }) =>
      places.flatMap((place, k) =>
        place.kind === 'symbol' && place.name === index.name ? [arrays.get(array)!.shape[k]!] : [],
      ),
    )
    const isLonger = lengths.length > 0 && lengths.every((length) => length > shape[axis]!)
    return isLonger ? [`${write(index)} \\le ${shape[axis]}`] : []
  })
  return ends.length > 0 ? ` \\quad \\text{for } ${ends.join(', ')}` : ''
}

/** Of arrays one behind the other each where it stands: a_k while k ≤ 2, then b_{k−2}. */
function inCases(node: Node, { body, indices }: Line, write: (part: Expression) => string): string {
  const { axis } = node.params as { readonly axis: number }
  const index = node.op === concatOp ? indices[axis] : undefined
  const isWhole = body.kind === 'sum' && body.terms.length === node.args.length
  if (index?.kind !== 'symbol' || !isWhole) return write(body)
  let end = 0
  const cases = body.terms.map((term, k) => {
    end += node.args[k]!.shape[axis]!
    const isLast = k === body.terms.length - 1
    return `${write(term)} & ${isLast ? '\\text{otherwise}' : `${write(index)} \\le ${end}`}`
  })
  return `\\begin{cases} ${cases.join(' \\\\ ')} \\end{cases}`
}

/** σ(z_{ij}) of a node that is such a function of a labelled one. */
function asFunction(
  node: Node,
  result: readonly string[],
  labelling: Labelling,
  references: References,
): string[] {
  if (!isFunction(node, labelling.stops)) return []
  return [arrayMark(keyOf(node, true), node, result, labelling, references)]
}

export function arrayMark(
  key: string,
  node: Node,
  subscripts: readonly string[],
  labelling: Labelling,
  references: References,
): string {
  if (isFunctionKey(key)) {
    const { latex, argument } = functionOf(node)!
    if (isWritten(argument, labelling.stops))
      return `${latex}\\left(${argumentText(argument, subscripts, labelling, references)}\\right)`
  }
  const label = printedLabel(key, node, labelling)
  const mark = references.mark(
    label,
    label.axes.map((axis) => subscripts[axis]!),
  )
  return isFunctionKey(key) ? `${functionOf(node)!.latex}\\left(${mark}\\right)` : mark
}

/** −z_{ij} of σ(−z_{ij}): the entry of a small node. */
function argumentText(
  node: Node,
  subscripts: readonly string[],
  labelling: Labelling,
  references: References,
): string {
  if (isFunction(node, labelling.stops))
    return arrayMark(keyOf(node, true), node, subscripts, labelling, references)
  const letters = node.shape.map((length, axis) => (length === 1 ? undefined : `#${axis}`))
  const composition = composeEntry(node, letters, labelling.stops)
  const { body } = tidyLine(composition, node.shape, true)
  return expressionLatex(body, {
    array: (key, at) => arrayMark(key, composition.arrays.get(key)!, at, labelling, references),
    symbol: (name) => subscripts[Number(name.slice(1))],
  })
}
