// Claims as data, written in the claim language.
import type { Binder, Index, Scalar } from './expressions.ts'

export const indexText = ({ terms, constant }: Index): string => {
  const parts = terms.map(([coefficient, atom]) => {
    const size = Math.abs(coefficient)
    const name =
      typeof atom === 'string'
        ? atom
        : atom.round === 'floor'
          ? `⌊(${indexText(atom.of)})/${atom.by}⌋`
          : `⌈(${indexText(atom.of)})/${atom.by}⌉`
    return `${coefficient < 0 ? '-' : '+'}${size === 1 ? '' : size}${name}`
  })
  if (constant !== 0 || parts.length === 0) parts.push(`${constant < 0 ? '' : '+'}${constant}`)
  return parts.join('').replace(/^\+/, '')
}

export type Spelling = (array: string) => string

const entryText = (array: string, at: readonly Index[], spell: Spelling): string =>
  at.length === 0 ? spell(array) : `${spell(array)}_{${at.map(indexText).join(',')}}`

const binderText = ({ name, from, to }: Binder): string =>
  from && to ? `${name}=${indexText(from)}` : from ? `${name}≥${indexText(from)}` : name

/** Σ with one upper limit takes one binder. */
const sumText = (over: readonly Binder[], body: string): string =>
  over.some(({ to }) => to)
    ? `${over
        .map((b) => (b.to ? `Σ_{${binderText(b)}}^{${indexText(b.to)}}` : `Σ_{${binderText(b)}}`))
        .join(' ')} ${body}`
    : `Σ_{${over.map(binderText).join(',')}} ${body}`

export const scalarText = (e: Scalar, spell: Spelling): string => {
  const text = (part: Scalar): string => scalarText(part, spell)
  switch (e.kind) {
    case 'number':
      return e.over === 1 ? `${e.value}` : `${e.value}/${e.over}`
    case 'entry': {
      const entry = entryText(e.array, e.at, spell)
      return e.apply ? `${e.apply}(${entry})` : entry
    }
    case 'jacobian': {
      const by = entryText(e.by, e.place, spell)
      const [, inner] = /^∂C\/∂(.*)$/.exec(e.of) ?? []
      if (inner) return `∂²C/(∂${entryText(inner, e.at, spell)} ∂${by})`
      return `∂${entryText(e.of, e.at, spell)}/∂${by}`
    }
    case 'sum':
      return sumText(
        e.over,
        e.body.kind === 'addition' ? `(${text(e.body)})` : factorText(e.body, text, true),
      )
    case 'product':
      return e.factors
        .map((f, k) => factorText(f, text, k === e.factors.length - 1, k > 0))
        .join(' ')
    case 'addition':
      return e.terms
        .map((t, k) => {
          const own = text(t)
          if (k === 0) return own
          return own.startsWith('-') ? `- ${own.slice(1)}` : `+ ${own}`
        })
        .join(' ')
    case 'power':
      return `(${text(e.base)})^{${e.exponent}}`
    case 'guard':
      return `[${indexText(e.left)} ${e.is} ${indexText(e.right)}]`
    case 'sign':
      return `[${entryText(e.array, e.at, spell)} ${e.is} 0]`
  }
}

/** A factor in its brackets: the body of a Σ takes what follows, a second number would touch. */
const factorText = (f: Scalar, text: (e: Scalar) => string, isLast: boolean, isLater = false) => {
  const own = text(f)
  if (f.kind === 'addition' || own.startsWith('-')) return `(${own})`
  if (f.kind === 'sum' && !isLast) return `(${own})`
  if (f.kind === 'product' && !isLast) return `(${own})`
  if (isLater && /^\d/.test(own)) return `(${own})`
  if (f.kind === 'jacobian' || (f.kind === 'number' && f.over !== 1) || own.startsWith('∂'))
    return `(${own})`
  return own
}
