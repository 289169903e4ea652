// Letters and digits: those of one word or number are set together.
import { inFace } from './letters.ts'
import { grouped, type Mark, mark } from './marks.ts'
import { type Atom, ord, type Place, type Setting } from './rows.ts'
import { barOf, signOf } from './signs.ts'
import { listed, type TexNode } from './tree.ts'

const isPlain = ({ type, text = '' }: TexNode, pattern: RegExp): boolean =>
  (type === 'mathord' || type === 'textord' || type === 'atom') && pattern.test(text)

/** Faces in which letters side by side are a word, and no product. */
const WORDS = /^math(?:rm|bf|sf|tt|it)$/

/** How many nodes from there are a word of several letters, or a number. */
export function wordLength(nodes: readonly TexNode[], from: number, { font = '' }: Place): number {
  const isWord = WORDS.test(font) && isPlain(nodes[from]!, /^[a-zA-Z]$/)
  const isNumber = isPlain(nodes[from]!, /^\d$/)
  if (!isWord && !isNumber) return 0
  const more = isWord ? /^[a-zA-Z\d.′’]$/ : /^[\d.]$/
  let end = from + 1
  while (end < nodes.length && isPlain(nodes[end]!, more)) end++
  // A full stop behind a number is none of its digits.
  while (nodes[end - 1]!.text === '.') end--
  return isWord && end === from + 1 ? 0 : end - from
}

export const wordSet = (nodes: readonly TexNode[], { font = '' }: Place): Mark =>
  mark(
    /^\d$/.test(nodes[0]!.text!) ? 'mn' : 'mi',
    nodes.map(({ text }) => inFace(text!, font)).join(''),
  )

/** A letter or another sign that is no operator. */
export function letterSet({ text = '' }: TexNode, { font = '' }: Place): Atom {
  const sign = barOf(text)
  const shown = inFace(sign, font)
  // Capitals of Greek are upright; a browser would slant them.
  const isUpright = shown === sign && (font === 'mathrm' || /^[Α-Ω∇]$/.test(sign))
  return ord(mark('mi', shown, isUpright ? { mathvariant: 'normal' } : {}))
}

/** Accents of text, as signs that go with the letter before. */
const ACCENTS: Readonly<Record<string, string>> = {
  ...{ "\\'": '\u0301', '\\`': '\u0300', '\\^': '\u0302', '\\~': '\u0303', '\\=': '\u0304' },
  ...{ '\\"': '\u0308', '\\u': '\u0306', '\\.': '\u0307', '\\r': '\u030a', '\\v': '\u030c' },
  ...{ '\\H': '\u030b', '\\c': '\u0327' },
}

/** Words between formulas, and formulas between them. */
export function textSet(node: TexNode, { style, font }: Place, { row }: Setting): Atom {
  const face = node.font?.slice(1) ?? font ?? ''
  const parts: Mark[] = []
  let letters = ''
  const end = (): void => {
    if (letters !== '') parts.push(mark('mtext', letters))
    letters = ''
  }
  const visit = (each: TexNode): void => {
    const { type, text, base, label = '' } = each
    if (type === 'ordgroup' || type === 'text') listed(each.body).forEach(visit)
    // A browser drops spaces at the ends of words, but for those that hold them together.
    else if (type === 'spacing') letters += '\u00a0'
    else if (type === 'accent')
      letters += `${signOf(base?.text ?? '')}${ACCENTS[label] ?? ''}`.normalize('NFC')
    else if (each.mode === 'text' && text !== undefined)
      letters += text === '-' ? text : inFace(signOf(text), face)
    else {
      end()
      const inside = type === 'styling' ? listed(each.body) : [each]
      parts.push(...row(inside, { style: style === 'script' ? style : 'text' }))
    }
  }
  listed(node.body).forEach(visit)
  end()
  return ord(grouped(parts))
}
