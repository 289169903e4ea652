// Words of prose between a condition and its formula: If $i \ne j$, we get $$…$$; $$…$$ unless
// $i = j$; 当 $i = j$ 时，$$…$$.

/** What is said of a condition: it holds, of what follows or for a while, or it does not. */
export type Sense = 'holds' | 'given' | 'supposed' | 'fails'

const patterns: readonly (readonly [Sense, string])[] = [
  ['fails', 'unless|except(?: if| when| for| where)?|除非|除了?'],
  ['supposed', 'assume|suppose|supposing|let|consider|假设|假定|设|考虑'],
  ['given', 'for|where|with|under|given|für|对于?|在|其中'],
  [
    'holds',
    'if|when|whenever|provided|assuming|as long as|case|si|wenn|falls|当|若|如果|假如|只要|情[况形]',
  ],
]
const start = String.raw`(?:^|[^\p{L}]|(?=\p{Script=Han}))(?<!\b(?:except|not|but|only|even)\s+|[即不])`
const rest = String.raw`(?:\s+(?:that|of|where|when|all|every|each|the case|\(?[\divx]{1,3}\)?))*[一二三\d]?[\s:,*_(（：，]*$`
const senses = patterns.map(
  ([sense, words]) => [sense, new RegExp(`${start}(?:${words})${rest}`, 'iu')] as const,
)
const item = /(?:^|\n)\s*(?:[-*+]|\d+[.)]|\([a-z\d]\))[\s*_]*$/

/** What stands before a condition, back to the formula before it. */
export const senseOf = (text: string): Sense | undefined =>
  item.test(text) ? 'holds' : senses.find(([, pattern]) => pattern.test(text))?.[0]

const said = [
  'then|thus|hence|so|also|it follows|one has|we (?:have|get|obtain|find|see)',
  'it (?:is|holds|follows) that|it is|(?:this|that|it) (?:gives|is|becomes|yields|reads)',
  String.raw`for (?:all|every|each|any) \$[a-z]\$`,
  '则|那么|就|时|有|得到?|可得|我们|的?情[况形]下?',
  String.raw`(?:the|this|our)(?:\s\p{L}+){1,3}\s(?:is|becomes|gives|yields|reads|equals|(?:reduces|simplifies) to)`,
]
const leads = new RegExp(String.raw`^(?:[\s,:;*_)），：；]|${said.join('|')})*$`, 'iu')

/** Whether what stands between a condition and a formula leads from one to the other. */
export const isLed = (text: string, sense: Sense): boolean =>
  leads.test(sense === 'supposed' ? text.replace(/^\s*[.。]/, '') : text)

/** Whether what stands between a formula and a condition makes it one of that formula. */
export const isTrailing = (text: string): boolean => {
  const words = text.replace(/^[\s,，*_]*[(（]?/, '')
  // A capital letter begins another sentence.
  return words.trim() === ''
    ? /[,，(（]/.test(text)
    : /^(?!\p{Lu})[^.。;；]{1,30}$/u.test(words) && !/^(?:and|but)\b/.test(words)
}

/** Of all but what the formula before it is of. */
export const isOtherwise = (text: string): boolean =>
  /^[\s.,;，；。]*(?:and|or|且|而)?\s*(?:otherwise|else|否则|其他情况下?|其余情况下?)(?![a-z])/i.test(
    text.slice(0, 60),
  )

const restricting = 'if|when|whenever|unless|provided|as long as|otherwise'
const byUs = String.raw`(?!\s+(?:we|you|one|they|needed|necessary|\p{L}+ing)(?!\p{L}))(?!\p{L})`
const leading = new RegExp(
  `(?:^|[^\\p{L}])(?:${restricting})${byUs}|(?:当|若|如果)(?!我们)|除非|否则|只要`,
  'iu',
)
const trailing = new RegExp(`^[\\s,]*(?:${restricting})${byUs}`, 'u')

/** Whether words around a formula say that it does not always hold. */
export const isRestricted = (before: string, after: string): boolean =>
  leading.test(before.split(/[.。;；]\s|\n\s*\n(?=\s*\S)/).at(-1)!) || trailing.test(after)
