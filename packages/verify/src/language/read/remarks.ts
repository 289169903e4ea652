// What stands beside a formula and is no part of it: prose, the stop of a sentence, its number.
import { isRelation, isSign } from './tokens/cursor.ts'
import type { Token } from './tokens/tokens.ts'

/** (2), (3a), (BP1), (2.14): the number of an equation. */
const isNumber = (token: Token | undefined): boolean => {
  if (token?.type !== 'group' || token.text !== '(') return false
  if (token.superscript || token.subscript || token.primes) return false
  const spelling = token.body!.map(({ text }) => text).join('')
  return /^(?:[A-Za-z]{0,4}\d{1,3}(?:[.-]\d{1,3})*[a-z]?'?|[A-Z]{1,2})$/.test(spelling)
}

/** After a wide space at the end, where a factor would stand close. */
const withoutNumber = (tokens: readonly Token[]): readonly Token[] => {
  const written = tokens.findLastIndex(({ type }) => type !== 'gap')
  const isApart = tokens[written - 1]?.type === 'gap' && isNumber(tokens[written])
  const before = tokens.slice(0, Math.max(0, written - 1))
  return isApart && before.some(isRelation) ? before : tokens
}

const takingBack = [
  ...'not never wrong false incorrect untrue invalid approximately approx roughly'.split(' '),
  ...'almost nearly mod modulo unless except asymptotically'.split(' '),
  ...['up to', 'in expectation', 'on average'],
]
const takenBack = new RegExp(
  `(?<!\\p{L})(?:${takingBack.join('|')})(?!\\p{L})|错|誤|误(?!差)|不成立|不对|不正确|近似|除非`,
  'iu',
)

/** Prose that takes back, or takes away from, what stands before it is no remark. */
const weakens = (text: string): boolean => takenBack.test(text)

/** (\\text{after softmax}), in parentheses. */
const inParentheses = (token: Token): Token => {
  const { type, text, body = [] } = token
  const isProse = type === 'group' && text === '(' && body.length > 0
  if (!isProse || !body.every((each) => each.type === 'prose')) return token
  return { ...token, type: 'prose', text: body.map((each) => each.text).join(' ') }
}

/** Words after which a remark says when its formula holds. */
const restricts =
  /(?<!\p{L})(?:if|for|when|whenever|only|provided|assuming|given|si|falls|wenn)(?!\p{L})/iu

/** (the error of layer L), and ‘where δ_j is the error of j’: what names mean, with mathematics in it. */
const explains = (tokens: readonly Token[], at: number): boolean => {
  const first = tokens[at]
  if (first?.type !== 'prose' && first?.type !== 'keyword') return false
  const rest = tokens.slice(at + 1)
  const plain = rest.filter(({ type }) => type !== 'gap')
  const prose = rest.flatMap(({ type, text }) => (type === 'prose' ? [text] : []))
  const isInParentheses =
    first.type === 'prose' && first.text.startsWith('(') && /\)[.,]?$/.test(prose.at(-1) ?? '')
  const isWhere = first.type === 'keyword' && first.text === 'where'
  const isMeaning = /^(?:the|an?|is|are|denotes?|means|represents?|refers?|stands?)(?: |$)/
  if (!isInParentheses && !(isWhere && plain[0]?.type === 'name' && prose.length > 0)) return false
  if (isWhere && !(plain[1]?.type === 'prose' && isMeaning.test(plain[1].text))) return false
  const said = [...(isWhere ? [] : [first.text]), ...prose]
  const isConditional = plain.some(({ type }) => type === 'keyword') || plain.some(isRelation)
  return !isConditional && !said.some((text) => weakens(text) || restricts.test(text))
}

/** Prose after a wide space, or that no word could be, belongs to the reader and is kept. */
export const cutRemark = (written: readonly Token[]): { tokens: Token[]; remark?: string } => {
  const tokens = withoutLabel(withoutNumber(withoutGaps(written))).map((each, at, all) =>
    all[at - 1]?.type === 'gap' ? inParentheses(each) : each,
  )
  const prose = tokens.findIndex(
    (token, at) =>
      (token.type === 'prose' &&
        (tokens[at - 1]?.type === 'gap' || /[\s\p{Script=Han}]|^\(.*\)$/u.test(token.text)) &&
        tokens
          .slice(at)
          .every(({ type, text }) => type === 'gap' || (type === 'prose' && !weakens(text)))) ||
      explains(tokens, at),
  )
  const kept = (prose < 0 ? tokens : tokens.slice(0, prose)).filter((token) => token.type !== 'gap')
  if (prose < 0) return { tokens: kept }
  const remark = tokens
    .slice(prose)
    .filter((token) => token.type === 'prose')
    .map((token) => token.text)
    .join(' ')
  return { tokens: kept, remark }
}

/** (Mean) μ = …: what a formula is called. */
const withoutLabel = (tokens: readonly Token[]): readonly Token[] => {
  const [label] = tokens
  const isLabel = label?.type === 'prose' && /^\(.*\)$|^[^()]*:$/s.test(label.text)
  return isLabel && tokens.slice(1).some(isRelation) ? tokens.slice(1) : tokens
}

/** Wide spaces at the end say nothing. */
const withoutGaps = (tokens: readonly Token[]): readonly Token[] =>
  tokens.slice(0, tokens.findLastIndex(({ type }) => type !== 'gap') + 1)

/** One sign that ends a sentence is no part of the formula. */
export const withoutStop = (tokens: readonly Token[]): Token[] => {
  const last = tokens.at(-1)
  const stops = ['.', ',', ';'].some((text) => isSign(last, text))
  return stops && !last!.subscript && !last!.superscript && !last!.primes
    ? tokens.slice(0, -1)
    : [...tokens]
}
