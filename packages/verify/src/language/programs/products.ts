// Entries of what arrays are multiplied to, and of what has other axes: @, softmax, diag,
// x[:, None].
import type { Resolved } from '../resolved.ts'
import { type Axes, type Axis, isUnit } from './axis.ts'
import { type Call, call, index, numeral, own, type Reading, reduction } from './reading.ts'
import { axesOf, newAxesIn } from './shapes.ts'

/** Of two that are as long, the one that is a part, if one is. */
const broadcastAxis = (a: Axis, b: Axis): Axis => (b.isPart ? b : a)

export const matmulAt = (node: Call, at: readonly Resolved[], reading: Reading): Resolved => {
  const [left, right] = node.operands
  const [a, b] = [left!, right!].map((each) => axesOf(each, reading.scope))
  const { span } = node
  const [rows, columns] = [a!.length > 1, b!.length > 1]
  const batch = at.slice(0, at.length - Number(rows) - Number(columns))
  const row = rows ? [at[batch.length]!] : []
  const column = columns ? [at.at(-1)!] : []
  const isOne = isUnit(a!.at(-1)!)
  const letter = { name: reading.fresh(), axis: broadcastAxis(a!.at(-1)!, b!.at(-2) ?? b!.at(-1)!) }
  const inner = isOne ? numeral(1n, span) : index(letter.name, span)
  const leading = (axes: Axes) => own(axes.slice(0, -2), batch, span)
  const factors = [
    reading.entryAt(left!, [...leading(a!), ...row, inner]),
    reading.entryAt(right!, [...leading(b!), inner, ...column]),
  ]
  return reduction('sum', isOne ? [] : [letter], { kind: 'product', factors, span })
}

/** e^{z_i} / Σ_k e^{z_k}, along one axis: the last where none is named. */
export const softmaxAt = (node: Call, at: readonly Resolved[], reading: Reading): Resolved => {
  const { span } = node
  const powers = call('exp', node.operands, span)
  const along = { axes: node.along?.axes ?? [-1], keeps: true }
  const sum: Resolved = { kind: 'call', word: 'sum', order: 0, operands: [powers], along, span }
  return reading.entryAt({ kind: 'quotient', numerator: powers, denominator: sum, span }, at)
}

export const diagonalAt = (
  operand: Resolved,
  at: readonly Resolved[],
  reading: Reading,
): Resolved => {
  const { span } = operand
  const [i, j] = at
  if (!j) return reading.entryAt(operand, [i!, i!])
  const equal: Resolved = {
    kind: 'iverson',
    conditions: [{ kind: 'comparison', operands: [i!, j], relations: ['='], span }],
    span,
  }
  return { kind: 'product', factors: [equal, reading.entryAt(operand, [i!])], span }
}

/** x[:, None] at i, 1 is x at i. */
export const viewAt = (node: Call, at: readonly Resolved[], reading: Reading): Resolved => {
  const [operand] = node.operands
  const isNew = newAxesIn(node, axesOf(operand!, reading.scope).length)
  return reading.entryAt(
    operand!,
    at.filter((_, k) => !isNew[k]),
  )
}
