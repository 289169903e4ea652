// A spelling that is equal for what is the same but for the names of letters. Not for people.

import { canonicalKey } from '../arithmetic/polynomial.ts'
import type { Axis, FunctionRef, Guard, Index, Letter, Scalar, Source } from './core.ts'

type Names = ReadonlyMap<Letter, string>

const listed = <Part>(parts: readonly Part[], spell: (part: Part) => string): string =>
  parts.map(spell).join(',')

const spellIndex = (index: Index, names: Names): string => {
  const of = (parts: readonly Index[]) => listed(parts, (part) => spellIndex(part, names))
  switch (index.kind) {
    case 'length':
      return canonicalKey(index.of)
    case 'letter':
      return names.get(index.letter) ?? `#${index.letter.id}`
    case 'plus':
      return `+(${of(index.terms)})`
    case 'times':
      return `*(${of(index.factors)})`
    case 'over':
      return `/(${of([index.above, index.below])})`
    case 'raised':
      return `^(${of([index.base, index.exponent])})`
    case 'choice':
      return `${index.by}(${of(index.of)})`
  }
}

const spellSource = (source: Source, names: Names): string => {
  switch (source.kind) {
    case 'node':
      return `N${source.node.id}`
    case 'adjoint':
      return `A${source.node.id}`
    case 'jacobian':
      return `J${source.apart ?? ''}${spellSource(source.of, names)}/${source.by.id}`
    case 'variable':
      return `x${source.name}`
    case 'table': {
      const inner = within(
        source.axes.map(({ letter }) => letter),
        names,
      )
      const lengths = listed(source.axes, ({ length }) => canonicalKey(length))
      return `[${lengths}|${spellScalar(source.body, inner)}]`
    }
  }
}

const within = (letters: readonly Letter[], names: Names): Names =>
  new Map([...names, ...letters.map((letter, k) => [letter, `‹${names.size + k}›`] as const)])

const spellFunction = (f: FunctionRef): string =>
  f.kind === 'activation'
    ? `${f.of.name}@${f.of.value.op.name}${JSON.stringify(f.of.value.params)}`
    : f.name

const spellAxes = (over: readonly Axis[], names: Names): string =>
  listed(over, ({ from, to }) =>
    [from, to].map((limit) => (limit ? spellIndex(limit, names) : '')).join('…'),
  )

const spellGuard = (guard: Guard, names: Names): string => {
  switch (guard.kind) {
    case 'indices':
      return `${spellIndex(guard.left, names)}${guard.relation}${spellIndex(guard.right, names)}`
    case 'values':
      return `${spellScalar(guard.left, names)}${guard.relation}${spellScalar(guard.right, names)}`
    case 'winner': {
      const at = listed(guard.at, (index) => spellIndex(index, names))
      return `${at}=arg${spellContest(guard, names)}`
    }
  }
}

type Contested = Pick<Extract<Scalar, { kind: 'reduce' }>, 'by' | 'over' | 'body'> & {
  readonly when?: readonly Guard[]
}

/** Of what is bound, and over what. */
export const spellContest = ({ by, over, when = [], body }: Contested, names: Names): string => {
  const inner = within(
    over.map(({ letter }) => letter),
    names,
  )
  const guarded = listed(when, (guard) => `[${spellGuard(guard, inner)}]`)
  return `${by}{${spellAxes(over, inner)}|${guarded}${spellScalar(body, inner)}}`
}

export const spellScalar = (s: Scalar, names: Names = new Map()): string => {
  const of = (parts: readonly Scalar[]) => listed(parts, (part) => spellScalar(part, names))
  switch (s.kind) {
    case 'number':
      return `${s.value.numerator}/${s.value.denominator}`
    case 'size':
      return `|${spellIndex(s.of, names)}|`
    case 'read':
      return `${spellSource(s.from, names)}_${listed(s.at, (index) => spellIndex(index, names))}_`
    case 'sum':
      return `S(${of(s.terms)})`
    case 'product':
      return `P(${of(s.factors)})`
    case 'quotient':
      return `Q(${of([s.above, s.below])})`
    case 'power':
      return `E(${of([s.base, s.exponent])})`
    case 'apply':
      return `${spellFunction(s.f)}${"'".repeat(s.order)}(${of(s.to)})`
    case 'reduce': {
      const inner = within(
        s.over.map(({ letter }) => letter),
        names,
      )
      const when = listed(s.when, (guard) => spellGuard(guard, inner))
      return `${spellContest(s, names)}[${when}]`
    }
    case 'guard':
      return `[${listed(s.guards, (guard) => spellGuard(guard, names))}]`
  }
}
