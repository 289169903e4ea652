// Formulas in index notation as data, so that they can be rewritten and damaged before they are
// printed in the claim language. Nothing is decided here.

/** Σ coefficient · letter + constant, or a text that no rewriting touches. */
export type Index = Affine | { readonly text: string }
export interface Affine {
  readonly terms: readonly (readonly [coefficient: number, letter: string])[]
  readonly constant: number
}

/** An entry of an array, or a function of it: σ'(z_{kij}). */
export interface Access {
  readonly array: string
  readonly index: readonly Index[]
  readonly applied?: string
}

export interface Guard {
  readonly left: Affine | Access
  readonly relation: '≤' | '<' | '≥' | '>' | '='
  readonly right: Affine
}

/** coefficient · Σ_bound Π accesses · Π guards · Π other factors. */
export interface Term {
  readonly coefficient: readonly [numerator: number, denominator: number]
  readonly bound: readonly string[]
  readonly accesses: readonly Access[]
  readonly guards: readonly Guard[]
  readonly factors: readonly string[]
}

export interface Formula {
  readonly left: readonly Term[]
  readonly right: readonly Term[]
}

export const affine = (
  constant: number,
  ...terms: readonly (readonly [number, string])[]
): Affine => ({ terms, constant })
export const letter = (name: string): Affine => affine(0, [1, name])
export const access = (array: string, ...index: readonly (Index | string)[]): Access => ({
  array,
  index: index.map((each) => (typeof each === 'string' ? letter(each) : each)),
})
export const term = (accesses: readonly Access[], rest: Partial<Term> = {}): Term => ({
  coefficient: [1, 1],
  bound: [],
  guards: [],
  factors: [],
  ...rest,
  accesses,
})

export const isAffine = (index: Index): index is Affine => 'terms' in index

/** The index with letters replaced; equal letters are collected. */
export const substituted = (index: Index, values: ReadonlyMap<string, Affine>): Index => {
  if (!isAffine(index)) return index
  const sums = new Map<string, number>()
  let { constant } = index
  for (const [coefficient, name] of index.terms) {
    const value = values.get(name) ?? letter(name)
    constant += coefficient * value.constant
    for (const [factor, other] of value.terms)
      sums.set(other, (sums.get(other) ?? 0) + coefficient * factor)
  }
  const terms = [...sums].filter(([, sum]) => sum !== 0).map(([name, sum]) => [sum, name] as const)
  return { terms, constant }
}

/** Every index of the term by another. */
export const mapIndices = (t: Term, change: (index: Index) => Index): Term => {
  const inAccess = (a: Access): Access => ({ ...a, index: a.index.map(change) })
  const inside = (part: Affine | Access): Affine | Access =>
    'array' in part ? inAccess(part) : (change(part) as Affine)
  return {
    ...t,
    accesses: t.accesses.map(inAccess),
    guards: t.guards.map((g) => ({ ...g, left: inside(g.left), right: change(g.right) as Affine })),
  }
}

const indexText = (index: Index): string => {
  if (!isAffine(index)) return index.text
  const parts = index.terms.map(([coefficient, name]) => {
    const size = Math.abs(coefficient)
    return `${coefficient < 0 ? '-' : '+'}${size === 1 ? '' : size}${name}`
  })
  const { constant } = index
  if (constant !== 0 || parts.length === 0) parts.push(`${constant < 0 ? '' : '+'}${constant}`)
  return parts.join('').replace(/^\+/, '')
}

const accessText = ({ array, index, applied }: Access): string => {
  const entry = index.length > 0 ? `${array}_{${index.map(indexText).join(',')}}` : array
  return applied ? `${applied}(${entry})` : entry
}

const partText = (part: Affine | Access): string =>
  'array' in part ? accessText(part) : indexText(part)

const termText = ({ coefficient, bound, accesses, guards, factors }: Term): string => {
  const [numerator, denominator] = coefficient
  const size = Math.abs(numerator)
  const number = denominator === 1 ? `${size}` : `${size}/${denominator}`
  const product = [
    ...accesses.map(accessText),
    ...guards.map((g) => `[${partText(g.left)} ${g.relation} ${indexText(g.right)}]`),
    ...factors,
  ]
  const body = [
    ...(bound.length > 0 ? [`Σ_{${bound.join(',')}}`] : []),
    ...(product.length > 0 ? product : ['1']),
  ].join(' ')
  return number === '1' ? body : `${number} ${body}`
}

/**
 * Sums stand in brackets: the body of a Σ reaches over products only, but readers need not know.
 */
const sideText = (terms: readonly Term[]): string => {
  if (terms.length === 0) return '0'
  const parts = terms.map((t) => {
    const text = termText(t)
    const isSum = terms.length > 1 && t.bound.length > 0
    return `${t.coefficient[0] < 0 ? '- ' : '+ '}${isSum ? `(${text})` : text}`
  })
  return parts.join(' ').replace(/^\+ /, '').replace(/^- /, '-')
}

export const formulaText = ({ left, right }: Formula): string =>
  `${sideText(left)} = ${sideText(right)}`
