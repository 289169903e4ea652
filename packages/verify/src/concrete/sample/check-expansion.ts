// Checks a certificate of rung 2 on its own: expands every step again, in BigInt, and compares both
// sides of every entry with the form that the certificate states. It shares no code with the
// prover.
import type { ExpansionCertificate } from './exact.ts'

/** Numerator, and denominator above 0, in lowest terms. */
type Fraction = readonly [bigint, bigint]
/** By monomial: exponents (not 0) of atoms, as JSON sorted by atom. */
type Polynomial = ReadonlyMap<string, Fraction>
type Exponents = readonly (readonly [string, number])[]

export type Check = { readonly ok: true } | { readonly ok: false; readonly reason: string }

class Rejected extends Error {}

const demand = (holds: boolean, reason: string): void => {
  if (!holds) throw new Rejected(reason)
}

const lowest = (n: bigint, d: bigint): Fraction => {
  demand(d !== 0n, 'a denominator of 0')
  let [a, b] = [n < 0n ? -n : n, d < 0n ? -d : d]
  while (b > 0n) [a, b] = [b, a % b]
  const sign = d < 0n ? -1n : 1n
  return [(sign * n) / a, (sign * d) / a]
}

const fraction = (text: unknown): Fraction => {
  demand(typeof text === 'string' && /^-?\d{1,5000}(\/\d{1,5000})?$/.test(text), 'no fraction')
  const [above = '', below = '1'] = (text as string).split('/')
  return lowest(BigInt(above), BigInt(below))
}

const addTo = (total: Map<string, Fraction>, key: string, [n, d]: Fraction): void => {
  const [m, e] = total.get(key) ?? [0n, 1n]
  const both = lowest(m * d + n * e, e * d)
  if (both[0] === 0n) total.delete(key)
  else total.set(key, both)
}

const sum = (p: Polynomial, q: Polynomial): Polynomial => {
  const total = new Map(p)
  for (const [key, value] of q) addTo(total, key, value)
  return total
}

const exponentsOf = (key: string): Exponents => JSON.parse(key) as Exponents

const keyOf = (exponents: Iterable<readonly [string, number]>): string =>
  JSON.stringify([...exponents].filter(([, e]) => e !== 0).sort(([a], [b]) => (a < b ? -1 : 1)))

const text = (p: Polynomial): string =>
  JSON.stringify([...p].map(([key, [n, d]]) => `${n}/${d} ${key}`).sort())

/** f(0) where it is a number. */
const atZero: ReadonlyMap<string, Fraction> = new Map([
  ['exp', [1n, 1n]],
  ['cos', [1n, 1n]],
  ['sigmoid', [1n, 2n]],
  ['tanh', [0n, 1n]],
  ['sin', [0n, 1n]],
  ['erf', [0n, 1n]],
])

interface Budget {
  readonly tick: (operations?: number) => void
}

/**
 * Expands steps one after the other; atoms are leaves, functions of forms, and inverses of forms.
 */
