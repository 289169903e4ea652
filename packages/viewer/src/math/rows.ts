// What stands side by side: atoms with their kinds, and the spaces between them.
import { em, gap, type Mark, mark } from './marks.ts'
import { between, type Kind, settled } from './spacing.ts'
import type { Style, TexNode } from './tree.ts'

/** Where a node stands. */
export interface Place {
  readonly style: Style
  /** The face of letters that was asked for. */
  readonly font?: string
}

/** What stands in a row: a sign, which has its spaces at itself, or something that was built. */
export interface Atom {
  readonly kind: Kind
  readonly mark: Mark
}

export const ord = (content: Mark): Atom => ({ kind: 'ord', mark: content })

/** Scripts and parts of fractions in a line are small. */
export const smaller = (place: Place): Place => ({ ...place, style: 'script' })

/** How nodes are set, for those that have others within. */
export interface Setting {
  atoms(node: TexNode, place: Place): readonly Atom[]
  row(nodes: readonly TexNode[], place: Place): Mark[]
  /** In one element, without the braces around it. */
  one(node: TexNode, place: Place): Mark
}

/** Signs around which a browser leaves the space that TeX leaves, of relations and of sums. */
const USUAL: Partial<Record<Kind, RegExp>> = { rel: /^[=≠<>≤≥≈∼≡∈→←]$/, bin: /^[+−±]$/ }
const USUALLY: Partial<Record<Kind, number>> = { rel: 5, bin: 4 }

/** The marks of a row with what lies between them. */
export function spaced(atoms: readonly Atom[], isSmall: boolean): Mark[] {
  const kinds = settled(atoms.map(({ kind }) => kind))
  const told = kinds.flatMap((kind, k) => (kind === 'gap' ? [] : [k]))
  const before = new Map<number, number>()
  told.slice(1).forEach((k, at) => {
    before.set(k, between(kinds[told[at]!]!, kinds[k]!, isSmall))
  })
  const after = new Map(told.slice(1).map((k, at) => [told[at]!, before.get(k)!]))
  const owns = (k: number | undefined): boolean =>
    k !== undefined && atoms[k]!.mark.tag === 'mo' && /rel|bin|punct/.test(kinds[k]!)
  return atoms.flatMap(({ mark: each }, k) => {
    if (kinds[k] === 'gap') return [each]
    const last = told[told.indexOf(k) - 1]
    const [left, right] = [before.get(k) ?? 0, after.get(k) ?? 0]
    const shown = isSign(each)
      ? withSpaces(each, kinds[k]!, owns(k) && !owns(last) ? left : 0, owns(k) ? right : 0)
      : each
    // A space belongs to the sign at its left, else to the one at its right, else to itself.
    return [...(owns(last) || owns(k) ? [] : gap(left)), shown]
  })
}

const isSign = ({ tag }: Mark): boolean => tag === 'mo'

function withSpaces(sign: Mark, kind: Kind, left: number, right: number): Mark {
  const text = `${sign.content}`
  if (/open|close/.test(kind)) return sign
  if (kind === 'punct' && left === 0 && right === 3) return sign
  const usually = USUAL[kind]?.test(text) ? USUALLY[kind] : undefined
  if (left === usually && right === usually) return sign
  return mark('mo', text, { ...sign.attributes, lspace: em(left), rspace: em(right) })
}
