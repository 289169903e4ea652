// Exact forms that remember how they were made, step by step: what a checker expands again.
import { formatRational } from '../../arithmetic/rational.ts'
import { ConcreteError } from '../../core/errors.ts'
import type { Domain, ElementaryFunction } from './domain.ts'
import type { Form } from './form.ts'
import type { FormDomain } from './forms.ts'

/** A step uses steps before it, by their numbers from 0. */
export type Step =
  | { readonly kind: 'leaf'; readonly name: string }
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'sum' | 'product' | 'quotient'; readonly of: readonly [number, number] }
  | { readonly kind: 'call'; readonly name: ElementaryFunction; readonly of: readonly number[] }

export interface Traced {
  readonly form: Form
  readonly step: number
}

export interface TraceDomain extends Domain<Traced> {
  readonly leaf: (name: string, real: number) => Traced
  readonly steps: readonly Step[]
}

/** @throws ConcreteError where more than `most` steps would be remembered */
export const traceDomain = (forms: FormDomain, most: number): TraceDomain => {
  const steps: Step[] = []
  const known = new Map<string, number>()
  const record = (step: Step, form: Form): Traced => {
    const key = JSON.stringify(step)
    const old = known.get(key)
    if (old !== undefined) return { form, step: old }
    if (steps.length === most) throw new ConcreteError('more steps than allowed')
    known.set(key, steps.length)
    return { form, step: steps.push(step) - 1 }
  }
  const pair = (a: Traced, b: Traced): readonly [number, number] => [a.step, b.step]
  const fromRational: TraceDomain['fromRational'] = (value) =>
    record({ kind: 'number', value: formatRational(value) }, forms.fromRational(value))
  const multiply = (a: Traced, b: Traced): Traced =>
    record({ kind: 'product', of: pair(a, b) }, forms.multiply(a.form, b.form))
  const minusOne = fromRational({ numerator: -1n, denominator: 1n })
  return {
    zero: fromRational({ numerator: 0n, denominator: 1n }),
    one: fromRational({ numerator: 1n, denominator: 1n }),
    fromRational,
    add: (a, b) => record({ kind: 'sum', of: pair(a, b) }, forms.add(a.form, b.form)),
    multiply,
    negate: (a) => multiply(minusOne, a),
    divide: (a, b) => record({ kind: 'quotient', of: pair(a, b) }, forms.divide(a.form, b.form)),
    call: (name, operands) =>
      record(
        { kind: 'call', name, of: operands.map(({ step }) => step) },
        forms.call(
          name,
          operands.map(({ form }) => form),
        ),
      ),
    compare: (a, b) => forms.compare(a.form, b.form),
    equal: (a, b) => forms.equal(a.form, b.form),
    real: ({ form }) => form.real,
    seen: forms.seen,
    stable: false,
    leaf: (name, real) => record({ kind: 'leaf', name }, forms.atom(name, real)),
    steps,
  }
}
