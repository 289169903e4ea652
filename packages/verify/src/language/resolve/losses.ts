// CE(y, p), H(p, q), KL(p ‖ q) and BCE(y, p), written out: −Σ y log p and its like, of vectors.
import { recordedShape } from '../lengths.ts'
import { matchName } from '../names/names.ts'
import { rational } from '../rational.ts'
import type { Resolved } from '../resolved.ts'
import { ClaimError, type Expression, type Span } from '../syntax.ts'
import { type Context, isBare, type Of } from './context.ts'

type Made = (a: Resolved, b: Resolved, span: Span) => Resolved

const minus = (operand: Resolved): Resolved => ({ kind: 'negation', operand, span: operand.span })

const log = (operand: Resolved): Resolved => {
  const { span } = operand
  return { kind: 'call', word: 'log', order: 0, operands: [operand], span }
}

const added = (terms: readonly Resolved[], span: Span): Resolved => ({
  kind: 'addition',
  terms,
  span,
})

const rest = (of: Resolved): Resolved => {
  const one: Resolved = { kind: 'numeral', value: rational(1n), span: of.span }
  return added([one, minus(of)], of.span)
}

const entries = (left: Resolved, right: Resolved, span: Span): Resolved => ({
  kind: 'hadamard',
  left,
  right,
  span,
})

/** What each is, before its sum over all entries. */
const losses: ReadonlyMap<string, Made> = new Map<string, Made>([
  ['CE', (y, p, span) => minus(entries(y, log(p), span))],
  ['H', (p, q, span) => minus(entries(p, log(q), span))],
  ['KL', (p, q, span) => entries(p, added([log(p), minus(log(q))], span), span)],
  [
    'BCE',
    (y, p, span) =>
      minus(added([entries(y, log(p), span), entries(rest(y), log(rest(p)), span)], span)),
  ],
])

/** Their arguments stand in either order: the targets are the data. */
const ofTargets: ReadonlySet<string> = new Set(['CE', 'BCE'])

export const isLoss = ({ head, operands, bar }: Of<'application'>, { scope }: Context): boolean =>
  losses.has(head.base) &&
  isBare(head) &&
  head.primes === 0 &&
  !bar &&
  operands.length === 2 &&
  !scope.names.some(({ base }) => base === head.base)

const isData = (node: Expression, { scope, layers }: Context): boolean =>
  node.kind === 'name' && matchName(node, node.base, scope, layers, false)?.array.role === 'leaf'

/** What an activation makes, as softmax(z); not the logits that some write there. */
const isProbable = (node: Expression, { scope, layers }: Context): boolean => {
  if (node.kind !== 'name') return true
  return matchName(node, node.base, scope, layers, false)?.array.activates !== undefined
}

/** @throws ClaimError where nobody says which of the two are the targets, or they are no vectors */
export const lossOf = (
  { head, operands, span }: Of<'application'>,
  context: Context,
  read: (node: Expression) => Resolved,
): Resolved => {
  const [left, right] = operands as [Expression, Expression]
  const isFirst = isData(left, context)
  if (ofTargets.has(head.base) && isFirst === isData(right, context))
    throw new ClaimError(`Which of them are the targets of ${head.base} is not said`, span)
  if (ofTargets.has(head.base) && !isProbable(isFirst ? right : left, context))
    throw new ClaimError(`${head.base} is of probabilities: of logits z write softmax(z)`, span)
  const isTurned = ofTargets.has(head.base) && !isFirst
  const [a, b] = (isTurned ? [right, left] : [left, right]).map(read) as [Resolved, Resolved]
  const shapes = [a, b].map((each) => recordedShape(each, context.scope))
  if (shapes[0]?.join() !== shapes[1]?.join() || !shapes[0] || shapes[0].length > 1)
    throw new ClaimError(`${head.base} is of two vectors here; of rows write its sum`, span)
  const made = losses.get(head.base)!(a, b, span)
  return { kind: 'call', word: 'sum', order: 0, operands: [made], span }
}
