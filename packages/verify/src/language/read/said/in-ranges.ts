// Words around the range of an index, as its signs: for all hidden layers l, from L − 1 down to 1.
import { saysWhen } from '../conditions.ts'
import { isLetter } from '../ranges.ts'
import { type Token, token } from '../tokens/tokens.ts'

const kinds =
  'constant scalar value layer unit neuron node example sample index pair step channel' +
  ' feature class position location token dimension time hidden training real number of the'

/** ∀ hidden layers: what the letters are that follow. */
const ofKinds = new RegExp(`^∀(?:\\s+(?:${kinds.replaceAll(' ', '|')}|indices|classes)(?:e?s)?)*$`)

const sign = (text: string, { span }: Token): Token => token('sign', text, span)

/** What a word says there, if it is one of a range. */
const meant = (each: Token, after: Token | undefined, isCondition: boolean): Token[] => {
  if (each.type !== 'prose') return [each]
  if (ofKinds.test(each.text)) {
    const last: Token = { ...each, type: 'name', text: 'L' }
    const isHidden = each.text.includes('hidden') && isLetter(after)
    const below = isHidden ? [{ ...after!, span: each.span }, sign('<', each), last] : []
    return [sign('∀', each), ...below, ...(isHidden ? [sign(',', each)] : [])]
  }
  if (!isCondition) return [each]
  if (/^(?:down )?to$/.test(each.text)) return [',', '…', ','].map((text) => sign(text, each))
  return each.text === 'from' ? [sign('=', each)] : [each]
}

/** since Σ t = 1: what is said to hold is what the formula assumes. */
const reason = /^(\(?)(?:since|because|assuming|given|provided)(?: that)?$/i

const withReasons = (tokens: readonly Token[]): readonly Token[] => {
  const at = tokens.findIndex(({ type, text }) => type === 'prose' && reason.test(text))
  const [last] = tokens.slice(-1)
  const closes = last?.type === 'prose' && last.text === ')'
  if (at < 0) {
    const isGroup = last?.type === 'group' && last.text === '(' && !last.superscript
    return isGroup
      ? [...tokens.slice(0, -1), { ...last, body: [...withReasons(last.body!)] }]
      : tokens
  }
  const isOpen = reason.exec(tokens[at]!.text)![1] === '('
  if (isOpen !== closes) return tokens
  const said: Token = { ...tokens[at]!, type: 'keyword', text: 'if' }
  return [...tokens.slice(0, at), said, ...tokens.slice(at + 1, isOpen ? -1 : undefined)]
}

/** The same tokens with its words as signs. */
export const inRanges = (written: readonly Token[]): readonly Token[] => {
  const tokens = withReasons(written)
  if (!tokens.some(({ type }) => type === 'prose')) return tokens
  const said = tokens.findIndex((each) => saysWhen(each) || ofKinds.test(each.text))
  return tokens.flatMap((each, at) => meant(each, tokens[at + 1], said >= 0 && at > said))
}
