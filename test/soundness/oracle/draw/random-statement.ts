// Random claims about two vectors and what is computed from them: an expression, and the same with
// definitions put in the place of names, factors moved, or something changed.
import type { Random } from '../random.ts'
import { bareReads, childrenOf, type Expression, type Name } from '../statements.ts'

export interface Statement {
  readonly left: Expression
  readonly right: Expression
  /** Whether i is free in it. */
  readonly isFree: boolean
  /** Of a = f(x). */
  readonly f: 'σ' | 'tanh' | 'exp' | 'relu'
  readonly origin: string
}

const number = (value: number): Expression => ({ kind: 'number', value })
const read = (array: string, letter: string, shift = 0): Expression => ({
  kind: 'read',
  array,
  letter,
  shift,
})
const times = (...parts: readonly Expression[]): Expression => ({ kind: 'product', parts })
const plus = (...parts: readonly Expression[]): Expression => ({ kind: 'sum', parts })
const minus = (part: Expression): Expression => ({ kind: 'minus', part })
const apply = (f: Name, to: Expression): Expression => ({ kind: 'apply', f, to })
const total = (letter: string, body: Expression): Expression => ({ kind: 'total', letter, body })

const names = ['x', 't', 'a', 'b', 'h'] as const
const plain = ['σ', 'tanh', 'exp', 'relu'] as const

const anyRead = (random: Random, letter: string): Expression =>
  read(random.pick(names), letter, random.pick([0, 0, 0, 0, 1, -1, 2]))

const factor = (random: Random, letter: string): Expression => {
  const e = anyRead(random, letter)
  switch (random.below(9)) {
    case 0:
    case 1:
      return apply(random.pick(plain), e)
    case 2:
      return { kind: 'positive', part: e }
    case 3:
      return { kind: 'within', letter, most: 1 + random.below(3) }
    case 4:
      return plus(number(1), minus(random.chance(0.5) ? apply('σ', e) : e))
    case 5:
      return plus(e, anyRead(random, letter))
    default:
      return e
  }
}

const product = (random: Random, letter: string): Expression => {
  const count = 1 + random.below(3)
  return times(...Array.from({ length: count }, () => factor(random, letter)))
}

const summed = (random: Random, letters: readonly string[]): Expression => {
  const inner = product(random, 'k')
  const outer = letters.map((letter) => factor(random, letter))
  return total('k', outer.length > 0 && random.chance(0.5) ? times(...outer, inner) : inner)
}

/** With quotients, logarithms and roots of what the letter reads bare. */
const partial = (random: Random): Expression => {
  const e = read(random.pick(['x', 't', 'a'] as const), 'i')
  switch (random.below(7)) {
    case 0:
      return apply('log', e)
    case 1:
      return apply('√', e)
    case 2:
      return { kind: 'quotient', above: number(1), below: e }
    case 3:
      return { kind: 'quotient', above: e, below: plus(number(1), apply('exp', e)) }
    case 4:
      return times({ kind: 'positive', part: e }, { kind: 'quotient', above: e, below: e })
    case 5:
      return apply('exp', apply('log', e))
    default:
      return apply('log', plus(number(2), times(e, e)))
  }
}

type Change = (random: Random, e: Expression) => Expression | undefined

const withChildren = (e: Expression, [first, ...rest]: readonly Expression[]): Expression => {
  switch (e.kind) {
    case 'apply':
      return { ...e, to: first! }
    case 'product':
    case 'sum':
      return { ...e, parts: [first!, ...rest] }
    case 'minus':
    case 'positive':
      return { ...e, part: first! }
    case 'quotient':
      return { ...e, above: first!, below: rest[0]! }
    case 'total':
      return { ...e, body: first! }
    default:
      return e
  }
}

