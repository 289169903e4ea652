// A network, and claims about it with the verdicts that they must get.
import { describe, expect, it } from 'vitest'
import { readNetwork } from './document/network-text.ts'
import { buildNetwork } from './notes/network/build-network.ts'
import { verify } from './verify.ts'

type Row = string | readonly [claim: string, assume: string]

export interface Lecture {
  readonly name: string
  readonly network: string
  readonly proved: readonly Row[]
  /** Or proved, where that has come to succeed. */
  readonly agrees?: readonly Row[]
  readonly refuted: readonly Row[]
  /** True under a convention that is not written. */
  readonly holdsIf?: readonly Row[]
  readonly illFormed?: readonly Row[]
}

/** One test for each claim. */
export const checkLectures = (lectures: readonly Lecture[]): void => {
  describe.each(lectures)('$name', ({ network, ...rows }) => {
    const { cost, sizes } = buildNetwork(readNetwork(network))
    const verdictOf = (row: Row) => {
      const [claim, ...assume] = typeof row === 'string' ? [row] : row
      return verify(cost, claim, { sizes, assume, deadline: 20_000 })
    }
    const expected = [
      ['proved', rows.proved],
      ['agrees', rows.agrees ?? []],
      ['refuted', rows.refuted],
      ['holds-if', rows.holdsIf ?? []],
      ['ill-formed', rows.illFormed ?? []],
    ] as const
    for (const [kind, claims] of expected)
      it.each(claims.map((row) => [row]))(`${kind}: %s`, (row) => {
        const verdict = verdictOf(row)
        const reason = verdict.kind === 'ill-formed' ? verdict.reason : undefined
        const atLeast: readonly string[] = kind === 'agrees' ? ['agrees', 'proved'] : [kind]
        expect(atLeast, reason).toContain(verdict.kind)
      })
  })
}
