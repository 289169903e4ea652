// Claims as data with a meaning of their own: evaluated here by running through all indices. Shares
// nothing with the verifier: it is the judge of its verdicts.

/** Σ coefficient · atom + constant, where an atom is a letter or ⌊index/p⌋, ⌈index/p⌉. */
export interface Index {
  readonly terms: readonly (readonly [coefficient: number, atom: IndexAtom])[]
  readonly constant: number
}
export type IndexAtom =
  | string
  | { readonly round: 'floor' | 'ceil'; readonly of: Index; readonly by: number }

export type Relation = '=' | '≤' | '<' | '≥' | '>' | '≠'

export interface Binder {
  readonly name: string
  readonly from?: Index
  readonly to?: Index
}

/** A number at every value of its letters. */
export type Scalar =
  | { readonly kind: 'number'; readonly over: number; readonly value: number }
  /** `apply`: σ(z_{ij}), σ'(z_{ij}), … of the entry. */
  | {
      readonly kind: 'entry'
      readonly array: string
      readonly at: readonly Index[]
      readonly apply?: string
    }
  /** ∂z_{kij}/∂W_{uv}: `of` may itself be a gradient. */
  | {
      readonly kind: 'jacobian'
      readonly of: string
      readonly at: readonly Index[]
      readonly by: string
      readonly place: readonly Index[]
    }
  | { readonly kind: 'sum'; readonly over: readonly Binder[]; readonly body: Scalar }
  | { readonly kind: 'product'; readonly factors: readonly Scalar[] }
  | { readonly kind: 'addition'; readonly terms: readonly Scalar[] }
  | { readonly kind: 'power'; readonly base: Scalar; readonly exponent: number }
  | { readonly kind: 'guard'; readonly left: Index; readonly is: Relation; readonly right: Index }
  | {
      readonly kind: 'sign'
      readonly array: string
      readonly at: readonly Index[]
      readonly is: Relation
    }

export interface Tensor {
  readonly shape: readonly number[]
  readonly data: readonly number[]
  /** A vector's transpose, of one row. */
  readonly isRow?: boolean
}

/** What a claim is evaluated with: arrays at one point, and derivatives of one by another. */
export interface World {
  readonly array: (name: string) => Tensor
  readonly jacobian: (of: string, by: string) => Tensor
  readonly functions: Readonly<Record<string, (x: number) => number>>
  /** Whether σ(z_{ij}) outside of z is σ(0), or 0. */
  readonly outside: 'value' | 'zero'
  /** Far beyond every axis: where the body of a Σ is not 0 there, the sum has no end. */
  readonly reach: number
}

/** A value, and how large what it is made of is: rounding is relative to that. */
export interface Measured {
  readonly value: number
  readonly size: number
}

export type Letters = ReadonlyMap<string, number>

export class Unbounded extends Error {}

export const indexValue = ({ terms, constant }: Index, letters: Letters): number | undefined => {
  let sum = constant
  for (const [coefficient, atom] of terms) {
    let value: number | undefined
    if (typeof atom === 'string') value = letters.get(atom)
    else {
      const of = indexValue(atom.of, letters)
      const quotient = of === undefined ? undefined : of / atom.by
      value =
        quotient === undefined
          ? undefined
          : atom.round === 'floor'
            ? Math.floor(quotient)
            : Math.ceil(quotient)
    }
    if (value === undefined) return undefined
    sum += coefficient * value
  }
  return sum
}

/** The entry; 'outside' of the box; undefined where a letter has no value yet. */
const read = ({ shape, data }: Tensor, at: readonly Index[], letters: Letters) => {
  if (shape.length !== at.length) throw new Error(`rank ${shape.length}, ${at.length} indices`)
  let offset = 0
  let open = false
  for (const [axis, index] of at.entries()) {
    const value = indexValue(index, letters)
    if (value === undefined) open = true
    else if (value < 1 || value > shape[axis]!) return 'outside'
    else offset = offset * shape[axis]! + value - 1
  }
  return open ? undefined : data[offset]!
}

const compare = (is: Relation, a: number, b: number): boolean => {
  switch (is) {
    case '=':
      return a === b
    case '≠':
      return a !== b
    case '<':
      return a < b
    case '≤':
      return a <= b
    case '>':
      return a > b
    default:
      return a >= b
  }
}

