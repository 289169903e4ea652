// Expressions of a network's text without what stands for something else: letters of loops, names
// of a function, calls of functions that the text defines, steps h[2] of what has a name for each.
import type { Span } from '../../language/syntax.ts'
import { isOfSeveral, partOfList } from './items.ts'
import { type Numbers, numberOf, withoutLetters } from './letters.ts'
import { type NetworkCall, type NetworkExpression, numeral, withParts } from './tree.ts'

export interface Names {
  readonly letters: Numbers
  /** In a function: what its names stand for. */
  readonly own?: { readonly get: (name: string) => NetworkExpression | undefined }
  readonly isKnown: (name: string) => boolean
  /** The name of a step: h_2, or W^{[2]}. */
  readonly step: (name: string, at: number) => string
  /** The value of a call of what the text defines. */
  readonly call: (call: NetworkCall) => NetworkExpression | undefined
  /** Is told of each part. */
  readonly count: () => void
}

/** h_2 of h_t; row 2 of x, where the steps run along an axis of x. */
const lettered = (name: string, span: Span, names: Names): NetworkExpression | undefined => {
  const changed = withoutLetters(name, names.letters)
  if (changed === name) return undefined
  const [, base, digits] = /^(.*)_\{?(\d+)\}?$/.exec(changed) ?? []
  const isRow = base !== undefined && !names.isKnown(changed) && names.isKnown(base)
  if (!isRow || Number(digits) < 1) return { kind: 'name', name: changed, span }
  const array = { kind: 'name', name: base, span } as const
  const place = numeral(Number(digits) - 1, span)
  return { kind: 'entry', base: array, parts: [{ kind: 'at', place }], span }
}

const standsFor = (name: string, span: Span, names: Names): NetworkExpression | undefined => {
  const own = names.own?.get(name)
  if (own) return own
  const value = names.letters.get(name)
  return value === undefined ? lettered(name, span, names) : numeral(value, span)
}

const called = (given: NetworkCall, names: Names): NetworkExpression => {
  const { op, span } = given
  const own = standsFor(op, span, names)
  const [only, ...others] = given.operands
  // W (x + y) of a W that stands for something.
  if (own && own.kind !== 'name' && only && others.length === 0)
    return { kind: 'binary', operator: 'beside', left: own, right: only, span }
  const call = own?.kind === 'name' ? { ...given, op: own.name } : given
  const point = call.op.lastIndexOf('.')
  const owner = point > 0 ? standsFor(call.op.slice(0, point), span, names) : undefined
  const method = call.op.slice(point + 1)
  if (owner?.kind === 'name') return { ...call, op: `${owner.name}.${method}` }
  if (owner) return { ...call, op: method, operands: [owner, ...call.operands] }
  return names.call(call) ?? call
}

/** h[2] of h_0, h_1, h_2. */
const stepped = (
  entry: Extract<NetworkExpression, { kind: 'entry' }>,
  names: Names,
): NetworkExpression => {
  const { base, parts, span } = entry
  const [part, ...others] = parts
  if (base.kind === 'list' && part && others.length === 0 && isOfSeveral(base))
    return partOfList(base.items, part, span, (each) => numberOf(each, () => undefined)) ?? entry
  if (base.kind !== 'name' || part?.kind !== 'at' || names.isKnown(base.name)) return entry
  const at = numberOf(part.place, () => undefined)
  const name = at === undefined ? '' : names.step(base.name, at)
  if (!names.isKnown(name)) return entry
  const step = { kind: 'name', name, span } as const
  return others.length === 0 ? step : { ...entry, base: step, parts: others }
}

/** σ_B^2 of what is called so. */
const powered = (
  power: Extract<NetworkExpression, { kind: 'power' }>,
  names: Names,
): NetworkExpression => {
  const { base, exponent, span } = power
  const [, bare, below] = base.kind === 'name' ? (/^([^_^]+)(_.+)$/.exec(base.name) ?? []) : []
  if (below === undefined || exponent.kind !== 'number') return power
  const name = `${bare}^${exponent.text}${below}`
  return names.isKnown(name) ? { kind: 'name', name, span } : power
}

/** x.shape of a name that stands for something: [3, 4]. */
const property = (name: string, span: Span, names: Names): NetworkExpression | undefined => {
  const point = name.lastIndexOf('.')
  const owner = point > 0 ? names.own?.get(name.slice(0, point)) : undefined
  const word = name.slice(point + 1)
  if (!owner) return undefined
  if (word === 'T') return { kind: 'transposed', operand: owner, span }
  return owner.kind === 'name'
    ? { kind: 'name', name: `${owner.name}.${word}`, span }
    : { kind: 'call', op: word, operands: [owner], options: [], span }
}

export const written = (expression: NetworkExpression, names: Names): NetworkExpression => {
  names.count()
  if (expression.kind === 'name') {
    const { name, span } = expression
    return standsFor(name, span, names) ?? property(name, span, names) ?? expression
  }
  const read = withParts(expression, (each) => written(each, names))
  if (read.kind === 'call') return called(read, names)
  if (read.kind === 'power') return powered(read, names)
  return read.kind === 'entry' ? stepped(read, names) : read
}