const expander = (budget: Budget) => {
  const squares = new Map<string, Polynomial>()
  const numbers = new Map<string, string>()
  /** Atoms have numbers: written out, what is nested in one another would double at each level. */
  const numberOf = (name: string): string => {
    const known = numbers.get(name) ?? String(numbers.size)
    numbers.set(name, known)
    return known
  }
  const atom = (name: string): Polynomial => new Map([[keyOf([[numberOf(name), 1]]), [1n, 1n]]])
  const monomialProduct = (a: Exponents, b: Exponents): Polynomial => {
    const exponents = new Map(a)
    for (const [name, e] of b) exponents.set(name, (exponents.get(name) ?? 0) + e)
    const root = [...exponents].find(([name, e]) => e > 1 && squares.has(name))
    if (!root) return new Map([[keyOf(exponents), [1n, 1n]]])
    exponents.set(root[0], root[1] - 2)
    return product(new Map([[keyOf(exponents), [1n, 1n]]]), squares.get(root[0])!)
  }
  const product = (p: Polynomial, q: Polynomial): Polynomial => {
    const total = new Map<string, Fraction>()
    for (const [a, [n, d]] of p)
      for (const [b, [m, e]] of q) {
        const terms = monomialProduct(exponentsOf(a), exponentsOf(b))
        budget.tick(terms.size)
        for (const [key, [x, y]] of terms) addTo(total, key, lowest(n * m * x, d * e * y))
      }
    return total
  }
  const inverse = (p: Polynomial): Polynomial => {
    demand(p.size > 0, 'a division by 0')
    const [[key, [n, d]]] = [...p].sort(([a], [b]) => (a < b ? -1 : 1)) as [[string, Fraction]]
    const factor = lowest(d, n)
    if (p.size === 1)
      return new Map([[keyOf(exponentsOf(key).map(([name, e]) => [name, -e])), factor]])
    const monic = product(new Map([['[]', factor]]), p)
    return product(new Map([['[]', factor]]), atom(`1/${text(monic)}`))
  }
  const call = (name: string, operands: readonly Polynomial[]): Polynomial => {
    const [only] = operands
    const isNumber = only !== undefined && [...only.keys()].every((key) => key === '[]')
    const [n, d] = (isNumber && only.get('[]')) || [0n, 1n]
    const known = isNumber && n === 0n ? atZero.get(name) : undefined
    if (known) return known[0] === 0n ? new Map() : new Map([['[]', known]])
    if (isNumber && n === 1n && d === 1n && name === 'log') return new Map()
    const made = `${name}(${operands.map(text).join()})`
    // A root of a number would be one with its value: left to the prover, and refused here.
    if (name === 'sqrt') demand(!isNumber, 'a root of a number')
    if (name === 'sqrt') squares.set(numberOf(made), only!)
    return atom(made)
  }
  return { atom, product, inverse, call }
}

/** Accepts a certificate, or says what is wrong with it. Steps and forms are untrusted. */
export const checkExpansion = (certificate: ExpansionCertificate, budget: Budget): Check => {
  const { atom, product, inverse, call } = expander(budget)
  const expanded: Polynomial[] = []
  const at = (step: unknown): Polynomial => {
    const found = Number.isSafeInteger(step) ? expanded[step as number] : undefined
    demand(found !== undefined, 'a step that does not come before')
    return found!
  }
  try {
    for (const step of certificate.steps) {
      budget.tick()
      const count = step.kind === 'sum' || step.kind === 'product' || step.kind === 'quotient'
      if (count) demand(step.of.length === 2, 'an operation of two operands with others')
      switch (step.kind) {
        case 'leaf':
          expanded.push(atom(`leaf ${step.name}`))
          break
        case 'number': {
          const value = fraction(step.value)
          expanded.push(value[0] === 0n ? new Map() : new Map([['[]', value]]))
          break
        }
        case 'sum':
          budget.tick(at(step.of[0]).size + at(step.of[1]).size)
          expanded.push(sum(at(step.of[0]), at(step.of[1])))
          break
        case 'product':
          expanded.push(product(at(step.of[0]), at(step.of[1])))
          break
        case 'quotient':
          expanded.push(product(at(step.of[0]), inverse(at(step.of[1]))))
          break
        case 'call':
          expanded.push(call(step.name, step.of.map(at)))
          break
        default:
          demand(false, 'no such step')
      }
    }
    demand(certificate.entries.length > 0, 'no entry')
    for (const { left, right, form } of certificate.entries) {
      const [a, b] = [at(left), at(right)]
      demand(text(a) === text(b), 'two sides that differ')
      demand(a.size === form.length, 'a form of another length')
      const coefficients = (values: readonly string[]) => [...values].sort().join()
      const stated = coefficients(form.map(({ coefficient }) => fraction(coefficient).join('/')))
      demand(coefficients([...a.values()].map((v) => v.join('/'))) === stated, 'another form')
    }
    return { ok: true }
  } catch (error) {
    if (error instanceof Rejected) return { ok: false, reason: error.message }
    if (error instanceof TypeError || error instanceof SyntaxError)
      return { ok: false, reason: `malformed: ${error.message}` }
    throw error
  }
}
