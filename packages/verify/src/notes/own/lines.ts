// Equations in order as the lines of a network's text, with a line for each array that none makes.
import { roleOf } from '../../document/network/leaves.ts'
import { expressionText } from '../../language/print/print.ts'
import type { Expression, Name } from '../../language/syntax.ts'
import { mapped, nodesBelow } from '../../language/walk.ts'
import { declaredIn, lengthsByLetter } from './declared.ts'
import { type Equation, losses } from './equations.ts'
import { isGuessed, type Length, numbered, orUndefined, rootOf, type Shape } from './lengths.ts'
import { type Letters, lettersBelow, written } from './names.ts'
import { areRowsOf, type Numbers, type Shapes, shapeOf } from './shapes.ts'
import { slide } from './sliding.ts'

/** An equation by the name that it makes, and the names that it makes it of. */
export interface Made extends Equation {
  readonly name: string
  readonly indices: readonly string[]
  readonly of: readonly string[]
}

/** n of Σ_{i=1}^n. */
const endsOf = (node: Expression): string[] =>
  nodesBelow<Expression>([node]).flatMap((each) =>
    each.kind === 'reduction'
      ? each.binders.flatMap(({ upper }) => (upper?.kind === 'name' ? upper.base : []))
      : [],
  )

export const indicesOf = (left: Name): Letters<Length> =>
  new Map(lettersBelow(left).map((letter) => [letter, {}]))

/** (a − y)^2 and y log a, of vectors: the sum of all is meant, no product of matrices. */
const isMeasure = (value: Expression): boolean =>
  nodesBelow<Expression>([value]).some(
    (node) => node.kind === 'power' || (node.kind === 'call' && node.word === 'log'),
  )

/** a^2_k: with what stands above first, for a_k^2 is a square; d_{model} as one word. */
const textIn = (value: Expression, shapes: Shapes, letters: Letters<Length>): string => {
  const inner = (each: Expression): string => textIn(each, shapes, letters)
  const isVector = (each: Expression) =>
    orUndefined(() => shapeOf(each, shapes, letters))?.length === 1
  const raw = (base: string, { span }: Expression): Expression => ({
    kind: 'name',
    base,
    primes: 0,
    span,
  })
  const named = mapped(value, (each) => {
    const part = each as Expression
    const [left, right, ...others] = part.kind === 'product' ? part.factors : []
    // u v^T of two vectors.
    if (left && right?.kind === 'transposed' && others.length === 0)
      if (isVector(left) && isVector(right.operand))
        return raw(`np.outer(${inner(left)}, ${inner(right.operand)})`, part)
    if (part.kind === 'application' && part.head.base === slide)
      return raw(`${slide}(${part.operands.slice(0, 2).map(inner).join(', ')})`, part)
    const ones = part.kind === 'name' ? shapes.ones.get(part) : undefined
    if (ones) return raw(`ones([⟨${[...shapes.ones.values()].indexOf(ones)}⟩])`, part)
    if (part.kind !== 'name' || !part.subscript) return undefined
    if (!part.superscript && lettersBelow(part).length > 0) return undefined
    const { span } = part
    return { kind: 'name', base: written(part), primes: 0, span }
  })
  return expressionText(named, 'text')
}

/** What a document says beside its equations. */
export interface Said {
  readonly texts: readonly string[]
  /** Letters of which entries w_{jk} are spoken. */
  readonly matrices: ReadonlySet<string>
  /** Small letters that are turned: no numbers, and w of z = w a is a matrix. */
  readonly turned: ReadonlySet<string>
}

const weights = ['w', 'u', 'v', 'θ']

interface Lines {
  readonly shapes: Shapes
  readonly lines: readonly string[]
  /** What derivatives are of, or could be of: a cost, else all that nothing is made of. */
  readonly ends: readonly { readonly name: string; readonly shape: Shape }[]
}

