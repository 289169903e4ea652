// Functions of numbers as NumPy, PyTorch and TensorFlow have them.
import {
  add,
  div,
  elu,
  exp,
  leakyRelu,
  log,
  maximum,
  minimum,
  type Node,
  neg,
  norm,
  sqrt,
  std,
  sub,
  variance,
} from '@backprove/graph'
import { axesAt, isKept, nodeAt, numberAt, refuse, valueAt } from '../given.ts'
import type { Library } from './library.ts'

/** The variance of NumPy divides by n, that of PyTorch by n − 1 unless it is told. */
const spread =
  (make: typeof variance): Library =>
  (given) => {
    const { options, word } = given
    const correction = numberAt(given, 9, 'ddof', 'correction')
    const unbiased = options.get('unbiased')
    const isNumPy =
      /^(?:np|jnp|numpy|tf)\./.test(word) || options.has('axis') || options.has('axes')
    const isTorch = /^torch\./.test(word) || options.has('dim')
    if (correction === undefined && unbiased === undefined && !(isNumPy && !isTorch))
      refuse(given, 'By n or n − 1? np.var, ddof=0 or unbiased=False say n, unbiased=True n − 1')
    const by = correction ?? (unbiased === true ? 1 : 0)
    const axes = axesAt(given, 1)
    return make(nodeAt(given, 0), {
      ...(axes && { axes }),
      ...{ keepDims: isKept(given), correction: by },
    })
  }

const clipped: Library = (given) => {
  const low = valueAt(given, 1, 'min', 'a_min', 'clip_value_min') as Node | number | null
  const high = valueAt(given, 2, 'max', 'a_max', 'clip_value_max') as Node | number | null
  const raised =
    low === undefined || low === null ? nodeAt(given, 0) : maximum(nodeAt(given, 0), low)
  return high === undefined || high === null ? raised : minimum(raised, high)
}

export const functions: Readonly<Record<string, Library>> = {
  normalize: (given) => {
    const x = nodeAt(given, 0)
    const axes = axesAt(given, 2) ?? [x.shape.length > 1 ? 1 : 0]
    return div(x, norm(x, { axes, keepDims: true }))
  },
  ...{ var: spread(variance), std: spread(std), clip: clipped, clamp: clipped },
  clipbyvalue: clipped,
  leakyrelu: (given) =>
    leakyRelu(nodeAt(given, 0), { slope: numberAt(given, 1, 'negative_slope', 'slope') ?? 0.01 }),
  elu: (given) => elu(nodeAt(given, 0), { alpha: numberAt(given, 1, 'alpha') ?? 1 }),
  rsqrt: (given) => div(1, sqrt(nodeAt(given, 0))),
  reciprocal: (given) => div(1, nodeAt(given, 0)),
  log1p: (given) => log(add(1, nodeAt(given, 0))),
  expm1: (given) => sub(exp(nodeAt(given, 0)), 1),
  negative: (given) => neg(nodeAt(given, 0)),
}
