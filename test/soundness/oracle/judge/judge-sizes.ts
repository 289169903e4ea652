// One random claim about integers, with assumptions that are redundant, contradictory or neither:
// the verdict of `verifySizes` against trying all small integers.

import { verifySizes } from '../../../../packages/verify/src/verdict/sizes.ts'
import {
  type Claim,
  ceil,
  claimText,
  floor,
  holds,
  isRounded,
  make,
  minus,
  over,
  plus,
  type Size,
  times,
} from '../draw/size-trees.ts'
import { type Random, seededRandom } from '../random.ts'
import type { Judge } from './judged.ts'

const letters = ['n', 'm', 's', 'k', 'p'] as const

const expression = (random: Random, depth: number): Size => {
  if (depth === 0 || random.chance(0.2))
    return random.chance(0.6) ? random.pick(letters) : random.pick([1, 2, 3, 4, 5])
  const inner = () => expression(random, depth - 1)
  const kind = random.pick(['+', '-', '·', '⌊', '⌈', '+', '-'] as const)
  if (kind === '⌊' || kind === '⌈')
    return {
      kind,
      of: over(inner(), random.chance(0.7) ? random.pick(['s', 2, 3, 's', 'k', 4]) : inner()),
    }
  return make(kind, inner(), inner())
}

const laws = (random: Random): Claim => {
  const [a, b] = [expression(random, 2), expression(random, 1)]
  const s = random.pick(['s', 2, 3, 'k'] as const)
  const eq = (left: Size, right: Size): Claim => ({ left, is: '=', right })
  return random.pick<() => Claim>([
    () => eq(ceil(over(a, s)), floor(over(minus(plus(a, s), 1), s))),
    () => eq(floor(over(plus(a, times(b, s)), s)), plus(floor(over(a, s)), b)),
    () => eq(floor(over(floor(over(a, 2)), 3)), floor(over(a, 6))),
    () => eq(plus(floor(over(a, 2)), ceil(over(a, 2))), a),
    () => ({ left: minus(a, times(s, floor(over(a, s)))), is: '≤', right: minus(s, 1) }),
    () => ({ left: times(s, floor(over(a, s))), is: '≤', right: a }),
    () => ({ left: times(s, ceil(over(a, s))), is: '≥', right: a }),
    () => eq(floor(over(minus(0, a), s)), minus(0, ceil(over(a, s)))),
    () =>
      eq(
        plus(floor(over(minus(plus('n', times(2, 'p')), 'm'), 's')), 1),
        floor(over(plus(minus(plus('n', times(2, 'p')), 'm'), 's'), 's')),
      ),
    () =>
      eq(
        times(plus(a, b), plus(a, b)),
        plus(plus(times(a, a), times(times(2, a), b)), times(b, b)),
      ),
    () => ({ left: floor(over(a, 3)), is: '≤', right: plus(floor(over(a, 2)), 'n') }),
    () => eq(over(times(a, b), b), a),
  ])()
}

const assumption = (random: Random): Claim => {
  const [a, b] = [random.pick(letters), random.pick(letters)]
  return random.pick<() => Claim>([
    () => ({ left: a, is: '=', right: times(2, b) }),
    () => ({ left: a, is: '=', right: plus(times(2, b), 1) }),
    () => ({ left: a, is: random.pick(['≥', '>', '≤', '<'] as const), right: b }),
    () => ({ left: 'p', is: '=', right: over(minus('m', 1), 2) }),
    () => ({ left: 'p', is: '=', right: floor(over(a, 2)) }),
    () => ({
      left: a,
      is: random.pick(['=', '≥', '≤', '<'] as const),
      right: random.pick([1, 2, 3, 5]),
    }),
    () => ({
      left: floor(over(a, b)),
      is: random.pick(['=', '≥'] as const),
      right: random.pick([0, 1, 2]),
    }),
    () => ({
      left: plus(a, b),
      is: random.pick(['≤', '≥', '='] as const),
      right: plus('k', random.pick([0, 1, 4])),
    }),
  ])()
}

const damaged = (random: Random, e: Size): Size => {
  if (typeof e === 'number') return e + random.pick([1, -1])
  if (typeof e === 'string') return random.chance(0.5) ? plus(e, 1) : random.pick(letters)
  if (isRounded(e)) {
    if (random.chance(0.5)) return { kind: e.kind === '⌊' ? '⌈' : '⌊', of: e.of }
    return { kind: e.kind, of: damaged(random, e.of) }
  }
  return random.chance(0.5)
    ? { ...e, left: damaged(random, e.left) }
    : { ...e, right: damaged(random, e.right) }
}

const lettersIn = (e: Size): string[] =>
  typeof e === 'string'
    ? [e]
    : typeof e === 'number'
      ? []
      : 'of' in e
        ? lettersIn(e.of)
        : [...lettersIn(e.left), ...lettersIn(e.right)]

function* grid(names: readonly string[], largest: number): Generator<Map<string, number>> {
  const [first, ...rest] = names
  if (first === undefined) {
    yield new Map()
    return
  }
  for (const others of grid(rest, largest))
    for (let n = first === 'p' ? 0 : 1; n <= largest; n++) yield new Map(others).set(first, n)
}

const claimOf = (random: Random): Claim => {
  const sides = (): Claim => ({
    left: expression(random, 2),
    is: random.pick(['=', '≤', '≥', '<'] as const),
    right: expression(random, 2),
  })
  const claim = random.chance(0.7) ? laws(random) : sides()
  if (random.chance(0.5)) return claim
  if (random.chance(0.2)) return { ...claim, is: random.pick(['=', '≤', '<', '≥', '>'] as const) }
  return { ...claim, right: damaged(random, claim.right) }
}

const largest = [0, 40, 20, 12, 8, 6]

export const judgeSizes: Judge = (seed) => {
  const random = seededRandom(seed)
  const claim = claimOf(random)
  const count = random.pick([0, 0, 1, 1, 2, 3])
  const assumed = Array.from({ length: count }, () => assumption(random))
  const sides = [claim, ...assumed].flatMap(({ left, right }) => [left, right])
  const names = [...new Set(sides.flatMap(lettersIn))]
  const assume = assumed.map(claimText)
  const verdict = verifySizes(claimText(claim), { assume, deadline: 2000 })
  const isMet = (at: ReadonlyMap<string, number>) =>
    assumed.every((each) => holds(each, at) === true)
  let [met, falseAt] = [false, '']
  for (const at of grid(names, largest[names.length]!)) {
    if (!isMet(at)) continue
    met = true
    if (holds(claim, at) === false) falseAt = JSON.stringify(Object.fromEntries(at))
  }
  const wrong = ((): string | undefined => {
    if (verdict.kind === 'proved' && falseAt) return `proved, and false at ${falseAt}`
    if (verdict.kind === 'ill-formed' && met) return `ill-formed: ${verdict.reason}`
    if (verdict.kind !== 'refuted' || !('sizes' in verdict)) return undefined
    const at = new Map(Object.entries(verdict.sizes))
    if (!isMet(at)) return 'refuted outside of the assumptions'
    return holds(claim, at) === false ? undefined : 'refuted where it is true'
  })()
  return {
    shown: `${claimText(claim)} where ${assume.join(', ')}`,
    outcome: `${!met ? 'unmet' : falseAt ? 'false' : 'true'} → ${verdict.kind}`,
    wrong,
  }
}
