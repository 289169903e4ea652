// A factor that a term has lost, or has too much: one that the formula has elsewhere, or a number
// of the graph.
import type { Expression } from '../../language/syntax.ts'
import { childNodes } from '../../language/walk.ts'
import {
  brief,
  hadamard,
  integer,
  negated,
  plus,
  quoted,
  same,
  timesAfter,
  without,
} from '../build.ts'
import { type EditContext, everywhere, type Rewrite } from '../edit.ts'
import { nameOf } from '../roles.ts'
import type { Site } from '../sites.ts'

const most = 24
const mostNumbers = 4

/** Values that stand as factors somewhere: names, applications, brackets, and what divides. */
const factorsIn = (node: Expression): readonly Expression[] => {
  const inside = childNodes<Expression>(node).flatMap(factorsIn)
  const own =
    node.kind === 'product' ? node.factors : node.kind === 'hadamard' ? [node.left, node.right] : []
  const isValue = ({ kind }: Expression) => ['name', 'application', 'addition'].includes(kind)
  return [...own.filter(isValue), ...inside]
}

/** γ, 1/T and 1/m: numbers of the graph, and its lengths. */
const numbersIn = ({ scope }: EditContext): readonly Expression[] => {
  const leaves = scope.names.filter(({ role, rank }) => role === 'leaf' && rank === 0)
  const numbers = leaves.slice(0, mostNumbers).flatMap((each) => nameOf(each) ?? [])
  const lengths = (scope.sizes ?? []).slice(0, mostNumbers)
  const span = { start: 0, end: 0 }
  const sizes = lengths.map(
    ({ name }): Expression => ({ kind: 'name', base: name, primes: 0, span }),
  )
  const others = numbers.map((each): Expression => plus(integer(1), negated(each)))
  const parts = [...numbers, ...sizes, ...others].map(
    (denominator): Expression => ({ kind: 'quotient', numerator: integer(1), denominator, span }),
  )
  return [...numbers, ...parts]
}

/** A side, or a term of any sum: there a product ends. */
const isTerm = ({ node, side, position, parents }: Site): boolean =>
  side > 0 &&
  position === 'value' &&
  node.kind !== 'addition' &&
  node.kind !== 'numeral' &&
  (parents.length === 0 || parents.at(-1)!.kind === 'addition')

const isNumber = (node: Expression, numbers: readonly Expression[]) => numbers.includes(node)

const lost: Rewrite = everywhere((site, claim, context) => {
  if (!isTerm(site) || claim.program) return []
  const { node } = site
  const numbers = numbersIn(context)
  const own = claim.operands.slice(1).flatMap(factorsIn)
  const fresh = [...own, ...numbers].filter(
    (factor, at, all) => all.findIndex((each) => same(each, factor)) === at,
  )
  return fresh.slice(0, most).flatMap((factor) => {
    const message = `A factor is missing: ${quoted(factor)} beside ${brief(node)}.`
    const whole = isNumber(factor, numbers) ? [] : [hadamard(node, factor)]
    return [timesAfter(node, factor), ...whole].map((right) => [right, message] as const)
  })
})

const extra: Rewrite = everywhere(({ node, side, position }, claim) => {
  if (side <= 0 || position !== 'value' || claim.program) return []
  if (node.kind === 'hadamard')
    return [
      [node.left, `The factor ${brief(node.right)} does not belong here: drop it.`],
      [node.right, `The factor ${brief(node.left)} does not belong here: drop it.`],
    ]
  if (node.kind !== 'product') return []
  return node.factors.flatMap((factor, at) =>
    factor.kind === 'numeral'
      ? []
      : [
          [
            without(node, at),
            `The factor ${brief(factor)} does not belong here: drop it.`,
          ] as const,
        ],
  )
})

export const factors = { lost, extra } as const
