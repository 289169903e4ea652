// MathML as data: the same formula becomes markup, in Node, or elements, in a page.

/** An element of MathML. */
export interface Mark {
  readonly tag: string
  readonly attributes: Attributes
  readonly content: string | readonly Mark[]
}

export type Attributes = Readonly<Record<string, string>>

export const mark = (tag: string, content: Mark['content'], attributes: Attributes = {}): Mark => ({
  tag,
  attributes,
  content,
})

/** One element: a row where there are more or none. */
export const grouped = (marks: readonly Mark[]): Mark =>
  marks.length === 1 ? marks[0]! : mark('mrow', marks)

/** So many eighteenths of an em; nothing for none. */
export const gap = (mu: number): Mark[] => (mu === 0 ? [] : [mark('mspace', '', { width: em(mu) })])

/** Mu are TeX's: there are eighteen to an em. */
export const em = (mu: number): string =>
  mu === 0 ? '0' : `${Math.round((mu / 18) * 1e4) / 1e4}em`

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

export function markup({ tag, attributes, content }: Mark): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`)
  const inside = typeof content === 'string' ? escaped(content) : content.map(markup).join('')
  return `<${tag}${written.join('')}>${inside}</${tag}>`
}
