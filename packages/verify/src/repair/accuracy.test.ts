// How often the mistake that was made is the one that is named first.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { parseClaim } from '../language/claim.ts'
import { scopeOf } from '../network/network.ts'
import { buildNetwork } from '../notes/build-network.ts'
import { usualNetworks } from '../notes/named-networks.ts'
import { verifyParsed } from '../verify.ts'
import { diagnoseRefuted } from './diagnose-refuted.ts'
import { mutations } from './mutations.ts'

const text = (name: RegExp) => usualNetworks.find((each) => name.test(each.name))!.text

const truths: readonly (readonly [network: string, formula: string])[] = [
  [text(/two dense/), "δ^l = (W^{l+1})^T δ^{l+1} ⊙ σ'(z^l)"],
  [text(/two dense/), '∂C/∂W^l = δ^l (a^{l-1})^T'],
  [text(/after a sigmoid/), "δ^{l-1} = δ^l *full rot180(W^l) ⊙ σ'(z^{l-1})"],
  ['bookCnn avg', "δ_n^O = (a_n^O - t_n) a'(z_n^O)"],
  ['bookCnn avg', '∂C/∂w_{k-ij}^{On} = δ_n^O a_{ij}^{Pk}'],
]

/** All of them with `ACCURACY=1`; otherwise every so many, for time. */
const every = process.env.ACCURACY ? 1 : 6

describe('mistakes in true formulas', () => {
  it('are never proved, and named first in nine cases of ten', () => {
    const missed: string[] = []
    let refuted = 0
    for (const [network, formula] of truths) {
      const { cost } = buildNetwork(readNetwork(network))
      const context = { scope: scopeOf(cost), windows: [2], strides: [2] }
      const all = mutations(parseClaim(formula), context)
      for (const { name, claim, formula: wrong } of all.filter((_, at) => at % every === 0)) {
        const verdict = verifyParsed(cost, claim, { deadline: 4000, diagnose: diagnoseRefuted })
        if (verdict.kind !== 'refuted') continue
        refuted++
        const first = verdict.diagnoses[0]?.name
        if (first !== name) missed.push(`${wrong}: ${name}, not ${first}`)
      }
    }
    expect(refuted).toBeGreaterThan(10)
    if (process.env.ACCURACY) console.log(`${refuted - missed.length} of ${refuted}`, missed)
    expect(missed.length / refuted, missed.join('\n')).toBeLessThanOrEqual(0.1)
  }, 180_000)
})
