// What stands above and below: scripts, limits, accents, braces.
import { type Mark, mark } from './marks.ts'
import { type Atom, ord, type Place, type Setting, smaller } from './rows.ts'
import { signOf } from './signs.ts'
import { listed, type TexNode } from './tree.ts'

/** Whether the scripts of an operator stand above and below it. */
function hasLimits(base: TexNode, { style }: Place): boolean {
  const isDisplay = style === 'display'
  if (base.type === 'op')
    return base.limits === true && (isDisplay || base.alwaysHandleSupSub === true)
  return (
    base.type === 'operatorname' &&
    base.alwaysHandleSupSub === true &&
    (isDisplay || base.limits === true)
  )
}

/** Letters whose upper end leans into what stands above at the right. */
const LEANS = /^[CFJKNTUVWXYΓΠΥΨ]$/

const isPrime = ({ text }: TexNode): boolean => text === '\\prime'

/** A prime is high already: as an exponent it would be a speck. */
function withPrimes(base: readonly Atom[], sup: TexNode | undefined) {
  const written = sup?.type === 'ordgroup' ? listed(sup.body) : []
  const end = written.findIndex((each) => !isPrime(each))
  const primes = end < 0 ? written.length : end
  if (primes === 0) return { base, sup }
  const signs = ord(mark('mi', '′'.repeat(primes)))
  const rest = written.slice(primes)
  const left: TexNode | undefined =
    rest.length === 0 ? undefined : rest.length === 1 ? rest[0] : { type: 'ordgroup', body: rest }
  return {
    base: [
      ...base.slice(0, -1),
      {
        kind: base.at(-1)?.kind ?? 'ord',
        mark: mark('mrow', [...base.slice(-1).map(({ mark: each }) => each), signs.mark]),
      } as Atom,
    ],
    sup: left,
  }
}

export function scriptsSet(node: TexNode, place: Place, { atoms, one }: Setting): readonly Atom[] {
  const written = node.base ? atoms(node.base, place) : []
  const { base: all, sup } = withPrimes(written, node.sup ?? undefined)
  const before = all.slice(0, -1)
  const { kind, mark: base } = all.at(-1) ?? ord(mark('mrow', []))
  const small = smaller(place)
  const [above, below] = [sup, node.sub].map((each) => (each ? one(each, small) : undefined))
  if (node.base?.type === 'horizBrace' || (node.base && hasLimits(node.base, place))) {
    const attributes = { ...base.attributes, movablelimits: 'false' }
    const core = base.tag === 'mo' ? { ...base, attributes } : base
    return [...before, { kind, mark: placed(LIMITS, core, below, above) }]
  }
  const isLeaning = above && LEANS.test(`${base.content}`)
  const raised = isLeaning ? mark('mrow', [above], { class: 'lean' }) : above
  return [...before, { kind, mark: placed(SCRIPTS, base, below, raised) }]
}

const SCRIPTS = ['msub', 'msup', 'msubsup'] as const
const LIMITS = ['munder', 'mover', 'munderover'] as const

function placed(
  [under, over, both]: readonly [string, string, string],
  base: Mark,
  below: Mark | undefined,
  above: Mark | undefined,
): Mark {
  if (below && above) return mark(both, [base, below, above])
  if (below) return mark(under, [base, below])
  return above ? mark(over, [base, above]) : base
}

/** What stands over or under; those that grow are as wide as what they stand at. */
const SIGNS: Readonly<Record<string, string>> = {
  ...{ hat: 'ˆ', widehat: 'ˆ', tilde: '˜', widetilde: '˜', bar: 'ˉ', vec: '→', dot: '˙' },
  ...{ ddot: '¨', check: 'ˇ', breve: '˘', acute: '´', grave: '`', mathring: '˚' },
  ...{ underbrace: '⏟', overbrace: '⏞', overrightarrow: '→', overleftarrow: '←' },
  ...{ underrightarrow: '→', underleftarrow: '←', utilde: '˜', xrightarrow: '→' },
  ...{ xleftarrow: '←', xmapsto: '↦', overleftrightarrow: '↔' },
}

export function accentSet(node: TexNode, place: Place, { one }: Setting): Atom {
  const { type, label = '', isOver, isStretchy } = node
  const sign = SIGNS[label.slice(1)] ?? signOf(label)
  if (type === 'xArrow') {
    const parts = [node.below, node.body as TexNode]
    const [below, above] = parts.map((each) => (each ? one(each, smaller(place)) : undefined))
    return { kind: 'rel', mark: placed(LIMITS, mark('mo', sign), below, above) }
  }
  const isBelow = type === 'accentUnder' || (type === 'horizBrace' && !isOver)
  const isWide = type === 'horizBrace' || (isStretchy === true && !/ˆ|˜/.test(sign))
  const parts = [one(node.base!, place), mark('mo', sign, { stretchy: `${isWide}` })]
  // An arrow is smaller than other accents, as what stands over a letter is.
  if (isBelow) return ord(mark('munder', parts))
  return ord(mark('mover', parts, sign === '→' ? {} : { accent: 'true' }))
}
