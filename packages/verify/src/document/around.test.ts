// A condition goes with its formula in every spelling, before it and behind it, and with no other.
import { describe, expect, it } from 'vitest'
import { checkNotes } from '../index.ts'

const { raw } = String
const softmax = raw`$z = W x$, $p = \mathrm{softmax}(z)$, $L = -\sum_k y_k \log p_k$.`
const relu = raw`$z = W x + b$, $a = \max(0, z)$, $L = \frac12 \|a - y\|^2$.`
const apart = raw`\frac{\partial p_i}{\partial z_j} = -p_i p_j`
const alike = raw`\frac{\partial p_i}{\partial z_j} = p_i (1 - p_i)`

const kinds = (document: string): readonly (string | undefined)[] =>
  checkNotes(document).entries.flatMap(({ kind, verdict }) =>
    kind === 'claim' ? [verdict?.kind] : [],
  )

/** C is i ≠ j, N is i = j, F the formula that is true of i ≠ j, or the one that is not. */
const filled = (spelling: string, formula: string) => {
  const said: Record<string, string> = { C: raw`i \neq j`, N: 'i = j', F: formula }
  return `${softmax}\n\n${spelling.replaceAll(/(?<![A-Za-z])[CNF](?![A-Za-z])/g, (each) => said[each]!)}`
}

describe('a condition beside a formula', () => {
  it.each([
    ...['If $C$, $$F.$$', 'when $C$: $F$', 'Provided that $C$ we get $$F$$', '- $C$: $$F$$'],
    ...['Assume $C$. Then $$F$$', '(a) $C$: $$F$$', 'Case 2 ($C$): $$F$$', 'Unless $N$, $$F$$'],
    ...['If $C$, the slope becomes $$F$$', raw`Let $C$. \begin{align}F\end{align}`],
    ...['当 $C$ 时，$$F$$', '若 $C$，则 $F$。', '除非 $N$，$$F$$', '在 $C$ 的情况下有 $$F$$'],
    ...['$$F$$ if $C$.', '$F$ ($C$)', '$$F$$, $C$.', '$$F,$$ as long as $C$', '$$F$$ unless $N$'],
    ...[
      '$$F$$ 其中 $C$。',
      '$F$（当 $C$ 时）',
      '$$F$$ 若 $C$',
      'If $N$, $p_i = p_j$, otherwise $$F$$',
    ],
    ...['$p_i = p_j$ if $N$, and $F$ otherwise.', '若 $N$，$p_i = p_j$，否则 $$F$$'],
  ])('%s', (spelling) => {
    expect(kinds(filled(spelling, apart)).at(-1)).toBe('proved')
    expect(kinds(filled(spelling, alike)).at(-1)).toBe('refuted')
  })
  it.each([
    ...['If the two have $C$, $$F$$', 'Here $C$, and so $$F$$', '$$F$$ only if $C$'],
    ...['Suppose $C$. This is so below. We have $$\\sum_i p_i = 1$$ and find $$F$$'],
  ])('may be meant, or not: %s', (spelling) => {
    expect(kinds(filled(spelling, apart)).at(-1)).toBe('ambiguous')
    expect(kinds(filled(spelling, alike)).at(-1)).toBe('refuted')
  })
  it.each([
    ...['Even if $C$, $$F$$', 'Not only when $C$, $$F$$', 'If $C$ it is small. $$F$$'],
    ...[
      'If $C$: $$p_i = p_i$$ $$F$$',
      '$$F$$ If $C$, $$p_i = p_i$$',
      'If $C$, but in general $$F$$',
    ],
    ...['Unless $C$, $$F$$', '$$F$$ except if $C$'],
  ])('is not of it: %s', (spelling) => {
    expect(kinds(filled(spelling, apart))).toContain('refuted')
  })
  it('may be of values, and of what is given', () => {
    const slope = (right: string) => raw`$$\frac{\partial L}{\partial z_i} = ${right}$$`
    const body = (left: string, right: string) =>
      kinds(`${relu}\n\nIf $z_i > 0$, ${slope(left)} and otherwise ${slope(right)}`)
    expect(body('a_i - y_i', '0')).toEqual(['proved', 'proved'])
    expect(body('0', 'a_i - y_i')).toEqual(['refuted', 'refuted'])
    expect(
      kinds(`${relu} ${slope('(a_i - y_i) [z_i > 0]')} Assume $b = 0$. Then $$z = W x$$`),
    ).toEqual(['proved', 'proved'])
  })
  it('is said to be unread where nobody knows what else there is', () => {
    const logistic = raw`$z = w^T x$, $a = \sigma(z)$, $L = -y \log a - (1-y) \log(1-a)$.`
    const body = raw`If $y = 1$, $$\frac{dL}{dz} = a - 1$$ and otherwise $$\frac{dL}{dz} = a$$.`
    expect(kinds(`${logistic}\n\n${body}`)).toEqual(['proved', 'ill-formed'])
    const both = kinds(`${logistic}\n\n${body.replace('otherwise', 'if $y = 0$,')}`)
    expect(both).toEqual(['proved', 'agrees'])
  })
  it.each([
    ...['If the two are not alike, $$F$$', 'When $p_i = y_i$, $$F$$', '$$F$$ unless the two agree'],
    ...['若两者不同，则 $$F$$', 'Unless $p_i$ and $p_j$ are one, we have $$F$$'],
  ])('is asked for where words or equations are one: %s', (spelling) => {
    expect(kinds(filled(spelling, apart)).at(-1)).toBe('ill-formed')
  })
  it('is none of who reckons', () => {
    for (const words of ['When we differentiate, $$F$$', 'If needed, $$F$$', '当我们求导时，$$F$$'])
      expect(kinds(filled(words, apart)).at(-1)).toBe('refuted')
    expect(kinds(filled('If $C$ for all $i$, $$F$$', apart)).at(-1)).toBe('proved')
  })
  it('of a case makes no other network', () => {
    const hinge = raw`$s = w^T x + b$, $L = \max(0, 1 - y s)$.`
    const slope = (right: string) => raw`$$\frac{\partial L}{\partial b} = ${right}$$`
    const body = `If $y s < 1$, ${slope('-y')} otherwise ${slope('0')} If $y s > 1$, ${slope('-y')}`
    expect(kinds(`${hinge}\n\n${body}`)).toEqual(['proved', 'proved', 'refuted'])
  })
})
