// Claims about integers as data, with a meaning of their own.

export type Size = number | string | Binary | Rounded
export interface Binary {
  readonly kind: '+' | '-' | '·' | '/'
  readonly left: Size
  readonly right: Size
}
export interface Rounded {
  readonly kind: '⌊' | '⌈'
  readonly of: Size
}
export const isRounded = (e: Binary | Rounded): e is Rounded => 'of' in e

export type Relation = '=' | '≤' | '<' | '≥' | '>'
export interface Claim {
  readonly left: Size
  readonly is: Relation
  readonly right: Size
}

export const make = (kind: '+' | '-' | '·' | '/', left: Size, right: Size): Size => ({
  kind,
  left,
  right,
})
export const floor = (of: Size): Size => ({ kind: '⌊', of })
export const ceil = (of: Size): Size => ({ kind: '⌈', of })
export const over = (a: Size, b: Size): Size => make('/', a, b)
export const plus = (a: Size, b: Size): Size => make('+', a, b)
export const minus = (a: Size, b: Size): Size => make('-', a, b)
export const times = (a: Size, b: Size): Size => make('·', a, b)

const text = (e: Size): string => {
  if (typeof e !== 'object') return `${e}`
  if (isRounded(e)) return e.kind === '⌊' ? `⌊${text(e.of)}⌋` : `⌈${text(e.of)}⌉`
  const part = (side: Size) => {
    const plain = typeof side !== 'object' || isRounded(side)
    return plain ? text(side) : `(${text(side)})`
  }
  return `${part(e.left)} ${e.kind} ${part(e.right)}`
}
export const claimText = ({ left, is, right }: Claim): string =>
  `${text(left)} ${is} ${text(right)}`

type Fraction = readonly [number, number]

/** Undefined where it divides by 0. */
const value = (e: Size, at: ReadonlyMap<string, number>): Fraction | undefined => {
  if (typeof e === 'number') return [e, 1]
  if (typeof e === 'string') return [at.get(e)!, 1]
  if (isRounded(e)) {
    const inner = value(e.of, at)
    return (
      inner && [
        e.kind === '⌊' ? Math.floor(inner[0] / inner[1]) : Math.ceil(inner[0] / inner[1]),
        1,
      ]
    )
  }
  const [l, r] = [value(e.left, at), value(e.right, at)]
  if (!l || !r) return undefined
  const [[a, b], [c, d]] = [l, r]
  if (e.kind === '+') return [a * d + c * b, b * d]
  if (e.kind === '-') return [a * d - c * b, b * d]
  if (e.kind === '·') return [a * c, b * d]
  if (c === 0) return undefined
  return c < 0 ? [-a * d, -b * c] : [a * d, b * c]
}

export const holds = (
  { left, is, right }: Claim,
  at: ReadonlyMap<string, number>,
): boolean | undefined => {
  const [l, r] = [value(left, at), value(right, at)]
  if (!l || !r) return undefined
  const gap = l[0] * r[1] - r[0] * l[1]
  return { '=': gap === 0, '≤': gap <= 0, '<': gap < 0, '≥': gap >= 0, '>': gap > 0 }[is]
}
