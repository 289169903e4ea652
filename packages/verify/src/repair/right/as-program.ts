// A formula of entries as a line of a program: Σ_k X_{ki} dZ_{kj} is X.T @ dZ, x_j beside y_{ij} is
// broadcast. What has no such form is left to the formula.

import type { Claim, Expression, Name, Span } from '../../language/syntax.ts'
import { integer, numeral } from '../build.ts'

/** What no line of arrays says in few words. */
class NotOfArraysError extends Error {
  override readonly name = 'NotOfArraysError'
}

type Letters = readonly string[]

/** An array, and the letters of its axes; a number has none. */
interface Axed {
  readonly array: Expression
  readonly axes: Letters
}

const nowhere: Span = { start: 0, end: 0 }

const isLetter = (node: Expression, letters: Letters): node is Name =>
  node.kind === 'name' && !node.subscript && !node.superscript && letters.includes(node.base)

/** i and j of _{ij} as of _{i,j}. */
const scripts = (parts: readonly Expression[]): readonly Expression[] =>
  parts.flatMap((part) => (part.kind === 'product' ? part.factors : [part]))

const lettersOf = (parts: readonly Expression[], letters: Letters): string[] | undefined => {
  const all = scripts(parts)
  return all.every((part) => isLetter(part, letters))
    ? all.map((part) => (part as Name).base)
    : undefined
}

/** dW, with its d in one with it. */
export const differential = (of: Expression): Expression => ({
  kind: 'product',
  factors: [
    { kind: 'name', base: 'd', primes: 0, span: { start: 0, end: 1 } },
    { ...of, span: { start: 1, end: 2 } } as Expression,
  ],
  span: { start: 0, end: 2 },
})

const entry = (node: Expression, letters: Letters): Axed => {
  if (node.kind === 'derivative') {
    const { array, axes } = entry(node.by[0]!, letters)
    return { array: differential(array), axes }
  }
  if (node.kind === 'entry') {
    const axes = lettersOf(node.indices, letters)
    if (axes) return { array: node.array, axes }
  }
  if (node.kind === 'name' && node.subscript) {
    const axes = lettersOf(node.subscript.parts, letters)
    const { subscript: _, ...array } = node
    if (axes) return { array, axes }
  }
  if (node.kind === 'name') return { array: node, axes: [] }
  throw new NotOfArraysError()
}

const call = (
  word: 'matmul' | 'sum' | 'part',
  operands: Expression[],
  along?: object,
): Expression =>
  ({ kind: 'call', word, operands, ...(along && { along }), span: nowhere }) as Expression

const turned = (operand: Expression): Expression => ({ kind: 'transposed', operand, span: nowhere })

/** An array with the axes that are asked for, as broadcasting has them. */
const broadcast = ({ array, axes }: Axed, wanted: Letters): Expression => {
  if (axes.length === 0 || axes.join() === wanted.slice(-axes.length).join()) return array
  if (axes.length === 2 && wanted.join() === [...axes].reverse().join()) return turned(array)
  if (axes.length === 1 && wanted.length === 2 && wanted[0] === axes[0])
    return call('part', [array], { parts: ['all', 'new'] })
  throw new NotOfArraysError()
}

const multiplied = (left: Expression, right: Expression): Expression => ({
  kind: 'hadamard',
  left,
  right,
  span: nowhere,
})

const all = (factors: readonly Expression[]): Expression =>
  factors.length === 0 ? integer(1) : factors.reduce(multiplied)

/** Every letter of some arrays, those of the longest first. */
const unionOf = (parts: readonly Axed[]): Letters => {
  const longest = [...parts].sort((a, b) => b.axes.length - a.axes.length)
  return [...new Set(longest.flatMap(({ axes }) => axes))]
}

/** a_{…k} and b_{k…} as they stand beside @. */
const contracted = (
  factors: readonly Axed[],
  k: string,
  wanted: Letters,
): Expression | undefined => {
  const [a, b, ...others] = factors
  if (!a || !b || others.length > 0 || wanted.length === 0) return undefined
  const outer = ({ axes }: Axed) => axes.filter((each) => each !== k)
  const [first, second] = outer(a).includes(wanted[0]!) ? [a, b] : [b, a]
  const isWanted = [...outer(first), ...outer(second)].join() === wanted.join()
  const isFlat = [first, second].every((each) => each.axes.length <= 2 && each.axes.includes(k))
  if (!isWanted || !isFlat || first.axes.length + second.axes.length < 3) return undefined
  const left = first.axes.at(-1) === k ? first.array : turned(first.array)
  const right = second.axes[0] === k ? second.array : turned(second.array)
  return call('matmul', [left, right])
}

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