/** The change at some part of the expression. */
const somewhere = (random: Random, e: Expression, change: Change): Expression | undefined => {
  const children = childrenOf(e)
  if (children.length > 0 && random.chance(0.75)) {
    const at = random.below(children.length)
    const changed = somewhere(random, children[at]!, change)
    if (changed)
      return withChildren(
        e,
        children.map((each, k) => (k === at ? changed : each)),
      )
  }
  return change(random, e)
}

const laws = (f: Statement['f']): Readonly<Record<string, Change>> => ({
  named: (_, e) => {
    if (e.kind !== 'apply' || e.to.kind !== 'read') return undefined
    if (e.f === f && e.to.array === 'x') return { ...e.to, array: 'a' }
    return e.f === 'tanh' && e.to.array === 't' ? { ...e.to, array: 'b' } : undefined
  },
  defined: (_, e) => {
    if (e.kind !== 'read') return undefined
    if (e.array === 'a') return apply(f, { ...e, array: 'x' })
    return e.array === 'b' ? apply('tanh', { ...e, array: 't' }) : undefined
  },
  'a for h': (_, e) => (e.kind === 'read' && e.array === 'h' ? { ...e, array: 'a' } : undefined),
  'h for a': (_, e) => (e.kind === 'read' && e.array === 'a' ? { ...e, array: 'h' } : undefined),
  turned: (_, e) =>
    e.kind === 'product' || e.kind === 'sum' ? { ...e, parts: [...e.parts].reverse() } : undefined,
  distributed: (_, e) => {
    if (e.kind !== 'product') return undefined
    const at = e.parts.findIndex((part) => part.kind === 'sum')
    const inner = e.parts[at]
    if (inner?.kind !== 'sum') return undefined
    return plus(...inner.parts.map((part) => times(...e.parts.with(at, part))))
  },
  'sum of sums': (_, e) =>
    e.kind === 'total' && e.body.kind === 'sum'
      ? plus(...e.body.parts.map((part) => total(e.letter, part)))
      : undefined,
  cancelled: (random, e) => {
    const other = partial(random)
    return random.chance(0.3) ? plus(e, other, minus(other)) : undefined
  },
  annulled: (random, e) =>
    random.chance(0.3) ? plus(e, times(number(0), partial(random))) : undefined,
})

const damages: Readonly<Record<string, Change>> = {
  'other array': (random, e) =>
    e.kind === 'read' ? { ...e, array: random.pick(names) } : undefined,
  'other place': (random, e) =>
    e.kind === 'read' ? { ...e, shift: e.shift + random.pick([1, -1]) } : undefined,
  sign: (_, e) => minus(e),
  twice: (_, e) => times(number(2), e),
}

export const randomStatement = (random: Random): Statement | undefined => {
  const f = random.pick(plain)
  const isFree = random.chance(0.7)
  const make = (): Expression => {
    if (!isFree) return summed(random, [])
    const kind = random.below(5)
    if (kind === 0) return partial(random)
    if (kind === 1) return times(product(random, 'i'), summed(random, ['i']))
    return kind === 2 ? read(random.pick(names), 'i') : product(random, 'i')
  }
  const left = make()
  let right = left
  const used: string[] = []
  const known = laws(f)
  for (let k = 1 + random.below(3); k > 0; k--) {
    const [name, law] = random.pick(Object.entries(known))
    if (!isFree && (name === 'cancelled' || name === 'annulled')) continue
    const next = somewhere(random, right, law)
    if (!next) continue
    right = next
    used.push(name)
  }
  if (random.chance(0.3)) {
    const [name, damage] = random.pick(Object.entries(damages))
    right = somewhere(random, right, damage) ?? right
    used.push(name)
  }
  const sides = random.chance(0.5) ? { left, right } : { left: right, right: left }
  const reads = isFree ? [left, right].flatMap((side) => bareReads(side, 'i')) : []
  if (isFree && reads.length === 0) return undefined
  const origin = isFree ? 'free letter' : 'sum'
  return { ...sides, isFree, f, origin }
}
