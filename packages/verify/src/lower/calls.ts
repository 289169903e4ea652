// Functions of a claim: σ, exp, a layer's own activation, and those of whole arrays.

import type { Node } from '@backprove/graph'
import type { FunctionRef, Scalar } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import type { Resolved } from '../language/resolved.ts'
import type { Word } from '../language/syntax.ts'
import { activationOf } from '../network/activation.ts'
import { arrayRows, wholeArray } from './arrays.ts'
import { entrywise } from './entrywise.ts'
import { lower } from './lower.ts'
import { nodeNamed, type Site } from './site.ts'
import type { Value } from './value.ts'

type Call = Extract<Resolved, { kind: 'call' }>
type Activation = Extract<Resolved, { kind: 'activation' }>

/** Words that are applied entry by entry. */
const elementwise: ReadonlySet<Word> = new Set<Word>([
  'sigmoid',
  'tanh',
  'sin',
  'cos',
  'erf',
  'pi',
  'exp',
  'log',
  'sqrt',
  'softplus',
  'relu',
  'abs',
  'sign',
  'floor',
  'ceil',
])

/** Words of several operands, entry by entry. */
const joined: Partial<Record<Word, FunctionRef>> = {
  max: { kind: 'notation', name: 'max' },
  min: { kind: 'notation', name: 'min' },
  med: { kind: 'word', name: 'med' },
}

export const lowerCall = (node: Call | Activation, site: Site): Value => {
  if (node.kind === 'activation')
    return applied(activationFor(node, site), node.order, [node.operand], site)
  const { word, order, operands } = node
  if (elementwise.has(word))
    return applied({ kind: 'word', name: word }, order, [operands[0]!], site)
  const several = operands.length > 1 ? joined[word] : undefined
  if (several) return applied(several, 0, operands, site, word)
  const row = arrayRows[word]
  if (!row) throw new ConcreteError(`${word} has no meaning here`)
  if (word === 'sum' || word === 'transpose') {
    const value = lower(operands[0]!, site)
    return value.kind === 'number' ? value : row(value, node, site)
  }
  return row(wholeArray(node, site), node, site)
}

const applied = (
  f: FunctionRef,
  order: number,
  operands: readonly Resolved[],
  site: Site,
  what = 'A function',
): Value =>
  entrywise(
    what,
    operands.map((each) => lower(each, site)),
    site,
    (to): Scalar => ({ kind: 'apply', f, order, to }),
  )

const activationFor = ({ operand, named, made }: Activation, site: Site): FunctionRef => {
  const value = made === undefined ? undefined : nodeNamed(site, made)
  const of = activationOf(site.network, layerOf(operand, site), value)
  if (!of) throw new ConcreteError('An activation of no layer, or of layers that differ')
  if (named !== undefined && named !== of.name)
    throw new ConcreteError(`${named} is not the activation of this layer, which is ${of.name}`)
  return { kind: 'activation', of }
}

/** The array whose layer decides which activation a(z) is. */
const layerOf = (operand: Resolved, site: Site): Node | undefined => {
  if (operand.kind === 'array') return nodeNamed(site, operand.name)
  return operand.kind === 'entry' ? layerOf(operand.array, site) : undefined
}
