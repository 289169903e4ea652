// Wrong formulas that a person wrote about nets of every kind, and what the help may say first: the
// name of the edit, the right formula itself, or that its shapes do not fit.
import { readNetwork } from '../document/network-text.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { verify } from '../notes/verify-with-repairs.ts'

export interface WrongFormula {
  readonly about: string
  readonly network: string
  readonly claim: string
  /** Names of repairs; ‘ill-formed’ where a sentence about its shapes is the answer. */
  readonly wanted: readonly string[]
}

/** `== about`, the lines of the network, `--`, and lines of `wanted, wanted | claim`. */
export const wrongFormulas = (text: string): WrongFormula[] =>
  text
    .split(/^== /m)
    .slice(1)
    .flatMap((section) => {
      const [about, ...lines] = section.trim().split('\n')
      const cut = lines.indexOf('--')
      const network = lines.slice(0, cut).join('\n')
      return lines.slice(cut + 1).map((line) => {
        const [wanted, ...claim] = line.split(' | ')
        return { about: about!, network, claim: claim.join(' | '), wanted: wanted!.split(', ') }
      })
    })

export interface Help {
  readonly kind: string
  /** The name of the first diagnosis. */
  readonly first: string | undefined
  readonly formula: string | undefined
  readonly isWanted: boolean
  readonly milliseconds: number
}

export const helpFor = ({ network, claim, wanted }: WrongFormula, deadline: number): Help => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  const start = performance.now()
  const verdict = verify(cost, claim, { sizes, deadline })
  const milliseconds = Math.round(performance.now() - start)
  const judged = verdict.kind === 'holds-if' ? verdict.otherwise : verdict
  const [repair] = judged.kind === 'refuted' ? judged.diagnoses : []
  const says = judged.kind === 'refuted' ? (repair?.name ?? '') : judged.kind
  return {
    kind: judged.kind,
    first: repair?.name,
    formula: repair?.formula,
    isWanted: wanted.includes(says),
    milliseconds,
  }
}
