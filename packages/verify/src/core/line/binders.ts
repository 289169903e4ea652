// What a line binds: ranges of letters, the axis that a letter indexes bare, the axes of a pack.

import * as notation from '@backprove/graph/notation'
import { constantValue, type Polynomial } from '../../arithmetic/polynomial.ts'
import * as build from '../build.ts'
import { type Axis, letterOf } from '../core.ts'
import { ConcreteError } from '../errors.ts'
import { type Context, type Expression, isOne, isPack, type Of, withLetters } from './context.ts'
import { indexOf } from './index.ts'

const { PACK } = notation

export const bound = (
  variables: readonly notation.Variable[],
  body: Expression,
  context: Context,
): { readonly over: readonly Axis[]; readonly inner: Context } => {
  const hasPack = variables.some(({ name }) => name === PACK)
  const pack = hasPack ? `${context.pack}′` : context.pack
  const from = build.whole(1)
  const over = variables.flatMap(({ name, upTo }): Axis[] => {
    if (name === PACK)
      return packAxes(body, context).map(({ place, length }) => ({
        letter: letterOf(`${pack}${place}`),
        from,
        to: build.length(length),
      }))
    const to = upTo ? indexOf(upTo, context) : build.length(extentOf(name, body, context))
    return [{ letter: letterOf(name), from, to }]
  })
  const inner = withLetters(
    context,
    over.map(({ letter }) => letter),
  )
  return { over, inner: { ...inner, pack } }
}

/** Every access of an expression, those under other binders too. */
const accessesIn = (e: unknown, found: Of<'access'>[] = []): readonly Of<'access'>[] => {
  if (Array.isArray(e)) for (const part of e) accessesIn(part, found)
  else if (e !== null && typeof e === 'object') {
    if ((e as Expression).kind === 'access') found.push(e as Of<'access'>)
    for (const part of Object.values(e)) accessesIn(part, found)
  }
  return found
}

/** The axes that `…` stands for in a body, from the left, without those of length 1 everywhere. */
export const packAxes = (body: Expression, { operands }: Context) => {
  const axes = new Map<number, Polynomial>()
  for (const { array, indices } of accessesIn(body)) {
    const operand = operands.get(array)
    const before = indices.findIndex(isPack)
    if (!operand || before < 0) continue
    const packed = operand.shape.length - (indices.length - 1)
    for (let place = packed; place >= 1; place--) {
      const length = operand.shape[before + packed - place]!
      if (!isOne(length)) axes.set(place, length)
    }
  }
  return [...axes].map(([place, length]) => ({ place, length })).sort((a, b) => b.place - a.place)
}

/** The longest axis that a letter indexes bare: beyond an array all is 0. */
const extentOf = (name: string, body: Expression, { operands }: Context): Polynomial => {
  let found: Polynomial | undefined
  for (const { array, indices } of accessesIn(body)) {
    const operand = operands.get(array)
    const packAt = indices.findIndex(isPack)
    indices.forEach((index, position) => {
      if (!operand || index.kind !== 'symbol' || index.name !== name) return
      const after = packAt >= 0 && position > packAt
      const axis = after ? operand.shape.length - indices.length + position : position
      const length = operand.shape[axis]
      if (length && (!found || isLonger(length, found))) found = length
    })
  }
  if (found) return found
  throw new ConcreteError(`Nothing bounds the index “${name}”: it indexes no axis bare.`)
}

const isLonger = (a: Polynomial, b: Polynomial): boolean => {
  const [m, n] = [constantValue(a), constantValue(b)]
  return m !== undefined && n !== undefined ? m > n : isOne(b)
}
