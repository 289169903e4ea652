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
  return { text: texts.join(` ${sign} `), binds, ...(isOpen && { open: true }) }
}

/** As `joined`, for signs that do not associate: the right operand must bind tighter. */
export const leftJoined = (binds: Binding, sign: string, a: Printed, b: Printed): Printed => ({
  text: `${within(a, binds)} ${sign} ${within(b, binds === 'sum' ? 'star' : 'power')}`,
  binds,
})
