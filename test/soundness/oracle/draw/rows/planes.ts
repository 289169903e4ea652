// Poles in two dimensions: quotients, logarithms and roots of entries of matrices and of their sums
// over one letter or two; what cancels, what is times 0, what is split in two.
import { exp, Graph, mul, type Node, square, sum } from '../../../../../packages/graph/src/index.ts'
import type { Random } from '../../random.ts'
import { type Drawn, type Leaves, near } from '../drawn.ts'
import { cell, placesOf, upTo } from './recorded.ts'

type Shape = readonly [rows: number, columns: number]

interface Arrays {
  readonly shape: Shape
  /** A bracket that is 0 annuls its product, whatever else has no value. */
  readonly annuls: boolean
  readonly of: (name: string, i: number, j: number) => number
}

/** NaN where it has no value. */
interface Term {
  readonly text: string
  readonly at: (arrays: Arrays, i: number, j: number) => number
}

const network = ([h, w]: Shape): Node => {
  const g = new Graph()
  const [x, y] = [g.input('x_{ij}', [h, w]), g.input('y_{ij}', [h, w])]
  const a = exp(x).as('a_{ij}')
  return sum(mul(square(a), square(y))).as('C')
}

const arraysAt = (shape: Shape, { x, y }: Leaves, annuls: boolean): Arrays => ({
  shape,
  annuls,
  of: (name, i, j) => {
    const read = cell(name === 'y' ? y! : x!, ...shape, i, j)
    return name === 'a' ? Math.exp(read) : read
  },
})

const whole = (value: number): number => (Number.isFinite(value) ? value : Number.NaN)
const add = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0)

const atom = (random: Random): Term => {
  const name = random.pick(['x', 'y', 'a'])
  const other = random.pick(['x', 'y', 'a'])
  const every = ({ shape, of }: Arrays) => placesOf(...shape).map(([k, l]) => of(name, k, l))
  return random.pick<Term>([
    { text: `${name}_{ij}`, at: ({ of }, i, j) => of(name, i, j) },
    { text: `${name}_{ij}`, at: ({ of }, i, j) => of(name, i, j) },
    {
      text: `(Σ_k ${name}_{ik} ${other}_{ik})`,
      at: ({ shape, of }, i) => add(upTo(shape[1]).map((k) => of(name, i, k) * of(other, i, k))),
    },
    {
      text: `(Σ_k ${name}_{kj}^2)`,
      at: ({ shape, of }, _i, j) => add(upTo(shape[0]).map((k) => of(name, k, j) ** 2)),
    },
    { text: `(Σ_{k,l} ${name}_{kl})`, at: (arrays) => add(every(arrays)) },
    {
      text: `(Σ_{k,l} 1/${name}_{kl})`,
      at: (arrays) => whole(add(every(arrays).map((each) => 1 / each))),
    },
    {
      text: `(Σ_k log(${name}_{ik}))`,
      at: ({ shape, of }, i) => whole(add(upTo(shape[1]).map((k) => Math.log(of(name, i, k))))),
    },
    { text: `(1 + ${name}_{ij}^2)`, at: ({ of }, i, j) => 1 + of(name, i, j) ** 2 },
  ])
}

/** What a bracket that is 0 is; no sum or product of numbers is this one. */
const nothing = -0
const isNothing = (value: number): boolean => Object.is(value, nothing)

const two = (a: Term, b: Term, text: string, at: (a: number, b: number) => number): Term => ({
  text,
  at: (arrays, i, j) => whole(at(a.at(arrays, i, j), b.at(arrays, i, j)) + 0),
})
/** A product, or a quotient. */
const scaled = (a: Term, b: Term, text: string, at: (a: number, b: number) => number): Term => ({
  text,
  at: (arrays, i, j) => {
    const [x, y] = [a.at(arrays, i, j), b.at(arrays, i, j)]
    const isAnnulled = isNothing(x) || (isNothing(y) && !Number.isNaN(at(1, y)))
    return arrays.annuls && isAnnulled ? nothing : whole(at(x, y) + 0)
  },
})
const one = (a: Term, text: string, at: (a: number) => number): Term => two(a, a, text, at)

