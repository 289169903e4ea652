// The shapes of arrays that equations use and nobody declares. W of z = W x + b is a matrix, b as
// long as z, y of (a − y) as a is; what fits no rule is not read.
import { roleOf } from '../../document/network/leaves.ts'
import type { Expression, Name } from '../../language/syntax.ts'
import { entrywise } from '../network/operations.ts'
import type { LengthsByLetter } from './declared.ts'
import { type Length, rootOf, type Shape, sure, unite, uniteShapes, unreadable } from './lengths.ts'
import { baseOf, isPlain, type Letters, nameIn } from './names.ts'
import { slide } from './sliding.ts'

/** What nobody declared and is a number, as in z = w x + b of one unit; or a row, in x W. */
export type Numbers = ReadonlySet<string> | 'small letters' | 'rows'

export interface Shapes {
  readonly numbers: Numbers
  /** Of each array by its name; a name that is not there is new. */
  readonly arrays: Map<string, Shape>
  /** Those whose rows are of one sample each. */
  readonly ofRows: Set<string>
  /** As long as each 𝟙 is. */
  readonly ones: Map<Expression, Shape>
  /** Names that no equation says, in order. */
  readonly leaves: string[]
  /** What the document says of a name: W ∈ ℝ^{m×n}. */
  readonly declared: ReadonlyMap<string, Shape>
  /** Letters of which entries w_{jk} are spoken. */
  readonly matrices: ReadonlySet<string>
  /** n of Σ_{i=1}^n and of ℝ^n. */
  readonly lengths: LengthsByLetter
}

const totals: ReadonlySet<string> = new Set(['sum', 'norm'])
const scalars: ReadonlySet<string> = new Set(['λ', 'η', 'ε', 'n', 'm', 'N'])

const fresh = (rank: number, isRow: boolean): Shape =>
  Array.from(
    { length: rank },
    (_, k): Length => (isRow && k === 0 ? { size: 1 } : { guessed: true }),
  )

/** X W, a matrix of samples times what is learnt: a sample is a row. */
const hasRows = (node: Expression): boolean => {
  const last = node.kind === 'product' ? node.factors.at(-1) : undefined
  return last?.kind === 'name' && roleOf(last.base) === 'parameter'
}

/** Q Kᵀ and X Wᵀ, over √d or with b: each row is of one sample. */
export const areRowsOf = (node: Expression): boolean => {
  if (node.kind === 'product') return node.factors.at(-1)?.kind === 'transposed'
  if (node.kind === 'quotient') return areRowsOf(node.numerator)
  return node.kind === 'addition' && node.terms.some((each) => areRowsOf(each) || hasRows(each))
}

