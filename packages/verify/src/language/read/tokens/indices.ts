// Indices that have a letter, a number or a word of their own below them: k_x, c_{out}.
import type { Script, Token } from './tokens.ts'

const bare = ({ primes, superscript, subscript }: Token): boolean =>
  primes === 0 && !superscript && !subscript

const spelling = (run: readonly Token[]): string => run.map(({ text }) => text).join('')

/** k_x and c_{out} as they are spelled: a letter with a letter, a number or a word below it. */
const withBelow = ({ type, text, subscript, superscript, primes }: Token): string | undefined => {
  const below = subscript?.tokens ?? []
  const isPlain = (each: Token) =>
    bare(each) && (/^(?:name|number)$/.test(each.type) || isWordToken(each))
  const isOne = below.length === 1 || below.every(({ text }) => /^[a-z]$/.test(text))
  const isLetter = type === 'name' && /^\p{Ll}$/u.test(text) && !superscript && primes === 0
  if (!isLetter || below.length === 0 || !isOne || !below.every(isPlain)) return undefined
  return `${text}_${spelling(below)}`
}

const isWordToken = ({ type, text }: Token): boolean => type === 'prose' && /^[a-z]+$/.test(text)

/** The c_{out} of W_{c_{out},c_{in}}, which no sum binds. */
const isChannel = ({ text, subscript }: Token): boolean =>
  /^[cfik-ouv]$/.test(text) && spelling(subscript?.tokens ?? []).length > 1

const partsOf = ({ body, below, subscript, superscript }: Token): (readonly Token[])[] =>
  [body, below, subscript?.tokens, superscript?.tokens].filter((each) => each !== undefined)

/** The k_x of Σ_{k_x}: an index with a letter of its own below it; not the n_i of Σ_{i, j = n_i}. */
export const indicesBound = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((each) => [
    ...(each.text === 'Σ' && each.subscript
      ? each.subscript.tokens.flatMap((part, at, all) =>
          at === 0 || (all[at - 1]!.text === ',' && isBinder(all, at))
            ? (withBelow(part) ?? [])
            : [],
        )
      : []),
    // δ_{c_{new}} is the error of an array.
    ...(each.type === 'name' && each.text !== 'δ'
      ? (each.subscript?.tokens ?? []).flatMap((part) =>
          isChannel(part) ? (withBelow(part) ?? []) : [],
        )
      : []),
    ...partsOf(each).flatMap(indicesBound),
  ])

/** k_y of Σ_{k_x,k_y≤3}: alone, or beside a number; x_i = k is a condition on an entry. */
const isBinder = (tokens: readonly Token[], at: number): boolean => {
  const [sign, bound] = tokens.slice(at + 1, at + 3)
  const isRange = /^[=≠<≤>≥]$/.test(sign?.text ?? '') && bound?.type === 'number'
  return sign === undefined || sign.text === ',' || isRange
}

/** The tokens with those indices as names of one piece. */
export const withOneName = (tokens: readonly Token[], indices: ReadonlySet<string>): Token[] =>
  tokens.map((each) => {
    const name = withBelow(each)
    if (name !== undefined && indices.has(name)) {
      const { subscript, ...plain } = each
      return { ...plain, text: name, span: { start: each.span.start, end: subscript!.span.end } }
    }
    const inside = (script: Script): Script => ({
      ...script,
      tokens: withOneName(script.tokens, indices),
    })
    return {
      ...each,
      ...(each.superscript && { superscript: inside(each.superscript) }),
      ...(each.subscript && { subscript: inside(each.subscript) }),
      ...(each.body && { body: withOneName(each.body, indices) }),
      ...(each.below && { below: withOneName(each.below, indices) }),
    }
  })
