// Exact values: polynomials with rational coefficients in atoms (leaves, and functions of such
// polynomials), in normal form. A quotient by more than one term is an atom of its own.
import type { Budget } from '../../arithmetic/budget.ts'
import {
  addRational,
  formatRational,
  multiplyRational,
  type Rational,
  rational,
} from '../../arithmetic/rational.ts'
import { ConcreteError, PoleError } from '../../core/errors.ts'
import { type Domain, type ElementaryFunction, NearTieError } from './domain.ts'
import { sigmoid, tanh } from './elementary.ts'
import { compareReals, floatDomain, realCall } from './float.ts'
import {
  type Atom,
  constantOf,
  type Expansion,
  equalForms,
  type Form,
  integerRoot,
  isConstant,
  joinMonomials,
  type Monomial,
  monomialKey,
  printForm,
  type Term,
} from './form.ts'

export interface FormDomain extends Domain<Form> {
  /** A leaf's entry, known by its text. */
  readonly atom: (text: string, real: number) => Form
  readonly print: (form: Form) => string
  /** The normal form as plain data. */
  readonly expansion: (form: Form) => Expansion
  /** Whether a comparison was decided by the sampled point and by nothing else. */
  readonly masked: () => boolean
}

export interface FormOptions {
  /** `expanded`: σ′ = σ(1 − σ), for proofs. `named`: σ′ is written as such, for people. */
  readonly derivatives: 'expanded' | 'named'
  readonly budget: Budget
  readonly mostTerms?: number
}

const one = rational(1)
const functionNames: Readonly<Record<ElementaryFunction, string>> = {
  exp: 'exp',
  log: 'log',
  tanh: 'tanh',
  sqrt: '√',
  sin: 'sin',
  cos: 'cos',
  erf: 'erf',
  pi: 'π',
  sigmoid: 'σ',
  power: 'power',
}

const realDerivatives = { sigmoid, tanh } as const

