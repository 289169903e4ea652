// KaTeX's tree as MathML: for each type of node what it is set as, and what it is to its
// neighbours.
import { arraySet, linesSet } from './arrays.ts'
import { type Attributes, gap, grouped, type Mark, mark } from './marks.ts'
import { type Atom, ord, type Place, type Setting, smaller, spaced } from './rows.ts'
import { accentSet, scriptsSet } from './scripts.ts'
import { barOf, signOf } from './signs.ts'
import type { Kind } from './spacing.ts'
import { listed, REFUSED, type TexNode } from './tree.ts'
import { letterSet, textSet, wordLength, wordSet } from './words.ts'

const setting: Setting = {
  atoms: (node, place) => atomsOf(node, place),
  row: (nodes, place) => marksOf(nodes, place),
  one: (node, place) => setOne(node, place),
}

type Setter = (node: TexNode, place: Place) => Atom | readonly Atom[]

/** What stands in a row, in one element. */
const rowOf = (nodes: readonly TexNode[], place: Place): Mark => grouped(marksOf(nodes, place))

const setOne = (node: TexNode, place: Place): Mark =>
  rowOf(node.type === 'ordgroup' ? listed(node.body) : [node], place)

/** @throws Error for what is not set */
export function marksOf(nodes: readonly TexNode[], place: Place): Mark[] {
  if (nodes.some(({ type }) => type === 'cr')) return [linesSet(nodes, place, setting)]
  const atoms: Atom[] = []
  for (let k = 0; k < nodes.length; k++) {
    const length = wordLength(nodes, k, place)
    if (length > 0) {
      atoms.push(ord(wordSet(nodes.slice(k, k + length), place)))
      k += length - 1
      continue
    }
    const made = atomsOf(nodes[k]!, place)
    const negated = atoms.at(-1)
    if (negated && isNegation(negated) && made[0])
      atoms[atoms.length - 1] = { ...made[0], mark: crossed(made[0].mark) }
    else atoms.push(...made)
  }
  return spaced(atoms, place.style === 'script').filter(
    ({ tag, content }) => tag !== 'mrow' || content.length > 0,
  )
}

function atomsOf(node: TexNode, place: Place): readonly Atom[] {
  const setter = SETTERS[node.type]
  if (!setter) throw new Error(`not set: ${node.type}`)
  const made = setter(node, place)
  return Array.isArray(made) ? made : [made as Atom]
}

const STROKE = '\u0338'
const isNegation = ({ mark: { content } }: Atom): boolean => content === STROKE
const crossed = (each: Mark): Mark =>
  typeof each.content === 'string'
    ? mark(each.tag, (each.content + STROKE).normalize('NFC'), each.attributes)
    : each

const group: Setter = (node, place) => ord(rowOf(listed(node.body), place))

const inner: Setter = (node, place) => listed(node.body).flatMap((each) => atomsOf(each, place))

/** A bracket as large as its letters; bars are told which side they are of. */
const bracket = (sign: string, kind: 'open' | 'close'): Mark =>
  /[!?]/.test(sign)
    ? mark('mi', sign)
    : mark('mo', sign, {
        ...(/[|‖]/.test(sign) && { form: kind === 'open' ? 'prefix' : 'postfix' }),
        stretchy: 'false',
      })

const atom: Setter = ({ text = '', family }) => {
  const kind = family as Kind
  if (kind === 'open' || kind === 'close') return { kind, mark: bracket(barOf(text), kind) }
  return { kind, mark: mark(kind === 'inner' ? 'mi' : 'mo', signOf(text)) }
}

const styled: Setter = (node, place) => {
  const style = node.style === 'scriptscript' ? 'script' : node.style!
  const content = listed(node.body)
  if (style === place.style) return content.flatMap((each) => atomsOf(each, place))
  const set = marksOf(content, { ...place, style })
  const level = style === 'script' ? '1' : '0'
  return ord(mark('mstyle', set, { displaystyle: `${style === 'display'}`, scriptlevel: level }))
}

const fence = (written: string | null | undefined, attributes: Attributes): Mark[] =>
  written == null || written === '.' ? [] : [mark('mo', barOf(written), attributes)]

/** Letters with their scripts: brackets around them need not grow, and stand closer. */
function isLow({ tag, content }: Mark): boolean {
  if (typeof content === 'string') return !/[∑∏∫]/.test(content)
  return /^(?:mrow|msub|msup|msubsup|mover)$/.test(tag) && content.every(isLow)
}

const fraction: Setter = (node, place) => {
  const inside: Place = { ...place, style: place.style === 'display' ? 'text' : 'script' }
  const parts = [setOne(node.numer!, inside), setOne(node.denom!, inside)]
  const set = mark('mfrac', parts, node.hasBarLine ? {} : { linethickness: '0' })
  return ord(grouped([...fence(node.leftDelim, {}), set, ...fence(node.rightDelim, {})]))
}

const delimited: Setter = (node, place) => {
  const inside = marksOf(listed(node.body), place)
  const small = inside.every(isLow) ? { stretchy: 'false' } : {}
  const left = fence(node.left, { form: 'prefix', ...small })
  const right = fence(node.right, { form: 'postfix', ...small })
  return { kind: 'fenced', mark: mark('mrow', [...left, ...inside, ...right]) }
}

