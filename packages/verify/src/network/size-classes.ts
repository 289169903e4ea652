// Axes of a network that must have one length: by their letters in the ops' own definitions, and by
// broadcasting.
import { axisLetters, type Node, ops, shapesOf } from '@backprove/graph'

/** Which axes that were recorded with length 1 may have others: those that formulas show, or all. */
export type Ones = 'ones stay' | 'ones vary' | 'all vary'

type State = 'free' | 'fixed' | 'computed'

interface Classes {
  readonly rootOf: (node: Node, axis: number) => string
  readonly stateOf: (root: string) => State
}

const key = (node: Node, axis: number): string => `${node.id}.${axis}`

/** Axes that must have one length are one class: by their letters in the ops' own definitions. */
export const classesOf = (nodes: readonly Node[], ones: Ones): Classes => {
  const parents = new Map<string, string>()
  const states = new Map<string, State>()
  const find = (item: string): string => {
    let root = item
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next
    return root
  }
  const mark = (item: string, state: State): void => {
    const root = find(item)
    if (states.get(root) !== 'fixed') states.set(root, state)
  }
  const unite = (a: string, b: string): void => {
    const [left, right] = [find(a), find(b)]
    if (left === right) return
    const [from, to] = [states.get(right), states.get(left)]
    parents.set(right, left)
    if (from && to !== 'fixed') states.set(left, from)
  }

  for (const node of nodes) {
    const stays = (axis: number) =>
      ones === 'ones stay' || (ones === 'ones vary' && !shownAxes(node).has(axis))
    node.shape.forEach((length, axis) => {
      const isOne = length === 1 && (node.op.traits?.leaf ? stays(axis) : ones === 'ones stay')
      if (isOne || node.op === ops.constant) mark(key(node, axis), 'fixed')
    })
    if (node.op.traits?.leaf) continue
    if (node.op.traits?.sized)
      for (const arg of node.args)
        for (const axis of arg.shape.keys()) mark(key(arg, axis), 'fixed')
    if (node.op.axes === undefined) uniteElementwise(node, unite, mark)
    else uniteLetters(node, unite, mark)
  }
  return {
    rootOf: (node, axis) => find(key(node, axis)),
    stateOf: (root) => states.get(root) ?? 'free',
  }
}

const uniteElementwise = (
  node: Node,
  unite: (a: string, b: string) => void,
  mark: (item: string, state: State) => void,
): void => {
  for (const arg of node.args)
    arg.shape.forEach((length, axis) => {
      const target = axis + node.shape.length - arg.shape.length
      if (length === node.shape[target]) unite(key(node, target), key(arg, axis))
      else mark(key(arg, axis), 'fixed')
    })
}

/**
 * The axes of a leaf that formulas show: those with letters; without letters, all but lengths 1.
 */
export const shownAxes = (leaf: Node): ReadonlySet<number> => {
  const lettered = leaf.graph.namesOf(leaf).find(({ letters }) => letters.length > 0)
  return new Set(lettered?.axes ?? [...leaf.shape.keys()].filter((axis) => leaf.shape[axis] !== 1))
}

const PACK = '…'

interface Place {
  readonly letter: string
  readonly isPacked: boolean
}

const uniteLetters = (
  node: Node,
  unite: (a: string, b: string) => void,
  mark: (item: string, state: State) => void,
): void => {
  const { op, params } = node
  const shapes = shapesOf(op, node.args)
  const letterKey = (letter: string): string => `${node.id}:${letter}`
  const known = new Set<string>()
  const patterns = Object.values(axisLetters(op, shapes, params))
  const places = patterns.map((letters, operand) => {
    const arg = node.args[operand]!
    const width = arg.shape.length - (letters.length - 1)
    return letters.flatMap((letter): Place[] =>
      letter === PACK
        ? Array.from({ length: width }, (_, k) => ({ letter: PACK + (width - k), isPacked: true }))
        : [{ letter, isPacked: false }],
    )
  })
  const longest = new Map<string, number>()
  places.forEach((own, operand) => {
    own.forEach(({ letter }, axis) => {
      const length = node.args[operand]!.shape[axis]!
      longest.set(letter, Math.max(longest.get(letter) ?? 1, length))
    })
  })
  places.forEach((own, operand) => {
    const arg = node.args[operand]!
    own.forEach(({ letter, isPacked }, axis) => {
      if (!isPacked) known.add(letter)
      // Beside a longer one it is repeated.
      if (isPacked && arg.shape[axis] !== longest.get(letter)) mark(key(arg, axis), 'fixed')
      else unite(letterKey(letter), key(arg, axis))
    })
  })
  if ((op === ops.conv2d || op === ops.convolve2d) && known.has('K')) {
    const { groups } = params as { groups: number }
    if (groups === 1) unite(letterKey('C'), letterKey('K'))
    else for (const letter of ['C', 'K', 'F']) mark(letterKey(letter), 'fixed')
  }
  const rule = typeof op.axes === 'string' ? op.axes : (op.axes?.(params, shapes) ?? '')
  const axes = rule.trim() === '' ? [] : rule.split(',').map((axis) => axis.trim())
  const width = node.shape.length - axes.filter((axis) => axis !== PACK).length
  let at = 0
  for (const axis of axes) {
    if (axis === PACK) {
      for (let k = width; k >= 1; k--, at++) unite(letterKey(PACK + k), key(node, at))
    } else {
      if (known.has(axis)) unite(letterKey(axis), key(node, at))
      else mark(key(node, at), 'computed')
      at++
    }
  }
}
