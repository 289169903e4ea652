// Spellings that need what stands beside them: ||x|| is ‖x‖, rot_{180°}{A} and rot90(A, 2) turn A
// by half, conv2(A, B, full) is a star. On matched brackets, in all of them.
import { modes } from '../lexicon.ts'
import { wordsBelow } from '../word-below.ts'
import { axisSum } from './axis-sums.ts'
import { blownUp } from './tokens/blown-up.ts'
import { isSign, splitAt } from './tokens/cursor.ts'
import { bare } from './tokens/join.ts'
import { type Idiom, spelling, spelt, touches } from './tokens/spelt.ts'
import type { Script, Token } from './tokens/tokens.ts'
import { alongLast, ofWord, spelledOut } from './tokens/worded.ts'

/** ||x|| is ‖x‖; in |x||y| the second bar closes the first. */
const withNorms = (tokens: readonly Token[]): Token[] => {
  const result: Token[] = []
  let bars = 0
  for (let at = 0; at < tokens.length; at++) {
    const [bar, other] = [tokens[at]!, tokens[at + 1]]
    const isPair = isSign(bar, '|') && isSign(other, '|') && touches(bar, other)
    if (isPair && bars % 2 === 0) {
      const span = { start: bar.span.start, end: other!.span.end }
      result.push({ ...other!, text: '‖', span })
      at++
    } else {
      if (isSign(bar, '|')) bars++
      result.push(bar)
    }
  }
  return result
}

const isHalfTurn = (script: Script | undefined): boolean => {
  const [number, ...others] = script?.tokens ?? []
  const above = number?.superscript ? spelling(number.superscript.tokens) : ''
  return number?.text === '180' && others.length === 0 && (above === '' || above === '⊙')
}

const turns = ['rot180', 'ROT180', 'Rot180', 'rotate180', 'ROT', 'Rot', 'rot', 'rotate'] as const

/** rot_{180}, rot_{180^\\circ}, ROT180. */
const halfTurn = (tokens: readonly Token[], at: number): Idiom | undefined => {
  for (const word of turns) {
    const used = spelt(tokens, at, word)
    const last = tokens[at + used - 1]
    if (used === 0 || !last) continue
    if (word.endsWith('180') ? !bare(last) : !isHalfTurn(last.subscript)) continue
    const span = { start: tokens[at]!.span.start, end: last.subscript?.span.end ?? last.span.end }
    const { subscript: _, ...plain } = last
    return { made: [{ ...plain, type: 'function', text: 'rot180', span }], used }
  }
  return undefined
}

/** rot90(A, 2), as NumPy and MATLAB have it. */
const twoQuarters = (tokens: readonly Token[], at: number): Idiom | undefined => {
  const used = spelt(tokens, at, 'rot90')
  const group = tokens[at + used]
  if (used === 0 || group?.type !== 'group' || group.text !== '(') return undefined
  const [array, times, ...others] = splitAt(group.body!, ',')
  if (!array || spelling(times ?? []) !== '2' || others.length > 0) return undefined
  const word: Token = { ...tokens[at]!, type: 'function', text: 'rot180' }
  return { made: [word, { ...group, body: array }], used: used + 1 }
}

/** What slides, as a function: its operator, and its mode where none is given. */
const sliding: readonly { word: string; sign: 'conv' | '*'; mode?: 'full' | 'valid' }[] = [
  // MATLAB's and SciPy's are true convolutions, full where nothing is said.
  { word: 'conv2', sign: 'conv', mode: 'full' },
  { word: 'convolve2d', sign: 'conv', mode: 'full' },
  { word: 'convolve', sign: 'conv', mode: 'full' },
  { word: 'correlate2d', sign: '*', mode: 'valid' },
  { word: 'correlate', sign: '*', mode: 'valid' },
  // Authors differ in what they call so.
  { word: 'conv2d', sign: '*' },
  { word: 'convolution', sign: '*' },
  { word: 'conv', sign: '*' },
]

const bracketed = (body: Token[]): Token => ({
  type: 'group',
  text: '(',
  span: { start: body[0]!.span.start, end: body.at(-1)!.span.end },
  primes: 0,
  body,
})

/** conv2(A, B, full) as (A conv full B). */
const star = (tokens: readonly Token[], at: number): Idiom | undefined => {
  for (const { word, sign, mode: usual } of sliding) {
    const used = spelt(tokens, at, word)
    const group = tokens[at + used]
    if (used === 0 || group?.type !== 'group' || group.text !== '(') continue
    const [left, right, how, ...others] = splitAt(group.body!, ',')
    if (!left?.length || !right?.length || others.length > 0) continue
    const said = how && modes.get(spelling(how).replace(/^mode=/, ''))
    if (how && !said) continue
    const mode = said ?? usual
    const { span } = tokens[at]!
    const operator: Token = { type: 'sign', text: sign, span, primes: 0, ...(mode && { mode }) }
    const body = [bracketed(left), operator, bracketed(right)]
    return { made: [{ ...group, body }], used: used + 1 }
  }
  return undefined
}

/** np.sum, torch.sum: the module says nothing. */
const ofModule = (tokens: readonly Token[], at: number): Idiom | undefined => {
  for (const module of ['np.', 'numpy.', 'torch.']) {
    const used = spelt(tokens, at, module)
    const word = tokens[at + used]
    if (used === 0 || word?.type !== 'function') continue
    return axisSum(tokens, at + used) ? { made: [], used } : { made: [word], used: used + 1 }
  }
  return undefined
}

