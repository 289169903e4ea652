// Letters and words in their dress: fonts, accents, operators, text.
import { commands, ofBatches, onesLetter } from '../../lexicon.ts'
import type { Span } from '../../syntax.ts'
import { type Token, token } from '../tokens/tokens.ts'
import { isDress, marked, markOf } from './accents.ts'
import { inside, type Reader, readSymbol, refuse, walkAll } from './latex.ts'
import { advance, list, place } from './place.ts'
import type { LatexNode } from './tree.ts'
import { plainText, symbol, word } from './words.ts'

/** \\vec{x} is x in another dress; \\hat{x} is a name of its own. */
export const readAccent: Reader = (walk, node, words) => {
  const label = node.label ?? `\\${node.type}`
  const mark = markOf(label)
  if (!mark && !isDress(label)) return refuse(walk, node, words)
  const span = place(walk, node, label)
  const letter = { type: 'font', font: 'mathbf', body: (node.base ?? node.body) as LatexNode }
  const tokens = readFont(walk, letter, words)
  const [first, ...others] = mark ? marked(tokens, mark, span) : tokens
  return first ? [{ ...first, span: advance(walk, span) }, ...others] : []
}

export const readOperator: Reader = (walk, node, words) => {
  if (!node.name) return inside(walk, node, words)
  const span = advance(walk, place(walk, node, node.name))
  if (commands.has(node.name)) return [symbol(node.name, span)]
  return namedOperator(node.name.slice(1), span, words)
}

/** `\max`; `\arg` is joined to the `\max` after it by the reader of rows. */
const namedOperator = (name: string, span: Span, words: readonly string[]): Token[] =>
  word(name.replace(/\s/g, ''), span, words)

export const readOperatorName: Reader = (walk, node, words) => {
  const span = advance(walk, place(walk, { type: 'operatorname' }, '\\operatorname'))
  const body = list(node.body)
  const last = body.at(-1)
  const end = last?.loc && last.loc.lexer.input === walk.text ? last.loc.end : span.end
  return namedOperator(plainText(body), advance(walk, { start: span.start, end }), words)
}

export const readText: Reader = (walk, node, words) => {
  const body = list(node.body)
  const first = body[0] ? place(walk, body[0], '') : place(walk, node)
  const last = body.length ? place(walk, body.at(-1)!, '') : first
  return word(plainText(body), advance(walk, { start: first.start, end: last.end }), words)
}

/** `\mathrm{full}` is a word as a whole; `\mathbf{x}` is the letter x. */
export const readFont: Reader = (walk, node, words) => {
  const body = list(node.body)
  const letters = body.length === 1 && body[0]!.type === 'ordgroup' ? list(body[0]!.body) : body
  if (letters.length === 1 && letters[0]!.text === '1' && /^(?:math)?b/.test(node.font ?? ''))
    return [symbol(onesLetter, advance(walk, place(walk, letters[0]!)))]
  const [only] = letters
  const statistic =
    node.font === 'mathbb' && letters.length === 1 && ofBatches.get(only!.text ?? '')
  if (statistic) return [token('function', statistic, advance(walk, place(walk, only!)))]
  // \bold{1_n^T} is 𝟙_n^T.
  if (only?.type === 'supsub' && only.base?.text === '1' && letters.length === 1)
    return walkAll(walk, [{ ...only, base: { ...node, body: [only.base] } }], words)
  const isWord = letters.length > 1 && letters.every((each) => each.text?.length === 1)
  if (!isWord)
    return letters.length === 1 ? walkAll(walk, letters, words) : inside(walk, node, words)
  const span = { start: place(walk, letters[0]!).start, end: place(walk, letters.at(-1)!).end }
  const read = word(plainText(letters), advance(walk, span), words)
  return read[0]?.type === 'prose' ? letters.flatMap((each) => readSymbol(walk, each, words)) : read
}
