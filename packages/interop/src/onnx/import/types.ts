// Which values of a model are whole numbers or truth values. The graph computes with numbers alone;
// what the file divides or casts depends on it.
import { type Call, isWhole } from './context.ts'

const FLOATS: ReadonlySet<number> = new Set([0, 1, 10, 11, 16])

/** Of ONNX's numbers of element types; an input that says none is taken for numbers. */
export const isWholeType = (element: number): boolean => !FLOATS.has(element)

const WHOLE = new Set([
  ...[
    'QuantizeLinear',
    'ArgMax',
    'ArgMin',
    'NonZero',
    'Shape',
    'Size',
    'And',
    'Or',
    'Xor',
    'Not',
    'IsNaN',
    'IsInf',
  ],
  ...['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual'],
])
const NUMBERS = new Set(['DequantizeLinear', 'NegativeLogLikelihoodLoss'])
/** The input whose type the outputs have; the first one else. */
const LIKE: Readonly<Record<string, number>> = { CastLike: 1, OneHot: 2, Where: 1 }

/** Whether the k-th output of the operator is of whole numbers. */
export function isWholeOutput(call: Call, k: number): boolean {
  const { operator, attributes } = call.node
  const to = attributes.get(operator === 'EyeLike' ? 'dtype' : 'to')
  if (WHOLE.has(operator) || (k === 1 && ['TopK', 'Dropout', 'MaxPool'].includes(operator)))
    return true
  // What a branch gives is what it was within the branch.
  if (NUMBERS.has(operator) || operator === 'If') return false
  if (typeof to === 'number') return isWholeType(to)
  return isWhole(call, Object.hasOwn(LIKE, operator) ? LIKE[operator]! : 0)
}
