// Lines of programs, entry by entry: what NumPy broadcasts, multiplies and reduces, as sums over
// indices. dW = x.T @ dout is the claim that dW_{ij} = Σ_k x_{ki} dout_{kj}.
import { isZero, type Resolved, type Scope } from '../resolved.ts'
import { ClaimError } from '../syntax.ts'
import { type Axes, type Axis, isUnit } from './axis.ts'
import { kroneckerAt, repeatedAt } from './blown-up.ts'
import { asEinsum, contractedAt } from './contracted.ts'
import { partEntry, withLengths } from './parts.ts'
import { diagonalAt, matmulAt, softmaxAt, viewAt } from './products.ts'
import {
  type Call,
  call,
  index,
  type Letter,
  lengthOf,
  numeral,
  own,
  type Reading,
  reduction,
} from './reading.ts'
import { axesOf, reducedAxes } from './shapes.ts'

/** Σ, max or min over axes: the body at fresh letters in their place. */
const reducedAt = (
  node: Call,
  operator: 'sum' | 'max' | 'min',
  at: readonly Resolved[],
  reading: Reading,
): { read: Resolved; gone: Axes } => {
  const [operand] = node.operands
  const axes = axesOf(operand!, reading.scope)
  const over = new Set(reducedAxes(node, axes.length))
  const letters: Letter[] = []
  const rest = [...at]
  const inner = axes.map((axis, k) => {
    const { span } = node
    if (!over.has(k)) return rest.shift()!
    if (node.along?.keeps) rest.shift()
    if (isUnit(axis)) return numeral(1n, span)
    letters.push({ name: reading.fresh(), axis })
    return index(letters.at(-1)!.name, span)
  })
  const read = reduction(operator, letters, entryAt(operand!, inner, reading))
  return { read, gone: axes.filter((_, k) => over.has(k)) }
}

const meanAt = (node: Call, at: readonly Resolved[], reading: Reading): Resolved => {
  const { span } = node
  const { read, gone } = reducedAt(node, 'sum', at, reading)
  const lengths = gone.filter((axis) => !isUnit(axis)).map((axis) => lengthOf(axis, reading))
  if (lengths.length === 0) return read
  const denominator: Resolved = { kind: 'product', factors: lengths, span }
  return { kind: 'quotient', numerator: read, denominator, span }
}

/** The mean of the squares of what is left without the mean. */
const varianceAt = (node: Call, at: readonly Resolved[], reading: Reading): Resolved => {
  const { span } = node
  const [operand] = node.operands
  const along = { ...node.along, keeps: true }
  const mean: Resolved = { ...node, word: 'mean', along }
  const negation: Resolved = { kind: 'negation', operand: mean, span }
  const centred: Resolved = { kind: 'addition', terms: [operand!, negation], span }
  const squares: Resolved = { kind: 'power', base: centred, exponent: numeral(2n, span), span }
  return meanAt({ ...node, word: 'mean', operands: [squares] }, at, reading)
}

const sizeAt = (node: Call, reading: Reading): Resolved => {
  const axes = axesOf(node.operands[0]!, reading.scope)
  const [axis] = reducedAxes(node, axes.length)
  return lengthOf(axes[axis ?? 0]!, reading)
}

const callAt = (node: Call, at: readonly Resolved[], reading: Reading): Resolved => {
  const { word, operands, span } = node
  const [first] = operands
  const { along: _, ...plain } = node
  if (word === 'sum') return reducedAt(node, 'sum', at, reading).read
  if (operands.length === 1 && (word === 'max' || word === 'min'))
    return reducedAt(node, word, at, reading).read
  if (word === 'mean') return meanAt(node, at, reading)
  if (word === 'variance') return varianceAt(node, at, reading)
  if (word === 'deviation') return call('sqrt', [varianceAt(node, at, reading)], span)
  const isProduct = word === 'matmul' || word === 'dot'
  if (isProduct && operands.every((each) => axesOf(each, reading.scope).length > 0))
    return matmulAt(node, at, reading)
  if (word === 'outer') {
    // A number beside a vector has no axis here, and one of length 1 in NumPy.
    const counts = operands.map((each) => axesOf(each, reading.scope).length)
    const factors = operands.map((each, k) => {
      const start = counts.slice(0, k).reduce((sum, count) => sum + count, 0)
      return entryAt(each, at.slice(start, start + counts[k]!), reading)
    })
    return { kind: 'product', factors, span }
  }
  if (word === 'softmax') return softmaxAt(node, at, reading)
  if (word === 'part') {
    const { scope } = reading
    return partEntry(withLengths(node, scope), axesOf(first!, scope), at, reading)
  }
  if (word === 'view') return viewAt(node, at, reading)
  const all = () => operands.map((each) => axesOf(each, reading.scope))
  if (word === 'einsum') return contractedAt(node, all(), at, reading)
  if (word === 'tensordot') return contractedAt(asEinsum(node, all()), all(), at, reading)
  if (word === 'repeat') return repeatedAt(node, all()[0]!, at, reading)
  if (word === 'kron') return kroneckerAt(node, all(), at, reading)
  if (word === 'filled') return first!
  if (word === 'size') return sizeAt(node, reading)
  if (word === 'transpose') return entryAt(first!, [...at].reverse(), reading)
  if (word === 'diag') return diagonalAt(first!, at, reading)
  const read = operands.map((each) => partAt(each, at, reading))
  if (isProduct) return { kind: 'product', factors: read, span }
  return { ...plain, operands: read }
}

