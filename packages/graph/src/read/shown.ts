// A node in one line and as one equation, for consoles and notebooks: its op, applied to what has a
// label. `formula` and `text` say more.
import { type Display, JUPYTER } from '../display.ts'
import { OptionError } from '../errors.ts'
import { atom } from '../ops/print-parts.ts'
import { shapesOf } from '../record/infer-shape.ts'
import { type Graph, type Node, printers } from '../record/node.ts'
import { operandNames, type Printed } from '../record/op.ts'
import { formatShape } from '../shape.ts'
import { show } from '../show.ts'
import { type Style, writeLabel } from './label/label-text.ts'
import { labelOf, labelsOf, numberLabel } from './label/labels.ts'
import { hintAtMethods } from './methods.ts'

/** Unnamed operands are followed so far; what lies deeper is a number. */
const DEEPEST = 3
/** As many names of a graph fit a few lines. */
const MOST_NAMES = 12

/**
 * What a notebook's cell shows of a node, a graph, a model, a program or a verdict, by media type:
 * `text/plain`, and `text/latex` and `text/html` where they say more.
 * @throws OptionError for anything else
 */
export function display(value: object): Readonly<Record<string, string>> {
  const media = (value as { [JUPYTER]?: () => Record<string, string> } | null)?.[JUPYTER]?.()
  if (!media) {
    throw new OptionError(
      `display: ${show(value)} is neither a node, graph, model, program nor verdict`,
    )
  }
  return media
}

/** `δ^F [3, 4, 4] = mul(∂C/∂a^F, sigmoidPrime(z^F))  net.ts:14:3` */
function shownNode(node: Node): Display {
  const { op, shape, source, args } = node
  const isLeaf = args.length === 0
  const name = allLabels(node, 'unicode')
  const call = isLeaf ? op.name : callOf(node, 0)
  const what = isLeaf ? `${name} ${formatShape(shape)}, ${op.name}` : undefined
  return {
    text: `${what ?? `${name} ${formatShape(shape)} = ${call}`}${source ? `  ${source}` : ''}`,
    latex: [allLabels(node, 'latex'), ...(isLeaf ? [] : [printed(node, 0).text])].join(' = '),
    rows: [
      ['name', name],
      ['op', call],
      ['shape', formatShape(shape)],
      ...(source ? [['recorded at', source] as const] : []),
    ],
  }
}

/** Every name of a graph with its shape, as many as fit. */
function shownGraph({ named }: Graph): Display {
  const all = [...named].map(([name, { shape, op, args }]): [string, string] => [
    name,
    `${formatShape(shape)} ${op.name}${args.length > 0 ? '' : ', given'}`,
  ])
  const [rows, more] = [all.slice(0, MOST_NAMES), all.length - MOST_NAMES]
  const rest = more > 0 ? [`  … and ${more} more`] : []
  const head = `a graph of ${all.length} named ${all.length === 1 ? 'array' : 'arrays'}`
  return {
    text: [head, ...rows.map(([name, what]) => `  ${name} ${what}`), ...rest].join('\n'),
    rows,
  }
}

const written = (node: Node, style: Style): string | undefined => {
  const label = labelOf(node)
  return label && writeLabel(label, style)
}

function allLabels(node: Node, style: Style): string {
  const labels = labelsOf(node)
  return (labels.length > 0 ? labels : [numberLabel(node)])
    .map((label) => writeLabel(label, style))
    .join(' = ')
}

/** `mul(∂C/∂a^F, sigmoidPrime(z^F))` */
function callOf(node: Node, depth: number): string {
  const operands = node.args.map((arg) => {
    const known = written(arg, 'unicode')
    if (known !== undefined) return known
    return depth < DEEPEST && arg.args.length > 0 ? callOf(arg, depth + 1) : `#${arg.id}`
  })
  return `${node.op.name}(${operands.join(', ')})`
}

/** The layer form of one step, as the op prints it. */
function printed(node: Node, depth: number): Printed {
  const operands = node.args.map((arg) => {
    const known = written(arg, 'latex')
    if (known !== undefined) return atom(known)
    const isShort = depth < DEEPEST && arg.args.length > 0
    return isShort ? printed(arg, depth + 1) : atom(writeLabel(numberLabel(arg), 'latex'))
  })
  const names = operandNames(node.op, operands.length)
  const byName = Object.fromEntries(names.map((name, k) => [name, operands[k]!]))
  return node.op.latex(byName, node.params, shapesOf(node.op, node.args))
}

printers.node = shownNode
printers.graph = shownGraph
hintAtMethods()
