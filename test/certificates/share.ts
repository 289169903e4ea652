// How many of the claims that are proved come with a certificate that the checker accepts, and why
// the others do not: the corpus, the lecturers' claims, and those of authors.
// `node --import tsx test/certificates/share.ts [--why]`
import { parseArgs } from 'node:util'
import type { Node } from '@backprove/graph'
import { verify } from '@backprove/verify'
import { check } from '../../packages/verify/src/certificate/claim.ts'
import type { ClaimCertificate, PlainClaim } from '../../packages/verify/src/certificate/grammar.ts'
import { systems } from '../../packages/verify/src/corpus.fixture.ts'
import { readNetwork } from '../../packages/verify/src/document/network-text.ts'
import { lectures } from '../../packages/verify/src/lectures.fixture.ts'
import { buildNetwork } from '../../packages/verify/src/notes/network/build-network.ts'
import { sources } from '../authors/formulas.data.ts'
import { published } from '../authors/read-public.ts'

interface Formula {
  readonly cost: Node
  readonly sizes?: ReturnType<typeof buildNetwork>['sizes']
  readonly claim: string
  readonly assume: readonly string[]
}

const { values: options } = parseArgs({ options: { why: { type: 'boolean', default: false } } })

const ofCorpus = systems.flatMap(({ cost, provedForAllSizes }) =>
  provedForAllSizes.map(([claim, assume = []]): Formula => ({ cost: cost(), claim, assume })),
)

const ofNetwork = (
  network: string,
  rows: readonly (readonly [claim: string, assume?: string | undefined])[],
): Formula[] => {
  const { cost, sizes } = buildNetwork(readNetwork(network.trim()))
  return rows.map(([claim, assume]) => {
    return { cost, sizes, claim, assume: assume === undefined ? [] : [assume] }
  })
}
const ofLecturers = lectures.flatMap(({ network, proved }) =>
  ofNetwork(
    network,
    proved.map((row) => (typeof row === 'string' ? [row] : row)),
  ),
)
const ofAuthors = [...sources, ...published()].flatMap(({ network, formulas }) =>
  ofNetwork(
    network,
    formulas.map(([claim, , assume]) => [claim, assume] as const),
  ),
)

const groups = { corpus: ofCorpus, lecturers: ofLecturers, authors: ofAuthors }
const reasons = new Map<string, string[]>()
/** What a verdict leaves out that its statement does not ask for. */
const unasked = new Map<string, string[]>()
for (const [group, formulas] of Object.entries(groups)) {
  let [proved, certified] = [0, 0]
  for (const { cost, claim, ...rest } of formulas) {
    const verdict = verify(cost, claim, { ...rest, certify: true, deadline: 20_000 })
    if (verdict.kind !== 'proved') continue
    proved++
    const all = claimsIn(verdict.certificate)
    const whys = all.flatMap((each) => ('why' in each ? [each.why] : []))
    for (const each of all) {
      if (!('statement' in each)) continue
      const { statement, certificate } = each
      if (!check(statement, certificate).ok) whys.push('NOT ACCEPTED')
      for (const left of statement.excluded) {
        const excluded = statement.excluded.filter((other) => other !== left)
        if (check({ ...statement, excluded }, certificate).ok)
          unasked.set(left, [...(unasked.get(left) ?? []), claim])
      }
    }
    if (all.length > 0 && whys.length === 0) certified++
    const why = all.length === 0 ? verdict.method : whys.join(' / ')
    if (why !== '') reasons.set(why, [...(reasons.get(why) ?? []), claim])
  }
  const share = ((100 * certified) / proved).toFixed(1)
  console.log(`${group}: ${certified} of ${proved} proved (${share} %)`)
}
for (const [left, claims] of unasked) {
  console.log(`${left} are left out of ${claims.length} that the checker proves with them`)
  if (options.why) for (const claim of claims) console.log(`    ${claim}`)
}
if (options.why)
  for (const [why, claims] of [...reasons].sort(([, a], [, b]) => b.length - a.length)) {
    console.log(`${claims.length} × ${why}`)
    for (const claim of claims) console.log(`    ${claim}`)
  }

function claimsIn(
  certificate: Extract<ReturnType<typeof verify>, { kind: 'proved' }>['certificate'],
): readonly ({ why: string } | { statement: PlainClaim; certificate: ClaimCertificate })[] {
  if (certificate.kind === 'each') return certificate.parts.flatMap(claimsIn)
  return certificate.kind === 'index' ? ((certificate.claims ?? []) as never) : []
}
