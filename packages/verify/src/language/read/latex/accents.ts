// Letters that wear something: ĥ and x̃ are names of their own, a vector's arrow and line are dress.
import { ClaimError, type Span } from '../../syntax.ts'
import type { Token } from '../tokens/tokens.ts'

/** As Unicode combines them with a letter. */
const marks: ReadonlyMap<string, string> = new Map([
  ['\\hat', '\u0302'],
  ['\\widehat', '\u0302'],
  ['\\bar', '\u0304'],
  ['\\overline', '\u0304'],
  ['\\tilde', '\u0303'],
  ['\\widetilde', '\u0303'],
  ['\\dot', '\u0307'],
  ['\\ddot', '\u0308'],
  ['\\check', '\u030c'],
  ['\\widecheck', '\u030c'],
  ['\\breve', '\u0306'],
])

/** An arrow or a line below says that a letter is a vector. */
export const isDress = (label: string): boolean =>
  ['\\vec', '\\underline', '\\utilde', '\\overrightarrow'].includes(label)

export const markOf = (label: string): string | undefined => marks.get(label)

/** The letter with its mark: \hat{h}_t and \hat{h_t} are ĥ_t. @throws ClaimError at anything else */
export const marked = (tokens: readonly Token[], mark: string, span: Span): Token[] => {
  const [only, ...others] = tokens.filter(({ type }) => type !== 'gap')
  // A star with something above it is a star.
  if (only?.text === '*' && others.length === 0) return [only]
  const isLetter = only?.type === 'letter' || only?.type === 'name'
  if (!isLetter || others.length > 0)
    throw new ClaimError('An accent is part of a name, which is one letter', span)
  return [{ ...only, text: (only.text + mark).normalize('NFC'), span }]
}
