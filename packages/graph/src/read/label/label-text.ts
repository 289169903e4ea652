// Labels as LaTeX and as Unicode, with subscripts where the caller has some. A name is a user's
// text: whatever is not plainly a letter, a digit or harmless punctuation is escaped here.
import type { ArrayName } from '../../names/names.ts'
import { latexName } from '../../notation/print/latex-parts.ts'
import type { Label } from './labels.ts'

export type Style = 'latex' | 'unicode'

/** What is raised on a label by the formula around it: the ⊤ of w^{O⊤}. */
export interface LabelOptions {
  /** Some axis is longer than 9: numerals stand apart. */
  readonly isLong?: boolean
  /** One text for each axis that the label shows; without them the array as a whole is meant. */
  readonly subscripts?: readonly string[] | undefined
  readonly raised?: string | undefined
}

/** `w^{Fk}_{ij}`, `\delta^{F}`, `\frac{\partial C}{\partial w^{F}}`; `∂C/∂w^F` in Unicode. */
export function writeLabel(label: Label, style: Style, options: LabelOptions = {}): string {
  const written = { ...options, isLong: label.isLong }
  if (label.kind === 'partial') {
    const by = writeName(label.name, style, written)
    const of = writeName(label.cost, style)
    return style === 'latex' ? `\\frac{\\partial ${of}}{\\partial ${by}}` : `∂${of}/∂${by}`
  }
  const base = label.kind === 'delta' ? 'δ' : label.name.base
  return writeName({ ...label.name, base }, style, written)
}

/** Whether a further exponent needs the label in parentheses. */
export const isRaised = ({ kind, name }: Label): boolean =>
  kind === 'partial' || name.tag !== '' || /['′]/.test(name.base)

/** Between indices it is no minus. */
const HYPHEN = '\\text{-}'

/** A name on its own: `z^{F}`, `\mathtt{layer1.weight}`. */
export function writeName(name: ArrayName, style: Style, options: LabelOptions = {}): string {
  const { subscripts, raised = '', isLong = false } = options
  const { above, separators } = lettering(name)
  const apart = isLong && (subscripts?.some((each) => /^\d/.test(each)) ?? false)
  const up = superscript(name, style, subscripts?.slice(0, above) ?? [], apart) + raised
  const between = separators.map((each) => (style === 'latex' ? each.replace('-', HYPHEN) : each))
  const down = subscripts ? subscript(subscripts.slice(above), between, apart) : ''
  const base = baseText(name, style, up !== '' || down !== '')
  return `${base}${script('^', up, style)}${script('_', down, style)}`
}

function script(sign: '^' | '_', content: string, style: Style): string {
  if (content === '') return ''
  const isAtom = style === 'unicode' && [...content].length === 1
  return isAtom ? sign + content : `${sign}{${content}}`
}

const LETTERED_BASE = /^\p{L}\p{M}*['′]*$/u

function baseText(name: ArrayName, style: Style, isScripted: boolean): string {
  const { base } = name
  if (!LETTERED_BASE.test(base)) {
    const whole = literalText(base, style)
    if (whole) return isScripted ? grouped(whole, style) : whole
    return style === 'latex' ? `\\mathtt{${escapeLatex(base)}}` : printable(base)
  }
  const primed = base.replaceAll("'", '′')
  return style === 'latex' ? latexName(primed) : primed
}

/** A literal name that looks as one with letters does is set as it was written: `W_{hx}`. */
function literalText(text: string, style: Style): string | undefined {
  const parts = /^(\p{L}\p{M}*['′]*)(?:\^(?:\{([^{}]+)\}|(\S)))?(?:_(?:\{([^{}]+)\}|(\S)))?$/u.exec(
    text,
  )
  if (!parts) return undefined
  const [, letter = '', above = parts[3] ?? '', , below = parts[5] ?? ''] = parts
  const safe = (part: string) => (style === 'latex' ? escapeLatex(part) : printable(part))
  const base = { text: letter, bare: letter, base: letter, tag: '', letters: [] }
  const up = script('^', safe(above), style)
  return `${baseText(base, style, false)}${up}${script('_', safe(below), style)}`
}

/** Scripts of its own must not run into those that follow. */
const grouped = (text: string, style: Style): string =>
  style === 'latex' ? `{${text}}` : `(${text})`

function superscript(
  name: ArrayName,
  style: Style,
  above: readonly string[],
  apart: boolean,
): string {
  const tag = style === 'latex' ? escapeLatex(name.tag) : printable(name.tag)
  if (above.length === 0) return tag
  const isNumber = (text: string) => /^\d/.test(text)
  // h^{10k} would be the 10k-th; h^{2k} nobody misreads.
  const runsOn =
    apart ||
    /.\d$/.test(tag) ||
    !above.every(isShort) ||
    (above.some(isNumber) && (above.length > 1 || /\d$/.test(tag)))
  return runsOn ? [tag, ...above].join(',') : tag + above.join('')
}

function subscript(
  below: readonly string[],
  separators: readonly string[],
  apart: boolean,
): string {
  if (apart || !below.every(isShort)) return below.join(',')
  return below.map((text, k) => text + (k < below.length - 1 ? (separators[k] ?? '') : '')).join('')
}

/** One letter or digit, with primes: what can stand side by side without a comma. */
const isShort = (text: string): boolean => /^(?:\p{L}|\d|\\[a-z]+)['′]*$/u.test(text)

/** How the user wrote the letters: how many above, and what stands between those below. */
function lettering(name: ArrayName): { above: number; separators: readonly string[] } {
  if (name.letters.length === 0) return { above: 0, separators: [] }
  const subscripted = /_(?:\{([^{}]*)\}|(\p{L}))$/u.exec(name.text)
  const below = subscripted?.[1] ?? subscripted?.[2] ?? ''
  const parts = [...below.matchAll(/\p{Ll}['′]*([\s,-]*)/gu)]
  return {
    above: name.letters.length - parts.length,
    separators: parts.map(([, between = '']) => between.replaceAll(/\s/g, '')),
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\backslash ',
  '{': '\\{',
  '}': '\\}',
  _: '\\_',
  $: '\\$',
  '%': '\\%',
  '#': '\\#',
  ' ': '\\ ',
}
const HARMLESS = /[\p{L}\p{M}\p{N}.,:;+*/=()[\]!?|@'′-]/u

/** A user's text inside mathematics: no command, group or markup of it survives. */
export const escapeLatex = (text: string): string =>
  [...printable(text)]
    .map((character) => {
      if (HARMLESS.test(character)) return character
      return ESCAPES[character] ?? `{\\char${character.codePointAt(0)}}`
    })
    .join('')

/** For a terminal: control characters (an escape sequence begins with one) are replaced. */
export const printable = (text: string): string => text.replaceAll(CONTROLS, '\ufffd')

/** All but joiners: of letters in scripts that join, and of pictures that are one together. */
const JOINED =
  /(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Extended_Pictographic}\p{M}])[\u200c\u200d]/u
const CONTROLS = new RegExp(
  `(?!${JOINED.source})[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]`,
  'gu',
)