/** `letters`: the length that each index of the equation runs through. */
export const shapeOf = (
  expression: Expression,
  shapes: Shapes,
  letters: Letters<Length>,
): Shape => {
  const inner = (node: Expression) => shapeOf(node, shapes, letters)
  const declare = (name: string, given: Shape): Shape => {
    const declared = shapes.declared.get(name)
    if (declared && given.length > 0) uniteShapes(declared, given)
    const shape = declared ?? given
    shapes.arrays.set(name, shape)
    shapes.leaves.push(name)
    return shape
  }
  const areRows = shapes.numbers === 'rows'
  const isRow = (node: Name) => shapes.ofRows.has(nameIn(node, letters).name)
  const isMatrix = (name: string): boolean =>
    /^\p{Lu}/u.test(name) || shapes.matrices.has(baseOf(name))
  /** What a name that nobody declared looks like: capitals are matrices. */
  const rankOf = (name: string): number => {
    const declared = shapes.declared.get(name)
    if (declared) return declared.length
    const { numbers } = shapes
    if (numbers === 'small letters') return isMatrix(name) ? unreadable() : 0
    if (scalars.has(name) || (numbers !== 'rows' && numbers.has(name))) return 0
    return numbers === 'rows' || isMatrix(name) ? 2 : 1
  }
  const freshOf = (name: string) => fresh(rankOf(name), areRows && !isMatrix(name))
  /** A new name alone in its place, which may have the shape of what it stands beside. */
  const newIn = (node: Expression): string | undefined => {
    const bare = node.kind === 'negation' ? node.operand : node
    if (bare.kind !== 'name') return undefined
    const { name, indices } = nameIn(bare, letters)
    return indices.length === 0 && !shapes.arrays.has(name) ? name : undefined
  }
  const alike = (nodes: readonly Expression[]): Shape => {
    const haveRows = nodes.some(hasRows)
    // What had no index beside Σ_{m,n} X_{i+m,j+n} K_{mn} is a number.
    if (nodes.some((each) => each.kind === 'application' && each.head.base === slide))
      for (const name of nodes.flatMap((each) => newIn(each) ?? [])) declare(name, [])
    const before = nodes.filter((node) => newIn(node) === undefined)
    const known = before.map(inner)
    const widest = known.toSorted((a, b) => b.length - a.length)[0]
    for (const shape of known) if (shape.length > 0) uniteShapes(shape, widest!)
    let result = widest
    for (const node of nodes) {
      if (before.includes(node)) continue
      const name = newIn(node)
      // x of x + relu(W x), which is new no more.
      if (name === undefined) uniteShapes(inner(node), result ?? unreadable())
      else result = beside(name, result, haveRows)
    }
    return result ?? unreadable()
  }
  /** b of W X + b is a column, of X W + b a row, of W x + b as long as that. */
  const beside = (name: string, other: Shape | undefined, haveRows: boolean): Shape => {
    const rank = rankOf(name)
    if (!other) return declare(name, freshOf(name))
    if (rank === 0) declare(name, [])
    else if (rank === 1 && other.length === 2)
      declare(name, haveRows ? [other[1]!] : [other[0]!, { size: 1 }])
    else if (rank === 2 && other.length === 1) unreadable()
    else declare(name, other)
    return other
  }
  /** The shape of a name, which has so many axes. */
  const ofRank = (node: Name, rank: number): Shape => {
    const { name } = nameIn(node, letters)
    const axes = Array.from({ length: rank }, (): Length => ({}))
    const known = shapes.arrays.get(name) ?? declare(name, axes)
    return known.length === rank ? known : unreadable()
  }
  /** √d below Q Kᵀ: the length that is summed over; a number by a name that is no d of dQ. */
  const scaled = ({ numerator, denominator }: Expression & { kind: 'quotient' }): void => {
    const isRoot = denominator.kind === 'call' && denominator.word === 'sqrt'
    const name = isRoot ? newIn(denominator.operands[0]!) : undefined
    const [left, right, ...others] = numerator.kind === 'product' ? numerator.factors : []
    if (name === undefined || right?.kind !== 'transposed' || others.length > 0) return
    if (name === 'd') unite(inner(left!).at(-1) ?? unreadable(), shapes.lengths.called(name))
    else if (!shapes.lengths.has(name)) declare(name, [])
  }
  switch (expression.kind) {
    case 'numeral':
      return []
    case 'name': {
      if (expression.base === '𝟙') {
        const [length, ...more] = expression.subscript?.parts ?? []
        if (more.length > 0 || (length && !isPlain(length))) return unreadable()
        const own = shapes.ones.get(expression) ?? [{}]
        shapes.ones.set(expression, own)
        return own
      }
      const { name, indices } = nameIn(expression, letters)
      const known = shapes.arrays.get(name)
      if (indices.length > 0) {
        const lengths = indices.map((each) => letters.get(each)!)
        if (known) uniteShapes(known, lengths)
        else declare(name, lengths)
        return []
      }
      if (!known && shapes.lengths.has(name)) return []
      return known ?? declare(name, freshOf(name))
    }
    case 'negation':
      return inner(expression.operand)
    case 'addition':
      return alike(expression.terms)
    case 'hadamard':
      return sure(alike([expression.left, expression.right]))
    case 'quotient': {
      scaled(expression)
      const [above, below] = [inner(expression.numerator), inner(expression.denominator)]
      if (above.length > 0 && below.length > 0) uniteShapes(above, below)
      return above.length > 0 ? above : below
    }
    case 'transposed': {
      const shape = inner(expression.operand)
      // w^T x of a w that is a number, and of rows: nobody writes that.
      return shape.length === 0 || areRows ? unreadable() : turned(shape)
    }
    case 'product': {
      const { factors, dots = [] } = expression
      return factors
        .map(inner)
        .reduce((left, right, k) => times(left, right, dots.includes(k), areRows))
    }
    case 'power': {
      const exponent = inner(expression.exponent)
      return exponent.length > 0 ? unreadable() : inner(expression.base)
    }
    case 'call': {
      const { word, operands } = expression
      if (word === 'max' && operands.length === 2) return alike(operands)
      if (operands.length !== 1) return unreadable()
      const shape = inner(operands[0]!)
      if (totals.has(word) || word === 'softmax') sure(shape)
      if (totals.has(word)) return []
      // Along rows, or columns?
      const [of] = operands as readonly [Expression]
      const isSure = shape.length === 1 || areRowsOf(of) || (of.kind === 'name' && isRow(of))
      if (word === 'softmax') return isSure ? shape : unreadable()
      return entrywise.has(word) ? shape : unreadable()
    }
    case 'application': {
      const { head, operands, bar } = expression
      if (head.base === slide) {
        const [over, by] = operands.slice(0, 2).map((each) => ofRank(each as Name, 2))
        for (const [axis, size] of operands.slice(2).entries())
          if (size.kind === 'numeral' && size.text !== '0')
            unite(by![axis]!, { size: Number(size.text) })
        return over!.map((length, axis) => slid(length, by![axis]!))
      }
      const isKnown = head.base === 'σ' && head.primes === 0 && !head.superscript
      if (!isKnown || head.subscript || bar || operands.length !== 1) return unreadable()
      return inner(operands[0]!)
    }
    case 'reduction': {
      const { operator, binders, conditions, body } = expression
      if (operator !== 'sum' || conditions.length > 0) return unreadable()
      const own = new Map(letters)
      for (const { name, upper } of binders) own.set(name, lengthTo(upper, shapes))
      return shapeOf(body, shapes, own).length === 0 ? [] : unreadable()
    }
    default:
      return unreadable()
  }
}

