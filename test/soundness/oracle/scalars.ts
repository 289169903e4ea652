// Claims as data, made by hand: z_{k} is entry('z', 'k').
import type { Binder, Index, IndexAtom, Relation, Scalar } from './expressions.ts'

export const index = (
  constant: number,
  ...terms: readonly (readonly [number, IndexAtom])[]
): Index => ({
  terms: terms.filter(([coefficient]) => coefficient !== 0),
  constant,
})
export const letter = (name: string): Index => index(0, [1, name])
const ix = (e: Index | string): Index => (typeof e === 'string' ? letter(e) : e)

export const entry = (array: string, ...at: readonly (Index | string)[]): Scalar => ({
  kind: 'entry',
  array,
  at: at.map(ix),
})
export const applied = (
  apply: string,
  array: string,
  ...at: readonly (Index | string)[]
): Scalar => ({
  kind: 'entry',
  array,
  at: at.map(ix),
  apply,
})
export const jacobian = (
  of: string,
  at: readonly (Index | string)[],
  by: string,
  place: readonly (Index | string)[],
): Scalar => ({ kind: 'jacobian', of, at: at.map(ix), by, place: place.map(ix) })
export const sum = (names: string, body: Scalar): Scalar => ({
  kind: 'sum',
  over: [...names].map((name): Binder => ({ name })),
  body,
})
export const times = (...factors: readonly Scalar[]): Scalar =>
  factors.length === 1 ? factors[0]! : { kind: 'product', factors }
export const plus = (...terms: readonly Scalar[]): Scalar =>
  terms.length === 1 ? terms[0]! : { kind: 'addition', terms }
export const number = (value: number, over = 1): Scalar => ({ kind: 'number', value, over })
export const negative = (e: Scalar): Scalar => times(number(-1), e)
export const guard = (left: Index | string, is: Relation, right: Index | string): Scalar => ({
  kind: 'guard',
  left: ix(left),
  is,
  right: ix(right),
})
export const positive = (array: string, ...at: readonly (Index | string)[]): Scalar => ({
  kind: 'sign',
  array,
  at: at.map(ix),
  is: '>',
})

export interface Equation {
  readonly left: Scalar
  readonly right: Scalar
}
export const equal = (left: Scalar, right: Scalar): Equation => ({ left, right })
