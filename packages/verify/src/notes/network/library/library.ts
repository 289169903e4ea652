// Functions of NumPy, PyTorch, JAX and TensorFlow that move axes or make arrays: what the
// operations here are, with other arguments. A table by their words.
import {
  broadcastTo,
  concat,
  einsum,
  expandDims,
  type Graph,
  gather,
  Node,
  reshape,
  sizeOf,
  slice,
  squeeze,
  stack,
  stopGradient,
  transpose,
  tril,
  triu,
} from '@backprove/graph'
import {
  axesAt,
  type Given,
  lengthsFrom,
  nodeAt,
  numberAt,
  optionsOf,
  refuse,
  valueAt,
} from '../given.ts'
import { padded } from './padded.ts'

export type Library = (given: Given, graph: Graph) => Node | undefined

/** As many as the others leave, where one is −1. @throws ClaimError where they do not fit */
const filledIn = (given: Given, { shape }: Node, lengths: readonly number[]): readonly number[] => {
  const rest = lengths.filter((each) => each !== -1)
  if (rest.length === lengths.length) return lengths
  const left = sizeOf(shape) / rest.reduce((all, each) => all * each, 1)
  if (rest.length + 1 < lengths.length || !Number.isInteger(left))
    refuse(given, `${sizeOf(shape)} entries do not fit this shape`)
  return lengths.map((each) => (each === -1 ? left : each))
}

const reshaped: Library = (given) => {
  const x = nodeAt(given, 0)
  return reshape(x, filledIn(given, x, lengthsFrom(given, 1, 'shape', 'newshape')))
}

/** transpose(0, 1) exchanges two axes, transpose(0, 2, 1) and transpose([0, 2, 1]) order all. */
const turned: Library = (given) => {
  const x = nodeAt(given, 0)
  const rank = x.shape.length
  if (given.args.length === 1 && given.options.size === 0) return undefined
  const axes = lengthsFrom(given, 1, 'axes', 'perm', 'dims')
  const isOrder =
    Array.isArray(given.args[1]) ||
    given.options.size > 0 ||
    /permute$|^(?:np|jnp)\./.test(given.word)
  const isPair = axes.length === 2 && (given.word.endsWith('swapaxes') || !isOrder)
  return isPair || axes.length !== rank ? exchanged(given, x, axes) : transpose(x, { axes })
}

const exchanged = (given: Given, x: Node, axes: readonly number[]): Node => {
  const rank = x.shape.length
  const [a, b] = axes.map((axis) => (axis < 0 ? axis + rank : axis))
  const isAxis = (axis: number | undefined) => axis !== undefined && axis >= 0 && axis < rank
  if (axes.length !== 2 || !isAxis(a) || !isAxis(b))
    return refuse(given, `An array with ${rank} axes has not those that change places here`)
  const order = [...x.shape.keys()].map((axis) => (axis === a ? b! : axis === b ? a! : axis))
  return transpose(x, { axes: order })
}

/** x.t(). */
const ofTwo: Library = (given) => {
  const x = nodeAt(given, 0)
  return x.shape.length === 2 ? transpose(x) : refuse(given, 't() is of a matrix')
}

const arraysOf = (given: Given): readonly Node[] => {
  const [first] = given.args
  const all = Array.isArray(first) ? (first as readonly Node[]) : (given.args as readonly Node[])
  return all.every((each) => each instanceof Node)
    ? all
    : refuse(given, `${given.word} is of arrays: ${given.word}([a, b])`)
}

const axisAt = (given: Given, k: number, usual: number): number => axesAt(given, k)?.[0] ?? usual

const joinedAt =
  (usual: (rank: number) => number): Library =>
  (given) => {
    const all = arraysOf(given)
    const rank = all[0]!.shape.length
    // concat(a, b) as concat([a, b]).
    const axis = axisAt(given, Array.isArray(given.args[0]) ? 1 : all.length, usual(rank))
    return concat(all, { axis: axis < 0 ? axis + rank : axis })
  }

/** hstack joins vectors end to end, vstack puts them one above the other. */
const above: Library = (given) => {
  const all = arraysOf(given)
  return all[0]!.shape.length === 1 ? stack(all) : concat(all, { axis: 0 })
}

const full =
  (value: number): Library =>
  (given, graph) =>
    broadcastTo(graph.constant(value), lengthsFrom(given, 0, 'shape', 'size'))

const like =
  (value: number): Library =>
  (given) => {
    const { graph, shape } = nodeAt(given, 0)
    return broadcastTo(graph.constant(value), shape)
  }

/** Ones where both places are the same. */
const eye: Library = (given, graph) => {
  const [n, m = n] = lengthsFrom(given, 0)
  if (!n || !m || n * m > 10_000) return refuse(given, 'eye(3) has 3 rows and columns')
  const rows = Array.from({ length: n }, (_, i) =>
    Array.from({ length: m }, (_, j) => Number(i === j)),
  )
  return graph.constant(rows)
}

const triangle =
  (make: typeof tril): Library =>
  (given) => {
    const diagonal = numberAt(given, 1, 'diagonal', 'k')
    return make(nodeAt(given, 0), diagonal === undefined ? {} : { diagonal })
  }

const widened: Library = (given) => {
  const axis = axesAt(given, 1)?.[0]
  return axis === undefined
    ? refuse(given, 'Where does the new axis stand?')
    : expandDims(nodeAt(given, 0), { axis })
}

