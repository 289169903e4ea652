// x_1, x_2, …, x_N up to a length N: a range, which holds for every N; up to a letter that stands
// nowhere else, all that there are. What ends at a number is written out in `ellipsis.ts`.
import { namesIn } from '../names-in.ts'
import type { Context } from '../resolve/context.ts'
import type { Resolved, ResolvedBinder } from '../resolved.ts'
import type { Claim, Expression, Span } from '../syntax.ts'
import { childNodes, mapped, spellingOf } from '../walk.ts'
import { withoutDots } from './ellipsis.ts'

type Numeral = Resolved & { readonly kind: 'numeral' }

const isNumeral = (node: object): node is Numeral => (node as Resolved).kind === 'numeral'

type Size = Resolved & { readonly kind: 'size' | 'index' }

/** What stands behind dots, in a sum or between commas. */
const behindDots = (node: object): Expression[] => {
  const { terms, operands = terms } = node as Record<string, readonly Expression[] | undefined>
  const dots = operands?.findIndex((each) => each.kind === 'ellipsis') ?? -1
  return [
    ...(dots < 0 ? [] : operands!.slice(dots + 1)),
    ...childNodes<Expression>(node).flatMap(behindDots),
  ]
}

/** The n of x_1 + … + x_n where it is nowhere else. */
export const endsOfDots = (claim: Claim): ReadonlySet<string> => {
  const behind = behindDots(claim).flatMap((each) => namesIn({ operands: [each] }))
  if (behind.length === 0) return new Set()
  const all = namesIn(claim)
  const count = (names: typeof all, letter: string) =>
    names.filter(({ base }) => base === letter).length
  return new Set(
    behind.flatMap(({ base }) => (count(all, base) === count(behind, base) ? [base] : [])),
  )
}

interface Step {
  /** The numerals of the first term that the others have counted on. */
  readonly slots: readonly Numeral[]
  readonly upper: Size
}

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && a !== null && spellingOf(a) === spellingOf(b as object))

/** Where the last term has the length for a numeral of the first, and nothing else is different. */
const stepTo = (first: Resolved, last: Resolved, { ends, bound }: Context): Step | undefined => {
  const isEnd = ({ kind, name }: Size) =>
    kind === 'size' || (kind === 'index' && ends.has(name) && !bound.has(name))
  const slots: Numeral[] = []
  const uppers: Size[] = []
  const visit = (a: unknown, b: unknown): boolean => {
    if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b
    if (isNumeral(a) && isEnd(b as Size)) {
      slots.push(a)
      uppers.push(b as Size)
      return true
    }
    const keys = Object.keys({ ...a, ...b }).filter((key) => key !== 'span')
    return keys.every((key) => visit(a[key as never], b[key as never]))
  }
  const [upper] = visit(first, last) ? uppers : []
  const isOne =
    uppers.every((each) => each.name === upper?.name) &&
    slots.every((each) => isSame(each.value, slots[0]!.value) && each.value.denominator === 1n)
  return upper && isOne ? { slots, upper } : undefined
}

const put = (term: Resolved, slots: readonly Numeral[], by: Resolved): Resolved =>
  mapped(term, (node) => (slots.includes(node as Numeral) ? by : undefined))

const numeral = (numerator: bigint, like: Numeral): Resolved => ({
  ...like,
  value: { numerator, denominator: 1n },
})

const lessOne = (upper: Size, like: Numeral): Resolved => {
  const negation: Resolved = { kind: 'negation', operand: numeral(1n, like), span: like.span }
  return { kind: 'addition', terms: [upper, negation], span: like.span }
}

const letter = 'k″'

interface Range {
  readonly binders: readonly ResolvedBinder[]
  readonly body: Resolved
}

/** `run` and what follows the dots, as a range: a_1, (a_2, …), …, (a_{N−1},) a_N. */
const rangeOf = (
  run: readonly Resolved[],
  ends: readonly Resolved[],
  context: Context,
): Range | undefined => {
  const [first] = run
  const last = ends.at(-1)
  const step = first && last && stepTo(first, last, context)
  const [slot] = step?.slots ?? []
  if (!step || !slot) return undefined
  const { slots, upper } = step
  const start = slot.value.numerator
  const isCounted = run.every((term, k) =>
    isSame(put(first, slots, numeral(start + BigInt(k), slot)), term),
  )
  const isBeforeLast = ends
    .slice(0, -1)
    .every((term) => isSame(put(first, slots, lessOne(upper, slot)), term))
  if (!isCounted || !isBeforeLast || ends.length > 2) return undefined
  const { span } = slot
  const isWhole = upper.kind === 'index'
  if (isWhole && start !== 1n) return undefined
  const body = put(first, slots, { kind: 'index', name: letter, span })
  return { binders: [{ name: letter, ...(!isWhole && { lower: slot, upper }), span }], body }
}

/**
 * Terms 1, (2,) …, N: what they are a range of, and the terms before and behind it that are none of
 * it. Undefined where the dots say something else.
 */
const rangeOfDots = (
  terms: readonly (Resolved | null)[],
  context: Context,
): (Range & { before: Resolved[]; after: Resolved[] }) | undefined => {
  const at = terms.indexOf(null)
  const [before, after] = [terms.slice(0, at), terms.slice(at + 1)] as [Resolved[], Resolved[]]
  for (const from of before.keys())
    for (const ends of [1, 2]) {
      const range =
        ends <= after.length && rangeOf(before.slice(from), after.slice(0, ends), context)
      if (range) return { ...range, before: before.slice(0, from), after: after.slice(ends) }
    }
  return undefined
}

/** The sum that dots (null) stand in: over a range, or of the terms that are written out. */
export const sumOfDots = (
  terms: readonly (Resolved | null)[],
  dots: Span,
  span: Span,
  context: Context,
): Resolved => {
  const range = rangeOfDots(terms, context)
  if (!range) return { kind: 'addition', terms: withoutDots(terms, dots, context.scope), span }
  const { before, after, binders, body } = range
  const of = { binders, body, conditions: [], span }
  const all: Resolved[] = [...before, { kind: 'reduction', operator: 'sum', ...of }, ...after]
  return all.length > 1 ? { kind: 'addition', terms: all, span } : all[0]!
}

/** max(x_1, …, x_n), in the same way. */
export const extremumOfDots = (
  word: 'max' | 'min',
  terms: readonly (Resolved | null)[],
  dots: Span,
  context: Context,
): Resolved => {
  const { before, after, binders, body } = rangeOfDots(terms, context) ?? {}
  if (binders && body && before?.length === 0 && after?.length === 0)
    return { kind: 'reduction', operator: word, conditions: [], binders, body, span: dots }
  return {
    kind: 'call',
    word,
    order: 0,
    operands: withoutDots(terms, dots, context.scope),
    span: dots,
  }
}
