// What real authors wrote, read at the first try: the share by kind is printed.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkNotes, type Verdict, verify } from '@backprove/verify'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../packages/verify/src/document/network-text.ts'
import { buildNetwork } from '../../packages/verify/src/notes/network/build-network.ts'
import { sources } from './formulas.data.ts'
import { published } from './read-public.ts'

/** Repairs are not sought: a verdict's kind is looked at, and nothing else of it. */
const kindAlone = { diagnose: () => [] }

describe.each(sources)('$about', ({ network, formulas }) => {
  const { cost, sizes } = buildNetwork(readNetwork(network.trim()))
  it.each(formulas.map((row) => [row]))('%s', ([formula, right, assume]) => {
    const given = assume === undefined ? [] : [assume]
    const options = { ...kindAlone, sizes, assume: given, deadline: 20_000 }
    expect(right.split(' ')).toContain(verify(cost, formula, options).kind)
  })
})

describe('formulas of public derivations that were typed before they were tried', () => {
  it('are accepted as they stand', () => {
    const wrong: string[] = []
    let accepted = 0
    let all = 0
    for (const { about, network, formulas } of published()) {
      const { cost, sizes } = buildNetwork(readNetwork(network))
      let own = 0
      for (const [formula, right, assume] of formulas) {
        const options = { ...kindAlone, sizes, assume: assume === undefined ? [] : [assume] }
        const { kind } = verify(cost, formula, options)
        const isBlessed = right === 'refuted' && (kind === 'proved' || kind === 'agrees')
        const isBlamed = kind === 'refuted' && !right.includes('refuted')
        if (isBlessed || isBlamed) wrong.push(formula)
        if (right.split(' ').includes(kind)) own++
      }
      console.log(`${own}/${formulas.length} ${about}`)
      accepted += own
      all += formulas.length
    }
    console.log(`${accepted} of ${all} are accepted`)
    expect(wrong).toEqual([])
    expect(accepted / all).toBeGreaterThan(0.95)
  }, 600_000)
})

interface Case {
  readonly id: string
  readonly network: string
  readonly claim: string
  readonly assume: readonly string[]
  readonly truth: boolean | string
  readonly accept: readonly string[] | null
  readonly kind: string
  readonly document?: string
}

const path = fileURLToPath(new URL('../../../shared/cases/authors.json', import.meta.url))
const cases: readonly Case[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : []
if (cases.length === 0) console.log('authors.json is not beside this repository: nothing to read.')

const verdictOf = ({ document, network, claim, assume }: Case): Verdict['kind'] | undefined => {
  if (document !== undefined) return checkNotes(document).entries[0]?.verdict?.kind
  const { cost, sizes } = buildNetwork(readNetwork(network))
  return verify(cost, claim, { ...kindAlone, sizes, assume }).kind
}

describe('the formulas of forty public derivations', () => {
  it.skipIf(cases.length === 0)(
    'are accepted as they stand',
    () => {
      const kinds = new Map<string, [accepted: number, all: number]>()
      const blessed: string[] = []
      let accepted = 0
      for (const each of cases) {
        const verdict = verdictOf(each)
        const isAccepted = !each.accept || each.accept.includes(verdict ?? '')
        if (each.truth === false && verdict === 'proved') blessed.push(each.id)
        if (isAccepted) accepted++
        const [some, all] = kinds.get(each.kind) ?? [0, 0]
        kinds.set(each.kind, [some + (isAccepted ? 1 : 0), all + 1])
        if (!isAccepted) console.log(`${each.id}: ${verdict}, not ${each.accept}`)
      }
      for (const [kind, [some, all]] of kinds) console.log(`${some}/${all} ${kind || 'plain'}`)
      console.log(`${accepted} of ${cases.length} are accepted`)
      expect(blessed).toEqual([])
      expect(accepted / cases.length).toBeGreaterThan(0.8)
    },
    600_000,
  )
})
