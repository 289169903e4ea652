// Several verdicts as one: of links and layers that must all hold, and of readings that may differ.

import type { Agrees, Ambiguous, Certificate, Proved, Reading, Verdict } from './verdict.ts'

/** Worst first: a conjunction is as good as its worst part. */
const order: readonly Verdict['kind'][] = [
  'ill-formed',
  'refuted',
  'ambiguous',
  'budget',
  'holds-if',
  'agrees',
  'proved',
]

const scopes: readonly Proved['scope'][] = ['shape', 'some-sizes', 'all-sizes']

const narrower = (a: Proved, b: Proved): Proved =>
  scopes.indexOf(b.scope) < scopes.indexOf(a.scope) ? b : a

/** Where two proofs are for some sizes, what either leaves as recorded stays so. */
const extentOf = (a: Proved, b: Proved): string => {
  const { scope, extent } = narrower(a, b)
  const isOther = a.scope === b.scope && a.extent !== b.extent && scope === 'some-sizes'
  return isOther ? `${a.extent}, and with ${b.extent}` : extent
}

const together = <T>(parts: readonly (readonly T[] | undefined)[]): T[] => [
  ...new Set(parts.flatMap((part) => part ?? [])),
]

/** The one that says less: without a bound, or with the larger one. */
const weaker = (a: Agrees, b: Agrees | Proved): Agrees =>
  b.kind === 'agrees' && (b.errorBound ?? 1) > (a.errorBound ?? 1) ? b : a

/** All of them must hold. Of proofs the narrower scope, and all certificates. */
export const conjunction = (verdicts: readonly Verdict[]): Verdict =>
  withConditions(withReadings(allOf(verdicts), verdicts), verdicts)

const allOf = (verdicts: readonly Verdict[]): Verdict => {
  const [first, ...others] = [...verdicts].sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind),
  )
  if (!first) return { kind: 'budget', tried: ['there is nothing to judge'] }
  if (first.kind === 'agrees') {
    const held = verdicts.filter((each): each is Agrees | Proved => isTrue(each))
    const weakest = held.reduce<Agrees>((all, each) => weaker(all, each), first)
    const excluded = together(held.map((each) => each.excluded)).sort()
    const letters = together(held.map((each) => each.letters))
    return { ...weakest, excluded, ...(letters.length > 0 && { letters }) }
  }
  if (first.kind !== 'proved') return first
  return others.reduce((all, each) => {
    if (all.kind !== 'proved' || each.kind !== 'proved') return all
    const { fixed: _, windows: __, ...narrow } = narrower(all, each)
    const fixed = together([all.fixed, each.fixed])
    const letters = together([all.letters, each.letters])
    const windows = (all.windows ?? []).filter((window) => each.windows?.includes(window))
    return {
      ...narrow,
      ...(fixed.length > 0 && { fixed }),
      ...(windows.length > 0 && { windows }),
      ...(letters.length > 0 && { letters }),
      extent: extentOf(all, each),
      certificate: bundled([all.certificate, each.certificate]),
      trivial: all.trivial && each.trivial,
      excluded: together([all.excluded, each.excluded]).sort(),
    }
  }, first as Verdict)
}

/** What any of them asks for, the whole asks for. */
const withConditions = (verdict: Verdict, verdicts: readonly Verdict[]): Verdict => {
  if (!isTrue(verdict)) return verdict
  const all = verdicts.flatMap((each) => ('where' in each && each.where ? each.where : []))
  const where = [...new Map(all.map((each) => [each.text, each])).values()]
  return where.length > 0 ? ({ ...verdict, where } as Verdict) : verdict
}

/** Every one of them was read as something. */
const withReadings = (verdict: Verdict, verdicts: readonly Verdict[]): Verdict => {
  if (!isTrue(verdict)) return verdict
  const found = verdicts.flatMap((each) => ('readAs' in each && each.readAs ? [each.readAs] : []))
  if (found.length < 2) return verdict
  const all = (style: 'text' | 'latex', between: string) =>
    together(found.map((each) => [each[style]])).join(between)
  return {
    ...verdict,
    readAs: { text: all('text', '; '), latex: all('latex', ';\\quad ') },
  } as Verdict
}

const bundled = (parts: readonly Certificate[]): Certificate => {
  const theorems = parts.flatMap((part) => (part.kind === 'index' ? part.theorems : []))
  const claims = parts.flatMap((part) => (part.kind === 'index' ? (part.claims ?? []) : []))
  const isIndexed = parts.every((part) => part.kind === 'index')
  if (!isIndexed) return { kind: 'each', parts }
  return { kind: 'index', theorems, ...(claims.length > 0 && { claims }) }
}

export const isTrue = ({ kind }: Verdict): boolean => kind === 'proved' || kind === 'agrees'

/** Whether a larger deadline could decide it. */
export const isCut = (verdict: Verdict): boolean =>
  verdict.kind === 'budget' && verdict.tried.some((why) => /^more than|^the time/.test(why))

/** Whether some reading makes it true. */
export const holdsSomewhere = (verdict: Verdict): boolean =>
  verdict.kind === 'ambiguous'
    ? verdict.table.some(([, each]) => holdsSomewhere(each))
    : isTrue(verdict)

const fails = ({ kind }: Verdict): boolean => kind === 'refuted' || kind === 'ill-formed'

/** Readings that mean something: the mode same needs odd kernels. Without any, all of them. */
const meaningful = (table: Table): Table => {
  const some = table.filter(([, verdict]) => verdict.kind !== 'ill-formed')
  return some.length > 0 ? some : table
}

type Table = readonly (readonly [Reading, Verdict])[]

/** Where every reading has one answer it is the answer; otherwise the table. */
export const overReadings = (all: Table, descriptions: readonly string[] = []): Verdict => {
  const table = meaningful(all)
  const verdicts = table.map(([, verdict]) => verdict)
  if (verdicts.every(isTrue)) return conjunction(verdicts)
  if (verdicts.every(fails)) {
    const witnessed = verdicts.find((each) => each.kind === 'refuted' && 'entry' in each)
    return witnessed ?? verdicts.find((each) => each.kind === 'refuted') ?? verdicts[0]!
  }
  if (verdicts.every(({ kind }) => kind === 'budget')) return verdicts[0]!
  // The true rows first; what is beside a row stays beside it.
  const rows = table.map((row) => ({ row, description: descriptions[all.indexOf(row)] ?? '' }))
  const sorted = [...rows].sort(
    ({ row: [, a] }, { row: [, b] }) => order.indexOf(b.kind) - order.indexOf(a.kind),
  )
  const ambiguous: Ambiguous = { kind: 'ambiguous', table: sorted.map(({ row }) => row) }
  const isDescribed = sorted.some(({ description }) => description !== '')
  return isDescribed
    ? { ...ambiguous, descriptions: sorted.map(({ description }) => description) }
    : ambiguous
}