const lengthTo = (upper: Expression | undefined, { lengths }: Shapes): Length => {
  if (!upper) return {}
  const isLetter = upper.kind === 'name' && !upper.superscript && !upper.subscript
  return isLetter ? lengths.called(upper.base) : unreadable()
}

const slid = (over: Length, by: Length): Length => {
  rootOf(over).sliding ??= 'long'
  rootOf(by).sliding ??= 'short'
  return { slides: { over, by } }
}

const turned = (given: Shape): Shape => {
  const shape = sure(given)
  if (shape.length === 1) return [{ size: 1 }, shape[0]!]
  return shape.length === 2 ? shape.toReversed() : shape
}

/** Scalars times anything, rows times columns. */
const times = (a: Shape, b: Shape, isDot: boolean, areRows: boolean): Shape => {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a
  for (const shape of [a, b]) sure(shape)
  if (a.length === 1 && b.length === 1 && isDot) {
    uniteShapes(a, b)
    return []
  }
  if (a.length === 1 && rootOf(b[0]!).size !== 1) return unreadable()
  if (a.length === 1) return [a[0]!, ...b.slice(1)]
  // W x of a row x.
  if (areRows && rootOf(b[0]!).size === 1) return unreadable()
  unite(a[1]!, b[0]!)
  const isRow = rootOf(a[0]!).size === 1
  return isRow && b.length === 1 ? [] : [a[0]!, ...b.slice(1)]
}