export const formDomain = ({ derivatives, budget, mostTerms = 2000 }: FormOptions): FormDomain => {
  const atoms: Atom[] = []
  const byText = new Map<string, Atom>()
  let masked = false

  const form = (terms: ReadonlyMap<string, Term>, real: number): Form => {
    if (terms.size > mostTerms) throw new ConcreteError(`more than ${mostTerms} terms`)
    return { terms, real }
  }
  const single = (monomial: Monomial, coefficient: Rational, real: number): Form =>
    form(
      coefficient.numerator === 0n
        ? new Map()
        : new Map([[monomialKey(monomial), { monomial, coefficient }]]),
      real,
    )
  const number = (value: Rational): Form =>
    single([], value, Number(value.numerator) / Number(value.denominator))
  const intern = (text: string, real: number, square?: Form): Form => {
    const known = byText.get(text) ?? {
      id: atoms.length,
      text,
      real,
      ...(square && { square }),
    }
    if (known.id === atoms.length) {
      atoms.push(known)
      byText.set(text, known)
    }
    return single([[known.id, 1]], one, known.real)
  }

  const print = (a: Form): string => printForm(a, atoms)

  const add = (a: Form, b: Form): Form => {
    const [large, small] = a.terms.size < b.terms.size ? [b, a] : [a, b]
    const terms = new Map(large.terms)
    budget.tick(small.terms.size + 1)
    for (const [key, { monomial, coefficient }] of small.terms) {
      const sum = addRational(terms.get(key)?.coefficient ?? rational(0), coefficient)
      if (sum.numerator === 0n) terms.delete(key)
      else terms.set(key, { monomial, coefficient: sum })
    }
    return form(terms, a.real + b.real)
  }
  const scale = (a: Form, factor: Rational): Form => {
    if (factor.numerator === 0n) return zero
    const real = (a.real * Number(factor.numerator)) / Number(factor.denominator)
    const terms = [...a.terms].map(([key, { monomial, coefficient }]): [string, Term] => [
      key,
      { monomial, coefficient: multiplyRational(coefficient, factor) },
    ])
    return form(new Map(terms), real)
  }
  /** √p · √p is p, and 1/√3 is √3/3; what stands below may cancel with what comes above. */
  const hasSquares = ([atom, exponent]: Monomial[number]): boolean => {
    const { square } = atoms[atom]!
    return square !== undefined && (exponent > 1 || (exponent < 0 && !!constantOf(square)))
  }
  const withoutSquares = (monomial: Monomial, coefficient: Rational): Form => {
    const found = monomial.find(hasSquares)
    const first = Number(coefficient.numerator) / Number(coefficient.denominator)
    const real = monomial.reduce((r, [atom, e]) => r * atoms[atom]!.real ** e, first)
    if (!found) return single(monomial, coefficient, real)
    const [atom, exponent] = found
    const square = atoms[atom]!.square!
    const times = Math.floor(exponent / 2)
    const rest = joinMonomials(monomial, [[atom, -2 * times]])
    const factor = times > 0 ? square : invert(square)
    let product = withoutSquares(rest, coefficient)
    for (let k = 0; k < Math.abs(times); k++) product = multiply(product, factor)
    return product
  }
  const multiply = (a: Form, b: Form): Form => {
    const constant = constantOf(a)
    if (constant) return scale(b, constant)
    const other = constantOf(b)
    if (other) return scale(a, other)
    let product: Form = zero
    const terms = new Map<string, Term>()
    for (const x of a.terms.values())
      for (const y of b.terms.values()) {
        budget.tick()
        if (terms.size > 2 * mostTerms) throw new ConcreteError(`more than ${mostTerms} terms`)
        const monomial = joinMonomials(x.monomial, y.monomial)
        const coefficient = multiplyRational(x.coefficient, y.coefficient)
        if (monomial.some(hasSquares)) {
          product = add(product, withoutSquares(monomial, coefficient))
          continue
        }
        const key = monomialKey(monomial)
        const sum = addRational(terms.get(key)?.coefficient ?? rational(0), coefficient)
        if (sum.numerator === 0n) terms.delete(key)
        else terms.set(key, { monomial, coefficient: sum })
      }
    const sum = add(product, form(terms, 0))
    return { ...sum, real: a.real * b.real }
  }
  const invert = (a: Form): Form => {
    const [only, second] = [...a.terms.values()]
    if (!only || a.real === 0) throw new PoleError('a division by 0')
    const { numerator, denominator } = only.coefficient
    const factor = rational(denominator, numerator)
    if (!second)
      return withoutSquares(
        only.monomial.map(([atom, exponent]) => [atom, -exponent] as const),
        factor,
      )
    // The leading coefficient outside, so that 1/(2p) is 1/2 · 1/p.
    const monic = scale(a, factor)
    return scale(intern(`1/(${print(monic)})`, 1 / monic.real), factor)
  }

  const opaque = (name: ElementaryFunction, operands: readonly Form[]): Form => {
    const text = `${functionNames[name]}(${operands.map(print).join(', ')})`
    const real = realCall(
      name,
      operands.map((each) => each.real),
    )
    return intern(text, real, name === 'sqrt' ? operands[0]! : undefined)
  }
  const negate = (a: Form): Form => scale(a, rational(-1))
  const root = (a: Form): Form => {
    const value = constantOf(a)
    const [above, below] = value
      ? [integerRoot(value.numerator), integerRoot(value.denominator)]
      : []
    return above !== undefined && below !== undefined
      ? number(rational(above, below))
      : opaque('sqrt', [a])
  }
  /** What is known of a function at one place: e^0, σ(0), tanh(0), log 1, sin 0, … */
  const special: Readonly<Partial<Record<ElementaryFunction, readonly [at: number, value: Form]>>> =
    {
      exp: [0, number(one)],
      sigmoid: [0, number(rational(1, 2))],
      tanh: [0, number(rational(0))],
      log: [1, number(rational(0))],
      sin: [0, number(rational(0))],
      cos: [0, number(one)],
      erf: [0, number(rational(0))],
    }
  const call = (name: ElementaryFunction, operands: readonly Form[]): Form => {
    const [at, value] = special[name] ?? []
    if (at !== undefined && isConstant(operands[0]!, at)) return value!
    return name === 'sqrt' ? root(operands[0]!) : opaque(name, operands)
  }

  const zero: Form = { terms: new Map(), real: 0 }
  const domain: FormDomain = {
    zero,
    one: number(one),
    infinity: intern('∞', Number.POSITIVE_INFINITY),
    fromRational: number,
    add,
    multiply,
    negate,
    divide: (a, b) => multiply(a, invert(b)),
    call,
    compare: (a, b) => {
      if (equalForms(a, b)) return 0
      const [left, right] = [constantOf(a), constantOf(b)]
      if (left && right) {
        const difference = left.numerator * right.denominator - right.numerator * left.denominator
        return difference < 0n ? -1 : 1
      }
      masked = true
      return compareReals(a.real, b.real)
    },
    // Analytic functions that differ at one point differ almost everywhere: not everywhere.
    equal: (a, b) => {
      if (equalForms(a, b)) return true
      masked ||= !constantOf(a) || !constantOf(b)
      if (compareReals(a.real, b.real) === 0) throw new NearTieError('forms of one value')
      return false
    },
    real: ({ real }) => real,
    seen: { ties: false, kinks: false },
    stable: false,
    atom: (text, real) => intern(text, real),
    print,
    expansion: ({ terms }) =>
      [...terms.values()].map(({ monomial, coefficient }) => ({
        coefficient: formatRational(coefficient),
        atoms: monomial.map(([atom, exponent]) => [atoms[atom]!.text, exponent] as const),
      })),
    masked: () => masked,
    ...(derivatives === 'named' && {
      derivative: (name: 'sigmoid' | 'tanh', order: number, x: Form): Form => {
        const text = `${functionNames[name]}${"'".repeat(order)}(${print(x)})`
        return intern(text, realDerivatives[name](floatDomain(), x.real, order))
      },
    }),
  }
  return domain
}
