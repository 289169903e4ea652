// Single edits: each undoes its mistake, and mutations are their inverse.
import { describe, expect, it } from 'vitest'
import { printClaim } from '../language/print/print.ts'
import { parseClaim } from '../language/read/claim.ts'
import type { Scope, ScopeName } from '../language/resolved.ts'
import type { Claim } from '../language/syntax.ts'
import { shifted, strided } from './affine.ts'
import { quoted, tree } from './build.ts'
import { type Diagnosis, diagnose } from './diagnose.ts'
import { mutations } from './mutations.ts'
import { sitesOf } from './sites.ts'
import { edits } from './table.ts'

const name = (text: string, letters: string, shape: number[]): ScopeName => {
  const [base, tag = ''] = text.split('^')
  const bare = tag.replace(/[{}]/g, '')
  const role = 'leaf' as const
  const roles =
    base === 'z' ? { activated: true } : base === 'a' ? { activates: [text.replace('a', 'z')] } : {}
  return {
    ...roles,
    name: text,
    base: base!,
    tag: bare,
    letters: [...letters],
    rank: shape.length,
    shape,
    role,
  }
}

const scope: Scope = {
  names: [
    ...['l', '{l-1}', '{l+1}'].flatMap((l) =>
      ['z', 'a', 'W', 'b'].map((a) => name(`${a}^${l}`, '', [4, 4])),
    ),
    ...['z^F', 'a^F', 'a^P'].map((each) => name(each, 'kij', [3, 4, 4])),
    name('w^O', 'nkij', [3, 3, 2, 2]),
    ...['z^O', 'a^O', 't'].map((each) => name(each, 'n', [3])),
    name('x', 'ij', [6, 6]),
    name('W', 'ij', [3, 3]),
    name('b', '', []),
  ],
  costName: 'C',
}

const formulas = [
  "δ^{l-1} = δ^l *full rot180(W^l) ⊙ σ'(z^{l-1})",
  '∂C/∂W^l = σ(z^{l-1}) *valid δ^l',
  "δ^l = (W^{l+1})^T δ^{l+1} ⊙ σ'(z^l)",
  '∂C/∂W^l = δ^l (a^{l-1})^T',
  "δ_n^O = (a_n^O - t_n) a'(z_n^O)",
  '∂C/∂w_{k,i,j}^{On} = δ_n^O a_{ij}^{Pk}',
  "δ_{ij}^{Fk} = (Σ_n δ_n^O w_{k,⌈i/2⌉,⌈j/2⌉}^{On}) [a_{ij}^{Fk} = max] a'(z_{ij}^{Fk})",
  "δ^F = 1/4 up(δ^P) ⊙ σ'(z^F)",
  '∂C/∂b^l = sum(δ^l)',
  'y_{ij} = Σ_{u,v} W_{uv} x_{2(i-1)+u,2(j-1)+v}',
  'x_{ij} = Σ_{u=1}^{3} W_{uj} [u ≤ 2] [i = j]',
  'C = 1/2 Σ_n (t_n - a_n^O)^2',
  'z^l = W^l *valid a^{l-1} + b^l',
  'pad(W, [2, 1]) = x conv_full W',
  'x = x *same W',
  '∂a^F/∂z^F = σ(z^F)',
  'b = mean(x)',
].map((text) => parseClaim(text))

/** Spelt by the printer, with products that edits may write in two ways made one. */
const spelt = (claim: Claim): string => printClaim(claim, 'text').replace(/[()·,{} ]/g, '')

/** Accepts the right formula, and gives up after so many candidates. */
const settings = (right: Claim, candidates = 3000): Diagnosis => {
  const expected = spelt(right)
  let left = candidates
  return {
    scope,
    windows: [2],
    strides: [2],
    paddings: [0],
    picks: ['max'],
    targets: ['y', 't'],
    accepts: (claim, assume) =>
      assume === undefined && spelt(claim) === expected ? 'for all sizes' : undefined,
    spent: () => left-- <= 0,
  }
}

