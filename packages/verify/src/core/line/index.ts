// Indices of a line: of an access, of a guard, of a limit.

import * as build from '../build.ts'
import type { Index } from '../core.ts'
import { ConcreteError } from '../errors.ts'
import {
  type Context,
  type Expression,
  exact,
  isOne,
  isPack,
  type Of,
  type Operand,
} from './context.ts'

/** The indices of an access; `…` is right-aligned, an axis of length 1 is read at 1. */
export const placeOf = (
  e: Of<'access'>,
  { shape }: Operand,
  context: Context,
): readonly Index[] => {
  const packed = shape.length - (e.indices.length - 1)
  const indices = e.indices.flatMap((index, position): Index[] => {
    if (!isPack(index)) return [indexOf(index, context)]
    return Array.from({ length: Math.max(0, packed) }, (_, offset) =>
      isOne(shape[position + offset]!)
        ? build.whole(1)
        : indexOf({ kind: 'symbol', name: `${context.pack}${packed - offset}` }, context),
    )
  })
  if (indices.length === shape.length) return indices
  throw new ConcreteError(`“${e.array}” does not have the axes that the line reads.`)
}

const choices = new Set<string>(['floor', 'ceil', 'abs', 'sign', 'max', 'min'])

/** Whether it is made of letters, sizes and numbers alone. */
export const isIndex = (e: Expression, context: Context): boolean => {
  if (e.kind === 'symbol') return context.letters.has(e.name) || !context.numbers.has(e.name)
  if (['access', 'reduction', 'iverson', 'power'].includes(e.kind)) return false
  if (e.kind === 'call' && !choices.has(e.name)) return false
  return partsOf(e).every((part) => isIndex(part, context))
}

const partsOf = (e: Expression): readonly Expression[] => {
  switch (e.kind) {
    case 'sum':
      return e.terms
    case 'product':
      return e.factors
    case 'negation':
      return [e.operand]
    case 'quotient':
      return [e.numerator, e.denominator]
    case 'modulo':
      return [e.left, e.right]
    case 'call':
      return e.operands
    default:
      return []
  }
}

export const indexOf = (e: Expression, context: Context): Index => {
  const parts = partsOf(e).map((part) => indexOf(part, context))
  switch (e.kind) {
    case 'number': {
      const { numerator, denominator } = exact(e.value)
      return build.over(build.whole(numerator), build.whole(denominator))
    }
    case 'symbol': {
      const letter = context.letters.get(e.name)
      if (letter) return build.at(letter)
      const known = context.symbols.get(e.name)
      if (known) return build.length(known)
      throw new ConcreteError(`the letter ${e.name} has no value`)
    }
    case 'sum':
      return build.plus(...parts)
    case 'product':
      return build.times(...parts)
    case 'negation':
      return build.times(build.whole(-1), parts[0]!)
    case 'quotient':
      return build.over(parts[0]!, parts[1]!)
    case 'modulo':
      return build.modulo(parts[0]!, parts[1]!)
    case 'call':
      if (choices.has(e.name)) return build.choice(e.name as 'floor', ...parts)
      break
    default:
  }
  throw new ConcreteError(`an index with ${e.kind}`)
}
