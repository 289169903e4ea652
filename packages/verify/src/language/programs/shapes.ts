// Shapes of the arrays of a program by the rules of NumPy: of what is broadcast, multiplied,
// reduced. An axis is known by an array of the graph that has it.
import type { Resolved, Scope } from '../resolved.ts'
import { ClaimError } from '../syntax.ts'
import { type Axes, type Axis, isLong, isUnit, unit } from './axis.ts'
import { kroneckerAxes, repeatedAxes } from './blown-up.ts'
import { asEinsum, contractedAxes } from './contracted.ts'
import { partAxes, withLengths } from './parts.ts'

const unread = (node: Resolved): ClaimError =>
  new ClaimError('This is not read in a line of a program', node.span)

const spelled = (axes: Axes): string => `[${axes.map(({ length }) => length).join(', ')}]`

/** Of operands side by side, aligned at their last axes. @throws ClaimError where they differ */
export const broadcast = (all: readonly Axes[], node: Resolved): Axes => {
  const rank = Math.max(0, ...all.map(({ length }) => length))
  return Array.from({ length: rank }, (_, k) => {
    const own = all.flatMap((axes) => axes[axes.length - rank + k] ?? [])
    const long = own.find((axis) => !isUnit(axis) && axis.isPart) ?? own.find(isLong) ?? own[0]!
    if (own.some((axis) => !isUnit(axis) && axis.length !== long.length))
      throw new ClaimError(
        `Arrays of shapes ${all.map(spelled).join(' and ')} do not broadcast`,
        node.span,
      )
    return long
  })
}

/** Which axes a reduction runs over, from the first. @throws ClaimError for one that is not there */
export const reducedAxes = (node: Resolved & { kind: 'call' }, rank: number): readonly number[] => {
  const named = node.along?.axes ?? Array.from({ length: rank }, (_, k) => k)
  return named.map((axis) => {
    const found = axis < 0 ? axis + rank : axis
    if (found < 0 || found >= rank)
      throw new ClaimError(`An array with ${rank} axes has no axis ${axis}`, node.span)
    return found
  })
}

const reduced = (node: Resolved & { kind: 'call' }, scope: Scope): Axes => {
  const axes = axesOf(node.operands[0]!, scope)
  const gone = new Set(reducedAxes(node, axes.length))
  if (node.along?.keeps) return axes.map((axis, k) => (gone.has(k) ? unit(axis) : axis))
  return axes.filter((_, k) => !gone.has(k))
}

/** (…, n, k) times (…, k, m); vectors lose their axis. */
const multiplied = (node: Resolved & { kind: 'call' }, scope: Scope): Axes => {
  const [a, b] = node.operands.map((each) => axesOf(each, scope))
  if (!a?.length || !b?.length) return broadcast([a ?? [], b ?? []], node)
  const [left, right] = [a.at(-1)!, b.at(-2) ?? b.at(-1)!]
  if (left.length !== right.length) {
    const isRight = b.length === 2 && b[1]!.length === left.length
    const isLeft = a.length === 2 && a[0]!.length === right.length
    const which = isRight ? 'right' : 'left'
    const hint = isRight || isLeft ? `; the transpose of the ${which} one does` : ''
    throw new ClaimError(
      `${spelled(a)} @ ${spelled(b)} does not fit: ${left.length} is not ${right.length}${hint}`,
      node.span,
    )
  }
  const batch = broadcast([a.slice(0, -2), b.slice(0, -2)], node)
  return [...batch, ...(a.length > 1 ? [a.at(-2)!] : []), ...(b.length > 1 ? [b.at(-1)!] : [])]
}

/** np.dot sums over other axes than @ does where the right side has three. */
const dotted = (node: Resolved & { kind: 'call' }, scope: Scope): Axes => {
  const [, right] = node.operands.map((each) => axesOf(each, scope))
  if (right && right.length > 2)
    throw new ClaimError('dot of an array with 3 axes or more: write @, or a sum', node.span)
  return multiplied(node, scope)
}

/** What has two axes and more is made flat by np.outer, which is not read. */
const flat = (node: Resolved, scope: Scope): Axes => {
  const axes = axesOf(node, scope)
  if (axes.length > 1) throw new ClaimError('outer is of two vectors', node.span)
  return axes
}

/** .T of three axes turns all of them in NumPy, and is no more in PyTorch. */
const turned = (axes: Axes, node: Resolved): Axes => {
  if (axes.length > 2)
    throw new ClaimError('Which of 3 axes or more change places is not said', node.span)
  return [...axes].reverse()
}

/** A new axis of length 1: its array is the first that the node speaks of. */
const fresh = (axes: Axes, node: Resolved): Axis => {
  const [known] = axes
  if (!known) throw new ClaimError('A number has no axes to stand beside', node.span)
  return unit(known)
}

/** With the new axis of expand_dims; from the axes of x. */
const viewed = (node: Resolved & { kind: 'call' }, scope: Scope): Axes => {
  const axes = axesOf(node.operands[0]!, scope)
  const result: Axis[] = []
  const rest = [...axes]
  for (const isNew of newAxesIn(node, axes.length))
    result.push(isNew ? fresh(axes, node) : rest.shift()!)
  return result
}