/** grad_W is dW, as dL_dW and dz_dW are dL/dW and dz/dW. */
const gradient = (tokens: readonly Token[], at: number): Idiom | undefined => {
  const used = spelt(tokens, at, 'grad')
  const last = tokens[at + used - 1]
  const d: Token = { ...tokens[at]!, type: 'name', text: 'd', primes: 0 }
  if (used > 0 && last?.subscript && !last.superscript) {
    const [name] = last.subscript.tokens
    // It touches its name, as the d of dW does.
    const span = name ? { start: name.span.start - 1, end: name.span.start } : d.span
    return { made: [{ ...d, span }, ...last.subscript.tokens], used }
  }
  const group = tokens[at + used]
  const [array, ...more] = group?.type === 'group' && group.text === '(' ? group.body! : []
  if (used > 0 && array?.type === 'name' && more.length === 0) {
    const { start } = array.span
    return { made: [{ ...d, span: { start: start - 1, end: start } }, array], used: used + 1 }
  }
  const [first, name] = [tokens[at]!, tokens[at + 1]]
  const below = name?.subscript?.tokens ?? []
  // Not the entry dW_{dc}: braces are around indices, and what is differentiated is a loss.
  const isOpen = name?.subscript?.span.start === below[0]?.span.start
  const isLoss = name?.type === 'name' && /^(?:[LJCE]|[Ll]oss|[Cc]ost)$/.test(name.text)
  const isQuotient = first.text === 'd' && touches(first, name) && isLoss && isOpen
  if (!isQuotient || name.superscript || below.length < 2 || below[0]!.text !== 'd')
    return undefined
  const { subscript, ...of } = name
  const slash: Token = { ...d, type: 'sign', text: '/' }
  const span = { start: first.span.start, end: subscript!.span.end }
  return { made: [{ ...bracketed([first, of, slash, ...below]), span }], used: 2 }
}

/** Losses of two vectors that are called by their initials. */
const lossWords = ['BCE', 'CE', 'KL'] as const

/** CE(y, p), KL(p ‖ q) and D_{KL}(p ‖ q): the name of the loss, and its two arguments. */
const loss = (tokens: readonly Token[], at: number): Idiom | undefined => {
  const first = tokens[at]
  const isDivergence = first?.text === 'D' && spelling(first.subscript?.tokens ?? []) === 'KL'
  const word = isDivergence ? 'D' : lossWords.find((each) => spelt(tokens, at, each) > 0)
  const used = isDivergence ? 1 : word ? spelt(tokens, at, word) : 0
  const group = tokens[at + used]
  if (!first || used === 0 || group?.type !== 'group' || group.text !== '(') return undefined
  const body = group.body!.map((each) => (isSign(each, '‖') ? { ...each, text: ',' } : each))
  if (splitAt(body, ',').length !== 2) return undefined
  const { subscript: _, ...plain } = first
  const text = isDivergence ? 'KL' : word!
  const end = tokens[at + used - 1]!.span.end
  const span = { start: first.span.start, end: isDivergence ? first.subscript!.span.end : end }
  return {
    made: [
      { ...plain, type: 'name', text, span },
      { ...group, body },
    ],
    used: used + 1,
  }
}

const kinds = [
  twoQuarters,
  halfTurn,
  blownUp,
  star,
  axisSum,
  ofModule,
  gradient,
  loss,
  ofWord,
  alongLast,
] as const

const words = (tokens: readonly Token[]): Token[] => {
  const result: Token[] = []
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]!
    const isWord = ['name', 'function', 'prose'].includes(token.type) || token.text === 'conv'
    const idiom = isWord
      ? kinds.reduce<Idiom | undefined>((found, kind) => found ?? kind(tokens, at), undefined)
      : undefined
    result.push(...(idiom?.made ?? [token]))
    at += idiom?.used ?? 1
  }
  return result
}

const inScript = (script: Script): Script => ({ ...script, tokens: idioms(script.tokens) })

/** y_{true}, y_{\\text{pred}}, L_{CE}: a word below, not the product of its letters. */
const below = (script: Script): Script => {
  const [first] = script.tokens
  const text = spelling(script.tokens)
  if (!first || !wordsBelow.has(text) || !script.tokens.every(bare)) return inScript(script)
  return { ...script, tokens: [{ ...first, type: 'name', text, span: script.span }] }
}

/** K^{rot180}; of other words above a letter none is known. */
const above = (script: Script): Script =>
  wordsBelow.get(spelling(script.tokens)) === 'turned' ? below(script) : inScript(script)

/** a^{\\circ 2} is a ⊙ a. */
const squared = (token: Token): Token => {
  const [sign, number, ...others] = token.superscript?.tokens ?? []
  if (!isSign(sign, '⊙') || number?.text !== '2' || others.length > 0) return token
  const { superscript: _, ...base } = token
  const between: Token = { type: 'sign', text: '⊙', span: sign!.span, primes: 0 }
  return bracketed([base, between, base])
}

/** What is no idiom stays as it is. */
export const idioms = (written: readonly Token[]): Token[] => {
  const tokens = written.map(squared)
  return words(
    withNorms(
      tokens.map((token) => ({
        ...token,
        ...(token.superscript && { superscript: above(spelledOut(token, token.superscript)) }),
        ...(token.subscript && { subscript: below(spelledOut(token, token.subscript)) }),
        ...(token.body && { body: idioms(token.body) }),
        ...(token.below && { below: idioms(token.below) }),
      })),
    ),
  )
}
