// Words inside of \\text: below a name, as a function, beside a softmax.
import { examples } from '../../word-below.ts'
import { isSign, splitAt } from './cursor.ts'
import { type Idiom, spelling, spelt } from './spelt.ts'
import type { Script, Token } from './tokens.ts'

/** d_{\\text{model}}, W^{(\\text{out})}, z_{\\text{norm}, i}: a word alone is its letters. */
const inLetters = (tokens: readonly Token[], isOfName: boolean): Token[] =>
  tokens.flatMap((each, at) => {
    const isAlone = [tokens[at - 1], tokens[at + 1]].every((by) => !by || isSign(by, ','))
    if (isAlone && each.type === 'group')
      return [{ ...each, body: inLetters(each.body!, isOfName) }]
    if (!isAlone || each.type !== 'prose' || !/^[A-Za-z]+$/.test(each.text)) return [each]
    if (examples.has(each.text)) return [{ ...each, type: 'name' as const }]
    if (!isOfName) return [each]
    const { start } = each.span
    return [...each.text].map((text, k): Token => {
      const span = { start: start + k, end: start + k + 1 }
      return { type: 'name', text, span, primes: 0 }
    })
  })

/** What stands above or below, with its words as their letters. */
export const spelledOut = ({ type }: Token, script: Script): Script => ({
  ...script,
  tokens: inLetters(script.tokens, type === 'name'),
})

/** Layers that are called so without a \\text around them. */
const layerWords = 'LayerNorm BatchNorm RMSNorm RMS LN BN Attention MaxPool AvgPool'.split(' ')

/** RMSNorm(x), Attention(Q, K, V): functions that people call by a word. */
export const ofWord = (tokens: readonly Token[], at: number): Idiom | undefined => {
  const word = tokens[at]!
  const isText = word.type === 'prose' && /^[A-Za-z]{2,}$/.test(word.text)
  const text = isText ? word.text : layerWords.find((each) => spelt(tokens, at, each) > 0)
  const used = isText ? 1 : text ? spelt(tokens, at, text) : 0
  const group = tokens[at + used]
  if (text === undefined || group?.type !== 'group' || group.text !== '(') return undefined
  const last = tokens[at + used - 1]!
  const span = { start: word.span.start, end: last.span.end }
  return { made: [{ ...last, type: 'name', text, span }], used }
}

/** softmax_{row}(S) and softmax(S, dim=-1): along the last axis, as it is anyway. */
export const alongLast = (tokens: readonly Token[], at: number): Idiom | undefined => {
  const [word, group] = [tokens[at]!, tokens[at + 1]]
  if (word.type !== 'function' || !/^softmax$/i.test(word.text) || group?.type !== 'group')
    return undefined
  const { subscript, ...plain } = word
  if (/^rows?$/.test(spelling(subscript?.tokens ?? []))) return { made: [plain], used: 1 }
  const [array, ...options] = splitAt(group.body!, ',')
  const isSaid = options.length === 1 && /^(?:axis|dim)=-1$/.test(spelling(options[0]!))
  return isSaid ? { made: [word, { ...group, body: array! }], used: 2 } : undefined
}
