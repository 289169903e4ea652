// The text of a network out of equations: in the order in which arrays are made, with a line for
// each array that no equation makes.
import { roleOf } from '../../document/network/leaves.ts'
import { expressionText } from '../../language/print/print.ts'
import type { Claim, Expression, Name } from '../../language/syntax.ts'
import { childNodes, mapped } from '../../language/walk.ts'
import { declaredIn, lengthsByLetter } from './declared.ts'
import { arraysIn, type Equation, equationIn, losses, madeIn } from './equations.ts'
import { isGuessed, type Length, numbered, rootOf, type Shape, Unreadable } from './lengths.ts'
import { baseOf, gated, isPlain, type Letters, lettersBelow, nameIn, written } from './names.ts'
import { plain, type Spelling, spellingIn } from './plain.ts'
import { areRowsOf, type Numbers, type Shapes, shapeOf } from './shapes.ts'

/** The text of a network, and the claims that it was made of. */
export interface NetworkSaid {
  readonly text: string
  readonly said: ReadonlySet<Claim>
  /** What says once more how an array is made: it is true, or another network begins. */
  readonly again: readonly Claim[]
  /** Letters of what no equation makes, and of all. */
  readonly leaves: ReadonlySet<string>
  readonly arrays: ReadonlySet<string>
}

/** An equation by the name that it makes, and the names that it makes it of. */
interface Made extends Equation {
  readonly name: string
  readonly indices: readonly string[]
  readonly of: readonly string[]
}

/** More nobody writes by hand. */
const most = 60

/** n of Σ_{i=1}^n. */
const endsOf = (node: Expression): string[] => [
  ...(node.kind === 'reduction'
    ? node.binders.flatMap(({ upper }) => (upper?.kind === 'name' ? [upper.base] : []))
    : []),
  ...childNodes<Expression>(node).flatMap(endsOf),
]

const bindersOf = (node: Expression): string[] => [
  ...(node.kind === 'reduction' ? node.binders.map(({ name }) => name) : []),
  ...childNodes<Expression>(node).flatMap(bindersOf),
]

const indicesOf = (left: Name): Letters<Length> =>
  new Map(lettersBelow(left).map((letter) => [letter, {}]))

const orUndefined = <Value>(read: () => Value): Value | undefined => {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

const madeBy = (
  equation: Equation,
  spelling: Spelling,
  calls: ReadonlySet<string>,
): Made | undefined =>
  orUndefined(() => {
    // h(x) of h(x) = … is h.
    const named = mapped(equation.value, (each) => {
      const part = each as Expression
      const isCall = part.kind === 'application' && calls.has(expressionText(part, 'text'))
      return isCall ? part.head : undefined
    })
    const value = plain(named, spelling)
    const letters = indicesOf(equation.left)
    const { name, indices } = nameIn(equation.left, letters)
    const of = arraysIn(value, letters)
    // w := w − η g is a step.
    return of.includes(name) ? undefined : { ...equation, value, name, indices, of }
  })

/** What an array is made of before it; undefined where one is made of itself. */
const inOrder = (equations: readonly Made[]): readonly Made[] | undefined => {
  const found: Made[] = []
  const open = new Set<Made>()
  const visit = (each: Made): boolean => {
    if (found.includes(each)) return true
    if (open.has(each)) return false
    open.add(each)
    const before = equations.filter(({ name }) => each.of.includes(name))
    if (!before.every(visit)) return false
    found.push(each)
    return true
  }
  return equations.every(visit) ? found : undefined
}

/** (a − y)^2 and y log a, of vectors: the sum of all is meant, no product of matrices. */
const isMeasure = (node: Expression): boolean =>
  node.kind === 'power' ||
  (node.kind === 'call' && node.word === 'log') ||
  childNodes<Expression>(node).some(isMeasure)

/** a^2_k: with what stands above first, for a_k^2 is a square. */
const textIn = (value: Expression): string => {
  const named = mapped(value, (each) => {
    const part = each as Expression
    if (part.kind !== 'name' || !part.superscript || !part.subscript) return undefined
    const { span } = part
    return { kind: 'name', base: written(part), primes: 0, span }
  })
  return expressionText(named, 'text')
}

interface Lines {
  readonly shapes: Shapes
  readonly lines: readonly string[]
  /** What derivatives are of, or could be of: a cost, else what is made last. */
  readonly last: { readonly name: string; readonly shape: Shape }
}

/** The equations as lines, or the one that says no array that could be made. */
const linesOf = (
  equations: readonly Made[],
  texts: readonly string[],
  numbers: Numbers,
): Lines | { readonly unreadable: Made } => {
  const lengths = lengthsByLetter()
  const declared = declaredIn(texts, lengths.called)
  for (const { value } of equations) for (const letter of endsOf(value)) lengths.called(letter)
  const arrays = new Map<string, Shape>()
  const shapes: Shapes = { numbers, arrays, ofRows: new Set(), leaves: [], declared, lengths }
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
    const text = textIn(value)
    made.push({ name, shape, line: `${name}${below} = ${isLoss ? `sum(${text})` : text}` })
  }
  const isCost = ({ name, shape }: { name: string; shape: Shape }) =>
    losses.test(name) && shape.length === 0
  const last = made.findLast(isCost) ?? made.at(-1)!
  const lines = [...made.filter((each) => each !== last), last].map(({ line }) => line)
  return { shapes, lines, last }
}