describe('mutations and repairs', () => {
  const all = formulas.flatMap((right) =>
    mutations(right, settings(right)).map((mutant) => ({ right, ...mutant })),
  )
  it('there is a mistake for every repair that has one', () => {
    const idle = [
      'missing assumption',
      'superfluous upsample',
      'superfluous max indicator',
      'wrong axis',
      'superfluous square',
    ]
    const names = edits.map((each) => each.name).filter((each) => !idle.includes(each))
    const made = new Set(all.map((each) => each.name))
    const inverse = /^superfluous (sum|mean|stride)/
    expect(names.filter((each) => !made.has(each) && !inverse.test(each))).toEqual([])
  })

  it('the repair that undoes a mistake is found under its name', () => {
    const wrong = all.flatMap(({ right, name, claim, formula }) => {
      const found = diagnose(claim, { ...settings(right, 500), most: 1 }).map((each) => each.name)
      return found.includes(name) ? [] : [`${name}: ${formula} → ${found.join(', ') || 'nothing'}`]
    })
    expect(wrong.length / all.length, wrong.join('\n')).toBeLessThan(0.1)
  })

  it('finds two mistakes', () => {
    const right = formulas[0]!
    const wrong = parseClaim('δ^{l-1} = -δ^l *full rot180(W^l)')
    expect(diagnose(wrong, settings(right, 8000))[0]?.name).toMatch(/ and /)
  })

  it('drops a whole term rather than move its border to where nothing is', () => {
    const claim = parseClaim('z_n^O = b + x_{11} [n = 3]')
    const isRepaired = (text: string) => !text.includes('x') || /n [+-] 1 = 3/.test(text)
    const accepts = (repaired: Claim) =>
      isRepaired(printClaim(repaired)) ? ('for all sizes' as const) : undefined
    expect(
      diagnose(claim, { ...settings(formulas[0]!), accepts }).map((each) => each.name),
    ).toEqual(['superfluous term', 'wrong border guard', 'factor'])
  })

  it('stops when the time is over', () => {
    const right = formulas[0]!
    expect(diagnose(formulas[1]!, { ...settings(right), spent: () => true })).toEqual([])
  })

  it('prints in the style in which the formula was written', () => {
    const wrong = parseClaim(String.raw`\delta^l = (W^{l+1})^T \delta^{l+1}`)
    const [repair] = diagnose(wrong, settings(formulas[2]!))
    expect(repair).toEqual({
      name: "missing σ'",
      edits: [
        {
          code: "missing σ'",
          values: {
            was: String.raw`\left(W^{l+1}\right)^T \delta^{l+1}`,
            becomes: String.raw`\left(W^{l+1}\right)^T \delta^{l+1} \odot \sigma'(z^l)`,
          },
        },
      ],
      formula: String.raw`\delta^l = \left(W^{l+1}\right)^T \delta^{l+1} \odot \sigma'(z^l)`,
      message:
        "The derivative of the activation is missing: multiply (W^{l+1})^T δ^{l+1} by σ'(z^l).",
    })
  })
})

describe('sites', () => {
  it('put a part back where it was', () => {
    for (const claim of formulas)
      for (const site of sitesOf(claim))
        expect(printClaim(site.put(site.node))).toBe(printClaim(claim))
  })
})

describe('indices', () => {
  it.each([
    ['i+u-1', 1, 'i + u'],
    ['i', -1, 'i - 1'],
    ['3', 1, '4'],
    ['i+1', -1, 'i'],
    ['1', -1, '0'],
  ])('%s moved by %i is %s', (index, by, expected) => {
    expect(quoted(shifted(tree(index), by))).toBe(expected)
  })
  it('take a stride', () => {
    expect(quoted(strided(tree('i+u-1'), 'i', 2)!)).toBe('2 (i - 1) + u')
  })
})
