// One sentence, one verdict: with its sides swapped, and with its chain in links.
import { existsSync, readFileSync } from 'node:fs'
import type { Node } from '@backprove/graph'
import { buildNetwork, parseFormula, readNetwork, verify, verifyParsed } from '@backprove/verify'
import { describe, expect, it } from 'vitest'
import { systems } from '../../packages/verify/src/corpus.fixture.ts'
import { seededRandom } from '../../packages/verify/src/index-terms/fixtures/random.fixture.ts'
import { recorded, textOf } from './oracle/judge-statements.ts'
import { randomStatement } from './oracle/random-statement.ts'

interface Case {
  readonly cost: Node
  readonly text: string
  readonly assume: readonly string[]
}

const deadline = 30_000

const ofCorpus = (): Case[] =>
  systems.flatMap(({ cost, provedForAllSizes, refuted = [] }) =>
    [...provedForAllSizes, ...refuted].map(([text, assume = []]) => ({
      cost: cost(),
      text,
      assume,
    })),
  )

const ofStatements = (): Case[] =>
  Array.from({ length: 60 }, (_, k) => seededRandom(90_000 + k)).flatMap((random) => {
    const statement = randomStatement(random)
    if (!statement) return []
    const lengths = { x: 1 + random.below(4), t: 1 + random.below(4) }
    return [{ cost: recorded(statement, lengths), text: textOf(statement), assume: [] }]
  })

const authors = new URL('../../../shared/cases/authors.json', import.meta.url)

interface Author {
  readonly network: string
  readonly claim: string
  readonly assume: readonly string[]
}

/** Every fourth of what authors wrote, where that is at hand. */
const ofAuthors = (): Case[] => {
  if (!existsSync(authors)) {
    console.log('no authors’ cases here: only the corpus and random claims are compared')
    return []
  }
  const all = JSON.parse(readFileSync(authors, 'utf8')) as Author[]
  return all.flatMap(({ network, claim, assume }, k) => {
    if (k % 4 > 0) return []
    try {
      return [{ cost: buildNetwork(readNetwork(network)).cost, text: claim, assume }]
    } catch {
      return []
    }
  })
}

const kindsOf = ({ cost, text, assume }: Case): [whole: string, swapped: string] | undefined => {
  const whole = verify(cost, text, { assume, deadline, diagnose: () => [] })
  if (whole.kind === 'ill-formed') return undefined
  const claims = parseFormula(text, { words: [...cost.graph.named.keys()] })
  const [claim, ...others] = claims
  if (!claim || others.length > 0 || claim.relations.join() !== '=') return undefined
  const turned = { ...claim, operands: [...claim.operands].reverse() }
  return [whole.kind, verifyParsed(cost, turned, { assume, deadline }).kind]
}

describe('the sides of a claim are a set', () => {
  it.each([
    ['the corpus', ofCorpus],
    ['random statements', ofStatements],
    ['authors', ofAuthors],
  ] as const)(
    '%s',
    (_, cases) => {
      const differ: string[] = []
      for (const each of cases()) {
        const kinds = kindsOf(each)
        if (kinds && kinds[0] !== kinds[1]) differ.push(`${each.text}: ${kinds.join(' and ')}`)
      }
      expect(differ).toEqual([])
    },
    240_000,
  )
})