/** Whether the expression is 0 whatever the letters without a value are. */
const vanishes = (e: Scalar, letters: Letters, world: World): boolean => {
  switch (e.kind) {
    case 'number':
      return e.value === 0
    case 'entry': {
      const value = read(world.array(e.array), e.at, letters)
      if (e.apply) return value === 'outside' && world.outside === 'zero'
      return value === 'outside' || value === 0
    }
    case 'jacobian': {
      const value = read(world.jacobian(e.of, e.by), [...e.at, ...e.place], letters)
      return value === 'outside' || value === 0
    }
    case 'sum': {
      const inner = new Map(letters)
      for (const { name } of e.over) inner.delete(name)
      return vanishes(e.body, inner, world)
    }
    case 'product':
      return e.factors.some((factor) => vanishes(factor, letters, world))
    case 'addition':
      return e.terms.every((term) => vanishes(term, letters, world))
    case 'power':
      return vanishes(e.base, letters, world)
    case 'guard': {
      const [a, b] = [indexValue(e.left, letters), indexValue(e.right, letters)]
      return a !== undefined && b !== undefined && !compare(e.is, a, b)
    }
    case 'sign':
      return false
  }
}

const sumUp = (e: Extract<Scalar, { kind: 'sum' }>, letters: Letters, world: World): Measured => {
  let [value, size] = [0, 0]
  const names = e.over.map(({ name }) => name)
  const { reach } = world
  const visit = (position: number, inner: Map<string, number>): void => {
    const binder = e.over[position]
    if (!binder) {
      const found = evaluate(e.body, inner, world)
      value += found.value
      size += found.size
      return
    }
    // Bounds of one Σ see the binders before them.
    const low = binder.from ? indexValue(binder.from, inner)! : -reach
    const high = binder.to ? indexValue(binder.to, inner)! : reach
    for (let k = low; k <= high; k++) {
      inner.set(binder.name, k)
      if (vanishes(e.body, inner, world)) continue
      const isEnd = (!binder.from && k === low) || (!binder.to && k === high)
      if (isEnd) throw new Unbounded(binder.name)
      visit(position + 1, inner)
    }
    inner.delete(binder.name)
  }
  const start = new Map(letters)
  for (const name of names) start.delete(name)
  visit(0, start)
  return { value, size }
}

export const evaluate = (e: Scalar, letters: Letters, world: World): Measured => {
  const plain = (value: number): Measured => ({ value, size: Math.abs(value) })
  switch (e.kind) {
    case 'number':
      return plain(e.value / e.over)
    case 'entry': {
      const found = read(world.array(e.array), e.at, letters)
      if (found === undefined) throw new Error('a letter without a value')
      if (!e.apply) return plain(found === 'outside' ? 0 : found)
      if (found === 'outside' && world.outside === 'zero') return plain(0)
      return plain(world.functions[e.apply]!(found === 'outside' ? 0 : found))
    }
    case 'jacobian': {
      const found = read(world.jacobian(e.of, e.by), [...e.at, ...e.place], letters)
      return plain(found === 'outside' || found === undefined ? 0 : found)
    }
    case 'sum':
      return sumUp(e, letters, world)
    case 'product':
      return e.factors
        .map((factor) => evaluate(factor, letters, world))
        .reduce((a, b) => ({ value: a.value * b.value, size: a.size * b.size }))
    case 'addition':
      return e.terms
        .map((term) => evaluate(term, letters, world))
        .reduce((a, b) => ({ value: a.value + b.value, size: a.size + b.size }))
    case 'power': {
      const { value, size } = evaluate(e.base, letters, world)
      return { value: value ** e.exponent, size: size ** e.exponent }
    }
    case 'guard':
      return plain(
        compare(e.is, indexValue(e.left, letters)!, indexValue(e.right, letters)!) ? 1 : 0,
      )
    case 'sign': {
      const found = read(world.array(e.array), e.at, letters)
      return plain(compare(e.is, found === 'outside' || found === undefined ? 0 : found, 0) ? 1 : 0)
    }
  }
}