/** With names as arrays as far as something asks for their axes, else as numbers. */
const settled = (
  equations: readonly Made[],
  texts: readonly string[],
): Lines | { readonly unreadable: Made } => {
  const first = linesOf(equations, texts, new Set())
  if ('unreadable' in first) {
    const small = linesOf(equations, texts, 'small letters')
    return 'unreadable' in small ? first : small
  }
  const guessed = first.shapes.leaves.filter((name) => isGuessed(first.shapes.arrays.get(name)!))
  // Nothing says that it is an array: f = x^2.
  return guessed.length === 0 ? first : linesOf(equations, texts, new Set(guessed))
}

const leafText = (name: string, shape: Shape, number: (length: Length) => number): string => {
  const lengths = shape.map((each) => {
    const { letter } = rootOf(each)
    return letter ? `${letter}=${number(each)}` : `${number(each)}`
  })
  return [`${name}: ${roleOf(name)}`, ...lengths].join(' ')
}

const textOf = ({ shapes, lines, last }: Lines, cost: string): string => {
  const number = numbered()
  const leaves = shapes.leaves.map((name) => leafText(name, shapes.arrays.get(name)!, number))
  const isOpen = last.shape.length > 0 && !shapes.arrays.has(cost)
  if (isOpen) leaves.push(leafText('seed', last.shape, number))
  const ends = isOpen ? [`${cost} = sum(seed ⊙ ${last.name})`] : []
  return [...leaves, ...lines, ...ends].join('\n')
}

/** Without those that make something of what is not read, or are it. Made in order. */
const without = (
  equations: readonly Made[],
  isUnread: (name: string) => boolean,
): readonly Made[] => {
  const gone = new Set<string>()
  return equations.filter(({ name, of }) => {
    const isGone = [name, ...of].some((each) => gone.has(each) || isUnread(each))
    if (isGone) gone.add(name)
    return !isGone
  })
}

/**
 * The network that the equations among these claims say; undefined where they say none for certain.
 * `texts` may say shapes, W ∈ ℝ^{m×n}. `cost`: the name of a number that derivatives are taken of
 * and no equation says; it may be anything that depends on the last array. `unsaid`: letters of
 * what is made in ways that make no sense here.
 */
export const networkSaid = (
  claims: readonly Claim[],
  texts: readonly string[],
  cost: string,
  unsaid: readonly string[] = [],
): NetworkSaid | undefined => {
  const equations = claims.flatMap((claim) => equationIn(claim) ?? [])
  const running = new Set(
    equations.flatMap(({ left, value }) => [...lettersBelow(left), ...bindersOf(value)]),
  )
  const gates = new Set(
    equations.flatMap(({ left }) => (isPlain(left) && !running.has(left.base) ? [left.base] : [])),
  )
  const found = equations.map((each) => ({ ...each, value: gated(each.value, gates) }))
  if (found.length === 0 || found.length > most) return undefined
  const spelling = spellingIn(found)
  const calls = new Set(
    found.flatMap(({ claim: { operands } }) =>
      operands[0]?.kind === 'application' ? [expressionText(operands[0], 'text')] : [],
    ),
  )
  const all = found.flatMap((each) => madeBy(each, spelling, calls) ?? [])
  const first = all.filter(({ name }, k) => all.findIndex((each) => each.name === name) === k)
  const names = new Set(first.flatMap(({ name, of }) => [name, ...of]))
  const again = all.filter((each) => !first.includes(each))
  // Of other names another network is made.
  if (again.some(({ of }) => !of.every((name) => names.has(name)))) return undefined
  // What is made in a way that nobody reads is no input either: h of h(x) = …
  const read = new Set<Claim>(all.map(({ claim }) => claim))
  const unread = new Set([
    ...unsaid,
    ...claims.flatMap((claim) => (read.has(claim) ? [] : madeIn(claim))),
  ])
  let rest = without(inOrder(first) ?? [], (name) => unread.has(baseOf(name)))
  while (rest.length > 0) {
    const lines = settled(rest, texts)
    if (!('unreadable' in lines)) {
      // Of a = σ(z) = σ(W x + b) the rest is claimed.
      const whole = rest.filter(({ claim }) => claim.operands.length === 2)
      const said = new Set(whole.map(({ claim }) => claim))
      return {
        text: textOf(lines, cost),
        said,
        again: again.map(({ claim }) => claim),
        leaves: new Set(lines.shapes.leaves.map(baseOf)),
        arrays: new Set([...lines.shapes.arrays.keys()].map(baseOf)),
      }
    }
    const { name } = lines.unreadable
    rest = without(rest, (each) => each === name)
  }
  return undefined
}
