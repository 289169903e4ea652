// Letters of indices: which are free on the right of a claim and not on its left.
import type { Binder, Claim, Expression, Name } from '../../language/syntax.ts'

/** Index letters that nothing binds; capitals and words are never indices. */
export const freeLetters = (expression: Expression): string[] => {
  const found = new Set<string>()
  const visit = (value: unknown, bound: ReadonlySet<string>, inIndex: boolean): void => {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const item of value) visit(item, bound, inIndex)
      return
    }
    const { kind, base, primes, binders } = value as Name & { binders?: readonly Binder[] }
    if ((kind as string) === 'name' && inIndex && /^\p{Ll}$/u.test(base)) {
      const letter = base + "'".repeat(primes)
      if (!bound.has(letter)) found.add(letter)
    }
    const inner = binders ? new Set([...bound, ...binders.map((each) => each.name)]) : bound
    for (const [key, child] of Object.entries(value)) {
      const isTag = key === 'superscript' && base !== 'e'
      const isIndex = inIndex || key === 'subscript' || key === 'indices' || isTag
      if (key !== 'span') visit(child, inner, isIndex)
    }
  }
  visit(expression, new Set(), false)
  return [...found]
}

/** What sums bind, in the order of writing. */
export const bindersIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(bindersIn)
  const { binders } = value as { binders?: readonly { name: string }[] }
  return [...(binders ?? []).map(({ name }) => name), ...Object.values(value).flatMap(bindersIn)]
}

export const freeOnRightOnly = (claim: Claim): string[] => {
  const [left, ...others] = claim.operands
  const known = new Set(freeLetters(left!))
  const defined = new Set(claim.where.map((each) => each.name))
  const right = new Set(others.flatMap(freeLetters))
  return [...right].filter((letter) => !known.has(letter) && !defined.has(letter))
}
