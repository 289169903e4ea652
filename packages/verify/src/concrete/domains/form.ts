// An exact value as plain data: a polynomial with rational coefficients in atoms, in normal form.
// Its arithmetic is elsewhere.
import {
  equalRational,
  formatRational,
  type Rational,
  rational,
} from '../../arithmetic/rational.ts'

export interface Atom {
  readonly id: number
  readonly text: string
  readonly real: number
  /** √p: its square. */
  readonly square?: Form
}

/** Atom id and exponent, by ascending id; exponents are not 0 and may be negative. */
export type Monomial = readonly (readonly [atom: number, exponent: number])[]

export interface Term {
  readonly monomial: Monomial
  readonly coefficient: Rational
}

/** Terms by the text of their monomial; no coefficient is 0. */
export interface Form {
  readonly terms: ReadonlyMap<string, Term>
  readonly real: number
}

/** Σ coefficient · Π atom^exponent; a coefficient is text such as -3/2. */
export type Expansion = readonly {
  readonly coefficient: string
  readonly atoms: readonly (readonly [atom: string, exponent: number])[]
}[]

export const monomialKey = (monomial: Monomial): string =>
  monomial.map(([atom, exponent]) => `${atom}^${exponent}`).join(' ')

export const joinMonomials = (a: Monomial, b: Monomial): Monomial => {
  const exponents = new Map(a)
  for (const [atom, exponent] of b) exponents.set(atom, (exponents.get(atom) ?? 0) + exponent)
  return [...exponents].filter(([, exponent]) => exponent !== 0).sort(([x], [y]) => x - y)
}

export const equalForms = (a: Form, b: Form): boolean => {
  if (a.terms.size !== b.terms.size) return false
  for (const [key, { coefficient }] of a.terms) {
    const other = b.terms.get(key)
    if (!other || !equalRational(other.coefficient, coefficient)) return false
  }
  return true
}

/** The rational number that a form is, if it is one. */
export const constantOf = ({ terms }: Form): Rational | undefined => {
  if (terms.size === 0) return rational(0)
  return terms.size === 1 ? terms.get('')?.coefficient : undefined
}

export const isConstant = (a: Form, value: number): boolean => {
  const constant = constantOf(a)
  return constant !== undefined && equalRational(constant, rational(value))
}

const printMonomial = (monomial: Monomial, atoms: readonly Atom[]): string =>
  monomial
    .map(([atom, exponent]) => {
      const { text } = atoms[atom]!
      return exponent === 1 ? text : `${text}^${exponent < 0 ? `{${exponent}}` : exponent}`
    })
    .join('·')

const printTerm = ({ monomial, coefficient }: Term, atoms: readonly Atom[]): string => {
  if (monomial.length === 0) return formatRational(coefficient)
  const text = formatRational(coefficient)
  if (text === '1') return printMonomial(monomial, atoms)
  return text === '-1'
    ? `-${printMonomial(monomial, atoms)}`
    : `${text}·${printMonomial(monomial, atoms)}`
}

export const printForm = ({ terms }: Form, atoms: readonly Atom[]): string => {
  if (terms.size === 0) return '0'
  return [...terms]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => printTerm(each, atoms))
    .join(' + ')
    .replaceAll('+ -', '- ')
}

/** √n where it is a whole number. */
export const integerRoot = (n: bigint): bigint | undefined => {
  if (n < 0n || n > 2n ** 100n) return undefined
  let root = BigInt(Math.floor(Math.sqrt(Number(n))))
  while (root * root > n) root--
  while ((root + 1n) * (root + 1n) <= n) root++
  return root * root === n ? root : undefined
}
