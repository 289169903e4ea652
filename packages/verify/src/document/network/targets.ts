// What a line gives a value to: z = …, out += b, h[t] = …, i, f = …, h_θ(x) = ….
import { ClaimError, type Span } from '../../language/syntax.ts'
import { dividedAt, outside } from './blocks.ts'
import { readExpression } from './expression.ts'
import { nameLength, nameOf } from './tokens.ts'
import type { BinaryOperator, NetworkPart } from './tree.ts'

export interface Target {
  readonly name: string
  /** h, c of out, (h, c) = …. */
  readonly several?: readonly Target[]
  /** x[1:3] = …. */
  readonly parts?: readonly NetworkPart[]
  /** f(x, W) = …. */
  readonly parameters?: readonly string[]
  readonly span: Span
}

export interface Assignment {
  readonly targets: readonly Target[]
  /** The + of +=. */
  readonly operator?: BinaryOperator
  readonly value: string
  /** Where the value begins in the text of the block. */
  readonly start: number
}

const equals = (text: string, at: number): boolean =>
  text[at] === '=' && text[at + 1] !== '=' && !/[<>=!]/.test(text[at - 1] ?? '')

/** σ_B^2 as σ^2_B, as long as before. */
export const powerBehind = /(_(?:\{[^{}]*\}|[\p{L}\d]+))(\^(?:\{[^{}]*\}|[\p{L}\d]+))$/u

const targetsIn = (text: string, start: number): Target[] =>
  dividedAt(text, ',').map((part) => target(part.text, start + part.start))

const target = (written: string, start: number): Target => {
  const text = written.trim()
  const from = start + written.search(/\S/)
  const span = { start: from, end: from + text.length }
  if (/^\(.*,.*\)$/s.test(text))
    return { name: '', several: targetsIn(text.slice(1, -1), from + 1), span }
  const whole = text.replace(powerBehind, '$2$1')
  const name = whole.slice(0, nameLength(whole))
  const behind = /^\s*(?:(\[.*\])|\((.*)\))?$/.exec(whole.slice(name.length))
  if (name === '' || !behind)
    throw new ClaimError(`‘${text}’ is no name that a line of a network can give a value`, span)
  const [, parts, parameters] = behind
  const said = { name: nameOf(name), span }
  if (parts !== undefined) {
    const read = readExpression(`x${parts}`, from + text.length - parts.length - 1)
    if (read.kind === 'entry') return { ...said, parts: read.parts }
  }
  if (parameters === undefined) return said
  return { ...said, parameters: parameters.split(/[,;]/).map((each) => each.trim()) }
}

/** A line with an = as what it gives to which names; undefined of another line. */
export const assignmentIn = (text: string, start: number): Assignment | undefined => {
  const at = outside(text, equals)
  if (at <= 0) return undefined
  const [, sign] = /(\+|-|\*|\/|@|:)$/.exec(text.slice(0, at)) ?? []
  // `x_1: float = …`, the type says nothing.
  const written = text.slice(0, at - (sign ? 1 : 0))
  const colon = outside(written, (all, k) => all[k] === ':')
  const left = colon < 0 ? written : written.slice(0, colon)
  const inner = left.trim().replace(/^[([](.*)[)\]]$/s, ' $1')
  const lead = left.search(/\S/)
  return {
    targets: targetsIn(inner, start + lead),
    ...(sign !== undefined && sign !== ':' && { operator: sign as BinaryOperator }),
    value: text.slice(at + 1),
    start: start + at + 1,
  }
}
