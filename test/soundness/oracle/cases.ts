// Claims with their networks from every source: the corpus, lecturers, authors where they are at
// hand, and random statements.
import { existsSync, readFileSync } from 'node:fs'
import type { Node } from '@backprove/graph'
import { type BuiltNetwork, buildNetwork, readNetwork, type VerifyOptions } from '@backprove/verify'
import { systems } from '../../../packages/verify/src/corpus.fixture.ts'
import { lectures } from '../../../packages/verify/src/lectures.fixture.ts'
import { randomStatement } from './draw/random-statement.ts'
import { recorded, textOf } from './judge/judge-statements.ts'
import { seededRandom } from './random.ts'

export interface Case {
  readonly cost: Node
  readonly text: string
  readonly assume: readonly string[]
  readonly sizes?: VerifyOptions['sizes']
}

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

const authors = new URL('../../../../shared/cases/authors.json', import.meta.url)

interface Author {
  readonly network: string
  readonly claim: string
  readonly assume: readonly string[]
}

const built = (network: string): BuiltNetwork | undefined => {
  try {
    return buildNetwork(readNetwork(network))
  } catch {
    return undefined
  }
}

const ofAuthors = (): Case[] => {
  if (!existsSync(authors)) {
    console.log('no authors’ cases here: corpus, lecturers and random claims alone are compared')
    return []
  }
  const all = JSON.parse(readFileSync(authors, 'utf8')) as Author[]
  return all.flatMap(({ network, claim, assume }) => {
    const found = built(network)
    return found ? [{ ...found, text: claim, assume }] : []
  })
}

const ofLecturers = (): Case[] =>
  lectures.flatMap(({ network, proved, refuted }) => {
    const found = built(network)
    if (!found) return []
    return [...proved, ...refuted].map((row) => {
      const [text, ...assume] = typeof row === 'string' ? [row] : row
      return { ...found, text: text!, assume }
    })
  })

/** Every `nth` of each source. */
export const casesOf = (nth: number): readonly (readonly [source: string, () => Case[]])[] =>
  (
    [
      ['the corpus', ofCorpus],
      ['lecturers', ofLecturers],
      ['authors', ofAuthors],
      ['random statements', ofStatements],
    ] as const
  ).map(([source, all]) => [source, () => all().filter((_, k) => k % nth === 0)])