/** The equations as lines, or the one that says no array that could be made. */
const linesOf = (
  equations: readonly Made[],
  { texts, matrices }: Said,
  numbers: Numbers,
): Lines | { readonly unreadable: Made } => {
  const lengths = lengthsByLetter()
  const declared = declaredIn(texts, lengths.called)
  for (const { value } of equations) for (const letter of endsOf(value)) lengths.called(letter)
  const arrays = new Map<string, Shape>()
  const shapes: Shapes = {
    numbers,
    arrays,
    ofRows: new Set(),
    ones: new Map(),
    matrices,
    leaves: [],
    declared,
    lengths,
  }
  const made: { name: string; shape: Shape; line: string }[] = []
  for (const equation of equations) {
    const { left, value, name, indices } = equation
    const letters = indicesOf(left)
    const whole = orUndefined(() => shapeOf(value, shapes, letters))
    if (!whole || (indices.length > 0 && whole.length > 0)) return { unreadable: equation }
    const isUsed = equations.some(({ of }) => of.includes(name))
    const isLoss = losses.test(name) && whole.length > 0 && isMeasure(value) && !isUsed
    const ofEntries = indices.length > 0 ? indices.map((each) => letters.get(each)!) : whole
    const shape = isLoss ? [] : ofEntries
    shapes.arrays.set(name, shape)
    if (areRowsOf(value)) shapes.ofRows.add(name)
    const below = indices.length > 0 ? `_{${indices.join('')}}` : ''
    const text = textIn(value, shapes, letters)
    made.push({ name, shape, line: `${name}${below} = ${isLoss ? `sum(${text})` : text}` })
  }
  const isCost = ({ name, shape }: { name: string; shape: Shape }) =>
    losses.test(name) && shape.length === 0
  const cost = made.findLast(isCost)
  const lines = [...made.filter((each) => each !== cost), ...(cost ? [cost] : [])]
  const isUsed = (name: string) => equations.some(({ of }) => of.includes(name))
  const ends = cost ? [cost] : made.filter(({ name }) => !isUsed(name))
  return { shapes, lines: lines.map(({ line }) => line), ends }
}

/** With names as arrays as far as something asks for their axes, else as numbers. */
export const settled = (
  equations: readonly Made[],
  said: Said,
): Lines | { readonly unreadable: Made } => {
  const first = linesOf(equations, said, new Set())
  if ('unreadable' in first) {
    const matrices = new Set([...said.matrices, ...weights])
    const others: readonly Numbers[] = [
      said.turned.size > 0 ? new Set<string>() : 'small letters',
      'rows',
    ]
    for (const numbers of others) {
      const areTurned = typeof numbers !== 'string'
      const read = linesOf(equations, areTurned ? { ...said, matrices } : said, numbers)
      if (!('unreadable' in read)) return read
    }
    return first
  }
  const guessed = first.shapes.leaves.filter((name) => isGuessed(first.shapes.arrays.get(name)!))
  // Nothing says that it is an array: f = x^2.
  return guessed.length === 0 ? first : linesOf(equations, said, new Set(guessed))
}

const leafText = (
  name: string,
  shape: Shape,
  number: (length: Length) => number,
  isZero = false,
): string => {
  if (isZero) return `${name} = zeros([${shape.map(number).join(', ')}])`
  const lengths = shape.map((each) => {
    const { letter } = rootOf(each)
    return letter ? `${letter}=${number(each)}` : `${number(each)}`
  })
  return [`${name}: ${roleOf(name)}`, ...lengths].join(' ')
}

/** The text, and whether its cost is one that could be any. */
export const textOf = (
  { shapes, lines, ends }: Lines,
  cost: string,
  zeros: readonly string[],
): { readonly text: string; readonly isOpen: boolean } => {
  const number = numbered()
  const [end, ...others] = ends
  const leaves = shapes.leaves.map((name) =>
    leafText(name, shapes.arrays.get(name)!, number, zeros.includes(name)),
  )
  const isOpen = (others.length > 0 || end!.shape.length > 0) && !shapes.arrays.has(cost)
  const seeds = others.length > 0 ? ends.map((_, k) => `seed_${k + 1}`) : ['seed']
  const open = isOpen ? ends.map(({ shape }, k) => leafText(seeds[k]!, shape, number)) : []
  const sum = ends.map(({ name }, k) => `sum(${seeds[k]} ⊙ ${name})`).join(' + ')
  const ones = [...shapes.ones.values()]
  const numberedIn = (line: string) =>
    line.replaceAll(/⟨(\d+)⟩/g, (_, k: string) => `${number(ones[Number(k)]![0]!)}`)
  const made = [...lines.map(numberedIn), ...(isOpen ? [`${cost} = ${sum}`] : [])]
  return { text: [...leaves, ...open, ...made].join('\n'), isOpen }
}
