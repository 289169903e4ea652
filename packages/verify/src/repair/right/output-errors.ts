// What every textbook says of the last layer: its error is a − y, of a mean a − y over the length.
// No printer of a graph says so, which has the derivative of the cost as it was composed.
import type { Node } from '@backprove/graph'
import { expressionText } from '../../language/print/print.ts'
import type { Scope, ScopeName } from '../../language/resolved.ts'
import type { Claim, Expression } from '../../language/syntax.ts'
import { nameOf } from '../roles.ts'

const most = 12

const lower = (left: Expression): string => {
  const by = left.kind === 'derivative' ? left.by[0]! : left
  const last = by.kind === 'product' ? by.factors.at(-1)! : by
  const below = last.kind === 'name' ? last.subscript?.parts : undefined
  return below ? `_{${below.map((part) => expressionText(part, 'text')).join(',')}}` : ''
}

/** Candidates for ∂C/∂z of a z that has targets of its shape; an entry of it has letters below. */
export const outputErrors = (
  { operands: [left] }: Claim,
  node: Node,
  isEntry: boolean,
  { names }: Scope,
): string[] => {
  const below = isEntry ? lower(left!) : ''
  const own = names.find(({ name }) => name === node.name)
  if (!own || !left) return []
  const spelled = (each: ScopeName): string[] => {
    const name = nameOf(each)
    return !name || (name.subscript && below) ? [] : [`${expressionText(name, 'text')}${below}`]
  }
  const isTarget = ({ role, shape }: ScopeName) =>
    role === 'leaf' && shape.join() === own.shape.join()
  const activations = names.filter(({ activates }) => activates?.includes(own.name))
  const functions = below ? [] : spelled(own).flatMap((z) => [`softmax(${z})`, `σ(${z})`])
  const outputs = activations.length > 0 ? activations.flatMap(spelled) : functions
  const lengths = [...new Set(own.shape)].filter((n) => n > 1)
  const said = outputs.flatMap((a) =>
    names
      .filter(isTarget)
      .flatMap(spelled)
      .flatMap((y) => [`${a} - ${y}`, ...lengths.map((n) => `1/${n} (${a} - ${y})`)]),
  )
  return said.slice(0, most).map((right) => `${expressionText(left, 'text')} = ${right}`)
}