const SIZES = ['1em', '1.2em', '1.8em', '2.4em', '3em']
const sized: Setter = ({ size = 1, delim = '', mclass = '' }) => {
  const kind = mclass.slice(1) as Kind
  const form = kind === 'open' ? 'prefix' : kind === 'close' ? 'postfix' : 'infix'
  const height = { minsize: SIZES[size]!, maxsize: SIZES[size]! }
  const attributes = { form, stretchy: 'true', symmetric: 'true', ...height }
  return { kind, mark: mark('mo', barOf(delim), attributes) }
}

const root: Setter = (node, place) => {
  const inside = setOne(node.body as TexNode, place)
  if (!node.index) return ord(mark('msqrt', [inside]))
  return ord(mark('mroot', [inside, setOne(node.index, smaller(place))]))
}

const operator: Setter = (node, place) => {
  const name = node.name?.slice(1)
  if (node.symbol)
    return { kind: 'op', mark: mark('mo', signOf(node.name!), { lspace: '0', rspace: '0' }) }
  if (name === undefined) {
    const inside = rowOf(listed(node.body), place)
    // \coloneqq is made as an operator.
    if (/^[≔≕]$/.test(`${inside.content}`)) return { kind: 'rel', mark: mark('mo', inside.content) }
    return { kind: 'op', mark: inside }
  }
  return { kind: 'op', mark: mark('mi', name, name.length === 1 ? { mathvariant: 'normal' } : {}) }
}

const named: Setter = (node, place) => ({
  kind: 'op',
  mark: rowOf(listed(node.body), { ...place, font: 'mathrm' }),
})

const classed: Setter = (node, place) => ({
  kind: node.mclass!.slice(1) as Kind,
  mark: asSign(rowOf(listed(node.body), place), node.mclass!),
})

/** Letters that are to be a sign of two sides: \mathbin{\mathrm{mod}}. */
const asSign = (set: Mark, mclass: string): Mark =>
  set.tag === 'mi' && /bin|rel/.test(mclass) ? mark('mo', set.content) : set

const kern: Setter = ({ dimension }) => {
  const { number, unit } = dimension!
  const perUnit: Readonly<Record<string, number>> = { mu: 1, em: 18, ex: 8, pt: 1.8, cm: 51 }
  const mu = number * (perUnit[unit] ?? 0)
  const space = mu < 0 ? mark('mspace', '', { class: 'back' }) : gap(mu)[0]
  return space ? { kind: 'gap', mark: space } : []
}

/** What has lines above, below, around or across it. */
const ruled =
  (name: string): Setter =>
  (node, place) =>
    ord(mark('mrow', marksOf(listed(node.body), place), { class: name }))

const accented: Setter = (node, place) => accentSet(node, place, setting)

const SETTERS: Readonly<Record<string, Setter>> = {
  __proto__: null as never,
  mathord: letterSet,
  textord: letterSet,
  atom,
  spacing: ({ text = '' }) =>
    /break$/.test(text) ? [] : { kind: 'gap', mark: mark('mtext', '\u00a0') },
  ordgroup: group,
  supsub: (node, place) => scriptsSet(node, place, setting),
  genfrac: fraction,
  sqrt: root,
  leftright: delimited,
  delimsizing: sized,
  middle: ({ delim }) => ({
    kind: 'rel',
    mark: mark('mo', barOf(delim!), { stretchy: 'true', symmetric: 'true' }),
  }),
  op: operator,
  operatorname: named,
  text: (node, place) => textSet(node, place, setting),
  font: (node, place) => ord(setOne(node.body as TexNode, { ...place, font: node.font! })),
  mclass: classed,
  accent: accented,
  accentUnder: accented,
  horizBrace: accented,
  xArrow: accented,
  overline: ruled('over'),
  underline: ruled('under'),
  enclose: (node, place) => ruled(node.label!.slice(1))(node, place),
  array: (node, place) => ord(arraySet(node, place, setting)),
  styling: styled,
  sizing: inner,
  color: (node, place) => {
    if (node.color === REFUSED) throw new Error('not trusted')
    return inner(node, place)
  },
  kern,
  phantom: (node, place) => ord(mark('mphantom', marksOf(listed(node.body), place))),
  tag: (node, place) => [
    ...(inner(node, place) as Atom[]),
    { kind: 'gap', mark: gap(36)[0]! },
    ord(rowOf(node.tag!, place)),
  ],
  mathchoice: (node, place) =>
    (place.style === 'script' ? node.script : node.display)!.flatMap((each) =>
      atomsOf(each, place),
    ),
  htmlmathml: (node, place) => node.mathml!.flatMap((each) => atomsOf(each, place)),
  pmb: (node, place) => ord(rowOf(listed(node.body), { ...place, font: 'boldsymbol' })),
  raisebox: group,
  vcenter: group,
  hbox: group,
  lap: group,
  smash: group,
  rule: () => [],
  internal: () => [],
}
