// For tests: claims with their certificates, and both spoiled by one change of one part. Whether
// what is spoiled still holds is judged by the numbers of `oracle.fixture.ts`.

import { isFalse } from '../certificate/attacks/oracle.fixture.ts'
import type { ClaimCertificate, PlainClaim } from '../certificate/grammar.ts'
import { systems } from '../corpus.fixture.ts'
import type { Random } from '../index-terms/fixtures/random.fixture.ts'
import { verify } from '../verify.ts'

export interface Pair {
  readonly formula: string
  readonly statement: PlainClaim
  readonly certificate: ClaimCertificate
}

/** What was proved of the corpus, as JSON keeps it; every `step`-th formula. */
export const provedPairs = (step = 1): Pair[] =>
  systems
    .flatMap(({ cost, provedForAllSizes }) =>
      provedForAllSizes.map(([formula, assume = []]) => ({ cost, formula, assume })),
    )
    .filter((_, at) => at % step === 0)
    .flatMap(({ cost, formula, assume }) => {
      const verdict = verify(cost(), formula, { assume, certify: true, deadline: 60_000 })
      const { certificate } = verdict as Extract<typeof verdict, { kind: 'proved' }>
      const claims = certificate.kind === 'index' ? (certificate.claims ?? []) : []
      return claims.flatMap((each) =>
        'why' in each ? [] : [{ formula, ...(JSON.parse(JSON.stringify(each)) as typeof each) }],
      )
    })

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Path = readonly (string | number)[]

/** Paths to every leaf and to every array that holds something. */
const places = (value: Json, path: Path = []): Path[] => {
  if (Array.isArray(value))
    return [
      ...(value.length > 0 ? [path] : []),
      ...value.flatMap((v, i) => places(v, [...path, i])),
    ]
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([key, v]) => places(v, [...path, key]))
  return [path]
}

const at = (value: Json, path: Path): Json =>
  path.reduce((v, key) => (v as Record<string | number, Json>)[key] as Json, value)

const alike: readonly (readonly string[])[] = [
  ['=', '≥'],
  ['max', 'min'],
  ['floor', 'ceil'],
  ['>0', '=0', '1/'],
  ['exp', 'log', '√', 'tanh', 'sigmoid', 'abs', 'relu', 'softplus'],
  ['node', 'adjoint'],
  ['sum', 'product'],
  ['size', 'parameter'],
  ['opaque', 'expanded', 'written'],
  ['poles', 'ties', 'kinks'],
  ['guard', 'equation', 'constraint', 'box', 'sign', 'goal', 'low', 'high'],
  ['drop', 'insert', 'merge', 'vanish', 'split', 'eliminate', 'change', 'count', 'quotient'],
]

const spoiled = (value: Json, random: Random): Json => {
  if (Array.isArray(value)) {
    const i = random.below(value.length)
    if (random.chance(0.5) || value.length < 2) return value.toSpliced(i, 1)
    const j = (i + 1 + random.below(value.length - 1)) % value.length
    return value.with(i, value[j]!).with(j, value[i]!)
  }
  if (typeof value === 'number') return Math.max(0, value + random.pick([1, -1, 2]))
  if (typeof value === 'boolean') return !value
  if (typeof value === 'string' && /^-?\d+$/.test(value))
    return String(random.pick([BigInt(value) + 1n, BigInt(value) - 1n, -BigInt(value), 0n]))
  const group = alike.find((words) => words.includes(value as string))
  return group ? random.pick(group) : `${value}′`
}

/** One part changed, below one of the given keys. */
const changed = <T extends object>(
  whole: T,
  keys: readonly (keyof T & string)[],
  random: Random,
) => {
  const copy = structuredClone(whole) as unknown as { [key: string]: Json }
  const key = random.pick(keys)
  const path = random.pick(places(copy[key]!))
  if (path.length === 0) copy[key] = spoiled(copy[key]!, random)
  else {
    const parent = at(copy[key]!, path.slice(0, -1)) as Record<string | number, Json>
    parent[path.at(-1)!] = spoiled(parent[path.at(-1)!] as Json, random)
  }
  return copy as unknown as T
}

/** A statement with one part changed: mostly of its equations. */
export const spoiledStatement = (statement: PlainClaim, random: Random): PlainClaim =>
  changed(
    statement,
    random.chance(0.8) ? ['equations'] : ['nodes', 'lengths', 'cost', 'constraints'],
    random,
  )

export const spoiledCertificate = (certificate: ClaimCertificate, random: Random) =>
  changed(certificate, ['proofs'], random)

/** Seen to be false; what makes no sense at all is not seen. */
export const isSeenFalse = (statement: PlainClaim, random: Random): boolean => {
  try {
    return isFalse(statement, () => random.below(1_000_003) / 1_000_003) === true
  } catch {
    return false
  }
}