/** For each axis of what is made whether it is new. @throws ClaimError where x has fewer axes */
export const newAxesIn = (
  { along, span }: Resolved & { kind: 'call' },
  rank: number,
): readonly boolean[] => {
  const { newAxis = 0, ofVector } = along ?? {}
  if (ofVector && rank !== 1) throw new ClaimError('Only a vector is made a row or a column', span)
  const at = newAxis < 0 ? newAxis + rank + 1 : newAxis
  if (at < 0 || at > rank)
    throw new ClaimError(`An array with ${rank} axes has no place ${newAxis}`, span)
  return Array.from({ length: rank + 1 }, (_, k) => k === at)
}

/** ones((N, D)): lengths that have letters, or numbers. */
const named = (node: Resolved, scope: Scope): Axis => {
  const some = scope.names.find(({ rank }) => rank > 0)
  if (some && node.kind === 'numeral' && node.value.denominator === 1n && node.value.numerator > 0n)
    return {
      length: Number(node.value.numerator),
      array: { kind: 'array', name: some.name, skip: 0, span: node.span },
      axis: 0,
      isPart: true,
    }
  const size = node.kind === 'size' && scope.sizes?.find(({ name }) => name === node.name)
  const known = size && scope.names.find(({ name }) => name === size.array)
  if (!size || !known) throw new ClaimError('This is no length that has a letter', node.span)
  const length = (known.recorded ?? known.shape)[size.axis]!
  return {
    length,
    array: { kind: 'array', name: size.array, skip: 0, span: node.span },
    axis: size.axis,
  }
}

const callAxes = (node: Resolved & { kind: 'call' }, scope: Scope): Axes => {
  const { word, operands } = node
  const [first] = operands
  const isReduced = ['sum', 'mean', 'variance', 'deviation'].includes(word)
  if (isReduced || (operands.length === 1 && (word === 'max' || word === 'min')))
    return reduced(node, scope)
  if (word === 'matmul') return multiplied(node, scope)
  if (word === 'dot') return dotted(node, scope)
  if (word === 'outer') return operands.flatMap((each) => flat(each, scope))
  if (word === 'size') return []
  if (word === 'part')
    return partAxes(withLengths(node, scope), axesOf(first!, scope), (axes) => fresh(axes, node))
  if (word === 'view') return viewed(node, scope)
  const all = () => operands.map((each) => axesOf(each, scope))
  if (word === 'einsum') return contractedAxes(node, all())
  if (word === 'tensordot') return contractedAxes(asEinsum(node, all()), all())
  if (word === 'repeat') return repeatedAxes(node, all()[0]!)
  if (word === 'kron') return kroneckerAxes(all())
  if (word === 'filled') return operands.slice(1).map((each) => named(each, scope))
  const axes = first ? axesOf(first, scope) : []
  if (word === 'transpose') return turned(axes, node)
  if (word === 'diag') return axes.length === 1 ? [axes[0]!, axes[0]!] : axes.slice(0, 1)
  if (word === 'softmax') return axes
  return broadcast(all(), node)
}

const known = new WeakMap<Resolved, { readonly scope: Scope; readonly axes: Axes }>()

/** The axes of what a line of a program says. @throws ClaimError where it is not read */
export const axesOf = (node: Resolved, scope: Scope): Axes => {
  // What stands deep in calls is asked for at each of them.
  const before = known.get(node)
  if (before?.scope === scope) return before.axes
  const axes = axesIn(node, scope)
  known.set(node, { scope, axes })
  return axes
}

const axesIn = (node: Resolved, scope: Scope): Axes => {
  const of = (each: Resolved) => axesOf(each, scope)
  switch (node.kind) {
    case 'numeral':
    case 'index':
    case 'size':
    case 'variable':
    case 'cost':
      return []
    case 'array': {
      const known = scope.names.find(({ name }) => name === node.name)
      if (!known) throw unread(node)
      const shape = (known.recorded ?? known.shape).slice(node.skip)
      const axes = shape.map((length, axis): Axis => ({ length, array: node, axis }))
      const isColumn = scope.hasColumns && axes.length === 1
      return isColumn ? [...axes, { ...unit(axes[0]!), isAdded: true }] : axes
    }
    case 'entry':
      return of(node.array).filter((_, k) => !node.indices[k])
    case 'derivative':
      return [node.of, ...node.by].flatMap(of)
    case 'call':
      return callAxes(node, scope)
    case 'activation':
    case 'negation':
      return of(node.operand)
    case 'power':
      return broadcast([of(node.base), of(node.exponent)], node)
    case 'transposed':
      return turned(of(node.operand), node)
    case 'product':
      return productAxes(node.factors.map(of), node)
    case 'addition':
      return broadcast(node.terms.map(of), node)
    case 'hadamard':
      return broadcast([of(node.left), of(node.right)], node)
    case 'quotient':
      return broadcast([of(node.numerator), of(node.denominator)], node)
    case 'reduction':
      return of(node.body)
    case 'iverson':
      return broadcast(
        node.conditions.map((each) => {
          if (each.kind !== 'comparison') throw unread(node)
          return broadcast(each.operands.map(of), node)
        }),
        node,
      )
    default:
      throw unread(node)
  }
}

/** 2 x: numbers beside one array; arrays side by side are no product of a program. */
const productAxes = (factors: readonly Axes[], node: Resolved): Axes => {
  const arrays = factors.filter(({ length }) => length > 0)
  if (arrays.length > 1) throw unread(node)
  return arrays[0] ?? []
}