/** a/b c has two readings, of which this oracle knows one. */
const factor = ({ text }: Term): string => (text.includes(')/(') ? `(${text})` : text)
const times = (a: Term, b: Term): Term => scaled(a, b, `${factor(a)} ${b.text}`, (x, y) => x * y)
const plus = (a: Term, b: Term): Term => two(a, b, `(${a.text} + ${b.text})`, (x, y) => x + y)
const minus = (a: Term, b: Term): Term => two(a, b, `(${a.text} - (${b.text}))`, (x, y) => x - y)
const over = (a: Term, b: Term): Term =>
  scaled(a, b, `(${a.text})/(${b.text})`, (x, y) => (y === 0 ? Number.NaN : x / y))
const log = (a: Term): Term => one(a, `log(${a.text})`, Math.log)
const root = (a: Term): Term => one(a, `√(${a.text})`, Math.sqrt)
const number = (value: number): Term => ({ text: `${value}`, at: () => value })

/** [b ≠ 0] e asks nothing of e where the bracket is 0. */
const unless0 = (b: Term, e: Term): Term => ({
  text: `[${b.text} ≠ 0] ${e.text}`,
  at: (arrays, i, j) => {
    const value = b.at(arrays, i, j)
    return near(value, 0) ? nothing : Number.isNaN(value) ? Number.NaN : e.at(arrays, i, j)
  },
})

const partial = (random: Random): Term => {
  const [a, b] = [atom(random), atom(random)]
  return random.pick<() => Term>([
    () => over(number(1), a),
    () => over(a, b),
    () => log(a),
    () => root(a),
    () => over(a, plus(a, b)),
    () => log(times(a, b)),
    () => a,
    () => times(a, b),
  ])()
}

/** Equal wherever both have a value; some have fewer of them. */
const law = (random: Random, e: Term): Term => {
  const [a, b] = [partial(random), atom(random)]
  return random.pick<() => Term>([
    () => minus(plus(e, a), a),
    () => plus(e, times(number(0), a)),
    () => over(times(e, a), a),
    () => over(number(1), over(number(1), e)),
    () => one(log(e), `e^{log(${e.text})}`, Math.exp),
    () => one(root(e), `(√(${e.text}))^2`, (x) => x * x),
    () => over(times(e, b), b),
    () => plus(e, minus(log(times(b, b)), plus(log(b), log(b)))),
    () => plus(e, minus(log(plus(b, number(0))), log(b))),
    () =>
      times(
        one(b, `[${b.text} = ${b.text}]`, () => 1),
        e,
      ),
    // False where b is 0, or negative.
    () => times(over(b, b), e),
    () => plus(e, minus(root(times(b, b)), b)),
    () => unless0(b, e),
    () => plus(e, number(random.pick([0, 0, 1]))),
    () => times(number(random.pick([1, 2])), e),
  ])()
}

export const planes = (random: Random): Drawn => {
  const left = partial(random)
  let right = left
  for (let k = 1 + random.below(2); k > 0; k--) right = law(random, right)
  const [first, second] = random.chance(0.5) ? [left, right] : [right, left]
  const text = `${first.text} = ${second.text}`
  const truthAt = (arrays: Arrays): boolean | undefined => {
    let isWhole = true
    for (const [i, j] of placesOf(...arrays.shape)) {
      const [a, b] = [first.at(arrays, i, j), second.at(arrays, i, j)]
      if (Number.isNaN(a) || Number.isNaN(b)) isWhole = false
      else if (Math.abs(a - b) > 1e-6 * Math.max(1, Math.abs(a), Math.abs(b))) return false
    }
    return isWhole ? true : undefined
  }
  const drawnAt = (shape: Shape, others?: Drawn['others']): Drawn => ({
    text,
    cost: () => network(shape),
    leaves: { x: shape[0] * shape[1], y: shape[0] * shape[1] },
    constants: [],
    largest: 2,
    holds: (leaves) => truthAt(arraysAt(shape, leaves, false)),
    // [y ≠ 0] log(y)/log(y) is 0 where y is, for who takes the bracket to guard the quotient.
    strictly: (leaves) => truthAt(arraysAt(shape, leaves, true)),
    ...(others && { others }),
  })
  const shapeFrom = (from: Random): Shape => [from.pick([1, 2, 2, 3]), from.pick([1, 2, 3, 4])]
  return /_\{?(ij|ik|kj)/.test(text) && /i/.test(text) && /j\}/.test(text)
    ? drawnAt(shapeFrom(random), (again) => drawnAt(shapeFrom(again)))
    : planes(random)
}
