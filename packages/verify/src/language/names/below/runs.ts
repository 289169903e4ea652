// The ch of W_{f,ch,m,n}, four indices of an array with four axes: letters of which none stands
// anywhere else are one index.
import { namesIn } from '../../names-in.ts'
import { isBare } from '../../resolve/context.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { mapped } from '../../walk.ts'

type Product = Extract<Expression, { kind: 'product' }>

const wordOf = ({ factors }: Product): string =>
  factors.map((each) => (each.kind === 'name' && isBare(each) ? each.base : '?')).join('')

/** The products that stand between commas where one index has to stand. */
const runsOf = ({ base, subscript }: Name, { names }: Scope): Product[] => {
  const parts = subscript?.parts ?? []
  const isOne = names.some((each) => each.base === base && each.rank === parts.length)
  return isOne && parts.length > 1 ? parts.filter((part) => part.kind === 'product') : []
}

export const withWordsAsIndices = (claim: Claim, scope: Scope): Claim => {
  const all = namesIn(claim)
  const runs = all.flatMap((name) => runsOf(name, scope))
  const inside = new Set(runs.flatMap((run) => namesIn(run)))
  const isApart = (run: Product): boolean => {
    const word = wordOf(run)
    const owners = all.filter(({ base }) => word.includes(base))
    const isTaken = scope.sizes?.some(({ name }) => word.includes(name))
    // ab beside ba: four letters.
    const isOther = (each: string) => each !== word && [...each].some((a) => word.includes(a))
    if (runs.map(wordOf).some(isOther)) return false
    return /^[a-z]+$/.test(word) && !isTaken && owners.every((each) => inside.has(each))
  }
  const words = new Set(runs.filter(isApart).map(wordOf))
  if (words.size === 0) return claim
  const visit = (node: object): object | undefined => {
    const run = node as Product
    if (run.kind === 'product' && words.has(wordOf(run)))
      return { kind: 'name', base: wordOf(run), primes: 0, span: run.span }
    // Σ_{ch}
    const { binders } = node as Partial<Extract<Expression, { kind: 'reduction' }>>
    const word = binders?.map(({ name }) => name).join('') ?? ''
    if (!words.has(word)) return undefined
    return { ...mapped({ ...node, binders: [] }, visit), binders: [{ ...binders![0], name: word }] }
  }
  return mapped(claim, visit)
}