/** An operand of what is broadcast. */
const partAt = (node: Resolved, at: readonly Resolved[], reading: Reading): Resolved =>
  entryAt(node, own(axesOf(node, reading.scope), at, node.span), reading)

const entryAt = (node: Resolved, at: readonly Resolved[], reading: Reading): Resolved => {
  const part = (each: Resolved) => partAt(each, at, reading)
  const { span } = node
  switch (node.kind) {
    case 'numeral':
    case 'index':
    case 'size':
    case 'variable':
    case 'cost':
      return node
    case 'negation':
    case 'activation':
      return { ...node, operand: part(node.operand) }
    case 'addition':
      return { ...node, terms: node.terms.map(part) }
    case 'product':
      return { ...node, factors: node.factors.map(part) }
    case 'hadamard':
      return { kind: 'product', factors: [part(node.left), part(node.right)], span }
    case 'quotient':
      return { ...node, numerator: part(node.numerator), denominator: part(node.denominator) }
    case 'power':
      return { ...node, base: part(node.base), exponent: part(node.exponent) }
    case 'transposed':
      return entryAt(node.operand, [...at].reverse(), reading)
    case 'reduction':
      return { ...node, body: part(node.body) }
    case 'iverson':
      return {
        ...node,
        conditions: node.conditions.map((each) =>
          each.kind === 'comparison' ? { ...each, operands: each.operands.map(part) } : each,
        ),
      }
    case 'call':
      return callAt(node, at, reading)
    case 'entry': {
      const rest = [...at]
      return { ...node, indices: node.indices.map((each) => each ?? rest.shift() ?? null) }
    }
    default: {
      const axes = at.length === 0 ? [] : axesOf(node, reading.scope)
      const indices = at.filter((_, k) => !axes[k]?.isAdded)
      return indices.length === 0 ? node : { kind: 'entry', array: node, indices, span }
    }
  }
}

const ones = (axis: Axis, reading: Reading): Resolved => {
  const length = lengthOf(axis, reading) as Call
  return length.operands[0]!
}

/** An array of a shape, for two sides that differ in it: it is what refutes them. */
const ofShape = (axes: Axes, side: Resolved, reading: Reading): Resolved => {
  const isPart = axes.some((axis) => axis.isPart)
  const [first, second, ...others] = isPart ? [] : axes.map((axis) => ones(axis, reading))
  if (!first || others.length > 0)
    throw new ClaimError('The sides of this line have different shapes', side.span)
  if (!second) return first
  const operand: Resolved = { kind: 'transposed', operand: second, span: side.span }
  return { kind: 'product', factors: [first, operand], span: side.span }
}

/** The sides of a line of a program, each at the same entry; axes of length 1 do not count. */
export const programEntries = (sides: readonly Resolved[], scope: Scope): readonly Resolved[] => {
  let count = 0
  const reading: Reading = {
    scope,
    fresh: () => `k″${++count}`,
    entryAt: (node, at) => entryAt(node, at, reading),
  }
  const shapes = sides.map((side) => axesOf(side, scope))
  const long = shapes.map((axes) => axes.filter((axis) => !isUnit(axis)))
  // 0 fills what it stands beside.
  const lengths = long
    .filter((_, k) => !isZero(sides[k]!))
    .map((axes) => axes.map(({ length }) => length).join())
  if (lengths.some((each) => each !== lengths[0]))
    return sides.map((side, k) => ofShape(long[k]!, side, reading))
  return sides.map((side, k) => {
    let next = 0
    const at = shapes[k]!.map((axis) =>
      isUnit(axis) ? numeral(1n, side.span) : index(`i″${++next}`, side.span),
    )
    return entryAt(side, at, reading)
  })
}