const narrowed: Library = (given) => {
  const axes = axesAt(given, 1)
  return squeeze(nodeAt(given, 0), axes === undefined ? {} : { axes })
}

const contracted: Library = (given) => {
  const [equation, ...operands] = given.args
  if (typeof equation !== 'string' || !operands.every((each) => each instanceof Node))
    return refuse(given, "einsum('ij,jk->ik', a, b): letters, and arrays")
  return einsum(equation, ...(operands as Node[]))
}

/** Those that change no number: x.copy(), x.contiguous(), mask.astype(float). */
const idle: Library = (given) => nodeAt(given, 0)

type Numbers = readonly (number | Numbers)[]

const areNumbers = (value: unknown): value is Numbers =>
  Array.isArray(value) && value.every((each) => typeof each === 'number' || areNumbers(each))

/** np.array([[0, 1], [1, 0]]). */
const ofNumbers: Library = (given, graph) => {
  const value = valueAt(given, 0)
  return areNumbers(value) && value.length > 0
    ? graph.constant(value as Parameters<Graph['constant']>[0])
    : nodeAt(given, 0)
}

const byLetters =
  (equation: string, ...ranks: readonly number[]): Library =>
  (given) => {
    const all = ranks.map((_, k) => nodeAt(given, k))
    if (all.some(({ shape }, k) => shape.length !== ranks[k])) return undefined
    return einsum(equation, ...all)
  }

const diagonal: Library = (given, graph) => {
  const x = nodeAt(given, 0)
  if (x.shape.length !== 1) return byLetters('ii->i', 2)(given, graph)
  return einsum(
    'ij,j->ij',
    eye({ ...given, args: [x.shape[0]!], options: optionsOf([]) }, graph)!,
    x,
  )
}

const flat: Library = (given) => {
  const x = nodeAt(given, 0)
  const start = numberAt(given, 1, 'start_dim', 'startDim') ?? 0
  // Of a word alone nobody knows whether the first axis is a batch.
  if (given.word === 'flatten' && start === 0 && x.shape.length > 2) return undefined
  return reshape(x, [...x.shape.slice(0, start), sizeOf(x.shape.slice(start))])
}

/** chunk(4, 1) and np.split(x, 4) say how many parts; of PyTorch's split it is how long one is. */
const piece: Library = (given) => {
  const x = nodeAt(given, 0)
  const said = numberAt(given, 1, 'chunks', 'num_or_size_splits', 'indices_or_sections')
  const [axis = 0] = axesAt(given, 2) ?? []
  const [part, parts] = [given.options.get('part'), given.options.get('parts')]
  const length = x.shape.at(axis)
  if (!said || length === undefined || typeof part !== 'number') return undefined
  const isLong = given.word === 'torch.split' || (given.isMethod && given.word === 'split')
  const each = isLong ? said : Math.ceil(length / said)
  if (length !== each * Number(parts)) refuse(given, `${length} entries do not fit this shape`)
  const start = x.shape.map(() => 0).with(axis, part * each)
  return slice(x, { start, end: x.shape.with(axis, (part + 1) * each) })
}

/** F.one_hot(labels, 10), and the rows of what is learnt for each. */
const oneHot: Library = (given, graph) => {
  const n = numberAt(given, 1, 'num_classes', 'depth')
  return n
    ? gather(eye({ ...given, args: [n], options: optionsOf([]) }, graph)!, nodeAt(given, 0), {
        axis: 0,
      })
    : undefined
}

export const movements: Readonly<Record<string, Library>> = {
  ...{ reshape: reshaped, view: reshaped, transpose: turned, permute: turned, swapaxes: turned },
  t: ofTwo,
  ...{ concatenate: joinedAt(() => 0), cat: joinedAt(() => 0), concat: joinedAt(() => 0) },
  ...{ hstack: joinedAt((rank) => (rank === 1 ? 0 : 1)), vstack: above, einsum: contracted },
  stack: (given) => stack(arraysOf(given), { axis: axisAt(given, 1, 0) }),
  ...{ zeros: full(0), ones: full(1), zeroslike: like(0), oneslike: like(1), eye },
  full: (given, graph) => {
    const value = numberAt(given, 1, 'fill_value')
    if (value === undefined) return undefined
    const lengths = lengthsFrom({ ...given, args: given.args.slice(0, 1) }, 0, 'shape', 'size')
    return broadcastTo(graph.constant(value), lengths)
  },
  ...{ tril: triangle(tril), triu: triangle(triu), unsqueeze: widened, expanddims: widened },
  ...{ squeeze: narrowed, ravel: flat, flatten: flat, diag: diagonal },
  ...{ outer: byLetters('i,j->ij', 1, 1), trace: byLetters('ii->', 2) },
  ...{ copy: idle, clone: idle, contiguous: idle, float: idle, double: idle, astype: idle },
  ...{ to: idle, cpu: idle, cuda: idle, item: idle, numpy: idle, asarray: ofNumbers },
  ...{ array: ofNumbers, tensor: ofNumbers, constant: ofNumbers },
  pad: padded,
  ...{ chunk: piece, split: piece, onehot: oneHot },
  ...{ detach: (given) => stopGradient(nodeAt(given, 0)) },
  ...{ stopgradient: (given) => stopGradient(nodeAt(given, 0)) },
  identity: (given, graph) => (valueAt(given, 0) instanceof Node ? undefined : eye(given, graph)),
}
