// Brackets for the layer form: pieces of LaTeX joined by how tightly they bind.
import type { Binding, Printed } from '../record/op.ts'
import type { Shape } from '../shape.ts'

const TIGHTNESS: Readonly<Record<Binding, number>> = {
  sum: 0,
  star: 1,
  product: 2,
  power: 3,
  atom: 4,
}

/** The text, in brackets where it binds less tightly than its place needs. */
export const within = (part: Printed, place: Binding): string =>
  TIGHTNESS[part.binds] >= TIGHTNESS[place] ? part.text : `\\left(${part.text}\\right)`

/** In the place of what is raised: a fraction is no atom there. */
export const raised = (part: Printed): string =>
  part.text.startsWith('\\frac') ? `\\left(${part.text}\\right)` : within(part, 'atom')

/** A matrix that could be multiplied by itself. */
export const isSquare = (shape: Shape): boolean =>
  shape.length === 2 && shape[0]! > 1 && shape[0] === shape[1]

/** No claim can be made of these words: see `Printed.spoken`. */
export const spoken = (part: Printed): Printed => ({ ...part, spoken: true })

export const atom = (text: string): Printed => ({ text, binds: 'atom' })

/** Each sign, what it is from the right, and what holds where it does not. */
const SIGNS = {
  '<': ['>', '\\ge'],
  '>': ['<', '\\le'],
  '\\le': ['\\ge', '>'],
  '\\ge': ['\\le', '<'],
  '=': ['=', '\\ne'],
  '\\ne': ['\\ne', '='],
} as const
type Sign = keyof typeof SIGNS

const isNumeral = ({ text }: Printed): boolean => /^-?[\d.]+$/.test(text)

/** [a > b]; a number stands at the right: [z > 0], not [0 < z]. */
export const bracket = (a: Printed, sign: Sign, b: Printed): Printed =>
  isNumeral(a) && !isNumeral(b)
    ? atom(`[${b.text} ${SIGNS[sign][0]} ${a.text}]`)
    : atom(`[${a.text} ${sign} ${b.text}]`)

/** [a ≤ b] of [a > b]; [c = 0] of anything else. */
export const unless = (c: Printed): Printed => {
  const parts = /^\[([^[\]]*) (<|>|=|\\le|\\ge|\\ne) ([^[\]]*)\]$/.exec(c.text)
  const [, left = '', sign, right = ''] = parts ?? []
  const isOne = sign !== undefined && !/ (?:[<>=]|\\[lgn]e) /.test(` ${left} ${right} `)
  return isOne ? atom(`[${left} ${SIGNS[sign as Sign][1]} ${right}]`) : atom(`[${c.text} = 0]`)
}

/** a ⊙ [mask], the mask once. */
export const masked = (a: Printed, mask: Printed): Printed =>
  factors(a.text).includes(mask.text) ? a : joined('star', '\\odot', a, mask)

/** What stands between the ⊙ outside all brackets. */
const factors = (text: string): string[] => {
  const found = ['']
  let depth = 0
  for (const token of text.match(/\\left|\\right|[{}]| \\odot | [+-] |[\s\S]/g) ?? []) {
    if (token === '\\left' || token === '{') depth++
    if (token === '\\right' || token === '}') depth--
    if (depth === 0 && (token === ' + ' || token === ' - ')) return []
    if (depth === 0 && token === ' \\odot ') found.push('')
    else found[found.length - 1] += token
  }
  return found
}

/** f\left(x\right), however the argument binds. */
export const applied = (name: string, ...operands: readonly Printed[]): Printed =>
  atom(`${name}\\left(${operands.map((part) => part.text).join(', ')}\\right)`)

/** Operands side by side around a sign, each in brackets where its place needs them. */
export const joined = (binds: Binding, sign: string, ...parts: readonly Printed[]): Printed => {
  const isClosed = (k: number) => binds !== 'sum' && k < parts.length - 1
  const texts = parts.map((part, k) =>
    part.open && isClosed(k) ? `\\left(${part.text}\\right)` : within(part, binds),
  )
  const isOpen = binds !== 'sum' && parts.at(-1)?.open === true
  const all: Printed = { text: texts.join(` ${sign} `), binds, ...(isOpen && { open: true }) }
  return parts.some((part) => part.spoken) ? spoken(all) : all
}

/** As `joined`, for signs that do not associate: the right operand must bind tighter. */
export const leftJoined = (binds: Binding, sign: string, a: Printed, b: Printed): Printed => ({
  text: `${within(a, binds)} ${sign} ${within(b, binds === 'sum' ? 'star' : 'power')}`,
  binds,
})