const summed = (node: Of<'reduction'>, letters: Letters, wanted: Letters): Axed => {
  const names = node.binders.map(({ name }) => name)
  if (node.operator !== 'sum' || node.conditions.length > 0) throw new NotOfArraysError()
  const inner = [...letters, ...names]
  const factors = (node.body.kind === 'product' ? node.body.factors : [node.body]).map((each) =>
    axed(each, inner, undefined),
  )
  const axes = unionOf(factors).filter((each) => !names.includes(each))
  const order = wanted.filter((each) => axes.includes(each))
  const [k, ...more] = names
  const product = more.length === 0 && contracted(factors, k!, order)
  if (product) return { array: product, axes: order }
  const every = unionOf(factors)
  const body = all(factors.map((each) => broadcast(each, every)))
  const left = every.filter((each) => !names.includes(each))
  const isLast = left.join() === wanted.slice(wanted.length - left.length).join()
  const over = names.map((name) => every.indexOf(name))
  if (left.length === 0) return { array: call('sum', [body]), axes: [] }
  if (isLast) return { array: call('sum', [body], { axes: over }), axes: left }
  const keeps = call('sum', [body], { axes: over, keeps: true })
  const kept = every.map((each) => (names.includes(each) ? undefined : each))
  if (kept.length !== wanted.length || kept.some((each, at) => each && each !== wanted[at]))
    throw new NotOfArraysError()
  return { array: keeps, axes: wanted }
}

const functions: ReadonlySet<string> = new Set(['sqrt', 'tanh', 'log', 'exp', 'sin', 'cos'])

const axed = (node: Expression, letters: Letters, wanted: Letters | undefined): Axed => {
  const part = (each: Expression) => axed(each, letters, wanted)
  const joined = (parts: readonly Axed[]): Letters => {
    const own = unionOf(parts)
    return wanted && own.every((each) => wanted.includes(each)) && own.length > 0
      ? wanted.filter((each) => own.includes(each))
      : own
  }
  switch (node.kind) {
    case 'numeral':
      return { array: node, axes: [] }
    case 'name': {
      const raised = node.superscript?.parts
      if (node.base !== 'e' || !raised || raised.length > 1) return entry(node, letters)
      const { array, axes } = part(raised[0]!)
      return { array: { kind: 'call', word: 'exp', operands: [array], span: nowhere }, axes }
    }
    case 'entry':
    case 'derivative':
      return entry(node, letters)
    case 'negation': {
      const { array, axes } = part(node.operand)
      return { array: { ...node, operand: array }, axes }
    }
    case 'power': {
      const { array, axes } = part(node.base)
      return { array: { ...node, base: array }, axes }
    }
    case 'call': {
      const [operand, ...others] = node.operands
      if (!operand || others.length > 0 || !functions.has(node.word)) throw new NotOfArraysError()
      const { array, axes } = part(operand)
      return { array: { ...node, operands: [array] }, axes }
    }
    case 'iverson': {
      const [condition, ...others] = node.conditions
      if (condition?.kind !== 'comparison' || others.length > 0) throw new NotOfArraysError()
      const sides = condition.operands.map(part)
      const axes = joined(sides)
      const isOfIndices = condition.operands.some((each) => isLetter(each, letters))
      if (isOfIndices || axes.length === 0) throw new NotOfArraysError()
      const operands = sides.map((each) => broadcast(each, axes))
      return { array: { ...node, conditions: [{ ...condition, operands }] }, axes }
    }
    case 'reduction':
      return summed(node, letters, wanted ?? letters)
    case 'addition': {
      const parts = node.terms.map(part)
      const axes = joined(parts)
      return { array: { ...node, terms: parts.map((each) => broadcast(each, axes)) }, axes }
    }
    case 'quotient': {
      const [above, below] = [part(node.numerator), part(node.denominator)]
      const axes = joined([above, below])
      const [numerator, denominator] = [above, below].map((each) => broadcast(each, axes))
      return {
        array: {
          kind: 'quotient',
          numerator: numerator!,
          denominator: denominator!,
          span: nowhere,
        },
        axes,
      }
    }
    case 'product': {
      // 1/5 (Z − T) is (Z − T) / 5.
      const [first, ...rest] = node.factors
      const share =
        first?.kind === 'numeral' && first.value.denominator !== 1n ? first.value : undefined
      const parts = (share ? rest : node.factors).map(part)
      const axes = joined(parts)
      const whole = all(parts.map((each) => broadcast(each, axes)))
      if (!share) return { array: whole, axes }
      const { numerator, denominator } = share
      const above =
        numerator === 1n ? whole : multiplied(numeral({ numerator, denominator: 1n }), whole)
      const below = numeral({ numerator: denominator, denominator: 1n })
      return {
        array: { kind: 'quotient', numerator: above, denominator: below, span: nowhere },
        axes,
      }
    }
    default:
      throw new NotOfArraysError()
  }
}

/** Undefined where it has no such form. */
export const asProgram = (claim: Claim): Claim | undefined => {
  const [left, right] = claim.operands
  const subject = left?.kind === 'derivative' ? left.by[0]! : left!
  const parts =
    subject.kind === 'entry'
      ? subject.indices
      : subject.kind === 'name'
        ? (subject.subscript?.parts ?? [])
        : []
  const letters = scripts(parts).map((part) => (part.kind === 'name' ? part.base : ''))
  try {
    const { array } = entry(left!, letters)
    const side = broadcast(axed(right!, letters, letters), letters)
    return { ...claim, operands: [array, side], program: true, style: 'text' }
  } catch (error) {
    if (error instanceof NotOfArraysError) return undefined
    throw error
  }
}
