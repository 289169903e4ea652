// The numbers against known decimals and against float64.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exactRational } from '../../core/exact.ts'
import { realCall } from './float.ts'
import {
  differPrecisely,
  type Precise,
  preciseDomain,
  printPrecise,
  sameDifference,
  withMoreDigits,
} from './precise.ts'

const domain = preciseDomain()
const of = (value: number): Precise => domain.fromRational(exactRational(value))

it.each([
  ['exp', 1, '2.718281828459045235360287471352662497757247093699959574966967'],
  ['log', 2, '0.693147180559945309417232121458176568075500134360255254120680'],
  ['sqrt', 2, '1.414213562373095048801688724209698078569671875376948073176679'],
  ['sigmoid', 0, '0.5'],
  ['tanh', 1, '0.761594155955764888119458282604793590412768597257936551596810'],
] as const)('%s of %d to 45 digits', (name, x, digits) => {
  const printed = printPrecise(domain.call(name, [of(x)]), 50)
  const [fraction, exponent = '0'] = printed.split('e')
  const shown = exponent === '0' ? fraction! : `0.${fraction!.slice(2)}`
  if (name === 'sigmoid') expect(Number(printed)).toBe(0.5)
  else expect(shown.slice(0, 46)).toBe(digits.slice(0, 46))
})

it('agrees with float64', () => {
  const real = fc.double({ min: -20, max: 20, noNaN: true }).filter((x) => Math.abs(x) > 1e-3)
  const positive = real.map(Math.abs)
  fc.assert(
    fc.property(real, positive, real, (x, p, y) => {
      for (const [name, args] of [
        ['exp', [x]],
        ['log', [p]],
        ['sqrt', [p]],
        ['sigmoid', [x]],
        ['tanh', [x]],
        ['power', [p, y]],
      ] as const) {
        const expected = realCall(name, args)
        const found = domain.real(domain.call(name, args.map(of)))
        expect(Math.abs(found - expected)).toBeLessThan(1e-12 * Math.abs(expected) + 1e-14)
      }
      const sum = domain.real(domain.add(of(x), of(y)))
      expect(Math.abs(sum - (x + y))).toBeLessThan(1e-14 * (Math.abs(x) + Math.abs(y)))
      expect(domain.real(domain.divide(of(x), of(y)))).toBeCloseTo(x / y, 6)
    }),
    { numRuns: 50 },
  )
})

it('tells a law from a factor 1 + 10⁻¹²', () => {
  const [x, y] = [of(0.7), of(-1.3)]
  const exp = (a: Precise) => domain.call('exp', [a])
  const product = domain.multiply(exp(x), exp(y))
  expect(differPrecisely(product, exp(domain.add(x, y)))).toBe(false)
  expect(differPrecisely(product, domain.multiply(of(1 + 1e-12), product))).toBe(true)
})

it('tells a whole number from one that has more digits', () => {
  const x = () => domain.call('sigmoid', [of(7)])
  const [few, many] = [x(), withMoreDigits(x)]
  expect(sameDifference([domain.one, few], [domain.one, many])).toBe(true)
  expect(sameDifference([domain.one, few], [domain.one, of(0.999)])).toBe(false)
})
