// The arrays within an ONNX model by the letters of the notes: z^l is what layer l computes, a^l
// its activation, p^l what is pooled, h^l what is normalised, joined or used twice. A derivation
// goes from layer to layer then; the file's own names stand beside them, as the line of a text.
import { bareName, type Node, topologicalOrder } from '@backprove/graph'
import type { MadeArray } from '@backprove/interop'

const LETTERS: Readonly<Record<string, readonly string[]>> = {
  z: ['Conv', 'ConvTranspose', 'Gemm', 'MatMul'],
  a: [
    ...['Celu', 'Clip', 'Elu', 'Gelu', 'HardSigmoid', 'HardSwish', 'LeakyRelu', 'LogSoftmax'],
    ...['Mish', 'PRelu', 'Relu', 'Selu', 'Sigmoid', 'Softmax', 'Softplus', 'Softsign', 'Swish'],
    ...['Tanh', 'ThresholdedRelu'],
  ],
  p: ['AveragePool', 'GlobalAveragePool', 'GlobalMaxPool', 'LpPool', 'MaxPool'],
  h: [
    ...['Attention', 'BatchNormalization', 'Concat', 'GRU', 'GroupNormalization'],
    ...['InstanceNormalization', 'LSTM', 'LayerNormalization', 'RMSNormalization', 'RNN'],
  ],
}
const letterOf = new Map(
  Object.entries(LETTERS).flatMap(([letter, names]) => names.map((name) => [name, letter])),
)
/** The letters of an array's axes by its rank; of two and more the first one counts samples. */
const AXES = [
  ['', ''],
  ['', 'n'],
  ['s', 'n'],
  ['s', 'ij'],
  ['sk', 'ij'],
]

/**
 * Names what has no name yet.
 * @returns what made each array, by its name: `Conv /features/0/Conv`
 */
export function nameArrays(made: readonly MadeArray[], cost: Node): Record<string, string> {
  const { named } = cost.graph
  const uses = usesBelow(cost)
  const lines: Record<string, string> = {}
  let layer = 0
  const isFree = (letter: string) => !named.has(bareName(`${letter}^{${layer}}`))
  const give = (letter: string, { operator, name, node }: MadeArray): void => {
    if (node.name !== undefined || node.args.length === 0 || !uses.has(node)) return
    if (letter === 'z' || letter === 'h' || !isFree(letter)) layer++
    while (!isFree(letter)) layer++
    node.as(spelled(letter, layer, node))
    lines[node.name!] = `${operator} ${name}`
  }
  for (const [k, each] of made.entries()) {
    const [before, next] = [made[k - 1], made[k + 1]]
    if (isProduct(each) && isBiasOf(each, next)) continue
    const isBias = before && isProduct(before) && isBiasOf(before, each)
    const letter = isBias ? 'z' : letterOf.get(each.operator)
    if (letter !== undefined) give(letter, each)
    else if ((uses.get(each.node) ?? 0) > 1 || !next) give('h', each)
  }
  return lines
}

/** How many nodes take each node that the cost is computed from. */
function usesBelow(cost: Node): ReadonlyMap<Node, number> {
  const uses = new Map<Node, number>()
  for (const node of topologicalOrder([cost])) {
    for (const arg of new Set(node.args)) uses.set(arg, (uses.get(arg) ?? 0) + 1)
  }
  return uses
}

const isProduct = ({ operator }: MadeArray): boolean => operator === 'MatMul'
/** A product is named where its bias is added, not before. */
const isBiasOf = ({ node }: MadeArray, sum: MadeArray | undefined): boolean =>
  sum?.operator === 'Add' && sum.node.args.some((arg) => arg === node || arg.args.includes(node))

/** Axes of length 1 go without a letter, as in what is printed. */
function spelled(letter: string, layer: number, { shape }: Node): string {
  const [upper, lower] = AXES[shape.length] ?? ['', '']
  const letters = [...upper!, ...lower!].filter((_, k) => shape[k] !== 1)
  const above = letters.filter((each) => upper!.includes(each)).join('')
  const below = letters.filter((each) => lower!.includes(each)).join('')
  return `${letter}^{${layer}${above}}${below && `_{${below}}`}`
}
