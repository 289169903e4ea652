// Fractions and roots: a token that holds what stands above and below.
import { ClaimError } from '../../syntax.ts'
import { hull, token } from '../tokens/tokens.ts'
import { type Reader, refuse, unbraced } from './latex.ts'
import { advance, commandAt, list, place } from './place.ts'

export const readFraction: Reader = (walk, node, words) => {
  if (!node.hasBarLine || node.leftDelim) return refuse(walk, node, words)
  const { start } = commandAt(walk, 'frac', node)
  const body = unbraced(walk, node.numer!, words)
  const below = unbraced(walk, node.denom!, words)
  for (const [part, name] of [
    [body, 'numerator'],
    [below, 'denominator'],
  ] as const)
    if (part.length === 0)
      throw new ClaimError(`An empty ${name}`, { start, end: Math.max(walk.cursor, start) })
  const end = Math.max(place(walk, node.denom!, '').end, hull(below, { start, end: start }).end)
  return [{ ...token('fraction', '/', advance(walk, { start, end })), body, below }]
}

export const readRoot: Reader = (walk, node, words) => {
  if (node.index) return refuse(walk, node, words)
  const { start } = commandAt(walk, 'sqrt', node)
  const under = list(node.body)[0]!
  const body = unbraced(walk, under, words)
  const end = Math.max(place(walk, under, '').end, hull(body, { start, end: start }).end)
  return [{ ...token('root', '√', advance(walk, { start, end })), body }]
}
